"""Feeds (RSS, Atom): each item is an article."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from index.errors import ReadingError
from index.reading.dates import find_date
from index.reading.page_authors import clean_names
from index.reading.pages import read_text_of_page
from index.types import UNDATED, Article, DatePrecision, PublishedDate

MOST_ITEMS = 2_000


def read_feed(data: bytes, file: str) -> list[Article]:
    """The items of a feed, with as much of their text as the feed carries. Errors: ReadingError."""
    import feedparser

    # Given as a stream: feedparser would take bytes that look like an address or a path for one, and open it.
    feed = feedparser.parse(io.BytesIO(data))
    if not feed.entries:
        raise ReadingError("is a feed without items" if feed.version else "is no feed, or a damaged one")
    return [a for entry in feed.entries[:MOST_ITEMS] if (a := _article(entry, feed.feed, file))]


def _article(entry: Any, feed: Any, file: str) -> Article | None:  # noqa: ANN401  # feedparser's dictionaries
    title = _plain(entry.get("title", ""))
    text = max((_text(value, title) for value in _contents(entry)), key=len, default="")
    if not text:
        return None
    language = str(feed.get("language") or "")[:2].lower()
    return Article(
        id="",
        title=title,
        text=text,
        publisher=_plain((entry.get("source") or {}).get("title", ""))
        or _plain(feed.get("title", ""))
        or None,
        authors=clean_names(_authors(entry)),
        published=_published(entry),
        url=_address(entry),
        file=file,
        language=language if re.fullmatch(r"[a-z]{2}", language) else None,
    )


def _contents(entry: Any) -> Iterator[str]:  # noqa: ANN401
    for content in entry.get("content", []):
        yield str(content.get("value") or "")
    yield str(entry.get("summary") or "")


def _text(value: str, title: str) -> str:
    """The text of an item: of its markup's main part, or of all of it where it is short."""
    if "<" not in value:
        return "\n\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", value) if p.strip())
    try:
        main = read_text_of_page(f"<html><body><article>{value}</article></body></html>", title)
    except ReadingError:
        main = ""
    whole = _plain(value)
    return main if len(main) >= 0.5 * len(whole) else "\n\n".join(_paragraphs(value))


def _paragraphs(value: str) -> list[str]:
    pieces = re.split(r"<(?:/p|/div|/h\d|/li|br\s*/?)\s*>", value, flags=re.IGNORECASE)
    return [text for piece in pieces if (text := _plain(piece))]


def _plain(value: object) -> str:
    from lxml import html as lxml_html
    from lxml.etree import ParserError

    text = str(value or "")
    if "<" in text or "&" in text:
        try:
            text = lxml_html.fromstring(f"<div>{text}</div>").text_content()
        except (ParserError, ValueError):
            text = re.sub(r"<[^>]*>", " ", text)
    return " ".join(text.split())


def _authors(entry: Any) -> list[str]:  # noqa: ANN401
    names = [str(a.get("name") or "") for a in entry.get("authors", [])]
    return [n for n in names if n] or [str(entry.get("author") or "")]


def _published(entry: Any) -> PublishedDate:  # noqa: ANN401
    """The item's own words, else what feedparser made of them; an update's date only for want of another."""
    for name in ("published", "created", "updated"):
        words = str(entry.get(name) or "")
        found = find_date(words)
        if found.first:
            return found
        parsed = entry.get(f"{name}_parsed")
        if words and parsed:
            day = find_date(f"{parsed.tm_year:04d}-{parsed.tm_mon:02d}-{parsed.tm_mday:02d}")
            return PublishedDate(day.first, DatePrecision.DAY, words)
    return UNDATED


def _address(entry: Any) -> str | None:  # noqa: ANN401
    candidates = (entry.get("feedburner_origlink"), entry.get("link"), entry.get("id"))
    return next((str(c) for c in candidates if c and str(c).startswith(("http://", "https://"))), None)
