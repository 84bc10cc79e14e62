"""A reliability diagram: how often questions are answerable in fact, by the confidence that was said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float64]
_SIDE, _MARGIN = 360, 48


def write_diagram(path: Path, answerable: Table, sure: Table, weight: Table) -> None:
    """Write the diagram as SVG and print its numbers."""
    bins = []
    for low in np.arange(10) / 10:
        rows = (sure >= low) & (sure < low + 0.1 + (low == 0.9))
        if weight[rows].sum():
            said = float(np.average(sure[rows], weights=weight[rows]))
            fact = float(np.average(answerable[rows], weights=weight[rows]))
            bins.append((said, fact, int(rows.sum())))
            print(f"  confidence {said:.2f}: answerable {fact:.2f} ({int(rows.sum())} questions)")
    path.parent.mkdir(exist_ok=True)
    path.write_text(_svg(bins), encoding="utf-8")


def _svg(bins: list[tuple[float, float, int]]) -> str:
    def x(value: float) -> float:
        return round(_MARGIN + value * _SIDE, 1)

    def y(value: float) -> float:
        return round(16 + (1 - value) * _SIDE, 1)

    ticks = "".join(
        f'<text x="{x(v)}" y="{y(0) + 18}" text-anchor="middle">{v:.1f}</text>'
        f'<text x="{x(0) - 8}" y="{y(v) + 4}" text-anchor="end">{v:.1f}</text>'
        for v in (0, 0.2, 0.4, 0.6, 0.8, 1)
    )
    line = " ".join(f"{x(said)},{y(fact)}" for said, fact, _ in bins)
    dots = "".join(
        f'<circle cx="{x(said)}" cy="{y(fact)}" r="4"><title>{count} questions</title></circle>'
        for said, fact, count in bins
    )
    size = _SIDE + 2 * _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" '
        f'font-size="12"><title>Confidence said and answerable in fact</title>'
        f'<rect x="{x(0)}" y="{y(1)}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#999"/>'
        f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#999" stroke-dasharray="4"/>{ticks}'
        f'<polyline points="{line}" fill="none" stroke="#1f5f8b" stroke-width="2"/>'
        f'<g fill="#1f5f8b">{dots}</g>'
        f'<text x="{x(0.5)}" y="{y(0) + 38}" text-anchor="middle">confidence said</text>'
        f'<text x="14" y="{y(0.5)}" text-anchor="middle" transform="rotate(-90 14 {y(0.5)})">'
        "answerable</text>"
        "</svg>\n"
    )
