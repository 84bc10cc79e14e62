"""Gathers the sentences that might answer a question, and says how likely each belongs to the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from assistant import features
from assistant.features import Asked
from assistant.measures import MEASURES, Found, measure
from assistant.weights import Logistic, load
from index import Filters, terms

if TYPE_CHECKING:
    from index import Generation, PassageHit, Vectors

_ALIKE = 0.95  # cosine from which two sentences are not both shown beside a refusal


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that might answer. Offsets are into its article's text."""

    article_id: str
    start: int
    end: int
    text: str
    score: float
    """Probability that it belongs to the answer, given that there is one."""
    passage_row: int
    hit_rank: int
    """Rank of its passage in the search, from 0."""
    place: int
    """Which sentence of its passage it is, from 0."""
    likeness: float
    """Cosine with the question."""
    title: str = ""
    publisher: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What was gathered for a question. All arrays have a row for each candidate, in the same order."""

    asked: Asked
    candidates: tuple[Candidate, ...]
    """Likeliest first; equals in the order of search and text."""
    measures: npt.NDArray[np.float64]
    """`(candidates, len(MEASURES))`."""
    vectors: npt.NDArray[np.float32]
    """`(candidates, dimensions)`, length 1."""
    hits: tuple[PassageHit, ...]
    publishers: tuple[str, ...] = ()
    """Of the whole collection."""
    passages: tuple[frozenset[str], ...] = ()
    """Lexical terms of each hit's passage and title."""
    collection: int = 0
    """Passages of the whole collection."""

    def around(self, candidate: Candidate) -> frozenset[str]:
        """Lexical terms of a sentence, of its neighbours in its passage, and of its article's title."""
        near = [c for c in self.candidates if c.passage_row == candidate.passage_row]
        held = [features.looks(c.text).terms for c in near if abs(c.place - candidate.place) <= 1]
        return frozenset(terms(candidate.title)).union(*held)

    def nearest(self, count: int) -> tuple[Candidate, ...]:
        """The sentences to show beside a refusal: nearest in meaning, no two alike."""
        order = sorted(range(len(self.candidates)), key=lambda i: (-self.candidates[i].likeness, i))
        taken: list[int] = []
        for i in order:
            if len(taken) == count:
                break
            if all(float(self.vectors[i] @ self.vectors[j]) < _ALIKE for j in taken):
                taken.append(i)
        return tuple(self.candidates[i] for i in taken)


class Said(Protocol):
    """Chosen sentences, in groups of near-identical ones."""

    @property
    def groups(self) -> tuple[tuple[Candidate, ...], ...]: ...


def gather(
    generation: Generation,
    question: str,
    vector: Vectors | None,
    hits: Sequence[PassageHit],
    as_of: date | None = None,
    scorer: Logistic | None = None,
) -> Evidence:
    """The sentences of the hit passages, measured and scored.

    `vector` is the question's `(dimensions,)`; without one, shared words stand in for likeness. `as_of` keeps
    later articles out of the statistics of words, too. `scorer` replaces the learned weights.
    """
    asked = features.take_apart(question, partial(generation.idf, as_of=as_of), generation.concepts(question))
    articles = [generation.article(hit.article_id) for hit in hits]
    title_terms = [frozenset(terms(article.title)) for article in articles]
    found, vectors = _sentences(generation, hits)
    asked = asked.with_kin(frozenset[str]().union(*title_terms, *(f.looks.terms for f in found)))
    publishers, passages = generation.publishers, generation.passage_count
    if as_of is not None:
        seen = Filters(as_of=as_of)
        publishers = tuple(sorted({a.publisher for a in generation.matching(seen) if a.publisher}))
        passages = generation.visible_passages(seen)
    evidence = Evidence(
        asked=asked,
        candidates=(),
        measures=np.empty((0, len(MEASURES))),
        vectors=vectors,
        hits=tuple(hits),
        publishers=publishers,
        passages=tuple(
            t.union(*(f.looks.terms for f in found if f.hit == n)) for n, t in enumerate(title_terms)
        ),
        collection=passages,
    )
    if not found:
        return evidence
    measures = measure(asked, found, vectors, vector, hits, title_terms)
    scores = (scorer or _weights()).probability(measures)
    order = np.lexsort((np.arange(len(found)), -scores))
    candidates = tuple(
        Candidate(
            article_id=hits[found[i].hit].article_id,
            start=found[i].start,
            end=found[i].end,
            text=found[i].text,
            score=float(scores[i]),
            passage_row=hits[found[i].hit].row,
            hit_rank=found[i].hit,
            place=found[i].place,
            likeness=float(measures[i, MEASURES.index("likeness")]),
            title=articles[found[i].hit].title,
            publisher=articles[found[i].hit].publisher,
        )
        for i in order
    )
    return replace(evidence, candidates=candidates, measures=measures[order], vectors=vectors[order])


def missing_parts(question: str, evidence: Evidence, chosen: Said) -> tuple[str, ...]:
    """Names and numbers of the question that no chosen sentence, its title nor its outlet holds, as spelt."""
    said = [c for group in chosen.groups for c in group]
    words = " ".join(f"{c.text} {c.title} {c.publisher or ''}" for c in said)
    held = evidence.asked.held(set(terms(words)))
    out: list[str] = []
    for match in re.finditer(_NAME_OR_NUMBER, question):
        name = match.group().split()
        while features.opens_question(name[0]) and len(name) > 1:  # "Did China" names China
            del name[0]
        wanted = [t for t in terms(" ".join(name)) if t in evidence.asked.names or t.isdigit()]
        if wanted and not held.intersection(wanted):
            out.append(" ".join(name))
    return tuple(dict.fromkeys(out))


_NAME_OR_NUMBER = r"(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*\w|\d[\d.,]*\d|\d)(?:\s+[A-ZÀ-ÖØ-Þ][\w'’.-]*\w)*"


@cache
def _weights() -> Logistic:
    return load("sentence", MEASURES)


def _sentences(
    generation: Generation, hits: Sequence[PassageHit]
) -> tuple[list[Found], npt.NDArray[np.float32]]:
    """Every sentence of the hit passages once, and their vectors; a very long one is shared by passages."""
    found: list[Found] = []
    vectors: list[npt.NDArray[np.float32]] = []
    seen: set[tuple[str, int]] = set()
    for rank, hit in enumerate(hits):
        passage = generation.passage(hit.row)
        text = generation.article(hit.article_id).text
        for place, sentence in enumerate(passage.sentences):
            if (hit.article_id, sentence.start) in seen:
                continue
            seen.add((hit.article_id, sentence.start))
            words = text[sentence.start : sentence.end]
            count = len(passage.sentences)
            found.append(
                Found(rank, place, count, sentence.start, sentence.end, words, features.looks(words))
            )
            vectors.append(passage.sentence_vectors[place])
    return found, np.stack(vectors) if vectors else np.empty((0, 0), np.float32)
