"""Parley's vocabulary. Start reading here.

Offsets count Unicode code points, half-open: `text[start:end]` is exactly the quoted text, always.
"""

from __future__ import annotations

import calendar
import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class DatePrecision(StrEnum):
    """How much of a published date the source gives."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PublishedDate:
    """When an article was published, as precisely as its source says, and the words it was read from."""

    first: date | None = None
    """The day itself, or the first day of the month or year; None when unknown."""
    precision: DatePrecision = DatePrecision.UNKNOWN
    words: str = ""

    @property
    def last(self) -> date | None:
        """The latest day that the date may mean: the day itself, or the last of the month or year."""
        if self.first is None or self.precision is DatePrecision.DAY:
            return self.first
        if self.precision is DatePrecision.YEAR:
            return date(self.first.year, 12, 31)
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def iso(self) -> str | None:
        """ISO 8601 at the date's own precision: "2023-12-01", "2023-12", "2023", or None."""
        if self.first is None:
            return None
        length = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}
        return self.first.isoformat()[: length[self.precision]]


UNDATED = PublishedDate()


@dataclass(frozen=True, slots=True)
class Article:
    """One piece of news. Its text is canonical: never changed after reading."""

    id: str
    title: str
    text: str
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: PublishedDate = UNDATED
    url: str | None = None
    file: str = ""
    """Where it was read from, as the person named it."""
    language: str | None = None
    """ISO 639-1, e.g. "en"."""
    page_starts: tuple[int, ...] = ()
    """For paged sources: the offset in `text` at which each page starts."""

    @property
    def text_sha256(self) -> str:
        """Names this version of the text: the SHA-256 of its UTF-8 bytes, in hex."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def author(self) -> str | None:
        """All authors in one line, or None."""
        return ", ".join(self.authors) or None


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """What is known about an article, without its text."""

    id: str
    title: str
    publisher: str | None
    authors: tuple[str, ...]
    published: PublishedDate
    url: str | None
    file: str
    language: str | None
    characters: int
    text_sha256: str
    copies: tuple[str, ...] = ()
    """Ids of near-identical copies that are searched through this article."""
    copy_of: str | None = None
    """Id of the article that stands for this near-identical copy in searches."""
    changed: bool = False
    """Whether it is new, or its text differs, since the generation before."""
    versions: tuple[str, ...] = ()
    """SHA-256 of every text kept of it, oldest first; the last is the current one."""

    @property
    def author(self) -> str | None:
        """All authors in one line, or None."""
        return ", ".join(self.authors) or None

    def to_json(self) -> dict[str, Any]:
        """One entry of `parley articles --json`."""
        return {
            "id": self.id,
            "title": self.title,
            "publisher": self.publisher,
            "author": self.author,
            "published": self.published.iso,
            "url": self.url,
            "file": self.file,
            "characters": self.characters,
            "language": self.language,
            "text_sha256": self.text_sha256,
            "versions": list(self.versions),
            "changed": self.changed,
            "copies": list(self.copies),
            "copy_of": self.copy_of,
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's place in its article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences of one article, within the model's window.

    A sentence that alone exceeds the window is shared by several passages, each covering a part of it;
    `sentences` always names sentences whole, so that they can be quoted.
    """

    start: int
    end: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not indexed, and why."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Hard limits on which articles may be used. An undated article passes no date limit."""

    publishers: tuple[str, ...] = ()
    """Any of these, compared without case."""
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    """Later articles are hidden completely, also from ranking statistics."""
    language: str | None = None

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A ranked passage. Scores are comparable within one search only."""

    row: int
    """The passage's row in its generation."""
    article_id: str
    start: int
    end: int
    score: float
    """Fused, 0 to 1."""
    dense: float
    """Cosine of question and passage vectors."""
    lexical: float
    """BM25, unscaled."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a rebuild did. Files read = files indexed + files skipped, always."""

    generation: str
    files: int
    articles: int
    passages: int
    sentences: int
    embedded: int
    """Passages that went through the model."""
    reused: int
    """Passages whose vectors were taken from the generation before."""
    skipped: tuple[Skipped, ...]
    seconds: float
    undated: int = 0
    copies: int = 0
    """Articles folded into another as near-identical copies."""
    cut_passages: int = 0
    """Passages longer than the model reads: 0, or something is wrong."""
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds by stage, in order."""
    notes: tuple[Skipped, ...] = ()
    """What was passed over inside files that were read, e.g. a line that is no article."""

    def to_json(self) -> dict[str, Any]:
        """What `parley rebuild --json` prints."""
        return {
            "generation": self.generation,
            "files": self.files,
            "articles": self.articles,
            "passages": self.passages,
            "sentences": self.sentences,
            "embedded": self.embedded,
            "reused": self.reused,
            "skipped": [{"file": s.file, "reason": s.reason} for s in self.skipped],
            "seconds": round(self.seconds, 3),
            "undated": self.undated,
            "copies": self.copies,
            "cut_passages": self.cut_passages,
            "stages": {name: round(seconds, 3) for name, seconds in self.stages.items()},
            "notes": [{"file": n.file, "note": n.reason} for n in self.notes],
        }
