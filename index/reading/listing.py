"""Listing pages (fronts, tags, archives, search results) split into their items.

Headlines that stand at the same place of the page's structure are a group; the group that carries most text
is the list. Whether the page is a list at all is told by the prose that lies outside its items: an article's
page has its article there, and what is listed under it are teasers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.html import HtmlElement

from index.reading.dates import find_date
from index.reading.headlines import HEADING_TAGS, find_asides, find_link, group_headlines, headline_kind
from index.reading.item_contents import find_contents, find_day_headings, own_content
from index.reading.item_text import ItemText, is_silent, read_item, text_lines
from index.types import Article

MOST_ITEMS = 2_000
_FEWEST = 3
_DEEPEST = 150


@dataclass(slots=True)
class _Group:
    """Headlines at the same place of the structure, with their items."""

    titles: list[HtmlElement]
    items: list[ItemText] = field(default_factory=list)
    contents: list[list[HtmlElement]] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """How much the group says: texts, dates and headlines."""
        return sum(
            min(len(i.title), 120) + 2 * min(len(i.text), 400) + 80 * (i.published.first is not None)
            for i in self.items
        )


def split_listing(html: str, file: str, url: str | None) -> list[Article]:
    """The items of a listing page in document order, without ids; [] when the page is no listing.

    Each item has its own title, address (absolute where `url` or the page names the base), date, authors and
    blurb. An item without any blurb has its headline as text.
    """
    try:
        page = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=_parser())
    except (ValueError, lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return []
    body = page.find("body")
    if body is None or _is_too_deep(body):
        return []
    base = _base(page, url)
    reference = _reference(page)
    outer = find_asides(body)
    groups = [
        group
        for titles in group_headlines(body, outer, base)
        if (group := _read(titles, outer, base, reference))
    ]
    groups = [g for g in groups if _distinct(g) and _leads_away(g, base)]
    if not groups:
        return []
    main = max(groups, key=lambda g: g.weight)
    _add_others(main, body, outer, base, reference)
    if len(main.items) < _FEWEST or _is_one_article(page, body, main, outer):
        return []
    return [_article(item, file) for item in main.items[:MOST_ITEMS]]


def _article(item: ItemText, file: str) -> Article:
    return Article(
        id="",
        title=item.title,
        text=item.text or item.title,
        authors=item.authors,
        published=item.published,
        url=item.address or None,
        file=file,
    )


def _parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)


def _is_too_deep(body: HtmlElement) -> bool:
    """Whether elements nest deeper than on an honest page; walking up from each takes quadratic time."""
    depths = {body: 0}
    for node in body.iterdescendants():
        depths[node] = depth = depths[node.getparent()] + 1
        if depth > _DEEPEST:
            return True
    return False


def _base(page: HtmlElement, url: str | None) -> str:
    for path, attribute in (
        ("//base[@href]", "href"),
        ("//link[@rel='canonical']", "href"),
        ("//meta[@property='og:url']", "content"),
    ):
        for element in page.xpath(path)[:1]:
            address = str(urljoin(url or "", element.get(attribute) or ""))
            if address.startswith("http"):
                return address
    return url or ""


def _reference(page: HtmlElement) -> date | None:
    """The day the page itself names as its own; "2 hours ago" is counted from it."""
    for name in ("og:updated_time", "article:modified_time", "date", "last-modified"):
        for element in page.xpath("//meta[@property=$n or @name=$n or @http-equiv=$n]", n=name)[:1]:
            found = find_date(element.get("content") or "")
            if found.first:
                return found.first
    return None


def _read(
    titles: list[HtmlElement], outer: frozenset[HtmlElement], base: str, reference: date | None
) -> _Group:
    group = _Group(titles)
    days = find_day_headings(titles, outer)
    for title, content in zip(titles, find_contents(titles, outer), strict=True):
        address = find_link(title, base) or _only_link(content, base)
        item = read_item(title, content, address, reference)
        if item.published.first is None and title in days:
            item = ItemText(item.title, item.address, item.text, item.authors, days[title])
        group.items.append(item)
        group.contents.append(content)
    return group


def _only_link(content: Sequence[HtmlElement], base: str) -> str:
    """The address of an item whose headline is no link: the one that its other links lead to."""
    addresses = [find_link(a, base) for element in content for a in element.iter("a")]
    addresses = [a for a in addresses if a and urlsplit(a).path not in ("", "/")]
    return max(addresses, key=lambda a: (addresses.count(a), len(a)), default="")


def _distinct(group: _Group) -> bool:
    """Whether the headlines differ, as those of a list do."""
    return len({item.title for item in group.items}) >= 0.8 * len(group.items)


def _leads_away(group: _Group, base: str) -> bool:
    """Whether the items link to articles of their own; headings of one article's sections lead nowhere."""
    addresses = {find_link(title, base) for title in group.titles} - {""}
    if len(addresses) >= 0.6 * len(group.titles):
        return True
    # Cards whose headline is no link, but which have one ("Read more"), each in an element of its own.
    wrapped = all(
        len(content) == 1 and content[0] is not title
        for title, content in zip(group.titles, group.contents, strict=True)
    )
    short = all(len(item.text) <= 1_000 for item in group.items)
    return wrapped and short and len({item.address for item in group.items} - {""}) >= 0.8 * len(group.items)


def _add_others(
    main: _Group, body: HtmlElement, outer: frozenset[HtmlElement], base: str, reference: date | None
) -> None:
    """Add items in other markup (the big one on top) to the main list, in document order."""
    inside = {node for content in main.contents for element in content for node in element.iter()}
    known = {item.address for item in main.items} | {item.title for item in main.items}
    blurbs = sum(bool(item.text) for item in main.items) >= 0.6 * len(main.items)
    dated = sum(item.published.first is not None for item in main.items) >= 0.8 * len(main.items)
    order = {node: number for number, node in enumerate(body.iter())}
    found: list[tuple[HtmlElement, ItemText, list[HtmlElement]]] = []
    for node in body.iter(*HEADING_TAGS):
        if (
            node in inside
            or node in outer
            or is_silent(node)
            or not headline_kind(node)
            or not find_link(node, base)
        ):
            continue
        content = own_content(node, inside)
        item = read_item(node, content, find_link(node, base), reference)
        if item.address in known or item.title in known or (blurbs and len(item.text) < 40):
            continue
        leading = order[node] < order[main.titles[0]]
        if item.published.first is None and (not blurbs or (dated and not leading)):
            continue
        known |= {item.address, item.title}
        found.append((node, item, content))
    if not found:
        return
    merged = sorted(
        [*zip(main.titles, main.items, main.contents, strict=True), *found], key=lambda entry: order[entry[0]]
    )
    main.titles = [title for title, _, _ in merged]
    main.items = [item for _, item, _ in merged]
    main.contents = [content for _, _, content in merged]


def _is_one_article(
    page: HtmlElement, body: HtmlElement, main: _Group, outer: frozenset[HtmlElement]
) -> bool:
    """Whether the prose outside of the items is an article, and the items only hang on it."""
    if _says_article(page):
        return True
    inside = frozenset(element for content in main.contents for element in content)
    outside = 0
    first_prose = 0
    for line, owner in text_lines([body], inside | frozenset(n for n in outer if n.getparent() not in outer)):
        if len(line) >= 80 and line.rstrip('”"’»)')[-1:] in ".!?…:;" and owner.tag != "a":
            outside += len(line)
            first_prose += 1
    listed = sum(len(item.text) for item in main.items)
    if listed < 40 * len(main.items):  # headlines only
        return (
            outside > 400 or len(main.items) < 5 or sum(i.published.first is not None for i in main.items) < 3
        )
    return outside > max(500.0, 0.5 * listed) or outside > 3000


def _says_article(page: HtmlElement) -> bool:
    """Whether the page declares itself one article."""
    if page.xpath("//meta[@property='article:published_time']"):
        return True
    scripts = " ".join(page.xpath("//script[@type='application/ld+json']/text()"))[:200_000]
    single = re.findall(
        r'"@type"\s*:\s*\[?\s*"(?:News|Reportage|Opinion|Analysis|Blog|Tech|LiveBlog)*(?:Article|Posting)"',
        scripts,
    )
    many = re.search(r'"(?:CollectionPage|ItemList|SearchResultsPage|Blog)"', scripts)
    return len(single) == 1 and not many
