"""Gathers the sentences that might answer a question, measures each, and says how likely each is an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from assistant import features
from assistant.features import Asked, Kind
from assistant.weights import Logistic, load
from index import terms

if TYPE_CHECKING:
    from index import Generation, PassageHit, Vectors

Measured = npt.NDArray[np.float64]

MEASURES = (
    "likeness",  # cosine of question and sentence
    "likeness_gap",  # how far it stays behind the likeliest sentence
    "passage_likeness",
    "passage_gap",  # how far its passage stays behind the likeliest passage
    "rank_gap",  # how far its passage stays behind in the fused search score
    "overlap",  # share of the question's terms that it holds, weighted by rarity
    "overlap_gap",
    "near_overlap",  # the same with its neighbours and its article's title
    "names",  # share of the question's names that it holds
    "numbers",
    "kind_shown",  # it holds what the question word asks for
    "kind_unshown",
    "length",  # logarithm of its words
    "opening",  # first sentence of its article
    "place",  # 0 at its passage's start, 1 at its end
    "leans_back",  # opens with a pronoun or the like
    "carries_on",  # opens with a connective
    "fragment",  # heading, caption, list residue
    "asks",  # is a question itself
    "likeness_before",  # of the sentence before it
    "likeness_after",
    "title_overlap",
    "best_likeness",  # cosine with the likeliest sentence
)


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


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What was gathered for a question. All arrays have a row for each candidate, in the same order."""

    asked: Asked
    candidates: tuple[Candidate, ...]
    """Likeliest first; equals in the order of search and text."""
    measures: Measured
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
        texts = [c.text for c in near if abs(c.place - candidate.place) <= 1]
        return frozenset(terms(" ".join([*texts, candidate.title])))

    def nearest(self, count: int) -> tuple[Candidate, ...]:
        """The sentences to show beside a refusal: nearest in meaning, no two alike."""
        order = sorted(range(len(self.candidates)), key=lambda i: (-self.candidates[i].likeness, i))
        taken: list[int] = []
        for i in order:
            if len(taken) == count:
                break
            if all(float(self.vectors[i] @ self.vectors[j]) < 0.95 for j in taken):
                taken.append(i)
        return tuple(self.candidates[i] for i in taken)


class Said(Protocol):
    """Chosen sentences, in groups of near-identical ones."""

    @property
    def groups(self) -> tuple[tuple[Candidate, ...], ...]: ...


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A sentence before it is scored."""

    hit: int
    place: int
    count: int
    start: int
    end: int
    text: str
    terms: frozenset[str]


def gather(
    generation: Generation,
    question: str,
    vector: Vectors | None,
    hits: Sequence[PassageHit],
    as_of: date | None = None,
) -> Evidence:
    """The sentences of the hit passages, measured and scored.

    `vector` is the question's `(dimensions,)`; without one, shared words stand in for likeness. `as_of` keeps
    later articles out of the statistics of words, too.
    """
    asked = features.take_apart(question, partial(generation.idf, as_of=as_of), generation.concepts(question))
    found: list[_Found] = []
    vectors: list[npt.NDArray[np.float32]] = []
    titles: list[frozenset[str]] = []
    names: list[str] = []
    seen: dict[tuple[str, int], int] = {}
    for rank, hit in enumerate(hits):
        passage = generation.passage(hit.row)
        article = generation.article(hit.article_id)
        titles.append(frozenset(terms(article.title)))
        names.append(article.title)
        for place, sentence in enumerate(passage.sentences):
            key = (hit.article_id, sentence.start)
            if key in seen:  # a very long sentence is shared by several passages
                continue
            seen[key] = len(found)
            text = article.text[sentence.start : sentence.end]
            held = frozenset(terms(text))
            found.append(
                _Found(rank, place, len(passage.sentences), sentence.start, sentence.end, text, held)
            )
            vectors.append(passage.sentence_vectors[place])
    asked = asked.with_kin(frozenset[str]().union(*titles, *(f.terms for f in found)))
    stacked = np.stack(vectors) if vectors else np.empty((0, 0), np.float32)
    measures = _measure(asked, found, stacked, vector, hits, titles)
    scores = _weights().probability(measures)
    order = np.lexsort((np.arange(len(found)), -scores)) if found else np.empty(0, np.int64)
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
            likeness=float(measures[i, 0]),
            title=names[found[i].hit],
        )
        for i in order
    )
    words = [set(t) for t in titles]
    for f in found:
        words[f.hit] |= f.terms
    return Evidence(
        asked=asked,
        candidates=candidates,
        measures=measures[order],
        vectors=stacked[order] if found else stacked,
        hits=tuple(hits),
        publishers=generation.publishers,
        passages=tuple(frozenset(w) for w in words),
        collection=generation.passage_count,
    )


def missing_parts(question: str, evidence: Evidence, chosen: Said) -> tuple[str, ...]:
    """Names and numbers of the question that neither the chosen sentences nor their titles hold, as it spells them."""
    said = [c for group in chosen.groups for c in group]
    held = set(terms(" ".join([c.text for c in said] + [c.title for c in said])))
    out: list[str] = []
    for match in re.finditer(
        r"(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*\w|\d[\d.,]*\d|\d)(?:\s+[A-ZÀ-ÖØ-Þ][\w'’.-]*\w)*", question
    ):
        wanted = [t for t in terms(match.group()) if t in evidence.asked.names or t.isdigit()]
        if wanted and not held.intersection(wanted):
            out.append(match.group())
    return tuple(dict.fromkeys(out))


@cache
def _weights() -> Logistic:
    return load("sentence", MEASURES)


def _measure(
    asked: Asked,
    found: Sequence[_Found],
    vectors: npt.NDArray[np.float32],
    vector: Vectors | None,
    hits: Sequence[PassageHit],
    titles: Sequence[frozenset[str]],
) -> Measured:
    """`(len(found), len(MEASURES))`."""
    if not found:
        return np.empty((0, len(MEASURES)))
    overlap = np.array([asked.overlap(f.terms) for f in found])
    if vector is None:
        likeness = 0.1 + 0.6 * overlap
        dense = np.array([0.1 + 0.6 * h.score for h in hits])
    else:
        likeness = vectors.astype(np.float64) @ np.asarray(vector, np.float64).reshape(-1)
        dense = np.array([h.dense for h in hits])
    fused = np.array([h.score for h in hits])
    best = int(np.argmax(likeness + 0.3 * overlap))
    best_likeness = vectors.astype(np.float64) @ vectors[best].astype(np.float64)
    rows = np.zeros((len(found), len(MEASURES)))
    for i, f in enumerate(found):
        before = i - 1 if f.place > 0 else None
        after = i + 1 if i + 1 < len(found) and found[i + 1].hit == f.hit else None
        near = f.terms | titles[f.hit]
        near = near.union(*(found[j].terms for j in (before, after) if j is not None))
        kind_known = asked.kind is not Kind.OTHER
        shown = kind_known and features.shows(asked.kind, f.text, asked.weights)
        rows[i] = (
            likeness[i],
            likeness.max() - likeness[i],
            dense[f.hit],
            dense.max() - dense[f.hit],
            fused.max() - fused[f.hit],
            overlap[i],
            overlap.max() - overlap[i],
            asked.overlap(near),
            _share(asked.names, f.terms),
            _share(asked.numbers, set(re.findall(r"\d+(?:[.,]\d+)*", f.text))),
            shown,
            kind_known and not shown,
            np.log1p(features.word_count(f.text)),
            f.place == 0 and f.start == 0,
            f.place / max(1, f.count - 1),
            features.leans_back(f.text),
            features.carries_on(f.text),
            features.is_fragment(f.text),
            f.text.rstrip("\"”’' ").endswith("?"),
            likeness[before] if before is not None else likeness[i],
            likeness[after] if after is not None else likeness[i],
            asked.overlap(titles[f.hit]),
            best_likeness[i],
        )
    return rows


def _share(wanted: Iterable[str], held: Iterable[str]) -> float:
    wanted = set(wanted)
    return len(wanted.intersection(held)) / len(wanted) if wanted else 0.0
