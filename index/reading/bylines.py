"""Lines that say who wrote an article and when: "By Ann Lee, Reuters, 3 May 2022", "03.05.2022 | World"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from index.reading.dates import find_date
from index.types import UNDATED, PublishedDate

LONGEST = 180
"""Characters of a byline; longer lines are text."""

_BY = re.compile(
    r"(?:(?:^|(?<=[\s|·•,–—-]))(?:written by|posted by|published by|reported by|story by|text by"
    r"|words by|(?:an )?(?:analysis|opinion|commentary|column|essay|report) by"
    r"|by|BY|von|Von|VON|por|Por|POR|par|Par|PAR|di|Di|door|Door|av|Av|Автор:?|Авторы:?|автор:?|Текст:?"
    r"|بقلم|كتب|autor(?:a|es)?:?|autora?:|auteur\s*:|author(?:s|\(s\))?:|"
    r"text:|reporter:|from our correspondent)\s*:?\s+)(?=\S)",
    re.IGNORECASE,
)
_BY_START = re.compile(rf"[\s–—|•·-]*{_BY.pattern}", re.IGNORECASE)
_PARTICLE = (
    r"(?:de|da|del|della|der|den|di|dos|du|el|al|la|le|van|von|zu|bin|ibn|ben|abu|st\.?|y|ter|ten|af|av)"
)
_NAME_WORD = (
    r"(?:[A-ZÀ-ÞĀ-ŽА-ЯЁЄІЇҐ][\w'’.\-]*|[\u0600-\u06ff\u0590-\u05ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+)"
)
_NAME = re.compile(rf"{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_NAME_WORD}){{0,4}}")
_AND = re.compile(
    r"\s*(?:,\s*(?:and|und|y|et|e|og|och)\s+|\s+(?:and|und|y|et|e|og|och|with|mit|con|avec|и|та|و)\s+|&"
    r"|;|,)\s*",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:[|•·∙⋅»›/~]|\s[–—-]\s|\t+|\u00a0{2,}|\s{2,})\s*")
_CLOCK = re.compile(
    r"(?:,?\s*(?:at|um|a las|à|alle|@|в|о|kl\.?|,)?\s*\b\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:uhr|h|hrs?"
    r"|hours)?\s*(?:[ap]\.?\s?m\.?)?"
    r"|,?\s*\b\d{1,2}\s?[ap]\.?m\.?\b)\s*(?:\(?(?:[A-Z]{2,5}|GMT[+-]\d{1,2}(?::\d\d)?"
    r"|UTC[+-]?\d{0,2}(?::\d\d)?)\)?)?(?=\W|$)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\(?\b(?:GMT|UTC|EST|EDT|ET|PST|PDT|CET|CEST|BST|IST|MSK|EEST|EET|Z)\b(?:[+-]\d{1,2})?\)?|T\d\d:\d\d\S*"
)
_LABEL = re.compile(
    r"(?:first |last |originally |date )?(?:published|posted|updated|modified|created|released|issued"
    r"|dated?|erstellt|veröffentlicht|aktualisiert|stand|publicado|actualizado|publié|mis à jour"
    r"|pubblicato|aggiornato"
    r"|gepubliceerd|опубликовано|опубліковано|обновлено|оновлено|дата|نشر|تاريخ النشر|نُشر|am|on|le|el"
    r"|il|at|this|date|time|in|the|den|op)\s*(?:date|on|at|in|am|le|el|il|the|online)?\s*:?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    r"|mo|di|mi|do|fr|sa|so"
    r"|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche|luned[ìi]|marted[ìi]|mercoled[ìi]|gioved[ìi]|venerd[ìi]|sabato|domenica"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|понеділок|вівторок|середа"
    r"|п[’']ятниця|субота|неділя|segunda|ter[çc]a|quarta|quinta|sexta)(?:-feira)?\b\.?,?",
    re.IGNORECASE,
)
_EXTRA = re.compile(
    r"(?:\d{1,3}[ -]?min(?:ute)?s?\.?(?: (?:read|to read|lesezeit|de lectura|de lecture))?|(?:\d+|no"
    r"|leave a) (?:comments?|shares?|views?|likes?|reply|replies)|share|print|(?:reading"
    r"|read) time:? ?\d+ min\w*"
    r"|\d[\d.,]*[km]? (?:views|reads))",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?:(?:about |over |vor |hace |il y a |há |منذ )?(?:an?|one|\d{1,2}|ein(?:er|em)?|une?"
    r"|una)?\s?(?:sec(?:ond)?s?|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|mo|months?|yrs?|years?"
    r"|sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?"
    r"|minutos?|horas?|d[ií]as?|semanas?|meses|mes|heures?|jours?|semaines?|mois|ore|ora|giorn[oi]"
    r"|settiman[ae]|час\w*|дн\w*|день|минут\w*|недел\w*|годин\w*|хвилин\w*|ساعات|ساعة|أيام|يوم|دقيقة"
    r"|دقائق)\s?(?:ago|fa|atrás|назад|тому)?"
    r"|just now|yesterday|today|gestern|heute|ayer|hoy|hier|aujourd[’']hui|ieri|oggi|вчера|сегодня"
    r"|вчора|сьогодні|أمس|اليوم)(?:\s*,?\s*(?:at|um|à|в)?\s*\d{1,2}[:.]\d{2})?",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"(?:reuters|ap|afp|associated press|the associated press|agence france-presse|dpa|efe|ansa|tass"
    r"|interfax|xinhua|anadolu(?: agency)?|staff|agencies|news agencies|wire reports|bloomberg|upi)",
    re.I,
)
_EXTRA_INSIDE = re.compile(
    r"\b\d{1,3}[ -]?min(?:ute)?s?\.? (?:read|lesezeit|de lectura|de lecture)\b|\b\d+ comments?\b", re.I
)
_AGE = re.compile(r"^(\d{1,2}\s?(?:h|m|d|hrs?|min|hours? ago|minutes? ago|days? ago))\s+(?=[A-ZÀ-Þ])")
_OUTLET_WORD = re.compile(
    r"\b(?:News|Times|Post|Press|Agency|Media|Daily|Herald|Tribune|Journal|Gazette|Guardian|Radio|TV|Network|Staff"
    r"|Correspondent|Reporter|Editor|Writer|Bureau|Online|Magazine|Review|Wire|Service|Desk|Zeitung|Diario)\b"
)
_UPDATED_LATER = re.compile(
    r"\s*\(?\b(?:last )?(?:updated|modified|aktualisiert|actualizado|mis à jour|aggiornato|обновлено"
    r"|оновлено)\b.*$",
    re.IGNORECASE,
)
_LEAD = re.compile(rf"(?:{_LABEL.pattern}\s*)+", re.IGNORECASE)
_ANY_DAY = date(2024, 6, 30)
"""Only shows that a line holds a date that needs a reference day; never becomes a published date."""

_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f]")
_SMALL = frozenset(
    re.findall(r"\S+", "in for of the at and de del la el von zu du des der und y e et & für mit")
)

_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’\- ]{2,30}"
_PLACE = r"[A-ZÀ-Þ][\w'’.]+(?:\s[A-ZÀ-Þ][\w'’.]+){0,2}"
_REGION, _OUTLET = r"(?:,\s[\w .'’]{2,30})?", r"\([\w .\-/]{2,30}\)"
DATELINE = re.compile(
    rf"^{_CAPITALS}{_REGION}(?:\s*/\s*{_CAPITALS})?\s*(?:,?\s*[A-Z][a-z]{{2,8}}\.?\s\d{{1,2}})?\s*"
    rf"(?:{_OUTLET})?\s*[–—-]{{1,2}}\s"
    rf"|^{_PLACE}{_REGION}\s*(?:{_OUTLET}\s*[–—-]{{1,2}}|[–—])\s(?=[A-ZÀ-Þ“\"])"
)
"""A dateline at the start of a paragraph: the article's own words, so such a line is text."""


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline or date line says."""

    authors: tuple[str, ...] = ()
    published: PublishedDate = UNDATED
    relative: bool = False
    """A date counted from an unknown day ("2 hours ago")."""
    yearless: bool = False
    """A day and month only."""
    signed: bool = False
    """It says "by", so it is no date alone."""

    @property
    def telling(self) -> bool:
        """Whether it shows by itself that an article begins: a whole date, an age ("2h ago") or an author."""
        return self.published.first is not None or self.signed or (self.relative and not self.yearless)


def read_byline(line: str) -> Byline | None:
    """What `line` says about authors and date, or None when it is no byline or date line."""
    quoted = line.lstrip().startswith(("—", "–", "--")) and not _BY_START.match(line)
    line = line.strip(" \t\u00a0|•·–—-*_#:")
    if not line or len(line) > LONGEST or quoted or "(@" in line:
        return None  # "— Ann Lee (@annlee) 3 May 2022" stands under a quotation
    if DATELINE.match(line) and len(line) > 60:
        return None
    if line[-1] in ".?!" and len(line.split()) > 6:
        return None
    published = find_date(line)
    words, relative, yearless = published.words, False, False
    if not words and len(line) <= 60:
        words = find_date(line, reference=_ANY_DAY).words
        relative = bool(words)
        yearless = bool(words and find_date(f"{words} 2024").first)
    if words and not _stands_apart(line, words):
        return None
    rest = line.replace(words, " | ", 1) if words else line
    rest = _EXTRA_INSIDE.sub(" | ", _AGE.sub(r"\1 | ", rest))
    rest = _UPDATED_LATER.sub("", rest) if words else rest
    rest = _ZONE.sub(" ", _CLOCK.sub(" | ", rest)) if words or ":" in rest else rest
    relative = relative or (not words and "|" in rest and not any(c.isalnum() for c in rest))
    authors: list[str] = []
    signed = False
    for part in (p.strip(" ,.:;()[]–—-\u00a0") for p in _split(rest)):
        if not part or _says_nothing(part):
            continue
        if named := _BY_START.match(part):
            names = _names(part[named.end() :])
            if not names:
                return None
            authors += names
            signed = True
        elif _RELATIVE.fullmatch(part):
            relative = True
        elif not (words or relative or signed) or not _may_stand_beside(part):
            return None
        elif _looks_personal(part) and not authors:
            authors += _names(part)
    if not (words or relative or signed):
        return None
    if yearless and not signed and len(rest.replace("|", " ").split()) > 3:
        return None  # a line of a programme: "June 9 – West Harbour, Main Hall"
    return Byline(tuple(authors), published, relative, yearless, signed)


def _stands_apart(line: str, words: str) -> bool:
    """Whether the date is not a part of a phrase ("What happened on 3 May 2022")."""
    before, _, after = line.partition(words)
    before = _WEEKDAY.sub("", before).strip()
    if before and (before[-1].isalnum() or before[-1] in "'’"):
        day = any(c.isdigit() for c in re.sub(r"(?:19|20)\d\d", "", words))
        lead = _LEAD.fullmatch(before) or " " not in before or (day and _looks_personal(before))
        if not lead and not _BY.search(f"{before} ") and not re.search(r"[|,·•–—:-]\s*\S{1,12}$", before):
            return False
    return not re.match(r"\s+(?!at\b|um\b|by\b|in\b|von\b|por\b|par\b|a las\b|в\b)[a-zа-я]{2,}", after)


def _split(rest: str) -> list[str]:
    parts: list[str] = []
    for part in _SEPARATOR.split(rest):
        found = _BY.search(part)
        if found and found.start() > 0:
            parts += [part[: found.start()], part[found.start() :]]
        else:
            parts.append(part)
    return parts


def _says_nothing(part: str) -> bool:
    """Whether the words are a label, weekday, clock time or reading time."""
    part = _WEEKDAY.sub(" ", part).strip(" ,.:;()")
    while part and (label := _LABEL.match(part)) and label.end():
        part = part[label.end() :].strip(" ,.:;()")
    return not part or bool(_EXTRA.fullmatch(part)) or not any(c.isalpha() for c in part)


def _names(text: str) -> list[str]:
    """Author names in "Ann Lee and Bo Chen, Reuters"; empty when the words are no names."""
    if ": " in text:
        return []
    text = re.sub(r"\s+(?:for|in|at|from|of)\s+.*$", "", text.strip(" ,.:;|–—-"))
    text = re.sub(r"\s+(?:on|am|le|el|il|at|um|в)$", "", text)
    names: list[str] = []
    for part in _AND.split(text):
        part = _LABEL.sub("", part).strip() if _LABEL.fullmatch(part) else part.strip(" .,:;")
        if not part or _WEEKDAY.fullmatch(part):
            continue
        if part.isupper() and len(part) > 5:
            part = part.title()
        if not _NAME.fullmatch(part):
            if not names:
                return []
            continue
        names.append(part)
    people = names[:1] + [n for n in names[1:] if not _AGENCY.fullmatch(n) and not _OUTLET_WORD.search(n)]
    return people[:8]


def _may_stand_beside(part: str) -> bool:
    """Whether the words may stand beside a date or author: a section, outlet, place or person, no phrase."""
    words = part.split()
    return (
        len(words) + len(_UNSPACED.findall(part)) <= 6
        and len(part) <= 60
        and all(not w[0].islower() or w in _SMALL for w in words)
        and part[-1] not in ".?!"
    )


def _looks_personal(part: str) -> bool:
    words = part.split()
    return 2 <= len(words) <= 4 and not part.isupper() and bool(_NAME.fullmatch(part))
