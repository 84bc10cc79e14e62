"""The picture of coverage: how many articles each publisher has in each month (or year), as bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from web.page_words import day

_MOST_COLUMNS = 48
_MOST_ROWS = 8
_HEIGHT = 10.0
"""Of a strip, in the picture's own units; the page stretches it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a strip, in the strip's units, and its figure in words."""

    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One publisher's strip."""

    name: str
    bars: tuple[Bar, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Line:
    """One period of the table that holds the same figures: a count for each row."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything that the template draws."""

    unit: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    table: tuple[Line, ...]
    peak: int
    undated: int

    @property
    def first(self) -> str:
        return self.columns[0]

    @property
    def last(self) -> str:
        return self.columns[-1]

    @property
    def middle(self) -> str | None:
        return self.columns[len(self.columns) // 2] if len(self.columns) > 8 else None


def coverage(articles: Iterable[tuple[str | None, date | None]]) -> Coverage:
    """The picture of `(publisher, first day of the published date)` pairs: by month, or by year or decade
    where months would be too many to see. Beyond eight publishers the smaller ones share a strip."""
    given = list(articles)
    dated = [(publisher or "Unnamed outlet", d) for publisher, d in given if d]
    undated = len(given) - len(dated)
    if not dated:
        return Coverage("month", (), (), (), 0, undated)
    first, last = min(d for _, d in dated), max(d for _, d in dated)
    unit, periods = _periods(first, last)
    names = _rows([publisher for publisher, _ in dated])
    counts = Counter((names.get(publisher, "Others"), _period(d, unit)) for publisher, d in dated)
    order = list(dict.fromkeys(names.values()))
    if any(publisher not in names for publisher, _ in dated):
        order.append("Others")
    peak = max(counts.values())
    columns = tuple(_name(p, unit) for p in periods)
    rows = tuple(
        Row(
            name,
            tuple(
                _bar(i, counts[name, p], peak, columns[i]) for i, p in enumerate(periods) if counts[name, p]
            ),
            sum(counts[name, p] for p in periods),
        )
        for name in order
    )
    table = tuple(
        Line(_name(p, unit), tuple(counts[name, p] for name in order))
        for p in periods
        if any(counts[name, p] for name in order)
    )
    return Coverage(unit, columns, rows, table, peak, undated)


def _rows(publishers: list[str]) -> dict[str, str]:
    """The publishers that get a strip of their own, most articles first."""
    ranked = sorted(Counter(publishers).items(), key=lambda item: (-item[1], item[0]))
    own = ranked if len(ranked) <= _MOST_ROWS else ranked[: _MOST_ROWS - 1]
    return {name: name for name, _ in own}


def _periods(first: date, last: date) -> tuple[str, list[int]]:
    for unit in ("month", "year", "decade"):
        low, high = _period(first, unit), _period(last, unit)
        if high - low < _MOST_COLUMNS or unit == "decade":
            return unit, list(range(low, high + 1))
    raise AssertionError("a decade is the longest period")


def _period(d: date, unit: str) -> int:
    return {"month": d.year * 12 + d.month - 1, "year": d.year, "decade": d.year // 10}[unit]


def _name(period: int, unit: str) -> str:
    if unit == "month":
        return day(f"{period // 12:04}-{period % 12 + 1:02}")
    return str(period) if unit == "year" else f"{period}0s"


def _bar(column: int, count: int, peak: int, period: str) -> Bar:
    height = round(_HEIGHT * count / peak, 3)
    words = f"{period}: {count} article{'' if count == 1 else 's'}"
    return Bar(column + 0.12, round(_HEIGHT - height, 3), 0.76, height, words)
