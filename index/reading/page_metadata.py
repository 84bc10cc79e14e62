"""Who published a saved page, when, under which title and address, by whom, in which language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from index.reading.dates import find_date
from index.reading.page_authors import find_authors
from index.reading.page_dates import find_published
from index.reading.page_titles import domain_of, find_publisher, find_titles
from index.reading.structured import Structured, read_metas, read_structured
from index.types import UNDATED, PublishedDate

_SAVED = re.compile(
    r"<!--[^>]{0,200}?saved from url=\(\d+\)\s*(?P<ie>https?://\S+?)\s*-->"
    r"|<!--[^>]{0,200}?\burl:\s*(?P<single>https?://\S+)"
    r"|Snapshot-Content-Location:\s*(?P<snapshot>https?://\S+)",
    re.IGNORECASE,
)

_SAVED_DATE = re.compile(r"<!-- published (\d{4}(?:-\d\d){0,2}) -->")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says about its article."""

    titles: tuple[str, ...]
    """Best first; the others are ways in which the page repeats it."""
    publisher: str | None
    authors: tuple[str, ...]
    published: PublishedDate
    url: str | None
    language: str | None


def read_metadata(tree: HtmlElement, source: str, address: str | None = None) -> PageMetadata:
    """`source` is the page's text, `address` where it was saved from, if known otherwise."""
    metas, data = read_metas(tree), read_structured(tree)
    saved = address or find_saved_address(source)
    url = _find_url(tree, metas, data, saved)
    publisher = find_publisher(tree, metas, data, url or saved)
    published = find_published(tree, metas, data, url)
    names = [n for n in (publisher, metas.get("og:site_name"), data.publisher, domain_of(url)) if n]
    return PageMetadata(
        titles=tuple(find_titles(tree, metas, data, names)),
        publisher=publisher,
        authors=find_authors(tree, metas, data, names),
        published=published if published.first else _find_saved_date(source),
        url=url,
        language=_find_language(tree, metas, data),
    )


def find_saved_address(source: str) -> str | None:
    """The address that browsers and savers write at the top of a saved page."""
    match = _SAVED.search(source[:4000])
    return match and (match["ie"] or match["single"] or match["snapshot"])


def _find_saved_date(source: str) -> PublishedDate:
    """The date that a feed gave for a page that gives none itself."""
    match = _SAVED_DATE.search(source[:4000])
    return find_date(match[1]) if match else UNDATED


def _find_url(tree: HtmlElement, metas: dict[str, str], data: Structured, saved: str | None) -> str | None:
    base = (
        next((b.get("href") for b in tree.iter("base") if b.get("href")), None)
        or saved
        or metas.get("og:url")
        or ""
    )
    links = [x.get("href") or "" for x in tree.iter("link") if (x.get("rel") or "").lower() == "canonical"]
    candidates = [*links, metas.get("og:url", ""), data.url, metas.get("twitter:url", ""), saved or ""]
    found = [a for c in candidates if c and (a := _absolute(c.strip(), base))]
    # A canonical address that names only the site is a slip of its maker.
    return next((a for a in found if len(urlsplit(a).path) > 1), found[0] if found else None)


def _absolute(address: str, base: str) -> str | None:
    try:
        joined = urljoin(base, address)
        parts = urlsplit(joined)
        return joined if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _find_language(tree: HtmlElement, metas: dict[str, str], data: Structured) -> str | None:
    root = tree.getroottree().getroot()
    candidates = (
        root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        metas.get("og:locale"),
        metas.get("content-language"),
        data.language,
        metas.get("dc.language"),
    )
    for candidate in candidates:
        match = re.match(r"\s*([a-z]{2})(?:[-_,]|\s*$)", candidate or "", re.IGNORECASE)
        if match:
            return match[1].lower()
    return None
