"""The day on which a page says that its article was published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from lxml.html import HtmlElement

from index.reading.dates import find_date
from index.reading.page_places import under_heading
from index.reading.structured import Structured
from index.types import UNDATED, DatePrecision, PublishedDate

_METAS = (
    "article:published_time article:published og:article:published_time og:published_time "
    "datepublished pubdate publishdate publish-date publish_date publication_date published-date "
    "published_time parsely-pub-date sailthru.date cxenseparse:recs:publishtime dc.date.issued "
    "dcterms.issued dc.date.created dcterms.created dcterms.date dc.date dc:date "
    "citation_publication_date citation_date rnews:datepublished originalpublicationdate "
    "article.published article_date_original date.created datecreated cdate pub_date date "
)
_UPDATED = re.compile(r"updat|modif|edit|revis|aktualis|actualiz|mis-?a-?jour", re.IGNORECASE)
_DATED = re.compile(
    r"(?:^|[\s_-])(?:date|time|datum|fecha|published|publish|pubdate|posted|timestamp|dateline|byline|meta|entry-meta|post-meta|info)",
    re.I,
)
_ELSEWHERE = re.compile(
    r"related|sidebar|recommend|comment|footer|widget|most-?(?:read|popular)|trending|more-?(?:news|stories)|teaser|promo",
    re.I,
)
_IN_ADDRESS = re.compile(
    r"[/_-]((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2]|[a-z]{3})[/_-]?([0-3]\d)(?=[/_.-]|$)", re.IGNORECASE
)


def find_published(
    tree: HtmlElement, metas: dict[str, str], data: Structured, url: str | None
) -> PublishedDate:
    """The day printed on the page, if it agrees to a day with what the page tells machines; else the latter.

    A time of day with a zone may lie on the next day elsewhere: the printed day is the publisher's own. An
    update's date is never taken, and nothing is guessed: without any date the result is unknown.
    """
    told = _told(metas, data)
    printed = list(_printed(tree))
    days = [p for p in printed if p.precision is DatePrecision.DAY and p.first]
    if told.first:
        near = [p for p in days if p.first and abs(p.first - told.first) <= timedelta(days=1)]
        exact = [p for p in near if p.first == told.first]
        return (exact or near or [told])[0]
    if days:
        return days[0]
    return next(iter(printed), UNDATED) if printed else _from_address(url)


def _told(metas: dict[str, str], data: Structured) -> PublishedDate:
    for value in (data.published, *(metas[n] for n in _METAS.split() if n in metas)):
        found = find_date(value)
        if found.first:
            return found
    return UNDATED


def _printed(tree: HtmlElement) -> Iterator[PublishedDate]:
    """Dates shown in the page's own time elements and date lines, in order."""
    for element in _places(tree):
        if _is_elsewhere(element):
            continue
        shown = " ".join(element.text_content().split())
        for text in (
            shown,
            element.get("datetime") or "",
            element.get("content") or "",
            element.get("title") or "",
        ):
            if 3 < len(text) < 200 and (found := find_date(text)).first:
                yield found
                break


def _places(tree: HtmlElement) -> Iterator[HtmlElement]:
    marked = tree.xpath("//*[@itemprop='datePublished' or @pubdate]")
    times = [t for t in tree.iter("time") if not _UPDATED.search(f"{t.get('class')} {t.get('itemprop')}")]
    classed = [
        e
        for e in tree.iter(
            "span", "div", "p", "li", "small", "em", "abbr", "td", "a", "dd", "b", "strong", "h5", "h6"
        )
        if _DATED.search(f"{e.get('class') or ''} {e.get('id') or ''}")
        and not _UPDATED.search(e.get("class") or "")
    ]
    yield from marked[:5]
    yield from times[:12]
    yield from classed[:40]
    yield from under_heading(tree)


def _is_elsewhere(element: HtmlElement) -> bool:
    around = [element, *list(element.iterancestors())[:6]]
    if any(e.tag in ("aside", "footer", "nav") for e in around):
        return True
    return any(
        _ELSEWHERE.search(f"{e.get('class') or ''} {e.get('id') or ''}")
        for e in around
        if e.tag not in ("body", "html")
    )


def _from_address(url: str | None) -> PublishedDate:
    match = _IN_ADDRESS.search(url or "")
    return find_date("-".join(match.groups())) if match else UNDATED
