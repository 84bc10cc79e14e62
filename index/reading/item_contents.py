"""Which elements belong to each headline of a list: one that wraps the item, or a run of siblings."""

from __future__ import annotations

import re
from collections import defaultdict

from lxml.html import HtmlElement

from index.reading.bylines import read_byline
from index.reading.headlines import HEADING_TAGS, MAIN_TAGS
from index.reading.item_text import class_words, text_lines, text_of
from index.types import UNDATED, PublishedDate


def find_contents(titles: list[HtmlElement], outer: frozenset[HtmlElement]) -> list[list[HtmlElement]]:
    """For each headline the elements that make its item: one that wraps it, or a run of siblings."""
    all_titles = set(titles)
    over: dict[HtmlElement, int] = defaultdict(int)
    for title in titles:
        for ancestor in title.iterancestors():
            over[ancestor] += 1
    roots = []
    for title in titles:
        root = title
        while (
            (parent := root.getparent()) is not None
            and over[parent] <= 1
            and parent not in _containers(parent)
        ):
            root = parent
        roots.append(root)
    bare = sum(_text_beside(root, title) < 20 for root, title in zip(roots, titles, strict=True))
    if bare < 0.6 * len(roots):
        return [[root] for root in roots]
    return _sibling_runs(roots, all_titles, outer)


def _containers(element: HtmlElement) -> tuple[HtmlElement, ...]:
    return (element,) if element.tag in ("body", "html", "main") else ()


def _text_beside(root: HtmlElement, title: HtmlElement) -> int:
    """Characters of text in an item's element besides its headline, date and author."""
    lines = [line for line, _ in text_lines([root], frozenset([title]))]
    return sum(len(line) for line in lines if not read_byline(line))


def _sibling_runs(
    roots: list[HtmlElement], titles: set[HtmlElement], outer: frozenset[HtmlElement]
) -> list[list[HtmlElement]]:
    """Items without an element around them: each from its headline (or the date over it) to the next."""
    lead = _lead(roots)
    starts = set(roots)
    contents = []
    for root in roots:
        content = [root]
        for before in _siblings_before(root, lead):
            content.insert(0, before)
        node = root.getnext()
        while node is not None and node not in starts and node.tag not in HEADING_TAGS:
            if isinstance(node.tag, str) and node not in outer:
                content.append(node)
            node = node.getnext()
        if node is not None and lead and node in starts:
            content = content[: max(1, len(content) - lead)] if content[-1] is not root else content
        contents.append(content)
    return contents


def _lead(roots: list[HtmlElement]) -> int:
    """How many elements over each headline belong to its item: the same ones stand over the first."""
    lead = 0
    for steps in (1, 2):
        shapes = []
        for root in roots:
            node = root
            for _ in range(steps):
                node = node.getprevious() if node is not None else None
            shapes.append(
                (node.tag, node.get("class")) if node is not None and isinstance(node.tag, str) else None
            )
        first = shapes[0]
        if first is None or first[0] in ("hr", *HEADING_TAGS):
            break
        if sum(shape == first for shape in shapes) < 0.9 * len(shapes):
            break
        lead = steps
    return lead


def _siblings_before(root: HtmlElement, count: int) -> list[HtmlElement]:
    found: list[HtmlElement] = []
    node = root.getprevious()
    while node is not None and len(found) < count:
        found.append(node)
        node = node.getprevious()
    return found


def find_day_headings(
    titles: list[HtmlElement], outer: frozenset[HtmlElement]
) -> dict[HtmlElement, PublishedDate]:
    """Days that stand as headings over several items ("3 May 2022"), for the items under them."""
    ancestors = [set(title.iterancestors()) for title in titles]
    shared = set.intersection(*ancestors) if ancestors else set()
    scope = next((a for a in titles[0].iterancestors() if a in shared), None)
    if scope is None:
        return {}
    waiting = set(titles)
    days: dict[HtmlElement, PublishedDate] = {}
    current = UNDATED
    for node in scope.iter():
        if node in waiting:
            days[node] = current
        elif (
            node.tag in (*HEADING_TAGS, "dt", "th", "caption", "legend") or _is_day_class(node)
        ) and node not in outer:
            text = text_of(node)
            byline = read_byline(text) if 4 < len(text) <= 60 else None
            if byline and byline.published.first and not byline.authors:
                current = byline.published
    return days if current.first else {}


def _is_day_class(node: HtmlElement) -> bool:
    return (
        isinstance(node.tag, str)
        and node.tag in ("div", "p", "li")
        and bool(
            re.search(
                r"(?:^|[\s_-])(?:day|date-?(?:heading|header|group|separator|title))(?:$|[\s_-])",
                class_words(node),
                re.I,
            )
        )
    )


def own_content(title: HtmlElement, inside: set[HtmlElement]) -> list[HtmlElement]:
    """The largest element around a headline that holds no other headline and no item of the list."""
    root = title
    while (parent := root.getparent()) is not None and parent.tag not in MAIN_TAGS:
        if any(node in inside or (node.tag in HEADING_TAGS and node is not title) for node in parent.iter()):
            break
        root = parent
    return [root]
