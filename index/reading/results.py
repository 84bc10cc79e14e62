"""What comes out of reading one file."""

from __future__ import annotations

from dataclasses import dataclass

from index.types import Article


@dataclass(frozen=True, slots=True)
class Reading:
    """The articles of one file, or the reason why it was skipped: exactly one of the two.

    A file with very many articles comes in several parts; all but the first are `continued` and count as
    no file.
    """

    file: str
    articles: tuple[Article, ...]
    reason: str | None = None
    continued: bool = False
    notes: tuple[str, ...] = ()
    """What was passed over inside a file that was read, e.g. "line 3: not JSON"."""
