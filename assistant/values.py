"""Numbers and dates in a sentence, as values that can be compared."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})(?:,?\s+(?P<y1>[12]\d{{3}}))?|"
    rf"(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>[12]\d{{3}}))?|"
    rf"(?P<m3>{_MONTH}),?\s+(?:of\s+)?(?P<y3>[12]\d{{3}})|"
    r"(?P<y5>[12]\d{3})-(?P<m5>\d{2})-(?P<d5>\d{2})|"
    r"(?P<y4>1[0-9]\d{2}|20\d{2})(?!\s*(?:people|men|women|soldiers|troops|km|miles|[%.,]\d)))\b",
    re.I,
)
_UNITS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty"
)
_TENS = "thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORDS = {word: n for n, word in enumerate(_UNITS.split("|"))}
_WORDS |= {word: 10 * n for n, word in enumerate(_TENS.split("|"), start=3)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!\w)(?:[\s-]+(?P<scale>"
    rf"{'|'.join(_SCALES)}))?|\b(?P<word>{'|'.join(_WORDS)})\b(?:[\s-]+(?P<scale2>{'|'.join(_SCALES)}))?",
    re.I,
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|nearly|almost|approximately|over|under|estimated|up to|close to|"
    r"(?:more|less|fewer)\s+than|at\s+(?:least|most))\s+(?:\w+\s+)?[$€£]?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Value:
    """A number, or a date of which some parts may be missing, at `[start, end)` of its sentence."""

    start: int
    end: int
    number: float | None = None
    rough: bool = False
    """"about", "more than": the number is not exact."""
    year: int | None = None
    month: int | None = None
    day: int | None = None

    def differs(self, other: Value) -> bool:
        """Whether both cannot be true of the same thing."""
        if self.number is not None and other.number is not None:
            low, high = sorted((abs(self.number), abs(other.number)))
            margin = 0.15 if self.rough or other.rough else 0.005
            return high - low > margin * high
        parts = [(self.year, other.year), (self.month, other.month), (self.day, other.day)]
        return any(a is not None and b is not None and a != b for a, b in parts)


def dates(text: str) -> list[Value]:
    """The dates in a sentence, in order."""
    found = []
    for m in _DATE.finditer(text):
        year, month, day = (
            next((m[f"{part}{i}"] for i in range(1, 6) if m.groupdict().get(f"{part}{i}")), None)
            for part in "ymd"
        )
        number = (
            None if month is None else int(month) if month.isdigit() else MONTHS[month.lower().rstrip(".")]
        )
        if number is None and year is None:
            continue
        found.append(
            Value(
                m.start(),
                m.end(),
                year=int(year) if year else None,
                month=number,
                day=int(day) if day else None,
            )
        )
    return found


def numbers(text: str) -> list[Value]:
    """The numbers in a sentence that are no part of a date, in order."""
    dated = [(d.start, d.end) for d in dates(text)]
    found = []
    for m in _NUMBER.finditer(text):
        if any(m.start() < end and start < m.end() for start, end in dated):
            continue
        scale = (m["scale"] or m["scale2"] or "").lower()
        amount = float(m["digits"].replace(",", "")) if m["digits"] else float(_WORDS[m["word"].lower()])
        amount *= _SCALES.get(scale, 1)
        rough = bool(scale and scale != "dozen" and not m["word"]) or bool(_ABOUT.search(text[: m.start()]))
        found.append(Value(m.start(), m.end(), number=amount, rough=rough))
    return found
