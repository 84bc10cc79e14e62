"""The figures of an evaluation, as plain functions of what was expected and what was said."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """A share of cases, with its 95 % Wilson interval."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """The Wilson score interval; (0, 1) when there is no case."""
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.959964, self.of, self.right / self.of
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, centre - half), min(1.0, centre + half)

    def to_json(self) -> dict[str, object]:
        low, high = self.interval
        value = None if self.value is None else round(self.value, 4)
        return {
            "value": value,
            "right": self.right,
            "of": self.of,
            "low": round(low, 4),
            "high": round(high, 4),
        }


def rouge_l(expected: str, said: str) -> float:
    """ROUGE-L F1 of two texts, 0 to 1, as rouge_score computes it without a stemmer.

    Source: Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004.
    """
    a, b = (re.findall(r"[a-z0-9]+", text.lower()) for text in (expected, said))
    common = _common_subsequence(a, b)
    if not common:
        return 0.0
    precision, recall = common / len(b), common / len(a)
    return 2 * precision * recall / (precision + recall)


def ndcg(ranked: Sequence[str], relevant: set[str], k: int = 10) -> float:
    """Normalised discounted cumulative gain at `k` of a ranking without repeats; relevant ones count 1."""
    gain = sum(1 / math.log2(rank + 2) for rank, name in enumerate(ranked[:k]) if name in relevant)
    best = sum(1 / math.log2(rank + 2) for rank in range(min(k, len(relevant))))
    return gain / best if best else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile; 0 of nothing."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def plain(text: str) -> str:
    """Text for comparing: lower-case words and numbers with single spaces."""
    return " ".join(re.findall(r"\w+", text.lower()))


def holds(text: str, part: str) -> bool:
    """Whether a text holds the words of another, in order and next to each other."""
    wanted = plain(part)
    return bool(wanted) and f" {wanted} " in f" {plain(text)} "


def _common_subsequence(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest common subsequence, a row at a time in the bits of one number.

    Source: Hyyrö, "Bit-parallel LCS-length computation revisited", 2004.
    """
    places: dict[str, int] = {}
    for i, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << i
    row = full = (1 << len(a)) - 1
    for word in b:
        matches = row & places.get(word, 0)
        row = ((row + matches) | (row - matches)) & full
    return len(a) - row.bit_count()
