"""Dates counted from a reference day: "2 hours ago", "yesterday", "hace 3 días"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from index.types import UNDATED, DatePrecision, PublishedDate

_UNITS = {
    0: r"sec\w*|seconds?|min\w*|h|hrs?|hours?|horas?|heures?|stunden?|ore|ora|uur|uren"
    r"|час\w*|годин\w*|минут\w*|хвилин\w*|segundos?|secondes?|sekunden?|saat|dakika|ساعات|ساعة|دقائق|دقيقة|小时|分钟|時間|分|시간|분",
    1: r"d|days?|d[ií]as?|jours?|tag(?:en?)?|giorn[oi]|dag(?:en)?|дн\w*|день|gün|أيام|يوم|天|日|일",
    7: r"w|weeks?|semanas?|semaines?|wochen?|settiman[ae]|weken|недел\w*|тижн\w*|hafta"
    r"|أسابيع|أسبوع|周|週間|주",
}
_COUNT = r"(?P<count>\d{1,3}|an?|one|un[ae]?|ein(?:e[mnr]?)?|два|две|ساعة)"
_AGO = tuple(
    (
        days,
        re.compile(
            rf"\b{_COUNT}\s*(?:{unit})(?!\w)\s*(?:ago|atr[áa]s|fa|geleden|назад|тому|önce|前|전)"
            r"|(?:\b(?:hace|il y a|vor|há|fa)|منذ)\s+"
            rf"(?:{_COUNT.replace('count', 'other')}\s*)?(?:{unit})(?!\w)",
            re.IGNORECASE,
        ),
    )
    for days, unit in _UNITS.items()
)
_NAMED = (
    (1, r"yesterday|ayer|hier|gestern|ontem|ieri|gisteren|вчера|вчора|dün|أمس|昨天|昨日|어제"),
    (
        0,
        r"today|hoy|aujourd[’']hui|heute|hoje|oggi|vandaag|сегодня|сьогодні|bugün|اليوم|今天|今日|오늘"
        r"|just now",
    ),
)


def find_relative(text: str, reference: date) -> PublishedDate:
    """The day that `text` counts back from `reference`, or an unknown date. Hours count as that very day."""
    for days, pattern in _AGO:
        if match := pattern.search(text):
            count = match["count"] or match["other"] or "1"
            steps = int(count) if count.isdigit() else 1
            return _day(reference, days * steps, match.group())
    for days, names in _NAMED:
        if match := re.search(rf"(?<!\w)(?:{names})(?!\w)", text, re.IGNORECASE):
            return _day(reference, days, match.group())
    return UNDATED


def _day(reference: date, days: int, words: str) -> PublishedDate:
    try:
        return PublishedDate(reference - timedelta(days=days), DatePrecision.DAY, words)
    except OverflowError:
        return UNDATED
