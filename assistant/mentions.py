"""What a conversation has mentioned: each word that a follow-up question may leave out, with its features.

No language model and no tagger: capitals, stop words, place, recency and the question's own form.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.closed_words import CONNECTING, FORMS, LIGHT, OPENERS, STOP

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:\.[^\W_]+)*")
_BREAK = re.compile(r"[.,;:!?()\"“”\n]")
_OPENS = re.compile(r"[.!?:;\"“(\n]")
_ENDINGS = ("ing", "ed", "ly", "s", "er", "tion")
_FAR = 99
_LONG = 40
"""Words of an answer beyond which only its first sentence and its names are candidates."""

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text at `[start, end)`; `plain` is lower-case without a possessive ending."""

    text: str
    plain: str
    start: int
    end: int
    opens: bool
    """It begins a sentence or a quotation, where a capital says nothing."""

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def stop(self) -> bool:
        return self.plain in STOP


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words of the conversation that belong together: a name, or what a question is about."""

    text: str
    words: tuple[str, ...]
    name: bool
    the: bool = False
    """It stands with "the", which is part of its text."""
    told: bool = False
    """It is of an answer, and no question has a word of it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A word of the conversation that the question lacks."""

    word: str
    features: Features
    phrases: tuple[Phrase, ...]
    """The phrases that hold it, oldest first."""


@dataclass(frozen=True, slots=True)
class _Place:
    """One occurrence of a word."""

    ago: int
    """Turns back, from 1."""
    turn: int
    answer: bool
    sentence: int
    content: int
    """Content words before it in its text."""
    name: int
    """Words of the name that it belongs to; 0 for none."""
    subject: bool
    near: int
    """Words to the next word that the question has too."""
    before: str
    last: bool
    size: int
    """Words of its text."""


@lru_cache(maxsize=512)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text, in order."""
    out: list[Token] = []
    end = 0
    for match in _WORD.finditer(text):
        plain = re.sub(r"'s?$", "", match[0].lower().replace("’", "'"))
        opens = not out or bool(_OPENS.search(text[end : match.start()]))
        out.append(Token(match[0], plain, match.start(), match.end(), opens))
        end = match.end()
    return tuple(out)


def words(text: str) -> set[str]:
    """The words of a text that count: lower-case, without possessive endings and stop words."""
    text = re.sub(r"'s\b", "", text.lower().replace("’", "'"))
    return {w for w in re.findall(r"[^\W_]+", text) if w not in STOP}


def mentions(turns: Sequence[tuple[str, str]], question: str) -> list[Mention]:
    """The words that the turns, pairs of question and answer, offer to a question that follows them."""
    asked = words(question)
    tagged = [
        (i, answer, text, tokens(text))
        for i, turn in enumerate(turns)
        for answer, text in enumerate(turn)
        if text
    ]
    inside = {t.plain for *_, found in tagged for t in found if t.capital and not t.opens and not t.stop}
    question_tokens = tokens(question)
    shared = {t.plain for t in question_tokens if not t.stop and t.plain not in LIGHT}
    in_questions = words(" ".join(question for question, _ in turns))
    places: dict[str, list[_Place]] = defaultdict(list)
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    for turn, answer, text, found in tagged:
        named = _names(found, text, inside)
        for word, place in _places(found, named, shared, len(turns) - turn, turn, bool(answer)):
            places[word].append(place)
        for phrase in _phrases(found, named, text, bool(answer)):
            told = bool(answer) and in_questions.isdisjoint(phrase.words)
            for word in phrase.words:
                phrases[word].append(replace(phrase, told=told))
    form = _form(question_tokens)
    return [
        Mention(word, _features(word, found, form, len(turns), len(places)), tuple(phrases.get(word, ())))
        for word, found in places.items()
        if word not in asked and _offered(found)
    ]


def _offered(found: Sequence[_Place]) -> bool:
    """Whether a word may be meant: not when it is only deep in an answer, and no name."""
    return any(not p.answer or p.name or (p.ago <= 2 and (p.sentence == 0 or p.size <= _LONG)) for p in found)


def _names(found: Sequence[Token], text: str, inside: set[str]) -> list[tuple[int, int]]:
    """Runs of tokens that are names: capitals where a capital says something."""
    out, i = [], 0
    while i < len(found):
        token = found[i]
        following = found[i + 1] if i + 1 < len(found) else None
        told = not token.opens or token.plain in inside
        if following is not None and following.capital and not following.opens and not following.stop:
            told = told or token.plain not in LIGHT
        if not token.capital or token.stop or not told:
            i += 1
            continue
        j = i + 1
        while j < len(found) and not _BREAK.search(text[found[j - 1].end : found[j].start]):
            if found[j].capital and not found[j].stop:
                j += 1
            elif (
                found[j].plain in CONNECTING
                and j + 1 < len(found)
                and found[j + 1].capital
                and text[found[j].end : found[j + 1].start] == " "
            ):
                j += 2
            else:
                break
        out.append((i, j))
        i = j
    return out


def _places(
    found: Sequence[Token],
    named: Sequence[tuple[int, int]],
    shared: set[str],
    ago: int,
    turn: int,
    answer: bool,
) -> Iterator[tuple[str, _Place]]:
    run = {i: span for span in named for i in range(*span)}
    common = [i for i, t in enumerate(found) if t.plain in shared]
    sentence = content = 0
    for i, token in enumerate(found):
        sentence += bool(i and token.opens)
        if token.stop:
            continue
        first, after = run.get(i, (i, i))
        place = _Place(
            ago=ago,
            turn=turn,
            answer=answer,
            sentence=sentence,
            content=content,
            name=after - first,
            subject=after > first and first == 0,
            near=min((abs(i - c) for c in common), default=_FAR),
            before=found[i - 1].plain if i else "",
            last=i + 1 == len(found),
            size=len(found),
        )
        for word in _parts(token):
            yield word, place
        content += 1


def _phrases(
    found: Sequence[Token], named: Sequence[tuple[int, int]], text: str, answer: bool
) -> Iterator[Phrase]:
    for begin, after in named:
        if text[found[after - 1].end : found[after - 1].end + 1] != "-":  # no "Istanbul" of "Istanbul-based"
            yield _phrase(found, begin, after, text, name=True)
    if answer:
        return
    first: int | None = None
    for i, token in enumerate([*found, None]):
        plain = token is not None and not token.stop and token.plain not in LIGHT
        broken = token is None or (i > 0 and bool(_BREAK.search(text[found[i - 1].end : token.start])))
        if first is not None and (broken or not plain):
            begin, after = _without_verbs(found, first, i)
            if begin < after:
                yield _phrase(found, begin, after, text, name=False)
            first = None
        if plain and first is None:
            first = i


def _without_verbs(found: Sequence[Token], first: int, after: int) -> tuple[int, int]:
    """A run of words without the verb that "who" is followed by, and without one that it ends with."""
    if first and found[first - 1].plain == "who":
        first += 1
    if after - first > 1 and re.search(r"(?:ed|ing)$", found[after - 1].plain):
        after -= 1
    return first, after


def _phrase(found: Sequence[Token], first: int, after: int, text: str, *, name: bool) -> Phrase:
    run = found[first:after]
    the = first > 0 and found[first - 1].plain == "the"
    shown = text[run[0].start : run[-1].end]
    return Phrase(f"the {shown}" if the else shown, _told(run), name, the)


def _told(run: Sequence[Token]) -> tuple[str, ...]:
    return tuple(word for token in run if not token.stop for word in _parts(token))


def _parts(token: Token) -> list[str]:
    return [w for w in re.findall(r"[^\W_]+", token.plain) if w not in STOP]


@dataclass(frozen=True, slots=True)
class _Form:
    """How a question is put."""

    main: str
    """What it leans on most: "he", "they", "it", "dem", "other", "the" or "none"."""
    leans: tuple[str, ...]
    size: str
    opener: str
    name: bool


def _form(found: Sequence[Token]) -> _Form:
    held = {t.plain for t in found}
    leans = tuple(form for form, members in FORMS.items() if held & members)
    main = next((form for form in ("he", "they", "it", "dem", "other") if form in leans), None)
    count = sum(not t.stop and t.plain not in LIGHT for t in found)
    size = (
        "s0" if count == 0 else "s1" if count == 1 else "s2" if count == 2 else "s3" if count <= 4 else "s5"
    )
    return _Form(
        main=main or ("the" if "the" in held else "none"),
        leans=leans,
        size=size,
        opener=next((t.plain for t in found if t.plain in OPENERS), "none"),
        name=any(t.capital and not t.opens and not t.stop for t in found),
    )


def _features(word: str, found: Sequence[_Place], form: _Form, turns: int, offered: int) -> Features:
    """Features by name: where (L), what the word is like (F), how the question is put (Q, C); and pairs."""
    named = any(p.name for p in found)
    kind = "name" if named else "light" if word in LIGHT else "word"
    out: Features = {f"Q:{form.main}": 1, f"Q:{form.size}": 1, f"Q:{form.opener}": 1}
    out |= {f"Q:{form.main}|{form.size}": 1, f"Q:{form.main}|{kind}": 1, f"Q:{form.size}|{kind}": 1}
    if form.name:
        out |= {"Q:name": 1, f"Q:name|{kind}": 1}
    out |= {f"C:{c}": 1 for c in form.leans} | {f"C:{c}|{kind}": 1 for c in form.leans}
    for where in _where(found, turns):
        pairs = (where, f"{where}|{form.main}", f"{where}|{form.size}", f"{where}|{kind}")
        out |= {f"L:{p}": 1 for p in (*pairs, f"{where}|{kind}|{form.main}")}
        out |= {f"C:{c}|{where}": 1 for c in form.leans}
    for like in _like(word, found):
        out |= {f"F:{like}": 1, f"F:{like}|{form.main}": 1}
    out["occurrences"] = math.log(len(found))
    out["nearness"] = 1 / min(p.ago for p in found)
    out["offered"] = math.log(offered)
    out["turns"] = math.log(turns)
    if named:
        out["name occurrences"] = math.log(len(found))
    return out


def _where(found: Sequence[_Place], turns: int) -> list[str]:
    asked = [p for p in found if not p.answer]
    told = [p for p in found if p.answer]
    out = []
    if asked:
        out.append({1: "lastq", 2: "q2"}.get(min(p.ago for p in asked), "oldq"))
        if any(p.turn == 0 for p in asked):
            out.append("firstq")
    if told:
        last = [p for p in told if p.ago == 1]
        out.append({1: "lasta", 2: "a2"}.get(min(p.ago for p in told), "olda"))
        if last:
            out += ["lasta_s1"] if any(p.sentence == 0 for p in last) else []
            out += ["lasta_start"] if any(p.content < 3 for p in last) else []
            size = last[0].size
            out += ["lasta_short" if size <= 6 else "lasta_mid" if size <= 20 else "lasta_long"]
    in_questions, in_answers = len({p.turn for p in asked}), len({p.turn for p in told})
    out += [f"q>={n}" for n in (2, 3) if in_questions >= n] + [f"a>={n}" for n in (2, 3) if in_answers >= n]
    out += ["only_a"] if not asked else ["only_q"] if not told else []
    if turns >= 2 and (in_questions + in_answers) / turns >= 0.6:
        out.append("persist")
    return out


def _like(word: str, found: Sequence[_Place]) -> list[str]:
    longest = max(p.name for p in found)
    near = min(p.near for p in found)
    asked = [p for p in found if not p.answer]
    told: Mapping[str, bool] = {
        "name": longest > 0,
        "multi": longest > 1,
        "place": any(p.name and p.before in ("in", "at", "to", "from") for p in found),
        "subject": any(p.subject for p in found),
        "light": word in LIGHT,
        "digit": word.isdigit(),
        "short": len(word) <= 3,
        "near1": near == 1,
        "near2": near == 2,
        "near4": 2 < near <= 4,
        "after_article": any(p.before in ("the", "a", "an") for p in found),
        "after_aux": any(p.before in OPENERS or p.before in ("of", "about") for p in asked),
        "after_about": any(p.before == "about" for p in asked),
        "end": any(p.last for p in asked),
    }
    return [name for name, holds in told.items() if holds] + [f"-{e}" for e in _ENDINGS if word.endswith(e)]
