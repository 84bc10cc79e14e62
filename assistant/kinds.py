"""Kinds of answers: what a question word asks for, and how a sentence shows it."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """What kind of answer a question asks for."""

    PERSON = "person"
    TIME = "time"
    PLACE = "place"
    NUMBER = "number"
    REASON = "reason"
    SPEECH = "speech"
    OTHER = "other"


_ASKS = (
    (
        Kind.NUMBER,
        r"\bhow (?:many|much|old|far|large|big|tall|often|high|deep)\b"
        r"|\b(?:what|which) (?:(?:is|was|are|were|will be) )?(?:the )?(?:\w+ ){0,2}(?:numbers?|percent"
        r"|percentage|share|"
        r"amount|population|price|cost|total|count|toll|salary|age|height|length|size"
        r"|distance|temperature|"
        r"rate|turnout)\b",
    ),
    (Kind.TIME, r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|century|decade|time)\b|\bhow long\b"),
    (
        Kind.PLACE,
        r"\bwhere\b|\b(?:what|which) (?:country|countries|city|cities|state|town|place|region|venue"
        r"|capital)\b",
    ),
    (
        Kind.REASON,
        r"\bwhy\b|\bwhat (?:\w+ )?(?:reason|reasons|cause|causes|caused|made|led|prompted)\b|\bhow come\b",
    ),
    (
        Kind.SPEECH,
        r"\bwhat (?:did|does|do|has|have|had) .*\b(?:say|said|claim|claimed|state|stated|tell|told|call"
        r"|called|"
        r"describe|described|argue|argued|warn|warned|accuse|accused|allege|alleged|announce|announced"
        r"|think|emphasi[sz]e)\b"
        r"|\bhow (?:did|does|do) .*\b(?:respond|react|describe|reply)\b",
    ),
    (
        Kind.PERSON,
        r"\bwho\b|\bwhom\b|\bwhose\b|\b(?:what|which) (?:\w+ ){0,2}(?:person|man|woman|president|minister|"
        r"leader|politician|official|mediator|author|king|queen|actor|singer|player|envoy|negotiator"
        r"|general|pope)\b",
    ),
)
_KINDS = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _ASKS)

_NUMBER_WORDS = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty"
    r"|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozens?|half|third|quarter"
    r"|twice|once|single)"
)
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
SHOWS = {
    Kind.NUMBER: re.compile(rf"\d|\b{_NUMBER_WORDS}\b", re.I),
    Kind.TIME: re.compile(
        rf"\b(?:1[0-9]|20)\d\d(?:s|\b)|\b{_MONTHS}|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
        r"|\b(?:century|decade|weekend|earlier this|later this|last (?:week|month|year|spring|summer"
        r"|fall|autumn|winter)"
        r"|(?:early|late|mid) \w+|(?:days?|weeks?|months?|years?|hours?) (?:ago|later|after|before"
        r"|earlier))\b"
        rf"|\b(?:\d+|{_NUMBER_WORDS}|several|few) (?:minutes?|hours?|days?|weeks?|months?|years?"
        rf"|decades?|centuries)\b"
    ),
    Kind.PLACE: re.compile(r"\b(?:in|at|to|from|near|of|outside|across|into) (?:the )?(?:\w+ )?[A-Z]\w+"),
    Kind.REASON: re.compile(
        r"\b(?:because|due to|in order to|so that|so as to|as a result|on the grounds?"
        r"|since|therefore|thus|reasons?|causes?d?|owing to|thanks to|led to|in response to"
        r"|to avoid|to prevent|"
        r"in protest|accus\w+|after|aim(?:s|ed|ing)? (?:to|at)|purpose|motivat\w+"
        r"|in exchange|fear\w*)\b",
        re.I,
    ),
    Kind.SPEECH: re.compile(
        r"[“”\"]|''|``|\b(?:said|says|told|stated|claim(?:s|ed)?|argu(?:es|ed)|warn(?:s|ed)|accus(?:es"
        r"|ed)|alleg(?:es|ed)|"
        r"announced|emphasi[sz]ed|denied|reiterated|insist(?:s|ed)|call(?:s|ed)|describ(?:es|ed)"
        r"|according to)\b",
        re.I,
    ),
}


def answer_kind(question: str) -> Kind:
    """The kind of answer that a question asks for, by its question words; the earliest of them decides."""
    found = [(match.start(), n, kind) for n, (kind, p) in enumerate(_KINDS) if (match := p.search(question))]
    return min(found)[2] if found else Kind.OTHER
