"""Hybrid search: dense and lexical scores of candidate passages, scaled and fused. Pure functions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

DENSE_WEIGHT = 0.6
"""Share of the dense score in the fused one; benchmarks/search.py shows what it does."""
SENTENCE_WEIGHT = 0.5
"""Share of the nearest sentence in the dense score, the rest being the whole passage's."""


def top(scores: Scores, count: int) -> Rows:
    """Rows of the highest scores above 0, highest first, the earlier row first among equals."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) > count:
        threshold = np.partition(scores[positive], -count)[-count]
        positive = positive[scores[positive] >= threshold]
    return positive[np.lexsort((positive, -scores[positive]))][:count]


def nearest_sentences(query: Scores, vectors: Scores, ends: Rows) -> Scores:
    """Cosine of each passage's nearest sentence, `(passages,)`.

    `vectors` `(sentences, dimensions)` are the passages' sentences, one passage after another; `ends`
    `(passages,)` counts them up to each passage's end. Every passage has at least one.
    """
    similarity = vectors @ query
    return np.asarray(np.maximum.reduceat(similarity, np.concatenate([[0], ends[:-1]])), np.float32)


def fuse(dense: Scores | None, lexical: Scores, sentence: Scores | None = None) -> Scores:
    """Convex combination of scaled scores `(candidates,)`, each 0 to 1.

    `dense` and `sentence` are cosines with the passage and its nearest sentence, cut at 0; BM25 is divided by
    its largest value among the candidates. Without sentences the passage counts for both, without any cosine
    the lexical scores count alone.
    """
    largest = float(lexical.max(initial=0.0))
    scaled = lexical / largest if largest > 0 else lexical
    if dense is None:
        return np.asarray(scaled, np.float32)
    nearest = dense if sentence is None else sentence
    likeness = (1 - SENTENCE_WEIGHT) * dense + SENTENCE_WEIGHT * nearest
    fused = DENSE_WEIGHT * np.clip(likeness, 0, 1) + (1 - DENSE_WEIGHT) * scaled
    return np.asarray(fused, np.float32)
