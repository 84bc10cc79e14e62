"""Finds the outlets that a question names as sources: "according to the BBC", "the TechCrunch article".

Only a name in the place of a source counts: "What did the BBC pay?" is about the BBC, "What did the BBC
report?" asks for its reports.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_SOURCE_NOUNS = (
    r"(?:articles?|reports?|reporting|stor(?:y|ies)|pieces?|coverage|briefs?|blurbs?|posts?|blogs?|columns?|"
    r"reviews?|interviews?|accounts?|analys[ei]s|dispatch(?:es)?|editorials?|op-eds?|journalists?|reporters?|"
    r"correspondents?)"
)
_REPORT_VERBS = (
    r"(?:report|publish|write|cover|reported|published|wrote|covered|reports|writes|publishes|covers)"
)
_SAY_VERBS = (
    r"(?:say|says|said|claim|claims|claimed|state|states|stated|suggest|suggests|suggested|describe|describes|"
    r"described|mention|mentions|mentioned|indicate|indicates|indicated|discuss|discusses|discussed|note|notes|noted)"
)
_BEFORE = re.compile(
    r"(?:\baccording\s+to|\b(?:\w{3,}ed|written|known|told|seen|shown|said|as)\s+(?:by|in|on|per)|"
    rf"\b{_SOURCE_NOUNS}\s+(?:\w+\s+)?(?:from|by|in|on|of)|\bsource\s+called|\bfrom\s+the\s+pages\s+of|"
    r"\bper)\s+(?:both\s+)?(?:an?\s+|the\s+)?(?:articles?\s+(?:from|in)\s+)?[\"'‘’“”]?$",
    re.I,
)
_JOINED = re.compile(
    r"^[\"'‘’“”]?(?:\s*,)?\s*(?:and|or|as\s+well\s+as|,)\s*(?:by\s+)?(?:both\s+)?(?:the\s+)?[\"'‘’“”]?$", re.I
)
_AFTER_NOUN = re.compile(
    rf"^[\"'‘’“”]?(?:['’]s?)?[\"'‘’“”]?\s+(?:(?:news|magazine|newspaper)\s+)?(?:[a-z-]+\s+|[A-Z]\w+\s+\d{{1,2}},?\s+)?{_SOURCE_NOUNS}\b",
)
_AFTER_REPORT = re.compile(rf"^[\"'‘’“”]?\s+(?:\w+ly\s+|has\s+|have\s+|had\s+)?{_REPORT_VERBS}\b", re.I)
_AFTER_SAY = re.compile(rf"^[\"'‘’“”]?\s+(?:\w+ly\s+|has\s+|have\s+|had\s+)?{_SAY_VERBS}\b", re.I)
_ASKED = re.compile(r"\b(?:did|does|do|has|have|had|will)\s+(?:the\s+)?[\"'‘’“”]?$", re.I)
_CAPITALISED_BEFORE = re.compile(r"(?:^|[\s(])([A-Z][\w&.’'-]*)\s+$")
_CAPITALISED_AFTER = re.compile(r"^\s+([A-Z][\w&.-]*)")
_NOT_PART_OF_A_NAME = frozenset(
    {
        "The",
        "A",
        "An",
        "According",
        "As",
        "Both",
        "And",
        "Or",
        "In",
        "On",
        "By",
        "From",
        "Per",
        "Did",
        "Does",
        "Do",
        "Has",
        "Have",
        "Had",
        "Was",
        "Were",
        "Is",
        "Are",
        "What",
        "Which",
        "Who",
        "When",
        "Where",
        "Why",
        "How",
        "Between",
        "Before",
        "After",
        "Since",
        "While",
        "Considering",
        "Following",
        "News",
        "Article",
        "Articles",
        "Report",
        "Reports",
        "Story",
        "Magazine",
        "Online",
        "Also",
    }
)
_MONTHS = frozenset(calendar.month_name[1:])
_OUTLET_WORDS = re.compile(
    r"\b(?:news|times|post|herald|guardian|press|journal|tribune|daily|telegraph|gazette|chronicle|observer|"
    r"independent|magazine|radio|tv|broadcasting|reuters|weekly|review|standard|mirror|mail|briefs?|blog|wire|monitor|"
    r"bulletin|dispatch|reporter|business|insider|sports?|network|media)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class NamedOutlet:
    """An outlet named as a source: the words, and the collection's publishers that they mean."""

    words: str
    start: int
    publishers: tuple[str, ...]


def named_outlets(text: str, publishers: Sequence[str]) -> tuple[NamedOutlet, ...]:
    """The outlets that a question names as sources, in its order; one may mean several publishers."""
    variants = _variants(tuple(publishers))
    letters = _letters(text)
    found: list[tuple[int, int, str]] = []
    for key in sorted((v for v in variants if _letters(v) in letters), key=len, reverse=True):
        for match in _mention(key).finditer(text):
            start, end = match.span()
            if not any(start < e and s < end for s, e, _ in found) and _whole_name(text, start, end):
                found.append((start, end, key))
    found.sort()
    sources = [_is_source(text, start, end) for start, end, _ in found]
    # "reported by both Fortune and TechCrunch": what is joined to a source is a source.
    for step in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        for i in step:
            other = i - 1 if step.step > 0 else i + 1
            low, high = sorted((i, other))
            if sources[other] and _JOINED.match(text[found[low][1] : found[high][0]]):
                sources[i] = True
    return tuple(
        NamedOutlet(text[start:end], start, tuple(variants[key]))
        for (start, end, key), source in zip(found, sources, strict=True)
        if source
    )


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


@lru_cache(maxsize=8)
def _variants(publishers: tuple[str, ...]) -> dict[str, list[str]]:
    """Publishers by each name that a person may use for them.

    "The Independent - Sports" is also "The Independent" and "Independent", "CBSSports.com" also "CBS Sports",
    "BBC News" also "BBC".
    """
    out: dict[str, list[str]] = {}
    for publisher in dict.fromkeys(publishers):
        name = " ".join(publisher.split())
        head = re.split(r"\s+[-–—|·]\s+|:\s+|\s*\|\s*", name)[0].strip()
        names = {name, head}
        names |= {re.sub(r"^the\s+", "", n, flags=re.I) for n in names}
        names |= {
            re.sub(r"^www\.|\.(?:com|org|net|int|info|co\.uk|[a-z]{2})$", "", n, flags=re.I) for n in names
        }
        words = re.sub(r"^the\s+", "", head, flags=re.I).split()
        if len(words) > 1 and re.fullmatch(r"[A-Z]{3,}", words[0]):  # BBC News, CNN International
            names.add(words[0])
        initials = "".join(w[0] for w in words if w[0].isupper())
        if len(initials) >= 3 and len(initials) == len(words):  # New York Times: NYT
            names.add(initials)
        for n in names:
            if len(n) >= 2:
                out.setdefault(n, []).append(publisher)
    return out


@lru_cache(maxsize=4096)
def _mention(name: str) -> re.Pattern[str]:
    """The name as a person may write it: spaces between parts or not, case kept for ordinary words."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+|\w+|[^\w\s]", name)
    between = r"[\s-]?" if len(parts) < 4 else r"[\s-]*"
    body = between.join(re.escape(p) for p in parts)
    # An acronym or a name of several words is known without its capitals; "Time" or "Wired" is not.
    acronym = re.fullmatch(r"[A-Z]{3,}", name) and name != "WHO"
    distinctive = len(name.split()) > 1 or acronym or re.search(r"[a-z][A-Z]|[A-Z]{2}|\.", name[1:])
    if not distinctive and len(parts) == 1 and name != name.upper():
        body = f"(?:{body}|{re.escape(name.upper())})"
    return re.compile(rf"(?<![\w-]){body}(?![\w-])", re.I if distinctive else 0)


def _whole_name(text: str, start: int, end: int) -> bool:
    """Whether no neighbouring capitalised word makes it a part of a longer name, as in "Kyiv Independent"."""
    before = _CAPITALISED_BEFORE.search(text[:start])
    if before and before[1] not in _NOT_PART_OF_A_NAME and not re.search(r"['’]s?$", before[1]):
        return False
    after = _CAPITALISED_AFTER.match(text[end:])
    return not (after and after[1] not in _NOT_PART_OF_A_NAME and after[1].rstrip(",") not in _MONTHS)


def _is_source(text: str, start: int, end: int) -> bool:
    before, after = text[:start], text[end:]
    if _BEFORE.search(before) or _AFTER_NOUN.match(after) or _AFTER_REPORT.match(after):
        return True
    name = text[start:end]
    outlet_like = bool(_OUTLET_WORDS.search(name) or re.search(r"[a-z][A-Z]|\.", name) or name.isupper())
    return outlet_like and bool(
        _AFTER_SAY.match(after) or (_ASKED.search(before) and _AFTER_SAY.match(after))
    )
