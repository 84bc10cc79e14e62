"""What one item of a listing page says: headline, address, date, author and blurb, from its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from index.reading.boilerplate import find_boilerplate, strip_more
from index.reading.bylines import Byline, read_byline
from index.reading.dates import find_date
from index.types import UNDATED, DatePrecision, PublishedDate

_BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody",
        "td", "th", "thead", "tr",
        "ul",
    ]
)  # fmt: skip
_SILENT = frozenset(
    [
        "audio", "button", "iframe", "img", "input", "noscript", "object", "script", "select", "style", "svg",
        "template", "textarea", "video",
    ]
)  # fmt: skip
_APART = frozenset(["a", "abbr", "b", "cite", "em", "font", "i", "label", "small", "span", "strong", "time"])
_HIDDEN_CLASS = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-reader(?:-text)?|hidden|d-none|visuallyhidden"
    r"|offscreen|a11y)(?:$|[\s_-])",
    re.I,
)
_ASIDE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|comments?|tags?|categor(?:y|ies)|cat-?links?|kickers?|eyebrow"
    r"|labels?|badge|section-?name|caption|credit|copyright|more-?link|link-?more|read-?more|readmore"
    r"|btn|button|cta|rating|votes?|likes?|views?-count|reading-?time|read-?time|newsletter|subscribe"
    r"|promo|ad|ads|advert\w*|sponsor\w*|breadcrumbs?|pagination|pager|topic|num(?:ber)?|rank|url|flag"
    r"|icon)(?:$|[\s_-])",
    re.I,
)
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dates?|time|times?tamp|datetime|published|posted|posted-?on|pub-?date|created"
    r"|updated|when|day|ago|dt-published|lastupdated|meta-date)(?:$|[\s_-])|date$|Date\b",
    re.I,
)
_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-])(?:authors?|byline|by-?line|writer|p-author|vcard|contributor|reporter)(?:$|[\s_-])"
    r"|author$|Author\b",
    re.I,
)
_SNIPPET_DATE = re.compile(r"^\s*(.{4,40}?)\s*(?:[—–·|:•]|\s-\s|\.\.\.|…)\s+(?=\S)")
_NUMBER = re.compile(r"^#?\d{1,3}[.):]?$")
_ADDRESS_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)|/((?:19|20)\d\d)(0[1-9]"
    r"|1[0-2])(0[1-9]|[12]\d|3[01])(?=/|-|\b)"
)
_LOOSE = " :–—|·•"
_CLOCK = re.compile(r"^\W*\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,4})?\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ItemText:
    """One item as read from its elements."""

    title: str
    address: str
    text: str
    authors: tuple[str, ...]
    published: PublishedDate


def class_words(element: HtmlElement) -> str:
    """Everything that names an element's part in the page."""
    return " ".join(filter(None, (element.get(a) for a in ("class", "id", "itemprop", "data-testid", "rel"))))


def is_silent(element: HtmlElement) -> bool:
    """Whether a reader does not see the element's words as text."""
    if not isinstance(element.tag, str) or element.tag in _SILENT or element.get("hidden") is not None:
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or bool(_HIDDEN_CLASS.search(element.get("class") or ""))


def text_of(element: HtmlElement) -> str:
    """The element's visible words in one line."""
    return " ".join(" ".join(line for line, _ in text_lines([element])).split())


def text_lines(
    elements: Sequence[HtmlElement], leave_out: frozenset[HtmlElement] = frozenset()
) -> list[tuple[str, HtmlElement]]:
    """(line, innermost element that holds it) for each visible line of `elements`."""
    lines: list[tuple[str, HtmlElement]] = []
    for element in elements:
        pieces: list[tuple[str, HtmlElement]] = []
        for piece, owner in [*_pieces(element, leave_out), ("\n", element)]:
            if piece != "\n":
                pieces.append((piece, owner))
                continue
            line = " ".join("".join(p for p, _ in pieces).split())
            if line:
                lines.append((line, next(o for p, o in pieces if p.strip())))
            pieces = []
    return lines


def _pieces(element: HtmlElement, leave_out: frozenset[HtmlElement]) -> Iterator[tuple[str, HtmlElement]]:
    """Text pieces in reading order, with "\\n" where a line ends. Iterative: pages nest deeply."""
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        node, closing = stack.pop()
        if closing:
            if node.tag in _BLOCKS:
                yield "\n", node
            elif (
                node.tag in _APART
                and (following := node.getnext()) is not None
                and following.tag in _APART
                and not (node.tail or "").strip()
            ):
                yield " ", node  # style sets neighbours apart: <span>Ann Lee</span><span>3 May</span>
            if node is not element and node.tail:
                yield node.tail, node.getparent()
            continue
        stack.append((node, True))
        if is_silent(node) or node in leave_out:
            continue
        if node.tag in _BLOCKS:
            yield "\n", node
        if node.text:
            yield node.text, node
        stack += [(child, False) for child in reversed(node)]


def read_item(
    title_element: HtmlElement, elements: Sequence[HtmlElement], address: str, reference: date | None
) -> ItemText:
    """The item under `title_element`, whose whole content is `elements`."""
    title = _title(title_element)
    apart = _set_apart(elements, title_element)
    published, authors = _signed(apart, reference)
    kept: list[str] = []
    plain_title = _plain(title)
    for line, owner in text_lines(elements, frozenset([title_element, *apart])):
        line, _ = strip_more(line)
        byline = read_byline(line)
        if byline:
            published = published if published.first else _date(byline, line, reference)
            authors = authors or byline.authors
            continue
        day, line = _snippet_date(line.lstrip(_LOOSE), reference)
        line = line.lstrip(_LOOSE)
        published = published if published.first else day
        if _is_text(line, owner, plain_title, authors) and line not in kept:
            kept.append(line)
    if published.first is None:
        published = _address_date(address)
    return ItemText(title, address, "\n\n".join(kept), authors, published)


def _title(element: HtmlElement) -> str:
    """The headline without a label or number that stands in the same element."""
    labels = frozenset(
        node
        for node in element.iterdescendants()
        if isinstance(node.tag, str)
        and _ASIDE_CLASS.search(node.get("class") or "")
        and len(text_of(node).split()) <= 4
    )
    lines = [line for line, _ in text_lines([element], labels) if not _NUMBER.match(line)]
    if not lines:
        lines = [line for line, _ in text_lines([element])]
    links = [link for link in element.iter("a") if len(text_of(link).split()) >= 2]
    whole = " ".join(lines)
    if len(links) == 1:
        linked = " ".join(line for line, _ in text_lines([links[0]], labels))
        if len(linked) >= 0.6 * len(whole):
            lines = [linked]
    if len(lines) > 1:
        lines = [line for line in lines if len(line.split()) > 3] or lines
        return lines[0]
    return re.sub(r"^\d{1,3}[.)]\s+", "", lines[0]) if lines else whole


def _set_apart(elements: Sequence[HtmlElement], title: HtmlElement) -> list[HtmlElement]:
    """Elements that hold a date, an author, a label, a caption or a button, none inside another."""
    found: list[HtmlElement] = []
    inside = set(title.iter())
    over = set(title.iterancestors())
    for element in elements:
        for node in element.iter():
            if (
                not isinstance(node.tag, str)
                or node in inside
                or node in over
                or any(a in found for a in _up(node, element))
            ):
                continue
            words = class_words(node)
            named = node.tag in ("time", "figcaption", "cite") or (
                node.tag
                not in ("article", "section", "ul", "ol", "table", "tr", "td", "tbody", "body", "main")
                and (_DATE_CLASS.search(words) or _AUTHOR_CLASS.search(words) or _ASIDE_CLASS.search(words))
            )
            if named and (len(text_of(node)) <= 90 or node.tag == "figcaption"):
                found.append(node)
    return found


def _up(node: HtmlElement, stop: HtmlElement) -> Iterator[HtmlElement]:
    while node is not None and node is not stop:
        yield node
        node = node.getparent()


def _signed(apart: Sequence[HtmlElement], reference: date | None) -> tuple[PublishedDate, tuple[str, ...]]:
    """Date and authors of the elements that were named for them."""
    published = UNDATED
    authors: tuple[str, ...] = ()
    for node in apart:
        words = class_words(node)
        text = text_of(node)
        for value in [*(e.get(a) for e in node.iter() for a in ("datetime", "content", "title")), text]:
            if (
                value
                and published.first is None
                and (node.tag == "time" or value is text or _DATE_CLASS.search(words))
            ):
                found = find_date(value, reference=reference)
                published = found if found.first else published
        byline = read_byline(text)
        if byline and published.first is None:
            published = _date(byline, text, reference)
        if not authors and (_AUTHOR_CLASS.search(words) or (byline and byline.signed)):
            named = read_byline(text if byline and byline.signed else f"By {text}")
            authors = named.authors if named else ()
    return published, authors


def _date(byline: Byline, line: str, reference: date | None) -> PublishedDate:
    if byline.published.first or not byline.relative or not reference:
        return byline.published
    return find_date(line, reference=reference)


def _snippet_date(line: str, reference: date | None) -> tuple[PublishedDate, str]:
    """A date that opens a blurb ("3 May 2022 — The talks …") and the blurb without it."""
    if found := _SNIPPET_DATE.match(line):
        byline = read_byline(found[1])
        if byline and not byline.authors:
            return _date(byline, found[1], reference), line[found.end() :]
    return UNDATED, line


def _is_text(line: str, owner: HtmlElement, title: str, authors: tuple[str, ...]) -> bool:
    """Whether a line is the item's own text."""
    plain = _plain(line)
    if not plain or plain == title or line in authors or _NUMBER.match(line) or _CLOCK.match(line):
        return False
    if find_boilerplate(line):
        return False
    words = line.split()
    ended = line[-1] in '.!?…。؟”"’»)'
    if len(words) <= 4 and not ended:
        return False
    return not (owner.tag == "a" and len(words) <= 8 and not ended)


def _address_date(address: str) -> PublishedDate:
    """The day that many addresses carry: /2022/05/03/a-headline."""
    found = _ADDRESS_DAY.search(address)
    if not found:
        return UNDATED
    year, month, day = (int(g) for g in (found.groups()[:3] if found[1] else found.groups()[3:]))
    try:
        return PublishedDate(date(year, month, day), DatePrecision.DAY, found.group().strip("/-"))
    except ValueError:
        return UNDATED


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
