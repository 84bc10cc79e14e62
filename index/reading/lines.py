"""The lines of a saved text, each with what it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from index.reading.boilerplate import Boilerplate, belongs_to_box, find_boilerplate, strip_more
from index.reading.bylines import DATELINE, Byline, read_byline
from index.types import DatePrecision


class Kind(Enum):
    """What a line is in its text."""

    BODY = auto()
    """A paragraph, or a list item."""
    HEAD = auto()
    """It reads like a headline: no full stop, not long."""
    LABEL = auto()
    """Up to three words: a section's name, a menu entry, a very short headline."""
    BYLINE = auto()
    FIELD = auto()
    """ "Source: Example News" over a text."""
    RULE = auto()
    """A drawn line."""
    MORE = auto()
    RELATED = auto()
    COMMENTS = auto()
    FOOTER = auto()
    CAPTION = auto()
    CHROME = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text without outer white space, and how many blank lines stand before it."""

    text: str
    kind: Kind
    blanks: int = 0
    byline: Byline | None = None
    field: tuple[str, str] = field(default=("", ""))
    """Name and value of a FIELD line."""
    clock: bool = False
    """A time of day stood before it."""
    more: bool = False
    """A "Read more" was glued to its end."""

    @property
    def key(self) -> str:
        """The same for a headline and its repetition with other case or spacing."""
        return " ".join(re.findall(r"\w+", self.text.casefold()))


_BOILERPLATE = {
    Boilerplate.CHROME: Kind.CHROME,
    Boilerplate.BOX: Kind.CHROME,
    Boilerplate.MORE: Kind.MORE,
    Boilerplate.RELATED: Kind.RELATED,
    Boilerplate.COMMENTS: Kind.COMMENTS,
    Boilerplate.FOOTER: Kind.FOOTER,
    Boilerplate.CAPTION: Kind.CAPTION,
}
_RULE = re.compile(r"[-=_*~#•·.⸻—–\s]{3,}")
_FIELD = re.compile(
    r"(title|headline|source|publisher|publication|outlet|date|published|publication date|authors?|byline|url|link|web ?site)"
    r"\s*:\s*(\S.*)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"<?(https?://\S+|www\.\S+)>?")
_ENDED = re.compile(r"(?:[.;,。।۔]|…|\.\.\.|[:])[\"'”’»)\]]*$")
_QUOTED_END = re.compile(r"[.!?…][\"”’»)\]]+$")
_ITEM = re.compile(r"(?:[•◦▪‣⁃●○■–—*-]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)\S")
_INNER_END = re.compile(r"(?<=[a-zà-ÿа-я0-9)”\"’])[.!?][”\"’)]*\s+[“\"‘(]?[A-ZÀ-ÞА-Я]")
_DATE_BEHIND = re.compile(
    r"(?P<head>.{8,}?)\s*(?:\(|\[|[–—|,-]\s)\s*(?P<date>[^()\[\]|–—]{6,30}\d[^()\[\]|–—]{0,6})[)\]]?"
)
_DATE_BEFORE = re.compile(r"(?P<date>\S(?:.{4,28}?\d|\d[\d./-]{5,9}))\s*(?:[:|–—-]\s+|\s)(?P<head>\D.{8,})")
_DATE_OPENS = re.compile(r"(?P<date>\S.{3,35}?)\s*(?:[—–·|•]|\s-\s)\s*(?=\S)")
_BREADCRUMB = re.compile(r"[\w&’' -]{2,30}(?:\s*[›»>/|•·]\s*[\w&’' :,-]{2,80}){1,6}\s*[›»>|]?")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?|Uhr|h)?\s*[|–—:-]?\s+(?=\S)", re.IGNORECASE)
_RESULT = re.compile(r"(?:\d{1,3}[.)]\s+)?(\S.{10,180}?)\s+(?:https?://|www\.)\S+")
"""A search result: headline and address in one line."""
LONGEST_HEAD = 24
"""Words of a headline; more is text that lost its full stop."""


def read_lines(text: str) -> list[Line]:
    """The lines of `text` that hold anything, classified one by one and then by what stands before them."""
    return _with_dates_apart(list(_in_boxes(_classified(_unwrapped(text)))))


def _with_dates_apart(lines: list[Line]) -> list[Line]:
    """Where most headlines end or begin with a date, or paragraphs open with one, it becomes a line of its own."""
    heads = [line for line in lines if line.kind is Kind.HEAD]
    bodies = [line for line in lines if line.kind is Kind.BODY]
    in_heads = sum(bool(_dated_head(line.text)) for line in heads)
    in_bodies = sum(bool(_dated_body(line.text)) for line in bodies)
    result: list[Line] = []
    for line in lines:
        apart = None
        if line.kind is Kind.HEAD and in_heads >= max(2, 0.3 * len(heads)):
            apart = _dated_head(line.text)
        elif line.kind is Kind.BODY and in_bodies >= max(2, 0.3 * len(bodies)):
            apart = _dated_body(line.text)
        if apart is None:
            result.append(line)
            continue
        text, byline = apart
        dated = Line(line.text, Kind.BYLINE, byline=byline)
        result += (
            [replace(line, text=text), dated] if line.kind is Kind.HEAD else [dated, replace(line, text=text)]
        )
    return result


def _dated_head(text: str) -> tuple[str, Byline] | None:
    """Headline and date of "Headline (3 May 2022)" or "03.05.2022 Headline"."""
    for shape in (_DATE_BEHIND, _DATE_BEFORE):
        if (found := shape.fullmatch(text)) and (byline := read_byline(found["date"])):
            if byline.published.precision is DatePrecision.DAY and not byline.authors:
                return found["head"], byline
    return None


def _dated_body(text: str) -> tuple[str, Byline] | None:
    """Text and date of "3 May 2022 — Text"."""
    found = _DATE_OPENS.match(text)
    byline = read_byline(found["date"]) if found else None
    if not found or not byline or byline.authors or not (byline.published.first or byline.relative):
        return None
    return text[found.end() :], byline


def _unwrapped(text: str) -> Iterator[tuple[str, int]]:
    """(line, blank lines before it); hard-wrapped paragraphs are one line each."""
    lines = re.split(r"\r\n?|\n|\u2028|\u2029|\x0b|\x0c", text)
    wrapped = _is_wrapped(lines)
    blanks, kept, kept_blanks = 0, "", 0
    for line in (line.strip() for line in lines):
        if not line:
            blanks += 1
        elif wrapped and kept and not blanks and not _ITEM.match(line) and _runs_on(kept):
            kept += f" {line}"
        else:
            if kept:
                yield kept, kept_blanks
            kept, kept_blanks, blanks = line, blanks, 0
        if line:
            blanks = 0
    if kept:
        yield kept, kept_blanks


def _runs_on(line: str) -> bool:
    """Whether a hard-wrapped line may go on in the next one."""
    return len(line.rsplit(" " * 8, 1)[-1]) > 40


def _is_wrapped(lines: list[str]) -> bool:
    """Whether paragraphs are broken into lines of about equal length."""
    pairs = [
        (a.strip(), b.strip()) for a, b in zip(lines, lines[1:], strict=False) if a.strip() and b.strip()
    ]
    if len(pairs) < 3 or max(map(len, lines)) > 140:
        return False
    running = sum(1 for a, b in pairs if len(a) > 45 and b[0].islower())
    return running >= 0.35 * len(pairs)


def _classified(lines: Iterator[tuple[str, int]]) -> Iterator[Line]:
    for text, blanks in lines:
        line = _classify(text)
        if line.kind is Kind.BODY:
            if result := _RESULT.fullmatch(text):
                line = replace(line, text=result[1], kind=Kind.HEAD)
            kept, more = strip_more(text)
            line = replace(_classify(kept), more=True) if more else line
        elif line.kind is Kind.HEAD and (clock := _CLOCK.match(text)):
            line = replace(line, text=text[clock.end() :], clock=True)
        yield replace(line, blanks=blanks)


def _classify(text: str) -> Line:
    if _RULE.fullmatch(text):
        return Line(text, Kind.RULE)
    if address := _ADDRESS.fullmatch(text):
        return Line(text, Kind.FIELD, field=("url", address[1].rstrip(">")))
    if boilerplate := find_boilerplate(text):
        return Line(text, _BOILERPLATE[boilerplate])
    if byline := read_byline(text):
        return Line(text, Kind.BYLINE, byline=byline)
    if len(text) <= 300 and (named := _FIELD.fullmatch(text)):
        return Line(text, Kind.FIELD, field=(named[1].lower(), named[2].strip()))
    return Line(text, _text_kind(text))


def _text_kind(text: str) -> Kind:
    words = text.split()
    if _ITEM.match(text) and len(words) > 3 and not text.endswith("?"):
        return Kind.BODY
    if _ENDED.search(text) or len(words) > LONGEST_HEAD or len(text) > 180:
        return Kind.BODY
    if _INNER_END.search(text) and len(words) > 12:
        return Kind.BODY
    if DATELINE.match(text) and len(words) > 14:
        return Kind.BODY
    if _QUOTED_END.search(text) and len(words) > 10:
        return Kind.BODY
    if text[0].islower() and len(words) > 3:
        return Kind.BODY
    if len(words) <= 3 and len(text) <= 28 and not re.search(r"[,?!:“\"]", text):
        return Kind.LABEL
    if _BREADCRUMB.fullmatch(text) and len(re.findall(r"[›»>|]|\s/\s", text)) >= 2:
        return Kind.CHROME
    return Kind.HEAD


def _in_boxes(lines: Iterator[Line]) -> Iterator[Line]:
    """Text under a box's heading is the box's; a footer's text is the footer's."""
    in_box = 0
    for line in lines:
        heading = find_boilerplate(line.text) is Boilerplate.BOX
        if in_box and line.kind is Kind.BODY and belongs_to_box(line.text):
            line = replace(line, kind=Kind.CHROME)
            in_box -= 1
        elif line.kind in (Kind.BODY, Kind.HEAD, Kind.BYLINE):
            in_box = 0
        if heading:
            in_box = 3
        yield line
