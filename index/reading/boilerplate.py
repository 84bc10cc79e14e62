"""Lines that pages carry around their articles: menus, notices, newsletter boxes, link residue, credits.

Every rule looks at a whole line, so that a sentence that only mentions such words stays. The words themselves
are in boilerplate.toml.
"""

from __future__ import annotations

import re
import tomllib
from enum import Enum, auto
from functools import cache
from pathlib import Path

LONGEST_LINE = 600
"""Characters; a longer line is always text of an article."""


class Boilerplate(Enum):
    """What a line that is no article text is instead."""

    CHROME = auto()
    """A menu entry, button, social line, notice or footer."""
    MORE = auto()
    """A link to the rest of a teaser ("Keep reading"): the teaser ends here."""
    RELATED = auto()
    """A heading over links to other articles ("Most read")."""
    BOX = auto()
    """A heading over a newsletter, donation or consent box."""
    COMMENTS = auto()
    """The heading of readers' comments."""
    FOOTER = auto()
    """A copyright line: the page ends here."""
    CAPTION = auto()
    """A picture's caption or credit."""


_DECORATION = r"[\s\[\]()«»‹›<>→➔▶►▸⟶↗✕×+…\.:|·•*_#-]*"
_MORE_SUFFIX = r"(?:\s*(?:show (?:less|more)|less|here|about (?:this|it)))?(?:\s*[“\"‘'(].{0,160})?"
_MORE_TAIL = re.compile(
    r"(?:(?<=[.!?…”\"’'\])»])[\s\[(]*|(?:…|\.\.\.)[\s\[\](]*|\s[\[(]\s*)(?=(?P<more>(?:\w|»|→).{0,180}$))"
    r"|\s(?=(?P<title>(?:Read|Continue|Keep|Weiterlesen|Mehr|Leer|Seguir|Lire|Leggi|Lees"
    r"|Подробнее|Читать|Докладніше)\b.{0,180}$))"
)
"""Where a "Read more" may be glued on: behind a sentence or bracket, or with a capital anywhere."""
_LABEL_AND_COMMENTS = re.compile(
    r"(?:[\w&’'/-]+,?\s+){1,4}[|·•–—/]?\s*"
    r"(?:leave a (?:comment|reply)|(?:\d+|no) comments?|comments? off)",
    re.IGNORECASE,
)
_POSE = re.compile(
    r"(?:^|\b)(?:\((?:L|R|C|left|right|center|centre)\)|pictured|looks? on|poses?|shak(?:es?|ing) hands"
    r"|(?:speaks|gestures|arrives?|attends?|waves?|walks?|stands?|sits?|(?:is|are) seen)\b"
    r".{0,90}\b(?:in|at|during|on|after|before|with)\b)"
)


def find_boilerplate(line: str) -> Boilerplate | None:
    """What kind of boilerplate the whole `line` is, or None for a line that may be an article's own."""
    line = line.strip()
    if not line or len(line) > LONGEST_LINE:
        return None
    if len(line) <= 200 and (short := _short_boilerplate(line)):
        return short
    if _whole("footer").fullmatch(line):
        return Boilerplate.FOOTER
    if len(line) <= 500 and _words("consent_topic").search(line) and _words("consent_act").search(line):
        return Boilerplate.CHROME
    if _starts("plea").match(line) and _words("box_aim").search(line):
        return Boilerplate.CHROME
    return Boilerplate.CAPTION if is_caption(line) else None


def _short_boilerplate(line: str) -> Boilerplate | None:
    if _decorated("comments").fullmatch(line):
        return Boilerplate.COMMENTS
    if _decorated("more", _MORE_SUFFIX).fullmatch(line):
        return Boilerplate.MORE
    if len(line) <= 70 and _decorated("related", r"\s*:?").fullmatch(line):
        return Boilerplate.RELATED
    if len(line) <= 110 and _starts("box").match(line) and _words("box_aim").search(line):
        return Boilerplate.BOX
    chrome = (
        not any(c.isalnum() for c in line)
        or _decorated("chrome").fullmatch(line)
        or _LABEL_AND_COMMENTS.fullmatch(line)
        or _links_onward().fullmatch(line)
    )
    return Boilerplate.CHROME if chrome else None


def is_caption(line: str) -> bool:
    """Whether the line is a picture's caption or credit."""
    if len(line) > 400:
        return False
    credit, sure_credit, caption = _credits()
    if sure_credit.search(line) or (caption.fullmatch(line) and len(line.split()) <= 14):
        return True
    return bool(credit.search(line)) and (len(line) < 60 or bool(_POSE.search(line)))


def belongs_to_box(line: str) -> bool:
    """Whether a line under a box's heading is still the box's."""
    return len(line) <= LONGEST_LINE and bool(_words("box_words").search(line) or find_boilerplate(line))


def strip_more(line: str) -> tuple[str, bool]:
    """`line` without a "Read more" glued to its end, and whether there was one."""
    tail = line[-260:]
    for found in _MORE_TAIL.finditer(tail):
        place = "more" if found["more"] else "title"
        if _decorated("more", _MORE_SUFFIX).fullmatch(found[place]):
            kept = line[: len(line) - len(tail) + found.start(place)].rstrip(" \t\u00a0[(|·-–—→»>")
            return (kept, True) if kept else (line, False)
    return line, False


@cache
def _phrases() -> dict[str, str]:
    """Each list of boilerplate.toml as one alternation."""
    source = Path(__file__).with_name("boilerplate.toml").read_text(encoding="utf-8")
    return {name: "|".join(f"(?:{p})" for p in phrases) for name, phrases in tomllib.loads(source).items()}


@cache
def _decorated(name: str, suffix: str = "") -> re.Pattern[str]:
    """The phrases with arrows, bullets and brackets around them."""
    return re.compile(f"{_DECORATION}(?:{_phrases()[name]}){suffix}{_DECORATION}", re.IGNORECASE)


@cache
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(_phrases()[name], re.IGNORECASE)


@cache
def _starts(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_phrases()[name]})(?!\w)", re.IGNORECASE)


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_phrases()[name]})", re.IGNORECASE)


@cache
def _links_onward() -> re.Pattern[str]:
    """ "Read also: A headline"."""
    phrases = _phrases()["more_before_a_headline"]
    return re.compile(rf"[\s\[(>»▶►▸•*-]*(?:{phrases})\s*(?::|»|>|→|\|)\s*\S.{{0,180}}", re.IGNORECASE)


@cache
def _credits() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns of what may be a credit at the end of a line, what surely is one, and of captions."""
    agency = f"(?:{_phrases()['agencies']})"
    picture = (
        "(?:photograph|photo|image|picture|illustration|credit|fotos?|cr[ée]dito?s?|cr[ée]dit photo|bild"
        "|фото|صورة|screenshot|archivfoto)"
    )
    credit = (
        rf"(?:[\[(]|\b|[-–—|/©]\s*)(?:(?:via|by|from|courtesy(?: of)?|for|/|©)\s*)?{agency}"
        r"(?:\s*[/,|-]\s*[\w .'’-]{2,40}){0,3}\s*[\])]?\.?$"
        r"|[\[(](?:file |photo|image|picture|credit|source|foto|cr[ée]dit|bild|фото|from)"
        r"[^\])]{2,100}[\])]\.?$"
        rf"|{picture}\s*(?:credits?)?\s*(?:by\b|:|/|©|\||courtesy|via)\s*.{{2,100}}$"
        r"|©\s*(?!\d{4}).{2,60}$"
    )
    sure = (
        rf"(?:[\[(]{agency}[^\])]{{0,60}}[\])]|[\[(][^\])\[(]{{0,60}}[/|,]\s*{agency}(?: \w+)?[\])]"
        rf"|\bvia {agency}|/\s*{agency}|\bAP Photo\b.{{0,40}}|\bGetty Images"
        r"|(?:REUTERS|Reuters|AFP|AP|EPA)\s*/\s*[A-Z][\w .'’-]{2,40}"
        r"|(?:Photo|Image|Credit|Photograph|Picture|Foto|Bild|Фото)(?: credit)?\s*(?::|by\b|©)\s*[^.]{2,60}"
        r"|[\[(](?:File )?(?:Photo|Image|Credit|Foto|File)[^\])]{2,80}[\])]|[\[(]File[\])])\s*\.?$"
    )
    caption = (
        rf"(?:{_DECORATION}(?:(?:image|photo|picture|video)(?: (?:source|caption|credit|copyright|by))"
        r"|figure \d+|caption|file (?:photo|image|picture)|archivbild|bildunterschrift"
        r"|image,)\s*[:,.|-]?\s*\S.{0,400}"
        r"|(?:file )?(?:photo|image|credit|foto|bild|cr[ée]dito?|фото)\s*(?:credits?|by)?\s*[:©|]\s*.{2,200}"
        rf"|{_DECORATION}{agency}\s*/\s*.{{2,60}})"
    )
    return re.compile(credit, re.IGNORECASE), re.compile(sure), re.compile(caption, re.IGNORECASE)
