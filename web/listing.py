"""The library's list of articles: searched, sorted and cut into pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from assistant import ArticleInfo

PER_PAGE = 50
ORDERS = (
    ("-published", "Newest first"),
    ("published", "Oldest first"),
    ("title", "Title"),
    ("publisher", "Publisher"),
    ("-copies", "Most copies"),
    ("-versions", "Most versions"),
)

KEYS: dict[str, Callable[[ArticleInfo], Any]] = {
    "published": lambda a: a.published.first or date.min,
    "title": lambda a: a.title.casefold(),
    "publisher": lambda a: (a.publisher or "").casefold(),
    "copies": lambda a: len(a.copies),
    "versions": lambda a: len(a.versions),
}


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the library's articles and how it was asked for."""

    q: str
    publisher: str
    sort: str
    page: int
    pages: int
    total: int
    rows: tuple[ArticleInfo, ...]
    orders: tuple[tuple[str, str], ...] = ORDERS

    @property
    def words(self) -> str:
        found = f"{self.total:,} article{'' if self.total == 1 else 's'}"
        return f"{found} found" if self.q or self.publisher else found

    def address(self, **changes: str | int) -> str:
        values: dict[str, str | int] = {
            "q": self.q,
            "publisher": self.publisher,
            "sort": self.sort,
            "page": self.page,
            **changes,
        }
        given = {k: v for k, v in values.items() if v and v != 1}
        address: str = url_for("pages.library", **given)  # type: ignore[arg-type]
        return address


def listing(articles: tuple[ArticleInfo, ...], asked: MultiDict[str, str]) -> Listing:
    """One page of `articles` as `?q=&publisher=&sort=&page=` ask for it; what makes no sense is left out."""
    q = asked.get("q", "").strip()[:200]
    publisher = asked.get("publisher", "")
    sort = asked.get("sort", "")
    sort = sort if sort.removeprefix("-") in KEYS else "-published"
    words = q.casefold().split()
    found = [
        a
        for a in articles
        if (not publisher or a.publisher == publisher)
        and all(w in f"{a.title} {a.publisher or ''} {a.author or ''}".casefold() for w in words)
    ]
    found.sort(key=KEYS[sort.removeprefix("-")], reverse=sort.startswith("-"))
    count = max(1, -(-len(found) // PER_PAGE))
    page = min(max(asked.get("page", 1, type=int), 1), count)
    shown = tuple(found[(page - 1) * PER_PAGE : page * PER_PAGE])
    return Listing(q, publisher, sort, page, count, len(found), shown)
