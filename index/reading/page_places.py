"""Where a page keeps what belongs to its heading: byline, date, standfirst."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

NEAR = 14
"""Short elements after a heading in which its byline and date are looked for."""
_STANDFIRST = re.compile(
    r"sub-?(?:title|head)|stand-?first|excerpt|\bdek\b|\bdeck\b|article[_-]*summary|\blede?\b|article[_-]*(?:intro|lead)"
    r"|\bintro\b|sapo|chapo|vorspann|entradilla|bajada|lead-?text|synopsis|tagline",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"related|sidebar|recommend|comment|footer|widget|trending|teaser|promo|card|nav", re.IGNORECASE
)


def under_heading(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The first short elements after the page's heading."""
    heading = _heading(tree, "h1", "h2")
    if heading is None:
        return
    count = 0
    for element in heading.xpath("following::*"):
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "svg", "img", "ul", "nav"):
            continue
        if (element.text or "").strip() and 2 < len(element.text_content().strip()) <= 140:
            yield element
            count += 1
        if count >= NEAR:
            return


def find_standfirst(tree: HtmlElement) -> str:
    """The sentence or two that the page marks as such under its heading, "" when there are none."""
    heading = _heading(tree, "h1")
    if heading is None:
        return ""
    for element in heading.xpath("following::*[@class or @itemprop]")[:60]:
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if not _STANDFIRST.search(names) or _ELSEWHERE.search(names):
            continue
        text = " ".join(element.text_content().split())
        links = sum(len(a.text_content()) for a in element.iter("a"))
        if 50 <= len(text) <= 700 and links < 0.3 * len(text) and len(element.findall(".//p")) <= 3:
            return text
    return ""


def _heading(tree: HtmlElement, *names: str) -> HtmlElement | None:
    return next((h for n in names for h in tree.iter(n) if len(h.text_content().strip()) > 15), None)
