"""Follow-ups that put the question before them again: "And what about Geneva?", "Why?"."""

from __future__ import annotations

import re

_ABOUT = re.compile(r"(?:(?:and|but|so|ok|okay|then),? )*(?:what|how) about (?P<new>[^?.!]+?) *\?*", re.I)
_AND = re.compile(r"(?:and|or) (?P<new>(?:in|at|for|from|with|by|of|to|on|during|the) [^?.!]+?) *\?*", re.I)
_ALONE = re.compile(r"(?:(?:and|but|so),? )*(?P<asks>why|when|where|how) *\?*", re.I)
_HELPING = r"\b(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could)"
_AUXILIARY = re.compile(rf"{_HELPING} $", re.I)
_CLAUSE = re.compile(rf"(?:(?:why|when|where|how) )?(?P<clause>{_HELPING} .+)", re.I)
_BEFORE = r"(?:\b(?P<before>in|at|for|from|with|by|of|to|on|during|after|before) )?"
_YEAR = r"(?:1[89]|20)\d\d"
_WORD = rf"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*|{_YEAR})"
_NAME = rf"{_WORD}(?: (?:(?:of|and|de|al) (?:the )?)?{_WORD})*"
_SUBJECT = re.compile(
    rf"{_BEFORE}(?P<the>\bthe )?(?P<name>(?<![.!?] )\b{_NAME})(?=(?P<tail>(?: [a-z]+){{0,3}}))"
)
_NO_TAIL = re.compile(
    r"\b(?:\w+ed|\w+ing|in|at|for|from|with|by|of|to|on|during|after|before|about|and|or|is|was|are|were|be|not|that|"
    r"who|which|as|the|an?)\b.*"
)
_MOST_WORDS = 7


def goes_on(question: str) -> bool:
    """Whether the words of a question are such that it may put the one before it again."""
    question = _spaced(question)
    return any(form.fullmatch(question) for form in (_ALONE, _ABOUT, _AND))


def asked_again(question: str, before: str) -> str | None:
    """The question before, asked of the subject that `question` names, or with its question word; else None.

    After "Did Norway mediate in Sudan?", "And in Yemen?" asks "Did Norway mediate in Yemen?", and "Why?" asks
    "Why did Norway mediate in Sudan?".
    """
    question, before = _spaced(question), _spaced(before)
    if alone := _ALONE.fullmatch(question):
        match = _CLAUSE.fullmatch(before)
        clause = match["clause"] if match else ""
        return f"{alone['asks'].capitalize()} {clause[0].lower()}{clause[1:]}" if clause else None
    match = _ABOUT.fullmatch(question) or _AND.fullmatch(question)
    new = re.fullmatch(rf"{_BEFORE}(?P<the>the )?(?P<name>.+)", match["new"]) if match else None
    if new is None or len(new[0].split()) > _MOST_WORDS or not re.search(_WORD, new["name"]):
        return None
    subjects = [s for s in _SUBJECT.finditer(before, len(before.split(" ")[0])) if _alike(s, new)]
    if not subjects:
        return f"{before.rstrip(' ?')} {new[0]}?" if new["before"] else None
    old = subjects[-1]
    return before[: _start(old)] + new.string[_start(new) : new.end()] + before[_end(old) :]


def _spaced(text: str) -> str:
    """Single spaces only: long runs of them would make the patterns slow."""
    return " ".join(text.split())


def _alike(old: re.Match[str], new: re.Match[str]) -> bool:
    """Whether both are years, or both stand with "the" or without it, after the same preposition if any."""
    years = [bool(re.search(_YEAR, subject["name"])) for subject in (old, new)]
    return (
        years[0] == years[1]
        and bool(old["the"]) == bool(new["the"])
        and (new["before"] is None or new["before"] == old["before"])
    )


def _start(subject: re.Match[str]) -> int:
    return subject.start("the" if subject["the"] else "name")


def _end(old: re.Match[str]) -> int:
    """Where the subject ends: "the Sudan peace talks" goes on after its name, but not with the verb."""
    if not old["the"]:
        return old.end("name")
    tail = _NO_TAIL.sub("", old["tail"]).rstrip()
    if tail == old["tail"] and _AUXILIARY.search(old.string[: old.start("the")]):
        tail = tail.rpartition(" ")[0]
    return old.start("tail") + len(tail)
