"""Listing pages (fronts, tags, archives, search results) split into their items.

Headlines that stand at the same place of the page's structure are a group; the group that carries most text is
the list. Whether the page is a list at all is told by the prose that lies outside its items: an article's page
has its article there, and what is listed under it are teasers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml.html import HtmlElement

from index.reading.bylines import read_byline
from index.reading.dates import find_date
from index.reading.item_text import ItemText, class_words, is_silent, read_item, text_lines, text_of
from index.types import UNDATED, Article, PublishedDate

MOST_ITEMS = 2_000
_FEWEST = 3
_FEWEST_ALIKE = 2
_HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:title|headline|heading|hed|p-name|entry-title|card-?title|post-?title|result-title)(?:$|[\s_-])|[a-z]Title\b|[a-z]Headline\b",
    re.I,
)
_NO_TITLE_CLASS = re.compile(
    r"(?:sub-?title|sub-?head|site-?title|page-?title|widget-?title|section-?title|image-title|block-title)",
    re.I,
)
_ASIDE_TAGS = frozenset(["nav", "footer", "aside", "form", "dialog", "menu"])
_ASIDE_ROLES = frozenset(
    ["navigation", "contentinfo", "complementary", "dialog", "search", "banner", "alert", "menu"]
)
_ASIDE_WORDS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|sidebar|side-bar|widget|widgets|related|recommended|recirc|most-?read|mostread|most-?popular|popular|trending|breadcrumbs?"
    r"|comments?|comment-list|cookies?|consent|gdpr|newsletter|subscribe|signup|social|share|sharing|promo|advert\w*|ads?|ad-slot|sponsored|outbrain|taboola|pagination|pager|facets?|filters?|masthead|topbar|site-header|modal|popup)(?:$|[\s_-])",
    re.I,
)
_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")
_MORE = re.compile(
    r"(?:read|continue|keep|see|view|learn|find|leer|lire|weiter|mehr|leggi|lees|подроб|читат|докладн|اقرأ)\w*\b"
    r"(?: (?:more|reading|full|on|out|m[áa]s|la suite|tutto|di più|далее|далі|المزيد))?\b.{0,12}(?:about|:|“|\"|on\b|$)"
    r"|(?:continue|keep) reading\b|read more\b|leer m[áa]s\b|lire la suite\b|weiterlesen\b",
    re.IGNORECASE,
)
_INLINE = frozenset(["span", "b", "strong", "em", "i", "font", "u", "small"])
_MAIN_TAGS = frozenset(["html", "body", "main"])


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
    if body is None:
        return []
    base = _base(page, url)
    reference = _reference(page)
    outer = _aside_elements(body)
    groups = [
        group for titles in _groups(body, outer, base) if (group := _read(titles, outer, base, reference))
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


def _base(page: HtmlElement, url: str | None) -> str:
    for path, attribute in (
        ("//base[@href]", "href"),
        ("//link[@rel='canonical']", "href"),
        ("//meta[@property='og:url']", "content"),
    ):
        for element in page.xpath(path)[:1]:
            address = urljoin(url or "", element.get(attribute) or "")
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


def _aside_elements(body: HtmlElement) -> frozenset[HtmlElement]:
    """Elements that stand around the content: menus, sidebars, footers, boxes."""
    whole = len(body.text_content() or "") or 1
    found: set[HtmlElement] = set()
    for node in body.iter():
        if not isinstance(node.tag, str) or node.tag in _MAIN_TAGS or node.getparent() in found:
            if node.getparent() in found:
                found.add(node)
            continue
        named = (
            node.tag in _ASIDE_TAGS
            or node.get("role") in _ASIDE_ROLES
            or (node.tag == "header" and node.getparent() is body)
            or (
                node.tag not in ("a", "span", "article", *_HEADING_TAGS)
                and _ASIDE_WORDS.search(class_words(node))
            )
        )
        if named and len(node.text_content()) < 0.5 * whole:
            found.add(node)
    return frozenset(found)


def _groups(body: HtmlElement, outer: frozenset[HtmlElement], base: str) -> Iterator[list[HtmlElement]]:
    """Elements that may be headlines, grouped by their place in the structure."""
    groups: dict[tuple[str, ...], list[HtmlElement]] = defaultdict(list)
    for node in body.iter():
        if not isinstance(node.tag, str) or node in outer or is_silent(node):
            continue
        if kind := _title_kind(node):
            groups[_place(node, kind)].append(node)
    for nodes in groups.values():
        titles = _first_of_address(nodes, base)
        if len(titles) >= _FEWEST_ALIKE:
            yield titles


def _first_of_address(nodes: list[HtmlElement], base: str) -> list[HtmlElement]:
    """Where headline and blurb are both links to the article, the first of them is the headline."""
    titles: list[HtmlElement] = []
    last = ""
    for node in nodes:
        address = _link(node, base)
        if not address or address != last:
            titles.append(node)
        last = address
    return titles


def _title_kind(node: HtmlElement) -> str:
    """Why an element may be a headline: "heading", "class", "link", or "" when it may not."""
    words = class_words(node)
    if node.tag in _HEADING_TAGS:
        kind = "heading"
    elif (
        _TITLE_CLASS.search(words)
        and not _NO_TITLE_CLASS.search(words)
        and node.tag in ("a", "div", "span", "p", "strong", "td", "dt")
    ):
        kind = "class"
    elif node.tag == "a" and node.get("href") and _begins_line(node):
        kind = "link"
    else:
        return ""
    text = text_of(node)
    count = len(text.split()) + len(_UNSPACED.findall(text)) // 2
    if kind == "link" and (_MORE.match(text) or node.find(".//p") is not None or _holds_heading(node)):
        return ""
    fewest = {"heading": 2, "class": 2, "link": 4}[kind]
    return (
        kind
        if (fewest <= count <= 45 or (len(text) > 12 and not text.isascii())) and len(text) <= 300
        else ""
    )


def _holds_heading(node: HtmlElement) -> bool:
    return any(
        child.tag in _HEADING_TAGS or _TITLE_CLASS.search(class_words(child))
        for child in node.iterdescendants("div", "span", *_HEADING_TAGS)
    )


def _begins_line(link: HtmlElement) -> bool:
    """Whether a link stands at the start of its line and is not a part of a sentence or heading."""
    before = ""
    node = link
    while (parent := node.getparent()) is not None and parent.tag in _INLINE:
        node = parent
    if parent is None or parent.tag in _HEADING_TAGS:
        return False
    for sibling in (*node.itersiblings(preceding=True),):
        if sibling.tag in ("br", "hr") or not isinstance(sibling.tag, str):
            before = f"{sibling.tail or ''} {before}"
            break
        before = f"{text_of(sibling)} {sibling.tail or ''} {before}"
    else:
        before = f"{parent.text or ''} {before}"
    after = (link.tail or "").strip()
    if after[:1].islower() or after.startswith((",", ";")):
        return False
    return len(before.split()) < 3 or read_byline(before) is not None


def _place(node: HtmlElement, kind: str) -> tuple[str, ...]:
    path = [
        kind,
        str(node.tag),
        re.sub(r"[\d]+|\b[\w-]*\d[\w-]*\b", "", node.get("class") or "") if kind != "link" else "",
    ]
    return (*path, *(a.tag for a in node.iterancestors()))


def _link(title: HtmlElement, base: str) -> str:
    """Address of the headline's own link: inside it or around it."""
    inside = title if title.tag == "a" else next((a for a in title.iter("a") if a.get("href")), None)
    around = next((a for a in title.iterancestors("a")), None)
    for link in (inside, around):
        href = (link.get("href") or "").strip() if link is not None else ""
        if href and not href.startswith(("#", "javascript:", "mailto:", "tel:")):
            try:
                return urljoin(base, href)
            except ValueError:
                return ""
    return ""


def _read(
    titles: list[HtmlElement], outer: frozenset[HtmlElement], base: str, reference: date | None
) -> _Group:
    group = _Group(titles)
    days = _day_headings(titles, outer)
    for title, content in zip(titles, _contents(titles, outer), strict=True):
        address = _link(title, base) or _only_link(content, base)
        item = read_item(title, content, address, reference)
        if item.published.first is None and title in days:
            item = ItemText(item.title, item.address, item.text, item.authors, days[title])
        group.items.append(item)
        group.contents.append(content)
    return group


def _only_link(content: Sequence[HtmlElement], base: str) -> str:
    """The address of an item whose headline is no link: the one that its other links lead to."""
    addresses = [_link(a, base) for element in content for a in element.iter("a")]
    addresses = [a for a in addresses if a and urlsplit(a).path not in ("", "/")]
    return max(addresses, key=lambda a: (addresses.count(a), len(a)), default="")


def _contents(titles: list[HtmlElement], outer: frozenset[HtmlElement]) -> list[list[HtmlElement]]:
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
        while node is not None and node not in starts and node.tag not in _HEADING_TAGS:
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
        same = shapes[0] is not None and sum(shape == shapes[0] for shape in shapes) >= 0.9 * len(shapes)
        if not same or shapes[0][0] in ("hr", *_HEADING_TAGS):
            break
        lead = steps
    return lead


def _siblings_before(root: HtmlElement, count: int) -> list[HtmlElement]:
    found = []
    node = root.getprevious()
    while node is not None and len(found) < count:
        found.append(node)
        node = node.getprevious()
    return found


def _day_headings(
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
            node.tag in (*_HEADING_TAGS, "dt", "th", "caption", "legend") or _is_day_class(node)
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


def _distinct(group: _Group) -> bool:
    """Whether the headlines differ, as those of a list do."""
    return len({item.title for item in group.items}) >= 0.8 * len(group.items)


def _leads_away(group: _Group, base: str) -> bool:
    """Whether the items link to articles of their own; headings of one article's sections lead nowhere."""
    addresses = {_link(title, base) for title in group.titles} - {""}
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
    for node in body.iter(*_HEADING_TAGS):
        if (
            node in inside
            or node in outer
            or is_silent(node)
            or not _title_kind(node)
            or not _link(node, base)
        ):
            continue
        content = _own_content(node, inside)
        item = read_item(node, content, _link(node, base), reference)
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


def _own_content(title: HtmlElement, inside: set[HtmlElement]) -> list[HtmlElement]:
    """The largest element around a headline that holds no other headline and no item of the list."""
    root = title
    while (parent := root.getparent()) is not None and parent.tag not in _MAIN_TAGS:
        if any(node in inside or (node.tag in _HEADING_TAGS and node is not title) for node in parent.iter()):
            break
        root = parent
    return [root]


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
