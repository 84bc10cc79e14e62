"""Makes a follow-up question stand alone, without a language model.

Every word that the conversation has mentioned is weighed twice by a small linear model: first by where it was
said, how it is written and how the question is put; then against the other words, its phrase, and what the
question before left out. The weights are learned by `benchmarks/followups.py`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.asked_again import asked_again, goes_on
from assistant.closed_words import FORMS
from assistant.mentions import Features, Mention, Phrase, mentions, tokens, words
from assistant.types import Turn

_FLOOR = -6.0
_SURE = -0.6
"""From this log-odds the first weighing holds that a word was left out."""
_TURNS = 8
"""Turns that are read: the first and the last ones."""
_PHRASES = 3
"""The most phrases that are added."""
_MARKER = re.compile(r"\s*\[\d+\]")
_OWN_WORDS = re.compile(
    r"^(?:The articles in the collection do not|The collection has nothing|The collection holds no|"
    r"No article is within|No quotation of this answer).*|^The newest evidence for this is of [^.]*\.\s*|"
    r"^The articles that answer this carry no date[^.]*\.\s*",
    re.S,
)
_PERSON = re.compile(r"\b(?:(?P<whose>his|her(?=\s+[a-z]+\b(?!\s*\?)))|he|she|him|her)\b", re.I)
_THING = re.compile(r"\b(?:(?P<whose>its|their)|it|they|them)\b", re.I)
_NO_PERSON = re.compile(
    r"\b(?:Agreement|Accords?|Union|Nations|States|Council|Party|Sea|War|Treaty|Army|Forces|House|Committee|"
    r"Conference|Kingdom|Republic|Arabia|Ministry|Initiative|Organi[sz]ation|Group|University|Street|Island|River|"
    r"of|and|the|&)\b"
)
_NO_THING = re.compile(r"\w+(?:ish|ese|ian|ench|utch)|General|President|Minister|Prime|Senator|Foreign")
"""Single words of a name that no pronoun stands for."""
_FURTHER = re.compile(r"\belse\b|\bany(?:one|body|thing)?\s+other\b", re.I)
"""What shows that a question leaves aside what the answers before have told."""
_LEANING = frozenset().union(*FORMS.values(), ["the", "why", "and", "but"])


@dataclass(frozen=True, slots=True)
class Weights:
    """The two weighings and the least probability of a word that is added."""

    first: Mapping[str, float]
    second: Mapping[str, float]
    least: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """The first weighing of a question: the words it may lack, with their log-odds."""

    question: str
    found: tuple[Mention, ...]
    odds: Mapping[str, float]

    @property
    def top(self) -> float:
        return max(self.odds.values(), default=_FLOOR)


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question with what it leaves to the conversation added; unchanged when it stands on its own."""
    return standalone_with(weights(), question, history)


def standalone_with(weights: Weights, question: str, history: Sequence[Turn]) -> str:
    """The same with given weights."""
    history = [turn for turn in history if turn.question.strip()]
    turns = [(turn.question, _answer(turn.answer)) for turn in history]
    if len(turns) > _TURNS:
        turns = [turns[0], *turns[1 - _TURNS :]]
    if not turns or _stands(question, turns):
        return question
    if goes_on(question):
        again = asked_again(question, standalone_with(weights, history[-1].question, history[:-1]))
        if again is not None:
            return again
    current = weigh(weights.first, turns, question)
    before = weigh(weights.first, turns[:-1], turns[-1][0]) if len(turns) > 1 else None
    chances = {
        m.word: 1 / (1 + math.exp(-_dot(weights.second, m.features | second)))
        for m, second in zip(current.found, second_features(current, before), strict=True)
    }
    return write(question, _chosen(current.found, chances, weights.least))


def weigh(first: Mapping[str, float], turns: Sequence[tuple[str, str]], question: str) -> Weighed:
    """The first weighing of the words that the turns offer to a question."""
    found = tuple(mentions(turns, question)) if turns else ()
    return Weighed(question, found, {m.word: max(_FLOOR, _dot(first, m.features)) for m in found})


def second_features(now: Weighed, before: Weighed | None) -> list[Features]:
    """What the first weighing says of each word beside the others, its phrases, and the question before."""
    ranks = {word: rank for rank, word in enumerate(sorted(now.odds, key=lambda w: (-now.odds[w], w)))}
    asked = words(now.question)
    asked_before = words(before.question) if before else set()
    out = []
    for mention in now.found:
        word, odds = mention.word, now.odds[mention.word]
        main = next(f[2:] for f in mention.features if f.startswith("Q:"))
        made: Features = {"odds": odds, "behind": odds - now.top, "top": now.top}
        made |= {f"rank<={n}": 1 for n in (0, 1, 2, 3, 5) if ranks[word] <= n}
        made |= _beside(mention, now, asked)
        if before is None:
            made |= {"second turn": 1, f"second turn|{main}": 1}
        else:
            told = before.odds.get(word, _FLOOR)
            made |= {"odds before": told, f"odds before|{main}": told, "top before": before.top}
            if told > _SURE:
                made |= {"added before": 1, f"added before|{main}": 1}
            if word in before.odds and told > before.top - 0.1:
                made |= {"top before is it": 1, f"top before is it|{main}": 1}
            if word in asked_before:
                made |= {"asked before": 1, "asked before, top": before.top}
        out.append(made)
    return out


def write(question: str, chosen: Sequence[Phrase]) -> str:
    """The question with phrases put in: one for a pronoun if it fits, the others in brackets after it."""
    text, rest = question.strip(), list(chosen)
    for pattern, fits in ((_PERSON, _like_a_person), (_THING, _like_a_thing)):
        match = pattern.search(text)
        phrase = next((p for p in rest if fits(p)), None)
        if match is None or phrase is None:
            continue
        shown = phrase.text + ("’" if phrase.text.endswith("s") else "’s") if match["whose"] else phrase.text
        text = text[: match.start()] + shown + text[match.end() :]
        rest.remove(phrase)
        break
    text = text[:1].upper() + text[1:] if text != question.strip() else text
    rest.sort(key=lambda phrase: phrase.told)
    left = [phrase.text for phrase in rest]
    told = sum(phrase.told for phrase in rest)
    if told and _FURTHER.search(text):
        left[-told] = f"besides {left[-told]}"
    return f"{text} ({'; '.join(left)})" if left else text


def _like_a_person(phrase: Phrase) -> bool:
    """A name of two or three words, none of which is of a place or a body."""
    return (
        phrase.name
        and 2 <= len(phrase.text.split()) <= 3
        and not _NO_PERSON.search(phrase.text)
        and not phrase.the
    )


def _like_a_thing(phrase: Phrase) -> bool:
    """A name or short phrase that stands with its article."""
    return (
        not _like_a_person(phrase)
        and (phrase.name or phrase.the)
        and len(phrase.words) <= 5
        and not _NO_THING.fullmatch(phrase.text)
    )


def _stands(question: str, turns: Sequence[tuple[str, str]]) -> bool:
    """Whether a question leans on nothing and brings a subject of its own: a change of topic."""
    found = tokens(question)
    if any(t.plain in _LEANING for t in found[:1]) or any(t.plain in _LEANING - {"the"} for t in found):
        return False
    said = words(" ".join(text for turn in turns for text in turn))
    new = words(question) - said
    names = {t.plain for t in found if t.capital and not t.opens and not t.stop}
    return len(words(question)) >= 4 and len(new) >= 3 and bool(names - said)


def _chosen(found: Sequence[Mention], chances: Mapping[str, float], least: float) -> list[Phrase]:
    """The phrases to add: around the likeliest words, each word once, with the neighbours likely too."""
    taken: set[str] = set()
    out: list[Phrase] = []
    for mention in sorted(found, key=lambda m: (-chances[m.word], m.word)):
        if chances[mention.word] < least or len(out) == _PHRASES:
            break
        if mention.word in taken:
            continue
        phrase = _fitting(mention, chances, least, taken)
        if phrase is None:
            continue
        taken.update(phrase.words)
        out.append(phrase)
    return out


def _fitting(mention: Mention, chances: Mapping[str, float], least: float, taken: set[str]) -> Phrase | None:
    """The longest phrase around a word whose other words are likely enough too; or the word alone."""
    word = mention.word
    best = None
    for phrase in mention.phrases:
        others = [w for w in phrase.words if w != word]
        if len(phrase.words) == 1 and re.fullmatch(r"[a-z]+(?:ed|ing)", word):
            continue
        fits = all(chances.get(w, 1.0) >= least / 2 and w not in taken for w in others)
        if fits and (best is None or len(phrase.words) >= len(best.words)):
            best = phrase
    if best is not None:
        return best
    if re.fullmatch(r"[a-z]+(?:ed|ing)", word):
        return None  # a verb alone says nothing in brackets
    shown = next((w for p in mention.phrases for w in p.text.split() if word in words(w)), word)
    return Phrase(re.sub(r"^\W+|\W+$", "", shown), (word,), shown[:1].isupper())


def _beside(mention: Mention, now: Weighed, asked: set[str]) -> Features:
    """How the best phrase of a word weighs."""
    best: tuple[float, float, Phrase] | None = None
    made: Features = {}
    for phrase in mention.phrases:
        if not 1 < len(phrase.words) <= 5:
            continue
        others = [w for w in phrase.words if w != mention.word]
        if any(w in asked for w in others):
            made["phrase asked"] = 1
        odds = [now.odds[w] for w in others if w in now.odds]
        if odds and (best is None or max(odds) > best[0]):
            best = (max(odds), sum(odds) / len(odds), phrase)
    if best is None:
        return made | {"no phrase": 1}
    most, mean, phrase = best
    kind = "name" if phrase.name else "asked"
    made |= {
        "phrase": most,
        "phrase behind": most - now.top,
        "phrase mean": mean - now.top,
        f"phrase {kind}": 1,
    }
    if most >= now.top:
        made |= {"phrase top": 1, f"phrase top|{kind}": 1}
    if most >= now.top - 0.3:
        made["phrase near top"] = 1
    return made


def _answer(text: str) -> str:
    """An answer's sentences, without markers and without Parley's own words."""
    return _OWN_WORDS.sub("", _MARKER.sub("", text)).strip()


def _dot(weights: Mapping[str, float], features: Features) -> float:
    return weights.get("", 0.0) + sum(weights.get(name, 0.0) * value for name, value in features.items())


@cache
def weights() -> Weights:
    """The learned weights that come with Parley."""
    read = json.loads(files("assistant").joinpath("followup_weights.json").read_text(encoding="utf-8"))
    return Weights(read["first"], read["second"], read["least"])
