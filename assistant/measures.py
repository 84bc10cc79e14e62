"""What is measured of each sentence that might answer. `weights.json` says how much each counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant import features
from assistant.features import Asked, Looks
from assistant.kinds import Kind
from index import PassageHit, Vectors

Table = npt.NDArray[np.float64]

_KINDS = tuple(kind for kind in Kind if kind is not Kind.OTHER)
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
    "beyond_title",  # share of the question's terms that its title does not hold, held by it
    "beyond_title_gap",
    "best_likeness",  # cosine with the likeliest sentence
    # Some question words say more than others about what answers them.
    *(f"{name}_{kind}" for kind in _KINDS for name in ("likeness", "kind_shown", "kind_unshown")),
)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A sentence of a hit passage, before it is scored."""

    hit: int
    place: int
    count: int
    """Sentences of its passage."""
    start: int
    end: int
    text: str
    looks: Looks


def measure(
    asked: Asked,
    found: Sequence[Found],
    vectors: npt.NDArray[np.float32],
    vector: Vectors | None,
    hits: Sequence[PassageHit],
    titles: Sequence[frozenset[str]],
) -> Table:
    """`(len(found), len(MEASURES))`, for at least one sentence; sentences of a passage follow one another.

    `vectors` are the sentences' `(len(found), dimensions)`, `vector` the question's; without it, shared words
    stand in for likeness. `titles` holds the lexical terms of each hit's title.
    """
    of = np.array([f.hit for f in found])
    overlap = np.array([asked.overlap(f.looks.terms) for f in found])
    if vector is None:
        likeness, dense = 0.1 + 0.6 * overlap, np.array([0.1 + 0.6 * h.score for h in hits])
    else:
        likeness = vectors.astype(np.float64) @ np.asarray(vector, np.float64).reshape(-1)
        dense = np.array([h.dense for h in hits])
    fused = np.array([h.score for h in hits])
    best = int(np.argmax(likeness + 0.3 * overlap))
    starts_passage = np.append(True, of[1:] != of[:-1])
    ends_passage = np.append(starts_passage[1:], True)
    kind_known = asked.kind is not Kind.OTHER
    shown = np.array([kind_known and features.shows(asked.kind, f.text, asked.weights) for f in found])
    left = [asked.beyond(t) for t in titles]
    beyond = np.array([left[f.hit].overlap(f.looks.terms) for f in found])
    column = {
        "likeness": likeness,
        "likeness_gap": likeness.max() - likeness,
        "passage_likeness": dense[of],
        "passage_gap": dense.max() - dense[of],
        "rank_gap": fused.max() - fused[of],
        "overlap": overlap,
        "overlap_gap": overlap.max() - overlap,
        "near_overlap": _near_overlap(asked, found, titles),
        "names": np.array([_share(asked.names, f.looks.terms) for f in found]),
        "numbers": np.array([_share(asked.numbers, f.looks.numbers) for f in found]),
        "kind_shown": shown,
        "kind_unshown": kind_known & ~shown,
        "length": np.log1p([f.looks.words for f in found]),
        "opening": np.array([f.place == 0 and f.start == 0 for f in found]),
        "place": np.array([f.place / max(1, f.count - 1) for f in found]),
        "leans_back": np.array([f.looks.leans_back for f in found]),
        "carries_on": np.array([f.looks.carries_on for f in found]),
        "fragment": np.array([f.looks.fragment for f in found]),
        "asks": np.array([f.looks.asks for f in found]),
        "likeness_before": np.where(starts_passage, likeness, np.roll(likeness, 1)),
        "likeness_after": np.where(ends_passage, likeness, np.roll(likeness, -1)),
        "title_overlap": np.array([asked.overlap(t) for t in titles])[of],
        "beyond_title": beyond,
        "beyond_title_gap": beyond.max() - beyond,
        "best_likeness": vectors.astype(np.float64) @ vectors[best].astype(np.float64),
    }
    for kind in _KINDS:
        for name in ("likeness", "kind_shown", "kind_unshown"):
            column[f"{name}_{kind}"] = column[name] * (asked.kind is kind)
    return np.stack([column[name].astype(np.float64) for name in MEASURES], axis=1)


def _near_overlap(asked: Asked, found: Sequence[Found], titles: Sequence[frozenset[str]]) -> Table:
    """Share of the question's terms held by a sentence, its neighbours in its passage and its title."""
    out = np.empty(len(found))
    for i, f in enumerate(found):
        near = [n.looks.terms for n in found[max(0, i - 1) : i + 2] if n.hit == f.hit]
        out[i] = asked.overlap(titles[f.hit].union(*near))
    return out


def _share(wanted: frozenset[str], held: frozenset[str]) -> float:
    return len(wanted & held) / len(wanted) if wanted else 0.0
