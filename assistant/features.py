"""What is measured of a question and of a sentence that might answer it. Pure functions over words.

No model and no list of names: kinds of answers are told by the words that they are commonly written with, names
by their capitals, rare words by how few passages hold them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from index import Concept, terms

Idf = Callable[[str], float]

_KIN_LENGTH, _KIN_DIFFERENCE = 5, 3  # letters that kin share at least, and by which they differ at most


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
        r"|\b(?:what|which) (?:(?:is|was|are|were|will be) )?(?:the )?(?:\w+ ){0,2}(?:numbers?|percent|percentage|share|"
        r"amount|population|price|cost|total|vote count|count|toll|salary|age|height|length|size|distance|temperature|"
        r"rate|turnout)\b",
    ),
    (Kind.TIME, r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|century|decade|time)\b|\bhow long\b"),
    (
        Kind.PLACE,
        r"\bwhere\b|\b(?:what|which) (?:country|countries|city|cities|state|town|place|region|venue|capital)\b",
    ),
    (
        Kind.REASON,
        r"\bwhy\b|\bwhat (?:\w+ )?(?:reason|reasons|cause|causes|caused|made|led|prompted)\b|\bhow come\b",
    ),
    (
        Kind.SPEECH,
        r"\bwhat (?:did|does|do|has|have|had) .*\b(?:say|said|claim|claimed|state|stated|tell|told|call|called|"
        r"describe|described|argue|argued|warn|warned|accuse|accused|allege|alleged|announce|announced|think|emphasi[sz]e)\b"
        r"|\bhow (?:did|does|do) .*\b(?:respond|react|describe|reply)\b",
    ),
    (
        Kind.PERSON,
        r"\bwho\b|\bwhom\b|\bwhose\b|\b(?:what|which) (?:\w+ ){0,2}(?:person|man|woman|president|minister|"
        r"leader|politician|official|mediator|author|king|queen|actor|singer|player|envoy|negotiator|general|pope)\b",
    ),
)
_KINDS = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _ASKS)

_NUMBER_WORDS = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozens?|half|third|quarter|twice|once|single)"
)
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_SHOWS = {
    Kind.NUMBER: re.compile(rf"\d|\b{_NUMBER_WORDS}\b", re.I),
    Kind.TIME: re.compile(
        rf"\b(?:1[0-9]|20)\d\d(?:s|\b)|\b{_MONTHS}|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
        r"|\b(?:century|decade|weekend|earlier this|later this|last (?:week|month|year|spring|summer|fall|autumn|winter)"
        r"|(?:early|late|mid) \w+|(?:days?|weeks?|months?|years?|hours?) (?:ago|later|after|before|earlier))\b"
        rf"|\b(?:\d+|{_NUMBER_WORDS}|several|few) (?:minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries)\b"
    ),
    Kind.PLACE: re.compile(r"\b(?:in|at|to|from|near|of|outside|across|into) (?:the )?(?:\w+ )?[A-Z]\w+"),
    Kind.REASON: re.compile(
        r"\b(?:because|due to|in order to|so that|so as to|as a result|on the grounds?|over (?:allegations|concerns|fears|"
        r"claims)|since|therefore|thus|reasons?|causes?d?|owing to|thanks to|led to|in response to|to avoid|to prevent|"
        r"in protest|accus\w+|allegations?|after|aim(?:s|ed|ing)? (?:to|at)|purpose|motivat\w+|in exchange|made \w+ (?:easier|"
        r"harder|possible|difficult)|could not|fear\w*|for fear)\b",
        re.I,
    ),
    Kind.SPEECH: re.compile(
        r"[“”\"]|''|``|\b(?:said|says|told|stated|claim(?:s|ed)?|argu(?:es|ed)|warn(?:s|ed)|accus(?:es|ed)|alleg(?:es|ed)|"
        r"announced|emphasi[sz]ed|denied|reiterated|insist(?:s|ed)|call(?:s|ed)|describ(?:es|ed)|according to)\b",
        re.I,
    ),
}
_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_NAME = re.compile(r"\b[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*\w")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PRONOUN = re.compile(
    r"^[\"“‘'`\s—–-]*(?:he|she|it|they|his|her|hers|their|theirs|its|this|these|those|that|such|both|"
    r"the (?:report|article|statement|two|latter|former|move|deal|decision|agreement|talks|visit|meeting|proposal|sides)(?: also)?)\b",
    re.I,
)
_CONNECTIVE = re.compile(
    r"^[\"“‘'`\s—–-]*(?:however|but|also|moreover|furthermore|for example|for instance|in addition|additionally|thus|"
    r"therefore|then|later|further|still|yet|meanwhile|instead|nevertheless|similarly|in contrast|and|or|so)\b",
    re.I,
)
_SMALL = frozenset(
    "what who whom whose when where why how which is are was were do does did has have had can could will would should "
    "may might in on at of for from by with to and or the a an if i according after before during since under between "
    "considering based based given despite although while as name list describe tell please".split()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart."""

    text: str
    kind: Kind
    weights: dict[str, float]
    """Its lexical terms, each with its inverse document frequency."""
    names: frozenset[str]
    """Lexical terms of its capitalised words."""
    numbers: frozenset[str]
    words: int
    others: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()
    """Terms of a name in the question, and those of another name for the same."""

    def held(self, found: Collection[str]) -> set[str]:
        """The question's terms that are among `found`, by this name or another."""
        out = self.weights.keys() & found
        for own, other in self.others:
            if all(t in found for t in other):
                out |= set(own)
        return out

    def with_kin(self, vocabulary: Iterable[str]) -> Asked:
        """The same question, its terms also known by kin among `vocabulary`: Venezuela by Venezuelan."""
        kin = [
            ((term,), (word,))
            for word in sorted(vocabulary)
            for term in self.weights
            if word != term
            and min(len(word), len(term)) >= _KIN_LENGTH
            and abs(len(word) - len(term)) <= _KIN_DIFFERENCE
            and (word.startswith(term) or term.startswith(word))
        ]
        return replace(self, others=(*self.others, *kin))

    def overlap(self, found: Collection[str]) -> float:
        """Share of the question's terms, weighted by rarity, that are among `found`. 0 for no terms."""
        total = sum(self.weights.values())
        return sum(self.weights[t] for t in self.held(found)) / total if total else 0.0


def take_apart(question: str, idf: Idf, concepts: Sequence[Concept] = ()) -> Asked:
    """The question's kind, terms, names and numbers.

    `idf` gives a term's inverse document frequency, `concepts` the other names of what the question names.
    """
    weights = {t: max(idf(t), 0.05) for t in terms(question)}
    names: set[str] = set()
    for match in _NAME.finditer(question):
        if match.group().lower() not in _SMALL:
            names.update(terms(match.group()))
    return Asked(
        text=question,
        kind=answer_kind(question),
        weights=weights,
        names=frozenset(names & weights.keys()),
        numbers=frozenset(n.strip(".,") for n in _NUMBER.findall(question)),
        words=len(_WORD.findall(question)),
        others=tuple(
            (concept.terms, other.terms)
            for concept in concepts
            if weights.keys() >= set(concept.terms)
            for other in concept.alternatives
        ),
    )


def answer_kind(question: str) -> Kind:
    """The kind of answer that a question asks for, by its question words; the earliest of them decides."""
    found = [(match.start(), n, kind) for n, (kind, p) in enumerate(_KINDS) if (match := p.search(question))]
    return min(found)[2] if found else Kind.OTHER


def shows(kind: Kind, sentence: str, asked_terms: Iterable[str]) -> bool:
    """Whether a sentence holds words of the kind asked for: a name that is not in the question, a date, …"""
    if kind is Kind.OTHER:
        return True
    if kind is Kind.PERSON:
        return bool(new_names(sentence, asked_terms))
    if kind is Kind.PLACE and not _SHOWS[kind].search(sentence):
        return False
    if kind is Kind.PLACE:
        return bool(new_names(sentence, asked_terms))
    return bool(_SHOWS[kind].search(sentence))


def new_names(sentence: str, asked_terms: Iterable[str]) -> list[str]:
    """Capitalised words inside a sentence (not its first word alone) that the question does not hold."""
    known = set(asked_terms)
    out = []
    for match in _NAME.finditer(sentence):
        first = not sentence[: match.start()].strip("\"“‘'`—– ")
        word = match.group()
        if first and not _NAME.match(sentence[match.end() :].lstrip()):
            continue  # every sentence opens with a capital
        if word.lower() not in _SMALL and not known.intersection(terms(word)):
            out.append(word)
    return out


def word_count(text: str) -> int:
    """Words as a reader counts them."""
    return len(_WORD.findall(text))


def leans_back(sentence: str) -> bool:
    """Whether it opens with words that point at the sentence before ("He said", "The report also")."""
    return bool(_PRONOUN.match(sentence))


def carries_on(sentence: str) -> bool:
    """Whether it opens with a connective ("However", "For example")."""
    return bool(_CONNECTIVE.match(sentence))


def is_fragment(sentence: str) -> bool:
    """Whether it looks like a heading, caption or list residue: no end mark, or hardly a word."""
    return not re.search(r"[.!?…:;\"”’')\]]\s*$", sentence) or word_count(sentence) < 4
