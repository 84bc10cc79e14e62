"""PDF: text in paragraphs, running headers and page numbers left out, the start of each page kept."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from index.errors import ReadingError
from index.reading.canonical import clean_text
from index.reading.dates import find_date
from index.reading.page_authors import clean_names
from index.types import UNDATED, Article, PublishedDate

_SAVED = re.compile(rb"% saved from url=\(\d+\)(https?://\S+)\s*$")
MOST_PAGES = 2_000
_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u00ad": None,
        "\u00a0": " ",
    }
)
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|p\.|стр\.?|страница|صفحة)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|из|sur|di)\s*\d{1,4})?\W*"
    r"|[ivxlc]{1,6}",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…:][”\"’')\]»]*$")
_ITEM = re.compile(r"[•●▪◦‣–—*-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s")
_NO_TITLE = re.compile(
    r"^(?:untitled|document\d*|microsoft word|powerpoint|slide \d|about:blank|layout|print)|\.(?:docx?"
    r"|indd|pdf|qxd|html?|odt)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its height above the page's foot and its letters' size, in points."""

    text: str
    height: float
    size: float
    page: int


def read_pdf(data: bytes, file: str) -> list[Article]:
    """The one article of a PDF file. Errors: ReadingError for an encrypted, damaged or scanned file."""
    from pypdf.errors import PyPdfError

    try:
        pages, told = _open(data)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError) as error:
        raise ReadingError(f"is a damaged PDF file ({type(error).__name__})") from error
    lines = _without_furniture(pages)
    if not any(lines):
        raise ReadingError("holds no text, only pictures of pages; run text recognition on it first")
    title, body = _take_title(lines, str(told.get("/Title") or ""))
    published, authors, body = _take_dateline(body)
    text, starts = _compose(body)
    told_authors = clean_names(re.split(r"[;,]", str(told.get("/Author") or "")))
    return [
        Article(
            id="",
            title=title,
            text=text,
            authors=authors or told_authors,
            published=published,
            url=_saved_address(data),
            file=file,
            page_starts=starts,
        )
    ]


def _saved_address(data: bytes) -> str | None:
    """The address that `parley add` notes in a comment at the file's end."""
    match = _SAVED.search(data[-4000:])
    return match[1].decode("ascii", "replace") if match else None


def _open(data: bytes) -> tuple[list[list[Line]], dict[str, Any]]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        try:
            opened = reader.decrypt("")
        except Exception as error:
            raise ReadingError("is encrypted; save it without a password") from error
        if not opened:
            raise ReadingError("is encrypted; save it without a password")
    if len(reader.pages) > MOST_PAGES:
        raise ReadingError(f"has more than {MOST_PAGES} pages")
    told = {key: str(value) for key, value in (reader.metadata or {}).items() if isinstance(value, str)}
    return [_page_lines(page, number) for number, page in enumerate(reader.pages)], told


def _page_lines(page: Any, number: int) -> list[Line]:  # noqa: ANN401  # a pypdf page
    lines: list[Line] = []
    pieces: list[str] = []
    place: list[tuple[float, float]] = []

    def end_line() -> None:
        text = " ".join(clean_text("".join(pieces).translate(_LIGATURES)).split())
        if text:
            lines.append(Line(text, *(place[0] if place else (0.0, 0.0)), number))
        pieces.clear()
        place.clear()

    def visit(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        for part in re.split(r"(\n)", text):
            if part == "\n":
                end_line()
            elif part:
                pieces.append(part)
                if part.strip() and not place:
                    scale = abs(tm[3] or tm[1] or 1.0) * abs(cm[3] or 1.0)
                    place.append((tm[5] * (cm[3] or 1.0) + cm[5], round(size * scale, 1)))

    page.extract_text(visitor_text=visit)
    end_line()
    return lines


def _without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Pages without their numbers and the lines that come back at their heads and feet."""
    edges = Counter(key for page in pages for key in {_furniture_key(x) for x in (*page[:3], *page[-3:])})
    enough = 2 if len(pages) <= 4 else max(3, len(pages) // 4)
    kept: list[list[Line]] = []
    for page in pages:
        last = len(page) - 1
        kept.append(
            [
                line
                for place, line in enumerate(page)
                if not (
                    (place < 3 or place > last - 3)
                    and (
                        (len(pages) > 1 and edges[_furniture_key(line)] >= enough and len(line.text) < 120)
                        or (place in (0, 1, last - 1, last) and _PAGE_NUMBER.fullmatch(line.text))
                    )
                )
            ]
        )
    return kept


def _furniture_key(line: Line) -> tuple[str, int]:
    """What a running header keeps from page to page: its words but for numbers, and its height."""
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.height / 4)


def _take_title(pages: list[list[Line]], told: str) -> tuple[str, list[Line]]:
    """The title (of the file's properties if the first page shows it, else the big line) and the rest."""
    lines = [line for page in pages for line in page]
    told = " ".join(clean_text(told).split())
    sensible = len(told.split()) >= 2 and not _NO_TITLE.search(told) and len(told) < 250
    head = [line for line in lines[:25] if line.page == lines[0].page]
    if sensible and (count := _lines_that_say(told, head)):
        first, end = count
        return told, [*lines[:first], *lines[end:]]
    biggest = max(line.size for line in head)
    usual = median(line.size for line in lines)
    if biggest > 1.15 * usual:
        first = next(n for n, line in enumerate(head) if line.size == biggest)
        end = first + 1
        while end < len(head) and head[end].size == biggest and end - first < 4:
            end += 1
        title = _join_lines([line.text for line in head[first:end]])
        if len(title) >= 8:
            return title, [*lines[:first], *lines[end:]]
    if sensible:
        return told, lines
    if len(lines[0].text) <= 150 and len(lines) > 1 and not _SENTENCE_END.search(lines[0].text):
        return lines[0].text, lines[1:]
    return "", lines


def _lines_that_say(title: str, head: Sequence[Line]) -> tuple[int, int] | None:
    wanted = re.sub(r"\W+", "", title.casefold())
    for first in range(min(12, len(head))):
        said = ""
        for end in range(first, min(first + 4, len(head))):
            said += re.sub(r"\W+", "", head[end].text.casefold())
            if said == wanted:
                return first, end + 1
    return None


def _take_dateline(lines: list[Line]) -> tuple[PublishedDate, tuple[str, ...], list[Line]]:
    """The date and byline among the first lines, and the lines without those that hold nothing else."""
    published = UNDATED
    authors: tuple[str, ...] = ()
    dropped: set[int] = set()
    for number, line in enumerate(lines[:8]):
        if len(line.text) > 100 or _SENTENCE_END.search(line.text):
            break
        if re.match(r"(?:by|par|por|von|di)\s+\S", line.text, re.IGNORECASE) and not authors:
            found = find_date(line.text)
            authors = clean_names([line.text.replace(found.words, "") if found.words else line.text])
            published = published if published.first else found
            dropped.add(number)
        elif not published.first and (found := find_date(line.text)).first:
            published = found
            dropped.add(number)
    return published, authors, [line for number, line in enumerate(lines) if number not in dropped]


def _compose(lines: Sequence[Line]) -> tuple[str, tuple[int, ...]]:
    """Paragraphs joined to a text, and the offset at which each page starts."""
    known = Counter(w for line in lines for w in re.findall(r"\w+-\w+", line.text.casefold()))
    text = ""
    starts: dict[int, int] = {}
    for line, joint in _joints(lines):
        piece = line.text
        if joint == "-":
            text, piece = _unhyphenate(text, piece, known)
        elif text:
            text += joint
        starts.setdefault(line.page, len(text))
        text += piece
    last = max(starts, default=0)
    ordered: list[int] = []
    for page in range(last, -1, -1):
        ordered.append(starts.get(page, ordered[-1] if ordered else 0))
    return text, tuple(min(s, len(text)) for s in reversed(ordered))


def _joints(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Each line with what stands before it: a space, an empty line, or "-" where it goes on with a word."""
    gaps = [a.height - b.height for a, b in pairwise(lines) if a.page == b.page and a.height > b.height]
    usual_gap = median(gaps) if gaps else 0.0
    usual_length = sorted(len(line.text) for line in lines)[int(0.8 * (len(lines) - 1))] if lines else 0
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before is None:
            yield line, ""
        elif _is_cut(before.text, line.text):
            yield line, "-"
        else:
            yield line, "\n\n" if _starts_paragraph(before, line, usual_gap, usual_length) else " "


def _is_cut(before: str, line: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}[-‐]$", before)) and line[:1].islower()


def _starts_paragraph(before: Line, line: Line, usual_gap: float, usual_length: int) -> bool:
    if _ITEM.match(line.text) or abs(before.size - line.size) > 0.8:
        return True
    ended = bool(_SENTENCE_END.search(before.text))
    if before.page != line.page:
        return ended and not line.text[:1].islower()
    gap = before.height - line.height
    if usual_gap and gap > 1.35 * usual_gap:
        return True
    return ended and len(before.text) < 0.75 * usual_length


def _unhyphenate(text: str, piece: str, known: Counter[str]) -> tuple[str, str]:
    """Join a word cut at a line's end; a hyphen that the word has elsewhere too stays."""
    first = re.search(r"\w+[-‐]$", text)
    second = re.match(r"\w+", piece)
    whole = f"{first[0][:-1]}-{second[0]}".casefold() if first and second else ""
    return (text if known[whole] else text[:-1]), piece


def _join_lines(lines: Sequence[str]) -> str:
    text = ""
    for line in lines:
        text = f"{text} {line}".strip()
    return text
