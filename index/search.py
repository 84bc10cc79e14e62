"""Hybrid search: dense and lexical scores of candidate passages, scaled and fused. Pure functions."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

DENSE_WEIGHT = 0.6
"""Share of the dense score in the fused one; see benchmarks/search.py for how it was chosen."""


def top(scores: Scores, count: int) -> Rows:
    """Rows of the highest scores above 0, highest first, the earlier row first among equals."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) > count:
        threshold = np.partition(scores[positive], -count)[-count]
        positive = positive[scores[positive] >= threshold]
    return positive[np.lexsort((positive, -scores[positive]))][:count]


def fuse(dense: Scores | None, lexical: Scores) -> Scores:
    """Convex combination of scaled scores `(candidates,)`, each 0 to 1.

    Cosines are cut at 0; BM25 is divided by its largest value among the candidates. Without dense scores the
    lexical ones count alone.
    """
    largest = float(lexical.max(initial=0.0))
    scaled = lexical / largest if largest > 0 else lexical
    if dense is None:
        return np.asarray(scaled, np.float32)
    fused = DENSE_WEIGHT * np.clip(dense, 0, 1) + (1 - DENSE_WEIGHT) * scaled
    return np.asarray(fused, np.float32)
