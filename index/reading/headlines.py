"""Headlines of a page, grouped by their place in its structure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin

from lxml.html import HtmlElement

from index.reading.bylines import read_byline
from index.reading.item_text import class_words, is_silent, text_of

HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:title|headline|heading|hed|p-name|entry-title|card-?title|post-?title"
    r"|result-title)(?:$|[\s_-])|[a-z]Title\b|[a-z]Headline\b",
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
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|sidebar|side-bar|widget|widgets|related"
    r"|recommended|recirc|most-?read|mostread|most-?popular|popular|trending|breadcrumbs?"
    r"|comments?|comment-list|cookies?|consent|gdpr|newsletter|subscribe|signup|social|share|sharing"
    r"|promo|advert\w*|ads?|ad-slot|sponsored|outbrain|taboola|pagination|pager|facets?|filters?"
    r"|masthead|topbar|site-header|modal|popup)(?:$|[\s_-])",
    re.I,
)
_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")
_MORE = re.compile(
    r"(?:read|continue|keep|see|view|learn|find|leer|lire|weiter|mehr|leggi|lees|подроб|читат|докладн"
    r"|اقرأ)\w*\b"
    r"(?: (?:more|reading|full|on|out|m[áa]s|la suite|tutto|di più|далее|далі"
    r"|المزيد))?\b.{0,12}(?:about|:|“|\"|on\b|$)"
    r"|(?:continue|keep) reading\b|read more\b|leer m[áa]s\b|lire la suite\b|weiterlesen\b",
    re.IGNORECASE,
)
_INLINE = frozenset(["span", "b", "strong", "em", "i", "font", "u", "small"])
MAIN_TAGS = frozenset(["html", "body", "main"])
_FEWEST_ALIKE = 2


def find_asides(body: HtmlElement) -> frozenset[HtmlElement]:
    """Elements that stand around the content: menus, sidebars, footers, boxes."""
    whole = len(body.text_content() or "") or 1
    found: set[HtmlElement] = set()
    for node in body.iter():
        if not isinstance(node.tag, str) or node.tag in MAIN_TAGS or node.getparent() in found:
            if node.getparent() in found:
                found.add(node)
            continue
        named = (
            node.tag in _ASIDE_TAGS
            or node.get("role") in _ASIDE_ROLES
            or (node.tag == "header" and node.getparent() is body)
            or (
                node.tag not in ("a", "span", "article", *HEADING_TAGS)
                and _ASIDE_WORDS.search(class_words(node))
            )
        )
        if named and len(node.text_content()) < 0.5 * whole:
            found.add(node)
    return frozenset(found)


def group_headlines(
    body: HtmlElement, outer: frozenset[HtmlElement], base: str
) -> Iterator[list[HtmlElement]]:
    """Elements that may be headlines, grouped by their place in the structure."""
    groups: dict[tuple[str, ...], list[HtmlElement]] = defaultdict(list)
    for node in body.iter():
        if not isinstance(node.tag, str) or node in outer or is_silent(node):
            continue
        if kind := headline_kind(node):
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
        address = find_link(node, base)
        if not address or address != last:
            titles.append(node)
        last = address
    return titles


def headline_kind(node: HtmlElement) -> str:
    """Why an element may be a headline: "heading", "class", "link", or "" when it may not."""
    words = class_words(node)
    if node.tag in HEADING_TAGS:
        kind = "heading"
    elif (
        _TITLE_CLASS.search(words)
        and not _NO_TITLE_CLASS.search(words)
        and node.tag in ("a", "div", "span", "p", "strong", "td", "dt")
    ):
        kind = "class"
    elif node.tag == "a" and node.get("href") and _has_text(node) and _begins_line(node):
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
        child.tag in HEADING_TAGS or _TITLE_CLASS.search(class_words(child))
        for child in node.iterdescendants("div", "span", *HEADING_TAGS)
    )


def _has_text(node: HtmlElement) -> bool:
    return any(text.strip() for text in node.itertext())


def _begins_line(link: HtmlElement) -> bool:
    """Whether a link stands at the start of its line and is not a part of a sentence or heading."""
    before = ""
    node = link
    while (parent := node.getparent()) is not None and parent.tag in _INLINE:
        node = parent
    if parent is None or parent.tag in HEADING_TAGS:
        return False
    for sibling in islice(node.itersiblings(preceding=True), 8):
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


def find_link(title: HtmlElement, base: str) -> str:
    """Address of the headline's own link: inside it or around it."""
    inside = title if title.tag == "a" else next((a for a in title.iter("a") if a.get("href")), None)
    around = next((a for a in title.iterancestors("a")), None)
    for link in (inside, around):
        href = (link.get("href") or "").strip() if link is not None else ""
        if href and not href.startswith(("#", "javascript:", "mailto:", "tel:")):
            try:
                return str(urljoin(base, href))
            except ValueError:
                return ""
    return ""
