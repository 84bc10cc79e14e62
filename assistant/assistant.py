"""Puts an answer together: question -> evidence -> sentences or refusal, through the one gate."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant import choose, confidence, disagreement, evidence, followup, integrity, suggestions, wording
from assistant.cite import cite
from assistant.question import prefer, understand
from assistant.types import (
    Answer,
    AnswerSentence,
    Citation,
    Event,
    EventType,
    Limit,
    Question,
    Reason,
    SearchResult,
)
from index import Filters, Generation, Library, ModelUnavailableError, PassageHit, Vectors

HITS = 20
"""Passages whose sentences are weighed for an answer."""
NEAREST = 3


class Assistant:
    """Answers from one index folder. Safe to call from several threads; each answer uses one generation."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def warm(self) -> None:
        """Load the model and open the index, so that the first question is as fast as the next."""
        self.ask(Question("What happened?"))

    def ask(self, asked: Question) -> Answer:
        """One answer with citations, or a refusal. Errors: IndexMissingError, IndexDamagedError."""
        clock = _Clock()
        with self._library.lease() as generation:
            inquiry = self._prepare(generation, asked)
            answer = self._answer(generation, inquiry, clock)
            answer, dropped = integrity.gate(answer, generation)
            answer = wording.open_with_caveat(answer, inquiry.wants_latest, bool(dropped))
        return clock.stamp(answer)

    def search(self, asked: Question, k: int = 10) -> list[SearchResult]:
        """Ranked passages only, best first; history and limits are used as for an answer."""
        with self._library.lease() as generation:
            inquiry = self._prepare(generation, asked)
            hits = _search(generation, inquiry, self._vector(generation, inquiry.text), k)
            return [wording.search_result(generation, hit) for hit in hits]

    def stream(self, asked: Question) -> Iterator[Event]:
        """The answer as events. Errors as for `ask`, on the first."""
        yield from events(self.ask(asked))

    def _prepare(self, generation: Generation, asked: Question) -> _Inquiry:
        """The stand-alone question and the limits in force: the person's own, and those its words name."""
        standalone = followup.standalone(asked.text, asked.history)
        as_of = asked.filters.as_of
        publishers: Sequence[str] = generation.publishers
        if as_of:
            seen = generation.matching(Filters(as_of=as_of))
            publishers = sorted({info.publisher for info in seen if info.publisher})
        understood = understand(standalone, publishers, as_of or generation.newest.last)
        inquiry = _Inquiry(asked, standalone, standalone, asked.filters, wants_latest=understood.wants_latest)
        if not asked.understand:
            return inquiry
        narrowed = _narrow(asked.filters, understood.filters)
        if narrowed != asked.filters and not generation.visible(narrowed):
            return inquiry  # a limit read from words must not leave nothing: the words count as words
        return _Inquiry(
            asked,
            standalone,
            understood.text,
            narrowed,
            understood.limits,
            understood.wants_latest,
            understood.preferred,
        )

    def _answer(self, generation: Generation, inquiry: _Inquiry, clock: _Clock) -> Answer:
        blank = _blank(generation, inquiry)
        if not generation.article_count:
            return wording.refuse(blank, Reason.NO_ARTICLES)
        if not generation.visible(inquiry.filters):
            return wording.refuse(blank, Reason.FILTERED_OUT)
        vector = self._vector(generation, inquiry.text)
        clock.lap("embed")
        hits = _search(generation, inquiry, vector, HITS)
        clock.lap("search")
        gathered = evidence.gather(generation, inquiry.text, vector, hits, inquiry.filters.as_of)
        sure = confidence.confidence(gathered)
        if sure < confidence.THRESHOLD:
            reason = Reason.WEAK_EVIDENCE if gathered.candidates else Reason.NO_MATCH
            near = [cite(generation, c, n) for n, c in enumerate(gathered.nearest(NEAREST), 1)]
            return wording.refuse(blank, reason, tuple(near), sure)
        answer = _say(generation, replace(blank, answered=True, confidence=sure), gathered, inquiry)
        clock.lap("evidence")
        return answer

    def _vector(self, generation: Generation, text: str) -> Vectors | None:
        """The question's vector; None without the model that the index was built with: words are searched."""
        try:
            embedder = self._library.embedder
        except ModelUnavailableError:
            return None
        if embedder.fingerprint != generation.fingerprint:
            return None
        vector: Vectors = embedder.encode_questions([text])[0]
        return vector


def events(answer: Answer) -> Iterator[Event]:
    """An answer as events: its sources first, then its text sentence by sentence, then the whole."""
    sources = {
        "citations": [c.to_json() for c in answer.citations],
        "standalone_question": answer.standalone_question,
        "limits": [limit.to_json() for limit in answer.limits],
        "answered": answer.answered,
    }
    yield Event(EventType.SOURCES, sources)
    for piece in wording.pieces(answer):
        yield Event(EventType.TEXT, {"text": piece})
    yield Event(EventType.DONE, {"answer": answer.to_json()})


@dataclass(frozen=True, slots=True)
class _Inquiry:
    """A question as it is searched for."""

    asked: Question
    standalone: str
    text: str
    """The words to search with."""
    filters: Filters
    limits: tuple[Limit, ...] = ()
    wants_latest: bool = False
    preferred: tuple[str, ...] = ()
    """Publishers that the question names as sources: ranked first."""


@dataclass(slots=True)
class _Clock:
    """Milliseconds of each stage."""

    started: float = field(default_factory=time.perf_counter)
    laps: dict[str, float] = field(default_factory=dict)

    def lap(self, stage: str) -> None:
        self.laps[stage] = self._elapsed() - sum(self.laps.values())

    def stamp(self, answer: Answer) -> Answer:
        times = {**self.laps, "total": self._elapsed()}
        return replace(answer, timings_ms={stage: round(ms, 2) for stage, ms in times.items()})

    def _elapsed(self) -> float:
        return (time.perf_counter() - self.started) * 1000


def _search(
    generation: Generation, inquiry: _Inquiry, vector: Vectors | None, count: int
) -> list[PassageHit]:
    """The best passages within the limits, those of outlets that the question names first."""
    wider = 5 * count if inquiry.preferred else count
    hits = generation.search(inquiry.text, vector, inquiry.filters, wider)
    publishers = {hit.article_id: generation.info(hit.article_id).publisher for hit in hits}
    return prefer(hits, publishers, inquiry.preferred)[:count]


def _say(generation: Generation, answer: Answer, gathered: evidence.Evidence, inquiry: _Inquiry) -> Answer:
    """Fill in the chosen sentences, each with a citation for every source that has it."""
    chosen = choose.choose(gathered)
    citations: list[Citation] = []
    sentences = []
    for group in chosen.groups:
        numbers = []
        for candidate in group:
            citations.append(cite(generation, candidate, len(citations) + 1))
            numbers.append(len(citations))
        sentences.append(AnswerSentence(group[0].text, tuple(numbers)))
    said = [group[0] for group in chosen.groups]
    differing = disagreement.differing(inquiry.text, said)
    dates = [c.published for c in citations if c.published]
    return replace(
        answer,
        text=wording.marked(sentences),
        sentences=tuple(sentences),
        citations=tuple(citations),
        newest_evidence=max(dates, default=None),
        groups=tuple(tuple(n for i in side for n in sentences[i].citations) for side in differing),
        missing=evidence.missing_parts(inquiry.text, gathered, chosen),
        suggestions=suggestions.suggestions(gathered.candidates, inquiry.standalone),
    )


def _blank(generation: Generation, inquiry: _Inquiry) -> Answer:
    """What every answer to this question shares. The id names what was asked of what, not the moment."""
    asked = inquiry.asked
    named = [generation.id, inquiry.standalone, repr(inquiry.filters)]
    digest = hashlib.sha256(json.dumps(named).encode()).hexdigest()[:16]
    return Answer(
        id=asked.id if asked.id is not None else digest,
        question=asked.text,
        standalone_question=inquiry.standalone,
        answered=False,
        reason=None,
        text="",
        sentences=(),
        citations=(),
        nearest=(),
        confidence=0.0,
        collection=wording.collection(generation, inquiry.filters.as_of),
        timings_ms={},
        limits=inquiry.limits,
    )


def _narrow(given: Filters, understood: Filters) -> Filters:
    """Both limits at once; where a person set one explicitly, theirs stands."""
    return replace(
        given,
        publishers=given.publishers or understood.publishers,
        since=given.since or understood.since,
        until=given.until or understood.until,
    )
