"""Which reader reads which file: by its first bytes, then by its name. Runs inside the reading process."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from index.errors import ReadingError
from index.reading.archives import open_archive
from index.reading.canonical import finish
from index.types import Article

LARGEST = 128 * 1024 * 1024
"""Bytes of a file that is read whole; longer ones are no article."""
PART = 500
"""Articles handed over at a time from a file that is read line by line."""

_READERS = {
    "txt": ("index.reading.plain", "read_plain"),
    "markdown": ("index.reading.markdown", "read_markdown"),
    "html": ("index.reading.pages", "read_html"),
    "mhtml": ("index.reading.mail", "read_mhtml"),
    "eml": ("index.reading.mail", "read_eml"),
    "pdf": ("index.reading.pdf", "read_pdf"),
    "docx": ("index.reading.docx", "read_docx"),
    "epub": ("index.reading.epub", "read_epub"),
    "feed": ("index.reading.feeds", "read_feed"),
}
_LINE_READERS = {
    "jsonl": ("index.reading.jsonl", "read_jsonl"),
    "csv": ("index.reading.table", "read_csv"),
}
_ENDINGS = {
    "txt": "txt", "text": "txt",
    "md": "markdown", "markdown": "markdown", "mdown": "markdown", "mkd": "markdown",
    "html": "html", "htm": "html", "xhtml": "html", "shtml": "html",
    "mht": "mhtml", "mhtml": "mhtml", "eml": "eml",
    "pdf": "pdf", "docx": "docx", "epub": "epub",
    "rss": "feed", "atom": "feed",
    "jsonl": "jsonl", "ndjson": "jsonl", "csv": "csv", "tsv": "csv",
}  # fmt: skip
_COMPRESSED = (
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
)
_FOREIGN = {
    b"\x89PNG": "is a picture",
    b"\xff\xd8\xff": "is a picture",
    b"GIF8": "is a picture",
    b"RIFF": "is a picture, sound or film",
    b"OggS": "is sound or film",
    b"ID3": "is sound",
    b"\x7fELF": "is a program",
    b"\xd0\xcf\x11\xe0": "is an old Office document; save it as .docx",
    b"{\\rtf": "is a rich text document; save it as .docx",
    b"SQLite format 3": "is a database",
}
_PAGE = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_FEED = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<\?.*?\?>\s*)*<(?:rss|feed|rdf:RDF)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Part:
    """Some articles of a file, and notes about what was passed over."""

    articles: tuple[Article, ...]
    notes: tuple[str, ...] = ()


def read_file(path: Path, file: str, relative: str) -> Iterator[Part]:
    """The articles of one file. Errors: ReadingError with a reason that completes "<file>: …"; OSError."""
    with path.open("rb") as stream:
        kind = find_format(stream.read(8192), path)
        stream.seek(0)
        if kind in _LINE_READERS:
            yield from _parts(_reader(*_LINE_READERS[kind])(stream, file), relative)
            return
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ReadingError(f"is larger than {LARGEST // 2**20} MB")
    if kind == "zip":
        kind = _zip_format(data)
    articles = finish(_reader(*_READERS[kind])(data, file), relative)
    if not articles:
        raise ReadingError("holds no article text")
    yield Part(tuple(articles))


def find_format(head: bytes, path: PurePath) -> str:
    """The format's name. Errors: ReadingError for what Parley does not read."""
    if not head:
        raise ReadingError("is empty")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(_COMPRESSED):
        raise ReadingError("is compressed; unpack it first")
    for magic, reason in _FOREIGN.items():
        if head.startswith(magic):
            raise ReadingError(reason)
    ending = path.suffix.lower().lstrip(".")
    kind = _ENDINGS.get(ending)
    if kind in (None, "txt", "html"):
        if _FEED.match(head):
            return "feed"
        if _PAGE.match(head):
            return "html"
    if kind is None:
        raise ReadingError(f"unknown kind of file (.{ending})" if ending else "unknown kind of file")
    if kind in ("pdf", "docx", "epub"):
        raise ReadingError(f"is no {ending.upper()} file, or a damaged one")
    return kind


def _zip_format(data: bytes) -> str:
    with open_archive(data) as archive:
        names = set(archive.namelist())
    if "word/document.xml" in names:
        return "docx"
    if "META-INF/container.xml" in names:
        return "epub"
    raise ReadingError("is a ZIP archive; unpack it first")


def _parts(found: Iterator[Article | str], relative: str) -> Iterator[Part]:
    """Parts of at most PART articles. Errors: ReadingError when there is no article at all."""
    seen: Counter[str] = Counter()
    articles: list[Article] = []
    notes: list[str] = []
    any_article = False
    for item in found:
        if isinstance(item, str):
            notes.append(item)
            continue
        articles.append(item)
        if len(articles) >= PART:
            any_article = True
            yield Part(tuple(finish(articles, relative, seen)), tuple(notes))
            articles, notes = [], []
    if articles:
        any_article = True
        yield Part(tuple(finish(articles, relative, seen)), tuple(notes))
    if not any_article:
        raise ReadingError(f"holds no article ({notes[0]})" if notes else "holds no article")


def _reader(module: str, function: str) -> Any:  # noqa: ANN401
    return getattr(importlib.import_module(module), function)
