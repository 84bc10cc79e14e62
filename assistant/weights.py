"""Reads the learned weights: a small table of names and numbers that a person can read and change.

`benchmarks/learn.py` writes it. Each model is logistic: probability = 1 / (1 + exp(-(intercept + sum of weight x
(measure - mean) / scale))).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """A logistic model over named measures."""

    names: tuple[str, ...]
    mean: npt.NDArray[np.float64]
    scale: npt.NDArray[np.float64]
    weight: npt.NDArray[np.float64]
    intercept: float

    def probability(self, measures: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Probabilities `(rows,)` of measures `(rows, len(names))`."""
        logit = (measures - self.mean) / self.scale @ self.weight + self.intercept
        return np.asarray(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


def load(model: str, names: Sequence[str]) -> Logistic:
    """The model of that name, its rows in the order of `names`. Errors: ValueError when the names differ."""
    table = _file()[model]
    given = {row["measure"]: row for row in table["measures"]}
    if set(given) != set(names):
        raise ValueError(f"weights.json: {model} has other measures than the code; run benchmarks/learn.py")
    rows = [given[name] for name in names]
    return Logistic(
        names=tuple(names),
        mean=np.array([row["mean"] for row in rows]),
        scale=np.array([row["scale"] for row in rows]),
        weight=np.array([row["weight"] for row in rows]),
        intercept=float(table["intercept"]),
    )


def number(name: str) -> float:
    """A single learned number, such as the threshold."""
    return float(_file()["numbers"][name])


@cache
def _file() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(
        files("assistant").joinpath("weights.json").read_text(encoding="utf-8")
    )
    return table
