"""What a question itself asks of the articles: which outlets, published when, whether the latest.

A date in a question is mostly the date of an event, not of an article: "What happened in Doha in 2020?"
may be answered by any later article. So dates limit only where the words speak of reports ("articles from
May 2022", "news since March", "published before 2021"); elsewhere they stay words to search with.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.outlets import named_outlets
from assistant.types import Limit
from index import Filters, PassageHit

PREFERENCE = 0.2
"""How far a named outlet moves a hit's fused score."""

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name} | {
    name.lower(): n for n, name in enumerate(calendar.month_abbr) if name
}
_MONTHS["sept"] = 9
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DATE = (
    rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+\d{{4}}|"
    rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|{_MONTH},?\s+(?:of\s+)?\d{{4}}|{_MONTH}\b(?!\s+\d)|(?:19|20)\d{{2}})"
)
_RELATIVE = (
    r"(?:today|yesterday|(?:this|last|past|the\s+last|the\s+past)\s+(?:\d{1,3}\s+)?(?:day|week|month|year)s?)"
)
_REPORTS = (
    r"(?:articles|reports|reporting|news|stories|coverage|briefs|pieces|headlines|interviews|editorials|"
    r"(?:was|were|been|articles|reports|news|stories)\s+(?:published|reported|written))"
)
_RANGE = re.compile(
    rf"\b{_REPORTS}\s+(?:\w+\s+){{0,5}}?(?P<words>(?:between|from)\s+(?P<first>{_DATE})\s+(?:and|to|until|till)\s+"
    rf"(?P<last>{_DATE}))",
    re.I,
)
# "news about the front since May" limits; "news from the front in May" may tell when something happened.
_SINCE = r"(?:since|after|before|until|till|up\s+to)"
_DATED = re.compile(
    rf"\b{_REPORTS}\s+(?:(?:\w+\s+){{0,5}}?(?P<words>(?P<how>{_SINCE})\s+(?P<date>{_DATE}|{_RELATIVE}))|"
    rf"(?:published\s+|dated\s+|written\s+)?(?P<words2>(?P<how2>in|from|of|on|during|by|dated)\s+(?:the\s+)?"
    rf"(?P<date2>{_DATE}|{_RELATIVE})))",
    re.I,
)
_DATE_FIRST = re.compile(rf"\b(?P<words>(?P<date>{_DATE}|{_RELATIVE})(?:['’]s?)?)\s+{_REPORTS}\b", re.I)
_BARE_RELATIVE = re.compile(rf"\b{_REPORTS}\s+(?:\w+\s+){{0,3}}?(?P<words>(?P<date>{_RELATIVE}))\b", re.I)
_LATEST = re.compile(
    r"\b(?:(?<!at the )latest|most\s+recent(?:ly)?|newest|up[\s-]to[\s-]date|"
    r"(?<!until )(?<!till )now(?![\w-])|currently|"
    r"at\s+the\s+moment|at\s+present|these\s+days|nowadays|so\s+far|as\s+of\s+today|today)\b"
)


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read from a question's own words."""

    text: str
    """The question to search with."""
    filters: Filters
    """Only what was understood, and only dates of publication: see `preferred` for outlets."""
    limits: tuple[Limit, ...]
    """All that was understood, to show, with the words that each was read from."""
    wants_latest: bool
    preferred: tuple[str, ...] = ()
    """The publishers that the question names as sources. They are preferred only: a filter loses
    whatever has no publisher, or is told by another outlet only (measured in `benchmarks/limits.py`)."""


@dataclass(frozen=True, slots=True)
class _Span:
    first: date
    last: date


def understand(text: str, publishers: Sequence[str], newest: date | None) -> Understood:
    """The limits that a question states in its own words.

    `publishers` are the collection's; `newest` is its newest day (or the as-of day): "last week" counts
    back from it.
    """
    outlets = named_outlets(text, publishers)
    named = tuple(dict.fromkeys(p for outlet in outlets for p in outlet.publishers))
    limits = [Limit("publisher", p, outlet.words) for outlet in outlets for p in outlet.publishers]
    since, until, words = _published(text, newest)
    if since:
        limits.append(Limit("since", since.isoformat(), words))
    if until:
        limits.append(Limit("until", until.isoformat(), words))
    latest = _LATEST.search(text)
    if latest:
        limits.append(Limit("latest", newest.isoformat() if newest else "", latest[0]))
    unique = tuple({(limit.kind, limit.value): limit for limit in reversed(limits)}.values())[::-1]
    return Understood(
        text=text,
        filters=Filters(since=since, until=until),
        limits=unique,
        wants_latest=latest is not None,
        preferred=named,
    )


def prefer(
    hits: Sequence[PassageHit], publishers: Mapping[str, str | None], preferred: Sequence[str]
) -> list[PassageHit]:
    """Hits with those of the preferred publishers moved up and those of other known publishers moved down.

    `publishers` gives each article's. Scores stay from 0 to 1. Fetch 5 times as many hits as needed.
    """
    if not preferred:
        return list(hits)
    wanted = {name.casefold() for name in preferred}

    def score(hit: PassageHit) -> float:
        publisher = publishers.get(hit.article_id)
        shift = 0.0 if publisher is None else PREFERENCE if publisher.casefold() in wanted else -PREFERENCE
        return (hit.score + shift + PREFERENCE) / (1 + 2 * PREFERENCE)

    return sorted((replace(hit, score=score(hit)) for hit in hits), key=lambda hit: -hit.score)


def _published(text: str, newest: date | None) -> tuple[date | None, date | None, str]:
    """First and last day of publication that the words ask for, and the words."""
    if match := _RANGE.search(text):
        first, last = _range(match["first"], match["last"], newest)
        if first and last and first.first <= last.last:
            return first.first, last.last, match["words"]
        return None, None, ""
    if len(re.findall(rf"\b{_DATE}", text, re.I)) > 1:
        return (
            None,
            None,
            "",
        )  # several dates compare reports or tell of events; they are words to search with
    if match := _DATED.search(text):
        words = match["words"] or match["words2"]
        span = _span(match["date"] or match["date2"], newest)
        how = " ".join((match["how"] or match["how2"]).lower().split())
        if span is None:
            return None, None, ""
        if how in ("since", "after"):
            return (span.first if how == "since" else span.last + timedelta(days=1)), None, words
        if how in ("before", "until", "till", "by", "up to"):
            return None, (span.first - timedelta(days=1) if how == "before" else span.last), words
        return span.first, span.last, words
    if match := _DATE_FIRST.search(text) or _BARE_RELATIVE.search(text):
        span = _span(match["date"], newest)
        if span:
            return span.first, span.last, match["words"]
    return None, None, ""


def _range(first: str, last: str, newest: date | None) -> tuple[_Span | None, _Span | None]:
    """Both ends; "between May and July 2022" gives the year once."""
    year = re.search(r"\d{4}", last)
    if year and not re.search(r"\d{4}", first):
        first = f"{first} {year[0]}"
    return _span(first, newest), _span(last, newest)


def _span(words: str, newest: date | None) -> _Span | None:
    """The days that a date means; a relative one counts back from `newest`, as does a month alone."""
    words = words.lower().replace(",", " ").replace(".", " ")
    if iso := re.fullmatch(r"\s*(\d{4})-(\d{2})-(\d{2})\s*", words):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    year_found = re.search(r"\b(\d{4})\b", words)
    month = next((_MONTHS[w] for w in re.findall(r"[a-z]+", words) if w in _MONTHS), None)
    if year_found or month:
        if year_found:
            year = int(year_found[1])
        elif newest is not None and month is not None:
            year = newest.year if month <= newest.month else newest.year - 1
        else:
            return None
        day = re.search(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", words)
        if month and day:
            return _day(year, month, int(day[1]))
        if month:
            return _Span(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return _Span(date(year, 1, 1), date(year, 12, 31))
    return _relative(words, newest)


def _relative(words: str, newest: date | None) -> _Span | None:
    if newest is None:
        return None
    if "today" in words:
        return _Span(newest, newest)
    if "yesterday" in words:
        return _Span(newest - timedelta(days=1), newest - timedelta(days=1))
    unit = re.search(r"(day|week|month|year)", words)
    number = re.search(r"\d+", words)
    if unit is None:
        return None
    days = {"day": 1, "week": 7, "month": 31, "year": 365}[unit[1]] * (int(number[0]) if number else 1)
    return _Span(newest - timedelta(days=days), newest)


def _day(year: int, month: int, day: int) -> _Span | None:
    try:
        return _Span(date(year, month, day), date(year, month, day))
    except ValueError:
        return None
