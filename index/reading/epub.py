"""E-books and news in the EPUB format: each chapter is an article."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree
from lxml import html as lxml_html

from index.errors import ReadingError
from index.reading.archives import open_archive, read_member
from index.reading.dates import find_date
from index.reading.page_authors import clean_names
from index.types import UNDATED, Article, PublishedDate

MOST_CHAPTERS = 2_000
SHORTEST = 200
"""Characters of a chapter; less is a cover, a half title or a table of contents."""
_FURNITURE = re.compile(
    r"^(?:(?:table of )?contents|cover|copyright(?: page)?|title ?page|half[- ]title(?: page)?|toc"
    r"|navigation|index|imprint|colophon"
    r"|inhalt(?:sverzeichnis)?|índice|sommaire|table des matières|indice|содержание|оглавление)$",
    re.IGNORECASE,
)
_BLOCKS = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "blockquote",
    "pre",
    "td",
    "dt",
    "dd",
    "div",
    "section",
)


@dataclass(frozen=True, slots=True)
class _Book:
    title: str
    publisher: str | None
    authors: tuple[str, ...]
    published: PublishedDate
    language: str | None
    chapters: tuple[str, ...]


def read_epub(data: bytes, file: str) -> list[Article]:
    """The chapters of an EPUB file. Errors: ReadingError."""
    with open_archive(data) as archive:
        book = _read_package(archive)
        articles = [a for name in book.chapters if (a := _read_chapter(archive, name, book, file))]
    if not articles:
        raise ReadingError("holds no chapter with text")
    return articles


def _parse(data: bytes) -> Any:  # noqa: ANN401  # lxml has no types
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root is None:
        raise ReadingError("is damaged: a part is no XML")
    return root


def _read_package(archive: ZipFile) -> _Book:
    container = _parse(read_member(archive, "META-INF/container.xml"))
    path = next((e.get("full-path") for e in container.iter("{*}rootfile") if e.get("full-path")), None)
    if not path:
        raise ReadingError("is damaged: it names no package")
    package = _parse(read_member(archive, path))

    def told(name: str) -> list[str]:
        found = package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")
        return [" ".join("".join(e.itertext()).split()) for e in found]

    folder = posixpath.dirname(path)
    files = {
        e.get("id"): posixpath.normpath(posixpath.join(folder, unquote(e.get("href") or "")))
        for e in package.iter("{*}item")
        if "html" in (e.get("media-type") or "") and "nav" not in (e.get("properties") or "").split()
    }
    spine = [files[e.get("idref")] for e in package.iter("{*}itemref") if e.get("idref") in files]
    title = next(iter(told("title")), "")
    language = next(iter(told("language")), "")[:2].lower()
    return _Book(
        title=title,
        publisher=next((p for p in told("publisher") if p and p.lower() != "calibre"), title or None),
        authors=clean_names(a for a in told("creator") if a.lower() != "calibre"),
        published=next(
            (d for text in told("date") if (d := find_date(text)).first and d.first.year > 1000), UNDATED
        ),
        language=language if re.fullmatch(r"[a-z]{2}", language) else None,
        chapters=tuple(dict.fromkeys(spine))[:MOST_CHAPTERS],
    )


def _read_chapter(archive: ZipFile, name: str, book: _Book, file: str) -> Article | None:
    root = lxml_html.fromstring(
        read_member(archive, name) or b"<html/>", parser=lxml_html.HTMLParser(encoding="utf-8")
    )
    body = root.find(".//body")
    lines = list(_lines(body if body is not None else root))
    heading = next((text for tag, text in lines[:6] if tag in ("h1", "h2", "h3")), "")
    shown = root.findtext(".//title") or ""
    title = heading or " ".join(shown.split()) or book.title
    text = "\n\n".join(line for _, line in lines if line != heading)
    if len(text) < SHORTEST or _FURNITURE.match(title):
        return None
    return Article(
        id="",
        title=title,
        text=text,
        publisher=book.publisher,
        authors=book.authors,
        published=book.published,
        file=file,
        language=book.language,
    )


def _lines(element: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Tag and text of each innermost block, in order."""
    for block in element.iter(*_BLOCKS):
        own = [block.text or ""]
        for child in block:
            if child.tag in _BLOCKS or child.tag in ("ul", "ol", "table", "dl", "script", "style"):
                own.append("\n" + (child.tail or ""))
            else:
                own.append(
                    ("".join(child.itertext()) if isinstance(child.tag, str) else "") + (child.tail or "")
                )
        text = " ".join("".join(own).split())
        if text:
            yield block.tag, text
