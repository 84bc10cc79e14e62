"""Follow-ups that put the question before them again: "And what about Geneva?", "Why?"."""

from __future__ import annotations

import re

_ABOUT = re.compile(
    r"(?:(?:and|but|so|ok|okay|then),?\s+)*(?:what|how)\s+about\s+(?P<new>[^?.!]+?)\s*\?*", re.I
)
_AND = re.compile(
    r"(?:and|or)\s+(?P<new>(?:in|at|for|from|with|by|of|to|on|during|the)\s[^?.!]+?)\s*\?*", re.I
)
_ALONE = re.compile(r"(?:(?:and|but|so),?\s+)*(?P<asks>why|when|where|how)\s*\?*", re.I)
_HELPING = r"\b(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could)"
_AUXILIARY = re.compile(rf"{_HELPING}\s+$", re.I)
_CLAUSE = re.compile(rf"(?:(?:why|when|where|how)\s+)?(?P<clause>{_HELPING}\s.+)", re.I)
_BEFORE = r"(?:\b(?P<before>in|at|for|from|with|by|of|to|on|during|after|before)\s+)?"
_YEAR = r"(?:1[89]|20)\d\d"
_WORD = rf"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*|{_YEAR})"
_NAME = rf"{_WORD}(?:\s+(?:(?:of|and|de|al)\s+(?:the\s+)?)?{_WORD})*"
_SUBJECT = re.compile(
    rf"{_BEFORE}(?P<the>\bthe\s+)?(?P<name>(?<![.!?]\s)\b{_NAME})(?=(?P<tail>(?:\s+[a-z]+){{0,3}}))"
)
_NO_TAIL = re.compile(
    r"\b(?:\w+ed|\w+ing|in|at|for|from|with|by|of|to|on|during|after|before|about|and|or|is|was|are|were|be|not|that|"
    r"who|which|as|the|an?)\b.*"
)
_MOST_WORDS = 7


def asked_again(question: str, before: str) -> str | None:
    """The question before, asked of the subject that `question` names, or with its question word; else None.

    After "Did Norway mediate in Sudan?", "And in Yemen?" asks "Did Norway mediate in Yemen?", and "Why?" asks
    "Why did Norway mediate in Sudan?".
    """
    if alone := _ALONE.fullmatch(question.strip()):
        said = _CLAUSE.fullmatch(before)
        return (
            f"{alone['asks'].capitalize()} {said['clause'][0].lower()}{said['clause'][1:]}" if said else None
        )
    match = _ABOUT.fullmatch(question.strip()) or _AND.fullmatch(question.strip())
    new = re.fullmatch(rf"{_BEFORE}(?P<the>the\s+)?(?P<name>.+)", match["new"]) if match else None
    if new is None or len(new[0].split()) > _MOST_WORDS or not re.search(_WORD, new["name"]):
        return None
    subjects = [s for s in _SUBJECT.finditer(before, len(before.split(" ")[0])) if _alike(s, new)]
    if not subjects:
        return f"{before.rstrip(' ?')} {new[0]}?" if new["before"] else None
    old = subjects[-1]
    start = old.start("the") if old["the"] else old.start("name")
    return (
        before[:start] + new[0][new.start("the") if new["the"] else new.start("name") :] + before[_end(old) :]
    )


def _alike(old: re.Match[str], new: re.Match[str]) -> bool:
    """Whether both are years, or both stand with "the" or without it, after the same preposition if any."""
    years = [bool(re.search(_YEAR, subject["name"])) for subject in (old, new)]
    return (
        years[0] == years[1]
        and bool(old["the"]) == bool(new["the"])
        and (new["before"] is None or new["before"] == old["before"])
    )


def _end(old: re.Match[str]) -> int:
    """Where the subject ends: "the Sudan peace talks" goes on after its name, but not with the verb."""
    if not old["the"]:
        return old.end("name")
    words = _NO_TAIL.sub("", old["tail"]).split()
    asks_for_verb = _AUXILIARY.search(old.string[: old.start("the")]) and len(words) == len(
        old["tail"].split()
    )
    kept = words[:-1] if asks_for_verb else words
    return old.start("tail") + len(" ".join(["", *kept]) if kept else "")
