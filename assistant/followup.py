"""Makes a follow-up question stand alone, without a language model."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.types import Turn

_NEEDS = re.compile(
    r"\b(?:he|she|they|it|him|her|them|his|hers|its|their|this|that|these|those|there|then|so|other|else|another|"
    r"more|also|one|ones|same|first|second|third|last|next|former|latter)\b",
    re.I,
)
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s+(?:of\s+|the\s+|and\s+)?[A-Z][\w’'-]+)*")


def standalone(question: str, history: Sequence[Turn]) -> str:
    """The question with what it leaves to the conversation added; unchanged when it stands on its own."""
    if not history or not (_NEEDS.search(question) or len(question.split()) <= 4):
        return question
    names = _NAME.findall(re.sub(r"\s*\[\d+\]", "", history[-1].answer))[:1]
    context = "; ".join([history[-1].question.strip().rstrip("?.! "), *names])
    return f"{question.rstrip()} ({context})"
