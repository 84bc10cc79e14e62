"""An article's text cut into paragraphs and marked spans, for showing it exactly as it is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text, marked or not. `first` is set on the first marked span of the article."""

    text: str
    marked: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Spans of one paragraph, and the white space between it and the next."""

    spans: tuple[Span, ...]
    gap: str
    heading: bool = False


def paragraphs(text: str, start: int = 0, end: int = 0) -> list[Paragraph]:
    """`text` as paragraphs with `[start, end)` marked. Spans and gaps joined are `text` again, always."""
    out: list[Paragraph] = []
    marked_yet = False
    bounds = list(_bounds(text))
    for number, (low, high, until) in enumerate(bounds):
        spans = []
        for a, b, inside in _cut(low, high, start, end):
            spans.append(Span(text[a:b], inside, inside and not marked_yet))
            marked_yet = marked_yet or inside
        last = number + 1 == len(bounds)
        out.append(Paragraph(tuple(spans), text[high:until], not last and is_heading(text[low:high])))
    return out


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph looks like a heading between sections: short, one line, without a closing mark."""
    line = paragraph.strip()
    return 0 < len(line) <= _LONGEST_HEADING and "\n" not in line and line[-1].isalnum()


def _bounds(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, end with the gap after) of each paragraph, in order; they cover `text`."""
    low = 0
    for gap in re.finditer(r"\n\s*\n", text):
        yield low, gap.start(), gap.end()
        low = gap.end()
    if low < len(text):
        yield low, len(text), len(text)


def _cut(low: int, high: int, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """`[low, high)` cut at the mark's ends: (start, end, inside the mark), without empty parts."""
    a, b = max(low, min(start, high)), max(low, min(end, high))
    for left, right, inside in ((low, a, False), (a, b, True), (b, high, False)):
        if left < right:
            yield left, right, inside
