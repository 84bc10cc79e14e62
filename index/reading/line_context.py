"""The lines of a saved text, read in the light of the lines around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from index.reading.boilerplate import Boilerplate, belongs_to_box, find_boilerplate
from index.reading.bylines import Byline, read_byline
from index.reading.lines import Kind, Line, classify_lines, count_words
from index.types import DatePrecision

_DATE_BEHIND = re.compile(
    r"(?P<head>.{8,}?)\s*(?:\(|\[|[–—|,-]\s)\s*(?P<date>[^()\[\]|–—]{6,30}\d[^()\[\]|–—]{0,6})[)\]]?"
)
_DATE_BEFORE = re.compile(r"(?P<date>\S(?:.{4,28}?\d|\d[\d./-]{5,9}))\s*(?:[:|–—-]\s+|\s)(?P<head>\D.{8,})")
_DATE_LAST = re.compile(r"(?P<head>\D.{5,}?)\s+(?P<date>(?:\d|\w{3,10}\.?\s\d).{4,18}\d\S?)")
_DATE_OPENS = re.compile(r"(?P<date>\S.{3,35}?)\s*(?:[—–·|•]|:\s|\s-\s)\s*(?=\S)")
_INLINE_HEAD = re.compile(r"(?P<head>[^.]{12,140}?)\s+[–—-]\s+(?P<text>[A-ZÀ-ÞА-Я“\"].{40,})", re.DOTALL)
_KICKER = re.compile(r"[\w&’'][\w&’' -]{2,20}\s*[/|]\s+(?=\S.{10,})")
_RESULT = re.compile(r"(?:\d{1,3}[.)]\s+)?(\S.{10,180}?)\s+(?:https?://|www\.)\S+")
_ECHO = re.compile(
    r"(?:continue reading|keep reading|read (?:more|on|the full (?:story|article))|weiterlesen|leer más"
    r"|lire la suite|leggi tutto|lees meer|подробнее|читать далее|докладніше)"
    r"\b(?:\s+(?:about|on|von|sobre))?[\s:|–—-]*[“\"'‘]?(?P<head>\S.{8,})",
    re.IGNORECASE,
)


def read_lines(text: str) -> list[Line]:
    """The lines of `text` that hold anything, with what each one is."""
    lines = list(_in_boxes(classify_lines(text)))
    for step in (_search_results, _inline_items, _with_dates_apart, _without_kickers, _echoes, _long_heads):
        lines = step(lines)
    return lines


def _in_boxes(lines: Iterable[Line]) -> Iterator[Line]:
    """Text under a box's heading is the box's."""
    in_box = 0
    for line in lines:
        heading = line.kind is Kind.CHROME and find_boilerplate(line.text) is Boilerplate.BOX
        if in_box and line.kind is Kind.BODY and belongs_to_box(line.text):
            line = replace(line, kind=Kind.CHROME)
            in_box -= 1
        elif line.kind in (Kind.BODY, Kind.HEAD, Kind.BYLINE):
            in_box = 0
        if heading:
            in_box = 3
        yield line


def _share(lines: list[Line], kind: Kind, test: Callable[[str], object]) -> bool:
    """Whether at least two and a third of the lines of a kind pass the test."""
    texts = [line.text for line in lines if line.kind is kind]
    return sum(bool(test(text)) for text in texts) >= max(2, 0.3 * len(texts))


def _search_results(lines: list[Line]) -> list[Line]:
    """Where many lines are a headline with its address behind it, the address is cut off."""
    if not _share(lines, Kind.BODY, _RESULT.fullmatch):
        return lines
    return [
        replace(line, text=found[1], kind=Kind.HEAD)
        if line.kind is Kind.BODY and (found := _RESULT.fullmatch(line.text))
        else line
        for line in lines
    ]


def _inline_items(lines: list[Line]) -> list[Line]:
    """Items in one line each ("3 May 2022: Headline – Text") become three lines."""

    def parts(text: str) -> tuple[str, str, Byline] | None:
        dated = _dated_body(text)
        found = _INLINE_HEAD.fullmatch(dated[0]) if dated else None
        return (found["head"], found["text"], dated[1]) if dated and found else None

    if not _share(lines, Kind.BODY, parts):
        return lines
    result = []
    for line in lines:
        if line.kind is Kind.BODY and (item := parts(line.text)):
            head, text, byline = item
            dated = Line(line.text, Kind.BYLINE, byline=byline)
            result += [replace(line, text=head, kind=Kind.HEAD), dated, replace(line, text=text)]
        else:
            result.append(line)
    return result


def _with_dates_apart(lines: list[Line]) -> list[Line]:
    """Where many headlines end or begin with a date, or paragraphs open with one, it becomes its own line."""
    heads = _share(lines, Kind.HEAD, _dated_head)
    bodies = _share(lines, Kind.BODY, _dated_body)
    result: list[Line] = []
    for line in lines:
        apart = None
        if heads and line.kind is Kind.HEAD:
            apart = _dated_head(line.text)
        elif bodies and line.kind is Kind.BODY:
            apart = _dated_body(line.text)
        if apart is None:
            result.append(line)
            continue
        text, byline = apart
        dated = Line(line.text, Kind.BYLINE, byline=byline)
        kept = replace(line, text=text)
        result += [kept, dated] if line.kind is Kind.HEAD else [dated, kept]
    return result


def _dated_head(text: str) -> tuple[str, Byline] | None:
    """Headline and date of "Headline (3 May 2022)" or "03.05.2022 Headline"."""
    if not any(c.isdigit() for c in text):
        return None
    for shape in (_DATE_BEHIND, _DATE_BEFORE, _DATE_LAST):
        found = shape.fullmatch(text)
        byline = read_byline(found["date"]) if found else None
        if found and byline and byline.published.precision is DatePrecision.DAY and not byline.authors:
            return found["head"], byline
    return None


def _dated_body(text: str) -> tuple[str, Byline] | None:
    """Text and date of "3 May 2022 — Text"."""
    if not any(c.isdigit() for c in text[:40]):
        return None
    found = _DATE_OPENS.match(text)
    byline = read_byline(found["date"]) if found else None
    if not found or not byline or byline.authors or not byline.published.first:
        return None
    return text[found.end() :], byline


def _without_kickers(lines: list[Line]) -> list[Line]:
    """Where many headlines open with a section's name ("World / Headline"), it is cut off."""
    if not _share(lines, Kind.HEAD, _KICKER.match):
        return lines
    return [
        replace(line, text=line.text[found.end() :])
        if line.kind is Kind.HEAD and (found := _KICKER.match(line.text))
        else line
        for line in lines
    ]


def _echoes(lines: list[Line]) -> list[Line]:
    """ "Continue reading" with the headline behind it is a link to the rest, not a headline."""
    keys = {line.key for line in lines if line.kind is Kind.HEAD}
    return [
        replace(line, kind=Kind.MORE)
        if line.kind in (Kind.HEAD, Kind.BODY)
        and (found := _ECHO.fullmatch(line.text))
        and replace(line, text=found["head"]).key in keys
        else line
        for line in lines
    ]


def _long_heads(lines: list[Line]) -> list[Line]:
    """A much longer line under a headline is a blurb that lost its full stop, unless text follows it."""
    result: list[Line] = []
    before, heads, linked = 0, 0, False
    for line, following in zip_longest(lines, lines[1:]):
        words = count_words(line.text)
        if line.kind is Kind.HEAD:
            followed = following is not None and following.kind in (Kind.BODY, Kind.HEAD, Kind.LABEL)
            alone = heads == 1 and not linked
            if alone and words >= 12 and before >= 3 and words >= 1.3 * before and not followed:
                line = replace(line, kind=Kind.BODY)
            before = words
            heads += 1
        elif line.kind not in (Kind.BYLINE, Kind.CAPTION, Kind.FIELD):
            before, heads = 0, 0
            linked = line.kind is Kind.RELATED or (linked and line.kind is not Kind.BODY)
        result.append(line)
    return result
