"""What is measured of a question and of a sentence that might answer it. Pure functions over words.

No model and no list of names: kinds of answers are told by the words that they are commonly written with,
names by their capitals, rare words by how few passages hold them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.kinds import SHOWS, Kind, answer_kind
from index import Concept, terms

Idf = Callable[[str], float]

_KIN_LENGTH, _KIN_DIFFERENCE = 5, 3  # letters that kin share at least, and by which they differ at most


_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*")
_NAME = re.compile(r"\b[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*\w")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PRONOUN = re.compile(
    r"^[\"“‘'`\s—–-]*(?:he|she|it|they|his|her|hers|their|theirs|its|this|these|those|that|such|both|"
    r"the (?:report|article|statement|two|latter|former|move|deal|decision|agreement|talks|visit"
    r"|meeting|proposal|sides)(?: also)?)\b",
    re.I,
)
_CONNECTIVE = re.compile(
    r"^[\"“‘'`\s—–-]*(?:however|but|also|moreover|furthermore|for example|for instance|in addition"
    r"|additionally|thus|"
    r"therefore|then|later|further|still|yet|meanwhile|instead|nevertheless|similarly|in contrast|and"
    r"|or|so)\b",
    re.I,
)
_SMALL = frozenset(
    re.findall(
        r"\w+",
        """what who whom whose when where why how which is are was were do does did has have had can could
        will would should may might in on at of for from by with to and or the a an if i according after
        before during since under between considering based given despite although while as name list
        describe tell please""",
    )
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
                out |= self.weights.keys() & set(own)
        return out

    def beyond(self, title: Collection[str]) -> Asked:
        """The same question without the terms that a title holds; whole where the title holds them all."""
        held = self.held(title)
        rest = {t: w for t, w in self.weights.items() if t not in held}
        return replace(self, weights=rest) if rest else self

    def with_kin(self, vocabulary: Iterable[str]) -> Asked:
        """The same question, its terms also known by kin among `vocabulary`: Venezuela by Venezuelan."""
        heads: dict[str, list[str]] = {}
        for word in sorted(vocabulary):
            if len(word) >= _KIN_LENGTH:
                heads.setdefault(word[:_KIN_LENGTH], []).append(word)
        kin = [
            ((term,), (word,))
            for term in self.weights
            for word in heads.get(term[:_KIN_LENGTH], ())
            if word != term
            and len(term) >= _KIN_LENGTH
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
        if not opens_question(match.group()):
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


def opens_question(word: str) -> bool:
    """Whether a capital only says that the word opens a question ("Did", "Which")."""
    return word.lower() in _SMALL


def shows(kind: Kind, sentence: str, asked_terms: Iterable[str]) -> bool:
    """Whether a sentence holds words of the kind asked for: a name that is not in the question, a date, …"""
    if kind is Kind.OTHER:
        return True
    if kind is Kind.PERSON:
        return bool(new_names(sentence, asked_terms))
    if kind is Kind.PLACE and not SHOWS[kind].search(sentence):
        return False
    if kind is Kind.PLACE:
        return bool(new_names(sentence, asked_terms))
    return bool(SHOWS[kind].search(sentence))


def new_names(sentence: str, asked_terms: Iterable[str]) -> list[str]:
    """Capitalised words inside a sentence (not its first word alone) that the question does not hold."""
    known = set(asked_terms)
    out = []
    for match in _NAME.finditer(sentence):
        first = not sentence[: match.start()].strip("\"“‘'`—– ")
        word = match.group()
        if first and not _NAME.match(sentence[match.end() :].lstrip()):
            continue  # every sentence opens with a capital
        if not opens_question(word) and not known.intersection(terms(word)):
            out.append(word)
    return out


@dataclass(frozen=True, slots=True)
class Looks:
    """What a sentence shows by itself, whatever is asked."""

    terms: frozenset[str]
    numbers: frozenset[str]
    words: int
    leans_back: bool
    carries_on: bool
    fragment: bool
    asks: bool


@lru_cache(maxsize=20_000)
def looks(sentence: str) -> Looks:
    """What a sentence shows by itself. Kept, because the same sentences are near many questions."""
    return Looks(
        terms=frozenset(terms(sentence)),
        numbers=frozenset(_NUMBER.findall(sentence)),
        words=word_count(sentence),
        leans_back=leans_back(sentence),
        carries_on=carries_on(sentence),
        fragment=is_fragment(sentence),
        asks=sentence.rstrip("\"”’' ").endswith("?"),
    )


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
