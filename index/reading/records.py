"""One record of an export (a JSON line, a table's row, front matter) becomes an article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from index.errors import ReadingError
from index.reading.dates import find_date
from index.types import UNDATED, Article, DatePrecision, PublishedDate

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "doc_id", "guid", "uuid"),
    "title": ("title", "headline", "heading", "name"),
    "text": (
        "text", "body", "content", "article_text", "full_text", "article", "article_body", "story",
        "maintext",
    ),
    "publisher": (
        "publisher", "source", "outlet", "publication", "site", "site_name", "newspaper", "source_name",
    ),
    "author": ("author", "authors", "byline", "creator", "writer", "by"),
    "published": (
        "published", "date", "published_at", "publication_date", "date_published", "pubdate", "pub_date",
        "published_date", "publish_date", "datetime", "timestamp", "date_publish", "day",
    ),
    "url": ("url", "link", "permalink", "web_url", "canonical_url", "address", "uri"),
    "language": ("language", "lang"),
}  # fmt: skip
"""What a field may be called, the usual name first; compared without case, spaces and underscores."""
_LONE = re.compile("[\ud800-\udfff]")
_AND = re.compile(r"\s*;\s*|\s*,\s+(?:and\s+)?|\s+and\s+|\s*&\s*|\n")


@dataclass(frozen=True, slots=True)
class Fields:
    """The known fields of a record, as text."""

    id: str = ""
    title: str = ""
    text: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: PublishedDate = UNDATED
    url: str = ""
    language: str = ""

    def article(self, file: str) -> Article:
        """The article. Errors: ReadingError when the record has no text."""
        if not self.text:
            raise ReadingError("no text")
        first = " ".join(self.text.split()[:12])
        return Article(
            id=self.id,
            title=self.title or (first if len(first) >= len(self.text) else f"{first}…"),
            text=self.text,
            publisher=self.publisher or None,
            authors=self.authors,
            published=self.published,
            url=self.url or None,
            file=file,
            language=self.language[:2].lower() or None,
        )


def find_fields(names: Mapping[str, object]) -> dict[str, str]:
    """Which of a record's names holds which field; of several the most usual one."""
    plain = {_plain(str(name)): name for name in reversed(list(names))}
    return {
        field: str(plain[_plain(alias)])
        for field, aliases in NAMES.items()
        for alias in reversed(aliases)
        if _plain(alias) in plain
    }


def read_fields(record: Mapping[str, object]) -> Fields:
    """The known fields of `record`; a field of an unusable kind counts as absent."""
    named = {name: None for name, value in record.items() if value not in (None, "", [], {})}
    columns = find_fields(named)
    values: dict[str, object] = {field: record[column] for field, column in columns.items()}
    return Fields(
        id=_text(values.get("id")),
        title=" ".join(_text(values.get("title")).split()),
        text=_text(values.get("text")),
        publisher=_text(_inner(values.get("publisher"))),
        authors=_authors(values.get("author")),
        published=_published(values.get("published")),
        url=_text(_inner(values.get("url"))),
        language=_text(values.get("language")),
    )


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", name).casefold().strip("\ufeff")


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return unicodedata.normalize("NFC", _LONE.sub("\ufffd", str(value))).strip()


def _inner(value: object) -> object:
    """{"name": "Example News"} and the like hold the name inside."""
    if isinstance(value, Mapping):
        return next((value[k] for k in ("name", "title", "url", "id") if value.get(k)), None)
    if isinstance(value, list) and value:
        return _inner(value[0])
    return value


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(name for item in value[:20] if (name := _text(_inner(item))))
    text = re.sub(r"^by\s+", "", _text(_inner(value)), flags=re.IGNORECASE)
    parts = [part for part in _AND.split(text) if part]
    # "Lee, Ann" is one name; "Ann Lee, Bo Chen" are two.
    if len(parts) > 1 and "," in text and not all(" " in part for part in parts):
        return (text,)
    return tuple(parts)


def _published(value: object) -> PublishedDate:
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return PublishedDate(day, DatePrecision.DAY, str(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if abs(value) > 1e11 else value
        if abs(seconds) > 1e8:
            try:
                return PublishedDate(
                    datetime.fromtimestamp(seconds, UTC).date(), DatePrecision.DAY, str(value)
                )
            except (OverflowError, ValueError, OSError):
                return UNDATED
    return find_date(_text(value))
