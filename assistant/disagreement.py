"""Finds reports that state a different number, date, or yes and no, about the same thing as asked.

They are shown side by side and never judged. A wrong alarm is worse than a missed one: reports count as
differing only when they are of different articles, hold most words of the question, and state one value each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from assistant.values import Value, dates, numbers
from index.lexical import terms

_COUNTED = re.compile(
    r"\bhow\s+(?:many|much|old|long|far|large|big|tall|high|often)\b|"
    r"\b(?:what|which)\s+(?:\w+\s+){0,3}?(?:number|population|percentage|percent|share|toll|cost|price|total|amount|"
    r"size|height|length|area|budget)\b",
    re.I,
)
_DATED = re.compile(r"^\W*(?:\w+\W+){0,3}?when\b|\b(?:what|which)\s+(?:year|date|day|month)\b", re.I)
_YEARS_ONLY = re.compile(r"\b(?:what|which)\s+year\b", re.I)
_POLAR = re.compile(
    r"^\W*(?:did|do|does|is|are|was|were|has|have|had|will|would|can|could|should)\b(?!.*\bor\b)", re.I
)
_NEGATION = re.compile(
    r"\b(?:not|never|no|none|neither|nor|without|nobody|nothing|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|"
    r"reject(?:s|ed|ing)?|fail(?:s|ed|ing)?\s+to|ruled\s+out|cannot)\b|n['’]t\b",
    re.I,
)
_UNITS = frozenset(terms("people person percent number total many much"))


_MANY = 4  # a sentence with more values is a table or a list: which one answers cannot be told


class Report(Protocol):
    """A sentence of an article, to be said in an answer."""

    @property
    def article_id(self) -> str: ...
    @property
    def text(self) -> str: ...


class _Asked(StrEnum):
    NUMBER = "number"
    DATE = "date"
    POLAR = "polar"


def differing(question: str, sentences: Sequence[Report]) -> tuple[tuple[int, ...], ...]:
    """The sides of a disagreement: the indices of each side's sentences; () when none is seen."""
    asked = _asked(question)
    wanted = set(terms(question))
    if asked is None or not wanted:
        return ()
    sides: list[tuple[Value, list[int]]] = []
    for i, sentence in enumerate(sentences):
        value = _stated(asked, question, wanted, sentence)
        if value is None:
            continue
        for known, side in sides:
            if not known.differs(value):
                side.append(i)
                break
        else:
            sides.append((value, [i]))
    groups = [side for _, side in sides]
    articles = [{sentences[i].article_id for i in side} for side in groups]
    apart = [
        g for g, a in zip(groups, articles, strict=True) if not any(a & b for b in articles if b is not a)
    ]
    return tuple(tuple(side) for side in apart) if len(apart) > 1 else ()


def _asked(question: str) -> _Asked | None:
    if _COUNTED.search(question):
        return _Asked.NUMBER
    if _DATED.search(question):
        return _Asked.DATE
    return _Asked.POLAR if _POLAR.search(question) else None


def _stated(asked: _Asked, question: str, wanted: set[str], sentence: Report) -> Value | None:
    """The one value that a sentence states for the question, or None when it states none or several."""
    held = wanted & set(terms(f"{getattr(sentence, 'title', '')} {sentence.text}"))
    if len(held) < max(1, round((0.8 if asked is _Asked.POLAR else 0.6) * len(wanted))):
        return None
    if asked is _Asked.POLAR:
        return _polarity(wanted, sentence.text)
    values = dates(sentence.text) if asked is _Asked.DATE else numbers(sentence.text)
    if asked is _Asked.DATE and _YEARS_ONLY.search(question):
        values = [Value(v.start, v.end, year=v.year) for v in values if v.year]
    given = dates(question) if asked is _Asked.DATE else numbers(question)
    values = [v for v in values if all(v.differs(g) for g in given)]
    if len(values) > _MANY:
        return None
    if asked is _Asked.DATE and (life := _of_a_life(question, values, sentence.text)):
        return life
    names = set(terms(" ".join(re.findall(r"(?<=\W)[A-Z]\w+", question))))
    return _nearest(values, wanted - _UNITS, names, sentence.text)


def _of_a_life(question: str, values: Sequence[Value], text: str) -> Value | None:
    """Birth or death from dates joined by a dash, as in "(3 May 1901 – 9 June 1980)"."""
    for first, second in pairwise(values):
        if re.fullmatch(r"\s*[-–—]\s*", text[first.end : second.start]):
            if re.search(r"\bborn\b|\bbirth", question, re.I):
                return first
            if re.search(r"\bdie[ds]?\b|\bdeath|\bkilled\b", question, re.I):
                return second
    return None


def _nearest(values: Sequence[Value], wanted: set[str], names: set[str], text: str) -> Value | None:
    """The value that stands nearest to what is told in the question, when it clearly does."""
    if len(values) < 2:
        return values[0] if values else None
    words = [(m.span(), set(terms(m[0]))) for m in re.finditer(r"\w+", text)]
    places = [span for span, found in words if found & (wanted - names)]
    places = places or [span for span, found in words if found & wanted]
    if not places:
        return None

    def distance(value: Value) -> int:
        return min(max(start - value.end, value.start - end, 0) for start, end in places)

    first, second, *_ = sorted(values, key=distance)
    agree = all(not first.differs(v) for v in values)
    return first if agree or distance(second) - distance(first) > 12 else None


def _polarity(wanted: set[str], text: str) -> Value | None:
    """1 for yes, 0 for no, when the sentence says what is asked in the question's own words."""
    places = [m.start() for m in re.finditer(r"\w+", text) if set(terms(m[0])) & wanted]
    if not places:
        return None
    negations = [m.start() for m in _NEGATION.finditer(text) if min(places) - 40 <= m.start() <= max(places)]
    if len(negations) > 1:
        return None
    return Value(0, 0, number=0.0 if negations else 1.0)
