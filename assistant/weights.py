"""Reads the learned weights: a small table of names and numbers that a person can read and change.

`benchmarks/learn.py` writes it. A `Logistic` model is probability = 1 / (1 + exp(-logit)) with logit =
intercept + sum of weight x (measure - mean) / scale. In `Trees` the logit is a base and one number from each
of many small trees, written as [measure, threshold, branch when at most that, branch when more].
"""

from __future__ import annotations

import json
import math
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


Branch = float | tuple[int, float, "Branch", "Branch"]


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees over named measures."""

    names: tuple[str, ...]
    base: float
    trees: tuple[Branch, ...]

    def probability(self, measures: Sequence[float]) -> float:
        """The probability for measures `(len(names),)`."""
        logit = self.base + sum(_follow(tree, measures) for tree in self.trees)
        return 1 / (1 + math.exp(-min(30.0, max(-30.0, logit))))


def _follow(branch: Branch, measures: Sequence[float]) -> float:
    while isinstance(branch, tuple):
        column, threshold, low, high = branch
        branch = low if measures[column] <= threshold else high
    return branch


def load_trees(model: str, names: Sequence[str]) -> Trees:
    """The trees of that name over the measures `names`. Errors: ValueError when they need another measure."""
    table = _file()[model]
    column = {name: i for i, name in enumerate(names)}

    def read(branch: object) -> Branch:
        if not isinstance(branch, list):
            return float(str(branch))
        if branch[0] not in column:
            raise ValueError(f"weights.json: {model} needs {branch[0]!r}; run benchmarks/learn.py")
        return column[branch[0]], float(branch[1]), read(branch[2]), read(branch[3])

    return Trees(tuple(names), float(table["base"]), tuple(read(tree) for tree in table["trees"]))


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
