"""The lines of a saved text, each with what it looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise

from index.reading.boilerplate import Boilerplate, find_boilerplate, strip_more
from index.reading.bylines import DATELINE, Byline, read_byline


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
    r"(title|headline|source|publisher|publication|outlet|date|published|publication date|authors?"
    r"|byline|url|link|web ?site)"
    r"\s*:\s*(\S.*)",
    re.IGNORECASE,
)
_TITLE_FIELDS = ("title", "headline")
_ADDRESS = re.compile(r"<?(https?://\S+|www\.\S+)>?")
_ENDED = re.compile(r"(?:[.;,。।۔]|…|\.\.\.|[:])[\"'”’»)\]]*$")
_QUOTED_END = re.compile(r"[.!?…][\"”’»)\]]+$")
_ITEM = re.compile(r"(?:[•◦▪‣⁃●○■–—*-]\s+|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+)\S")
_INNER_END = re.compile(r"(?<=[a-zà-ÿа-я0-9)”\"’])[.!?][”\"’)]*\s+[“\"‘(]?[A-ZÀ-ÞА-Я]")
_BREADCRUMB = re.compile(r"[\w&’' -]{2,30}(?:\s*[›»>/|•·]\s*[\w&’' :,-]{2,80}){1,6}\s*[›»>|]?")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?|Uhr|h)?\s*[|–—:-]?\s+(?=\S)", re.IGNORECASE)
_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")
LONGEST_HEAD = 24
"""Words of a headline; more is text that lost its full stop."""


def classify_lines(text: str) -> list[Line]:
    """The lines of `text` that hold anything, each classified by itself."""
    return list(_classified(_unwrapped(text)))


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
    pairs = [(a.strip(), b.strip()) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if len(pairs) < 3 or max(map(len, lines)) > 140:
        return False
    running = sum(1 for a, b in pairs if len(a) > 45 and b[0].islower())
    return running >= 0.35 * len(pairs)


def _classified(lines: Iterator[tuple[str, int]]) -> Iterator[Line]:
    for text, blanks in lines:
        line = _classify(text)
        if line.kind is Kind.BODY or (line.kind is Kind.HEAD and len(text) > 60):
            kept, more = strip_more(text)
            line = replace(_classify(kept), more=True) if more else line
        if line.kind is Kind.HEAD and (clock := _CLOCK.match(text)):
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
    if (named := _FIELD.fullmatch(text)) and (
        len(named[2].split()) <= 6 or named[1].lower() in _TITLE_FIELDS
    ):
        return Line(text, Kind.FIELD, field=(named[1].lower(), named[2].strip()))
    return Line(text, _text_kind(text))


def count_words(text: str) -> int:
    """Words; in scripts that set no spaces two characters count as one."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def _text_kind(text: str) -> Kind:
    words = count_words(text)
    if _ITEM.match(text) and words > 3 and not text.endswith("?"):
        return Kind.BODY
    if _ENDED.search(text) or words > LONGEST_HEAD or len(text) > 180:
        return Kind.BODY
    if _INNER_END.search(text) and words > 12:
        return Kind.BODY
    if DATELINE.match(text) and words > 14:
        return Kind.BODY
    if _QUOTED_END.search(text) and words > 10:
        return Kind.BODY
    if text[0].islower() and words > 3:
        return Kind.BODY
    if words <= 3 and len(text) <= 28 and not re.search(r"[,?!:“\"]", text):
        return Kind.LABEL
    if _BREADCRUMB.fullmatch(text) and len(re.findall(r"[›»>|]|\s/\s", text)) >= 2:
        return Kind.CHROME
    return Kind.HEAD
