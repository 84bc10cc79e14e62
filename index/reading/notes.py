"""Notes about what was passed over inside a file, not more than a person would read."""

from __future__ import annotations

from collections.abc import Iterator

MOST = 20


class Notes:
    """Lets the first notes through and counts the others."""

    def __init__(self) -> None:
        self._count = 0

    def take(self, note: str) -> Iterator[str]:
        """The note, if it is among the first."""
        self._count += 1
        if self._count <= MOST:
            yield note

    def rest(self) -> Iterator[str]:
        """At the end: one note about those that were not let through."""
        if self._count > MOST:
            yield f"{self._count - MOST} more like these"
