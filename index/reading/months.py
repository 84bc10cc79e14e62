"""Names of months in the languages of the news, from the Unicode locale data that babel carries."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

LANGUAGES = (
    "en es fr de pt it nl ru uk pl cs tr ar ar_SY ar_DZ id sv da nb fi el ro hu sr_Latn sr bg mk hi sw "
    "so be sk sl hr ca az ka hy fa ur ps am bn vi lt lv et he"
)
"""Earlier languages win where two give one name to different months ("listopad" is October or November)."""
_INFLECTED = frozenset(["ru", "uk", "pl", "cs", "fi", "el", "be", "sk", "sl", "hr", "fa"])
"""Languages that write a month differently beside a day and on its own."""
_Context = Literal["format", "stand-alone"]
_WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
_FURTHER = {
    "sept": 9,
    "setiembre": 9,
    "jänner": 1,
    "feber": 2,
    "ноябр": 11,
    "ago": 8,
    "apr": 4,
    "août": 8,
    "أغسطس": 8,
    "اغسطس": 8,
    "ابريل": 4,
    "أبريل": 4,
    "آب": 8,
    "اكتوبر": 10,
}


@cache
def month_numbers() -> dict[str, int]:
    """Casefolded month name, without a closing point, to its number 1 to 12; also without accents."""
    from babel.dates import get_month_names

    numbers: dict[str, int] = {}
    for language in LANGUAGES.split():
        contexts: tuple[_Context, ...] = ("format", "stand-alone") if language in _INFLECTED else ("format",)
        for width in _WIDTHS:
            for context in contexts:
                for number, name in get_month_names(width, context, language).items():
                    _add(numbers, name, number)
    for name, number in _FURTHER.items():
        _add(numbers, name, number)
    return numbers


def _add(numbers: dict[str, int], name: str, number: int) -> None:
    folded = re.sub(r"^(?:de |d[’'])", "", name.casefold()).strip(" .॰׳")
    if len(folded) < 2 or any(c.isdigit() for c in folded):
        return
    numbers.setdefault(folded, number)
    if "a" <= unaccented(folded)[0] <= "z":
        numbers.setdefault(unaccented(folded), number)


def unaccented(text: str) -> str:
    """`text` without combining marks."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@cache
def month_pattern() -> str:
    """A regular expression (no groups) that matches any name of a month, longest first."""
    names = sorted(month_numbers(), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(n) for n in names) + ")"
