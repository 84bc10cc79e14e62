"""Dates as pages print them."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

_FORMS = {
    "long": {
        "en": "MMMM d, y",
        "es": "d 'de' MMMM 'de' y",
        "de": "d. MMMM y",
        "fr": "d MMMM y",
        "ru": "d MMMM y",
    },
    "short": {"en": "d MMM y", "es": "d MMM y", "de": "d. MMM y", "fr": "d MMM y", "ru": "d MMM y"},
    "numbers": {"en": "y-MM-dd", "es": "dd/MM/y", "de": "dd.MM.y", "fr": "dd/MM/y", "ru": "dd.MM.y"},
    "dotted": dict.fromkeys(("en", "es", "de", "fr", "ru"), "dd.MM.y"),
}


def print_date(day: date, language: str, form: str) -> str:
    """`day` in one of the forms "long", "short", "numbers", "dotted"."""
    return format_date(day, _FORMS[form][language], locale=language)
