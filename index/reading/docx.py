"""Word documents."""

from __future__ import annotations

import io
import re
from typing import Any

from index.errors import ReadingError
from index.reading.archives import open_archive, read_member
from index.reading.dates import find_date
from index.reading.page_authors import clean_names
from index.types import UNDATED, Article


def read_docx(data: bytes, file: str) -> list[Article]:
    """The one article of a Word document. Errors: ReadingError."""
    with open_archive(data) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                read_member(archive, name)
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(data))
        lines = [line for item in document.iter_inner_content() for line in _lines(item)]
        told = document.core_properties
        told_title, told_author = told.title or "", told.author or ""
    except (
        ValueError,
        KeyError,
        AttributeError,
        TypeError,
        SyntaxError,
        OpcError,
    ) as error:
        raise ReadingError(f"is a damaged Word document ({type(error).__name__})") from error
    title, body = _take_title(lines, told_title)
    published = UNDATED
    authors: tuple[str, ...] = ()
    while body and len(body[0][1]) < 100:
        words = body[0][1]
        if re.match(r"(?:by|par|por|von|di)\s+\S", words, re.IGNORECASE) and not authors:
            authors = clean_names([words])
        elif not published.first and (found := find_date(words)).first and len(words) < len(found.words) + 30:
            published = found
        else:
            break
        body = body[1:]
    return [
        Article(
            id="",
            title=title,
            text="\n\n".join(text for _, text in body),
            authors=authors or clean_names(told_author.split(";")),
            published=published,
            file=file,
        )
    ]


def _lines(item: Any) -> list[tuple[str, str]]:  # noqa: ANN401  # a paragraph or a table
    """Style and text of each line: a paragraph, or the rows of a table."""
    if hasattr(item, "rows"):
        rows = (
            " | ".join(dict.fromkeys(c.text.strip() for c in row.cells if c.text.strip()))
            for row in item.rows
        )
        return [("table", " ".join(row.split())) for row in rows if row.strip()]
    style = (item.style.name if item.style is not None else "") or ""
    return [(style, " ".join(line.split())) for line in item.text.split("\n") if line.strip()]


def _take_title(lines: list[tuple[str, str]], told: str) -> tuple[str, list[tuple[str, str]]]:
    for wanted in ("Title", "Heading 1"):
        for number, (style, text) in enumerate(lines[:10]):
            if style == wanted:
                return text, [*lines[:number], *lines[number + 1 :]]
    if lines and len(lines) > 1 and len(lines[0][1]) <= 150 and not re.search(r"[.!?:,;]$", lines[0][1]):
        return lines[0][1], lines[1:]
    told = " ".join(told.split())
    return ("" if re.match(r"(?:document|untitled|word)\b", told, re.IGNORECASE) else told), lines
