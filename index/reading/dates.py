"""Published dates as people print them, in many languages, never more precise than what is printed.

Rules where print is ambiguous:
- `03/04/2022` is day first (3 April), as most of the world writes it, unless the line shows American habits
  (AM/PM, a United States time zone) or one of the numbers can only be a day. With points and hyphens it is
  always day first.
- A range ("June 10-11, 2023") gives its first day.
- The day counts as printed: a time zone never moves it.
- Of several dates the first day wins, but one marked as an update only if there is no other.
- "3 May", "yesterday" and "2 hours ago" need a reference day; without it the date stays unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from index.reading.months import month_numbers, month_pattern
from index.reading.relative import find_relative
from index.types import UNDATED, DatePrecision, PublishedDate

LONGEST = 2_000
"""Characters of a text in which a date is looked for."""
_UPDATED = re.compile(
    r"(?:updated|modified|edited|revised|actualizad[oa]|mis à jour|modifié|aktualisiert|geändert"
    r"|atualizad[oa]|aggiornat[oa]|обновлен[оа]?|оновлено|bijgewerkt|güncelle\w*|تحديث)\W*(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_AMERICAN = re.compile(r"\b(?:[ap]\.?m\.?|e[sd]?t|p[sd]t|c[sd]t|m[sd]t)\b", re.IGNORECASE)
_ORDINAL = r"(?:st|nd|rd|th|º|ª|er|re|°|\.|-?(?:го|е|га))?"
_JOIN = r"(?:\s+(?:de|del|of|di|do|da)\s+|\s*d[’']|[\s.,/\-\u00a0]*)"
_YEAR_JOIN = r"(?:\s+(?:de|del|of|do|da)\s+|[\s.,/\-\u00a0’']*)"
_YEAR = r"(?P<year>(?:1[89]|20)\d{2})(?!\d)"
_RANGE = r"(?:\s*(?:[-–—/&]|to|and|y|et|und|и|e)\s*\d{1,2}" + _ORDINAL + r")?"


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    date: PublishedDate


def find_date(text: str, *, reference: date | None = None, month_first: bool | None = None) -> PublishedDate:
    """The date printed in `text` (a byline, a date line, a tag's value), or an unknown date.

    `reference` is the day that "yesterday", "2 hours ago" and "3 May" are counted from. `month_first`
    settles numbers such as 03/04/2022 where the source's habit is known. `words` of the result is the exact
    slice that was read.
    """
    printed = text[:LONGEST]
    text = _western_digits(printed)
    if not any(c.isdigit() for c in text):
        return find_relative(text, reference) if reference else UNDATED
    found = sorted(_all_dates(text, month_first), key=lambda f: f.start)
    days = [f for f in found if f.date.precision is DatePrecision.DAY]
    for candidates in (days, found):
        first = [f for f in candidates if not _UPDATED.search(text[max(0, f.start - 40) : f.start])]
        if first or candidates:
            best = (first or candidates)[0]
            return replace(best.date, words=printed[best.start : best.start + len(best.date.words)])
    if reference:
        relative = find_relative(text, reference)
        return relative if relative.first else _day_without_year(text, reference)
    return UNDATED


def _western_digits(text: str) -> str:
    """`text` with every decimal digit written 0 to 9, at the same offsets."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _all_dates(text: str, month_first: bool | None) -> Iterator[_Found]:
    taken: list[tuple[int, int]] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            if published := _read(match, text, month_first):
                yield _Found(text.index(published.words, match.start()), published)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = rf"(?P<month>{month_pattern()})"
    day = r"(?P<day>\d{1,2})"
    shapes = (
        rf"(?<![\d.,]){_YEAR}(?P<separator>[-/.])(?P<number>\d{{1,2}})(?P=separator){day}(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<number>[01]\d)(?P<day>[0-3]\d)(?=T\d|\s*$)",
        rf"(?<!\d){_YEAR}\s*[年년]\s*(?P<number>\d{{1,2}})\s*[月월]\s*{day}\s*[日일号]",
        rf"(?<!\d){_YEAR}\s*[年년]\s*(?P<number>\d{{1,2}})\s*[月월]",
        rf"(?<![\d:]){day}{_ORDINAL}{_RANGE}{_JOIN}\b{month}(?!\w)\.?(?:\s*[-–]\s*\d{{1,2}}\s+\w+)?{_YEAR_JOIN}{_YEAR}",
        rf"(?<![\d:]){day}\s+tháng\s+(?P<number>\d{{1,2}})[,\s]+(?:năm\s+)?{_YEAR}",
        rf"(?<!\w){month}(?!\w)\.?[\s\u00a0]*{day}(?!\d){_ORDINAL}{_RANGE}(?:\s*[-–]\s*\w+\.?\s+\d{{1,2}})?"
        rf"(?:,?\s+(?:at\s+)?\d{{1,2}}:\d{{2}}(?:\s*[ap]\.?m\.?)?)?[\s,.\u00a0’']*(?:de\s+)?{_YEAR}",
        rf"(?<![\d.,]){_YEAR}[.,]?\s*(?:m\.\s*)?{month}(?!\w)\.?\s*{day}(?!\d)",
        r"(?<![\d/.\-])(?P<one>\d{1,2})(?P<mark>[/.\-])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:(?:1[89]|20)\d{2}|\d{2}))"
        r"(?![\d/\-]|[.:]\d)",
        rf"(?<![\w]){month}(?!\w)\.?{_YEAR_JOIN}{_YEAR}",
        r"^\W*(?P<only>(?:1[89]|20)\d{2})[-/](?P<number>0[1-9]|1[0-2])\W*$",
        r"^\W*(?:(?:published|posted|publié|publicado|veröffentlicht)\W+(?:in\W+)?)?(?P<only>(?:1[89]|20)\d{2})\W*$",
    )
    return tuple(re.compile(shape, re.IGNORECASE) for shape in shapes)


def _read(match: re.Match[str], text: str, month_first: bool | None) -> PublishedDate | None:
    groups = match.groupdict()
    words = match.group().strip(" ,.\u00a0")
    if groups.get("one"):
        return _numeric(match, text, month_first)
    year = int(groups.get("year") or groups["only"])
    number = groups.get("number")
    month = int(number) if number else _month(groups.get("month"))
    if month is None:
        return PublishedDate(date(year, 1, 1), DatePrecision.YEAR, words)
    try:
        if groups.get("day"):
            return PublishedDate(date(year, month, int(groups["day"])), DatePrecision.DAY, words)
        return PublishedDate(date(year, month, 1), DatePrecision.MONTH, words)
    except ValueError:
        return None


def _month(name: str | None) -> int | None:
    return month_numbers().get(name.casefold()) if name else None


def _numeric(match: re.Match[str], text: str, month_first: bool | None) -> PublishedDate | None:
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if month_first is None:
        month_first = match["mark"] == "/" and bool(_AMERICAN.search(text))
    day, month = (two, one) if (month_first or two > 12) and one <= 12 else (one, two)
    try:
        return PublishedDate(date(year, month, day), DatePrecision.DAY, match.group())
    except ValueError:
        return None


@cache
def _yearless() -> tuple[re.Pattern[str], ...]:
    month = rf"(?P<month>{month_pattern()})"
    return (
        re.compile(rf"(?<![\d:])(?P<day>\d{{1,2}}){_ORDINAL}{_RANGE}{_JOIN}\b{month}(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w){month}(?!\w)\.?\s*(?P<day>\d{{1,2}})(?![\d:])", re.IGNORECASE),
    )


def _day_without_year(text: str, reference: date) -> PublishedDate:
    """ "3 May" is the last such day up to the reference (a day of grace for time zones)."""
    for pattern in _yearless():
        if match := pattern.search(text):
            for year in (reference.year, reference.year - 1):
                try:
                    day = date(year, _month(match["month"]) or 0, int(match["day"]))
                except ValueError:
                    continue
                if day <= reference + timedelta(days=1):
                    return PublishedDate(day, DatePrecision.DAY, match.group())
    return UNDATED
