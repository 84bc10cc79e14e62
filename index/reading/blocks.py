"""The blocks of a web page's main text, as trafilatura finds them, with how much of each is links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lxml.html import HtmlElement


class Kind(StrEnum):
    """What a block is on the page."""

    PARAGRAPH = "p"
    HEADING = "head"
    ITEM = "item"
    QUOTE = "quote"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, quotation or table row."""

    kind: Kind
    text: str
    linked: float = 0.0
    """Share of its characters that are links, 0 to 1."""

    @property
    def words(self) -> list[str]:
        return re.findall(r"\w+", self.text)

    @property
    def key(self) -> str:
        """The text without case, space and punctuation, to compare by."""
        return "".join(self.words).casefold()


def extract_blocks(tree: HtmlElement, *, precise: bool) -> list[Block]:
    """The main text of the page. `precise` leaves doubtful parts out; `tree` is not changed."""
    import trafilatura

    found = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_links=True,
        favor_precision=precise,
        fast=not precise,
    )
    body = getattr(found, "body", None)
    return [] if body is None else [b for element in body for b in _blocks(element) if b.words]


def free_spaces(tree: HtmlElement) -> None:
    """Move spaces at the inner edges of inline elements outside them, where extraction does not trim them."""
    for element in tree.iter("a", "b", "i", "em", "strong", "span", "u"):
        if element.tail and element.tail[:1].isspace():
            continue
        last = element[-1] if len(element) else None
        inner = element.text if last is None else last.tail
        if inner and inner[-1].isspace() and inner.strip():
            element.tail = " " + (element.tail or "")


def _blocks(element: Any) -> Iterator[Block]:  # noqa: ANN401  # lxml has no types
    if element.tag == "list":
        for item in element:
            yield _block(Kind.ITEM, item)
    elif element.tag == "table":
        for row in element.iter("row"):
            cells = [_text(cell) for cell in row if _text(cell)]
            yield Block(Kind.ROW, " | ".join(cells), _linked(row))
    else:
        kind = {"head": Kind.HEADING, "quote": Kind.QUOTE}.get(element.tag, Kind.PARAGRAPH)
        yield from _lines(kind, element) if kind is Kind.QUOTE else [_block(kind, element)]
    if element.tail and element.tail.strip():
        yield Block(Kind.PARAGRAPH, " ".join(element.tail.split()))


def _lines(kind: Kind, element: Any) -> Iterator[Block]:  # noqa: ANN401
    linked = _linked(element)
    for line in _text(element).split("\n"):
        yield Block(kind, line, linked)


def _block(kind: Kind, element: Any) -> Block:  # noqa: ANN401
    return Block(kind, _text(element), _linked(element))


def _text(element: Any) -> str:  # noqa: ANN401
    lines = (" ".join(line.split()) for line in "".join(_in_order(element)).split("\n"))
    return "\n".join(line for line in lines if line)


def _in_order(element: Any) -> Iterator[str]:  # noqa: ANN401
    """Text in reading order; a line break or an inner block starts a new line, other line ends are spaces."""
    if element.text:
        yield element.text.replace("\n", " ")
    for child in element:
        if child.tag in ("lb", "p", "item", "row", "list"):
            yield "\n"
        yield from _in_order(child)
        if child.tag in ("p", "item", "row", "list"):
            yield "\n"
        if child.tail:
            yield child.tail.replace("\n", " ")


def _linked(element: Any) -> float:  # noqa: ANN401
    total = len("".join("".join(element.itertext()).split()))
    links = sum(len("".join("".join(ref.itertext()).split())) for ref in element.iter("ref"))
    return min(1.0, links / total) if total else 0.0
