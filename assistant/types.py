"""What the assistant says, and how it looks as JSON. The JSON shapes are contracts with scripts outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from index import Filters


class Reason(StrEnum):
    """Why there is no answer."""

    NO_ARTICLES = "no_articles"
    """The collection is empty."""
    NO_MATCH = "no_match"
    """Nothing in the collection is about this."""
    WEAK_EVIDENCE = "weak_evidence"
    """Something is near, but does not answer."""
    FILTERED_OUT = "filtered_out"
    """The limits leave no article to answer from."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation, and what was answered."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks: the words, the conversation before, and limits on which articles may be used."""

    text: str
    history: tuple[Turn, ...] = ()
    filters: Filters = field(default_factory=Filters)
    understand: bool = True
    """Whether limits found in the question's own words (an outlet, a date) are applied."""
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an article. `quote` is exactly `article.text[start:end]` of the version `text_sha256`."""

    number: int
    article_id: str
    title: str
    publisher: str | None
    published: str | None
    """ISO 8601 at the precision that the source gives; None when unknown."""
    url: str | None
    quote: str
    start: int
    end: int
    prefix: str
    """Up to 32 characters before the quote."""
    suffix: str
    text_sha256: str
    page: int | None = None
    """Page of a paged source, from 1."""

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "article_id": self.article_id,
            "title": self.title,
            "publisher": self.publisher,
            "published": self.published,
            "url": self.url,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "prefix": self.prefix,
            "suffix": self.suffix,
            "text_sha256": self.text_sha256,
            **({"page": self.page} if self.page is not None else {}),
        }


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of an answer, and the numbers of the citations that carry it."""

    text: str
    citations: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "citations": list(self.citations)}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that was understood from the question's own words, shown so that it can be switched off."""

    kind: str
    """"publisher", "since", "until" or "latest"."""
    value: str
    words: str
    """The words of the question that it was read from."""

    def to_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "value": self.value, "words": self.words}


@dataclass(frozen=True, slots=True)
class Collection:
    """The state of the collection that an answer was made from."""

    generation: str
    articles: int
    passages: int
    newest_article: str | None
    built_at: str
    oldest_article: str | None = None
    publishers: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "generation": self.generation,
            "articles": self.articles,
            "passages": self.passages,
            "newest_article": self.newest_article,
            "built_at": self.built_at,
            "oldest_article": self.oldest_article,
            "publishers": self.publishers,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a refusal with the nearest evidence."""

    id: str
    question: str
    standalone_question: str
    answered: bool
    reason: Reason | None
    text: str
    """Every sentence followed by its markers, e.g. "… signed. [1] … left. [2][3]"; or the refusal's words."""
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    confidence: float
    """Calibrated probability, 0 to 1, that the sentences answer the question."""
    collection: Collection
    timings_ms: dict[str, float]
    limits: tuple[Limit, ...] = ()
    """Understood from the question and applied."""
    notes: tuple[str, ...] = ()
    """What a reader should know, in Parley's own words: old evidence, "Reports differ", a part not found."""
    newest_evidence: str | None = None
    """Published date of the newest cited article."""
    groups: tuple[tuple[int, ...], ...] = ()
    """Citation numbers of reports that differ, one tuple for each side; empty when none do."""
    missing: tuple[str, ...] = ()
    """Parts of the question that the articles do not answer, in the question's words."""
    suggestions: tuple[str, ...] = ()
    """Follow-up questions that the evidence can answer."""

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "answered": self.answered,
            "reason": self.reason.value if self.reason else None,
            "answer": self.text,
            "sentences": [s.to_json() for s in self.sentences],
            "citations": [c.to_json() for c in self.citations],
            "nearest": [c.to_json() for c in self.nearest],
            "confidence": self.confidence,
            "collection": self.collection.to_json(),
            "timings_ms": self.timings_ms,
            "limits": [limit.to_json() for limit in self.limits],
            "notes": list(self.notes),
            "newest_evidence": self.newest_evidence,
            "groups": [list(g) for g in self.groups],
            "missing": list(self.missing),
            "suggestions": list(self.suggestions),
        }


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A ranked passage with its article."""

    article_id: str
    title: str
    publisher: str | None
    published: str | None
    start: int
    end: int
    text: str
    score: float

    def to_json(self) -> dict[str, Any]:
        return {
            "article_id": self.article_id,
            "title": self.title,
            "publisher": self.publisher,
            "published": self.published,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "score": self.score,
        }


class EventType(StrEnum):
    """The kinds of line in a streamed answer."""

    SOURCES = "sources"
    TEXT = "text"
    DONE = "done"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a streamed answer. `data` is already JSON: this is the edge."""

    type: EventType
    data: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        return {"type": self.type.value, **self.data}


def parse_date(value: str, *, last: bool = False) -> date:
    """A day from "2023-12-01", "2023-12" or "2023"; a month or year gives its first day, or its last.

    Errors: UsageError.
    """
    import calendar

    from index import UsageError

    parts = value.strip().split("-")
    try:
        numbers = [int(p) for p in parts]
        if not 1 <= len(numbers) <= 3 or len(parts[0]) != 4:
            raise ValueError
        year = numbers[0]
        month = numbers[1] if len(numbers) > 1 else (12 if last else 1)
        day = numbers[2] if len(numbers) > 2 else (calendar.monthrange(year, month)[1] if last else 1)
        return date(year, month, day)
    except (ValueError, IndexError) as error:
        raise UsageError(f"{value!r} is not a date; write it as 2023-12-01, 2023-12 or 2023") from error
