"""What in a question speaks against a sentence that looks like its answer.

A term that the sentence lacks or replaces by another, a negation that it does not share, an opposite, another
number.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from assistant.features import Asked
from assistant.kinds import Kind
from index import terms

MISMATCHES = (
    "negation_asked",  # the question holds a negation
    "negation_alone",  # and the sentence does not
    "opposite",  # the sentence holds the opposite of a word that it lacks
    "replaced",  # words that it lacks, with another word between the same neighbours
    "number_replaced",  # it lacks a number of the question and has another of the same length
    "number_lacking",
    "terms_lacking",  # logarithm of the question's terms that it lacks
    "rarest_lacking",  # idf of the rarest of them, 1 being the question's rarest term
    "rarest_lacking_near",  # the same with neighbours and title
    "names_lacking",  # share of the question's names that it lacks
    "pairs",  # share of the question's neighbouring terms that are neighbours in it too
    "counted",  # for "how many X": 1 when a number stands before X, -1 when none does
)

_NEGATION = re.compile(
    r"\b(?:not|never|no|nor|without|cannot|non|neither|none|fail(?:s|ed)?|refus\w+|lack\w*|un(?:able|successful|available)|"
    r"except|other than|reject\w*|denied|denies)\b|n['’ ]t\b",
    re.I,
)
_OPPOSITES = """first last|increase decrease|before after|north south|east west|northern southern|
    eastern western|old young|oldest youngest|large small|largest smallest|high low|higher lower|
    highest lowest|early late|earlier later|more less|most least|public private|start end|begin end|
    began ended|win lose|won lost|accept reject|allow ban|support oppose|agree refuse|men women|
    major minor|majority minority|internal external|inside outside|above below|rise fall|
    include exclude|gain lose|strong weak|rich poor|hot cold|long short|former current|old new|
    upper lower|left right|buy sell|import export|positive negative|success failure|legal illegal|
    active inactive|direct indirect|open close|create destroy|many few|always never|same different|
    attack defend|good bad|best worst|maximum minimum|primary secondary|top bottom|true false|
    popular unpopular|common rare|join leave|formal informal|advantage disadvantage|
    domestic foreign|urban rural|civilian military|fast slow"""
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_COUNTED = re.compile(r"\bhow many (\w+)(?: (\w+))?", re.I)


def mismatch(asked: Asked, sentence: str, near: Collection[str]) -> npt.NDArray[np.float64]:
    """What speaks against the sentence, `(len(MISMATCHES),)`.

    `near` are the lexical terms of the sentence with its neighbours and its article's title.
    """
    held = asked.held(terms(sentence))
    lacking = asked.weights.keys() - held
    numbers = {n.strip(".,") for n in _NUMBER.findall(sentence)}
    lost_numbers = asked.numbers - numbers
    negated, negates = bool(_NEGATION.search(asked.text)), bool(_NEGATION.search(sentence))
    words = set(terms(sentence))
    return np.array(
        [
            negated,
            negated and not negates,
            any(_opposites().get(t, frozenset()) & words for t in lacking),
            _replaced(asked, sentence, lacking),
            any(len(a) == len(b) for a in lost_numbers for b in numbers),
            bool(lost_numbers),
            np.log1p(len(lacking)),
            _rarest(asked, held),
            _rarest(asked, asked.held(near)),
            len(asked.names - held) / len(asked.names) if asked.names else 0.0,
            _shared_pairs(asked.text, sentence),
            _counted(asked, sentence),
        ],
        dtype=np.float64,
    )


def _rarest(asked: Asked, held: Collection[str]) -> float:
    most = max(asked.weights.values(), default=0.0)
    return max((w for t, w in asked.weights.items() if t not in held), default=0.0) / most if most else 0.0


def _replaced(asked: Asked, sentence: str, lacking: Collection[str]) -> int:
    """How many words of the question the sentence replaces: with the same words on both sides of another."""
    question, said = _words(asked.text), _words(sentence)
    around = {(a, c) for a, _, c in zip(said, said[1:], said[2:], strict=False)}
    return sum(
        _term(word) in lacking and (left, right) in around
        for left, word, right in zip(question, question[1:], question[2:], strict=False)
    )


def _shared_pairs(question: str, sentence: str) -> float:
    asked = [p for p in pairwise(_term(w) for w in _words(question)) if p[0] and p[1]]
    said = set(pairwise(_term(w) for w in _words(sentence)))
    return sum(p in said for p in asked) / len(asked) if asked else 0.5


def _counted(asked: Asked, sentence: str) -> int:
    match = _COUNTED.search(asked.text) if asked.kind is Kind.NUMBER else None
    if match is None:
        return 0
    wanted = {_term(word.lower()) for word in match.groups() if word} - {""}
    words = _words(sentence)
    for i, word in enumerate(words):
        if word[0].isdigit() and any(_term(w) in wanted for w in words[i + 1 : i + 4]):
            return 1
    return -1


def _words(text: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(text)]


@cache
def _opposites() -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for pair in _OPPOSITES.split("|"):
        a, b = (_term(word) or word for word in pair.split())
        out[a] = out.get(a, frozenset()) | {b}
        out[b] = out.get(b, frozenset()) | {a}
    return out


_known: dict[str, str] = {}


def _term(word: str) -> str:
    """The lexical term of a single word, "" for a stop word."""
    if word not in _known:
        if len(_known) > 50_000:
            _known.clear()
        _known[word] = next(iter(terms(word)), "") if word else ""
    return _known[word]
