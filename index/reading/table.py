"""Tables of articles (CSV, TSV), read row by row so that memory stays flat."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from index.errors import ReadingError
from index.reading.encoding import find_encoding
from index.reading.notes import Notes
from index.reading.records import NAMES, find_fields, read_fields
from index.types import Article

LONGEST_FIELD = 8 * 1024 * 1024
"""Characters of a table's cell."""


def read_csv(stream: BinaryIO, file: str) -> Iterator[Article | str]:
    """Articles of a table whose first row names its columns, and notes about rows that were passed over.

    Column names are those of JSONL articles or their usual synonyms; commas, semicolons, tabs or bars divide.
    Errors: ReadingError when no column holds text.
    """
    sample = stream.read(65_536)
    encoding = find_encoding(sample)
    # The sample goes first again: the stream need not be seekable.
    text = io.TextIOWrapper(
        io.BufferedReader(_Rejoined(sample, stream)), encoding=encoding, errors="replace", newline=""
    )
    csv.field_size_limit(LONGEST_FIELD)
    header_line = sample.decode(encoding, "replace").removeprefix("\ufeff").split("\n", 1)[0]
    rows = csv.reader(text, delimiter=_delimiter(header_line))
    notes = Notes()
    try:
        header = [name.strip().strip("\ufeff") for name in next(rows, [])]
    except csv.Error as error:
        raise ReadingError(f"is no table: {error}") from error
    if "text" not in find_fields(dict.fromkeys(header)):
        columns = ", ".join(header[:8]) or "none"
        raise ReadingError(f'has no column named "text" (columns: {columns[:200]})')
    yield from _articles(rows, header, file, notes)
    yield from notes.rest()


def _articles(
    rows: Iterator[list[str]], header: list[str], file: str, notes: Notes
) -> Iterator[Article | str]:
    number = 1
    while True:
        number += 1
        try:
            row = next(rows, None)
            if row is None:
                return
            if any(cell.strip() for cell in row):
                yield read_fields(dict(zip(header, row, strict=False))).article(file)
        except (csv.Error, ReadingError) as error:
            yield from notes.take(f"row {number}: {error}")


def _delimiter(header: str) -> str:
    """The divider that makes the most known column names of the header."""
    known = {alias for aliases in NAMES.values() for alias in aliases}

    def columns(delimiter: str) -> int:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        return sum(cell.strip().casefold().replace(" ", "_") in known for cell in cells)

    return max(",;\t|", key=columns)


class _Rejoined(io.RawIOBase):
    """The bytes already taken from a stream, then the rest of it."""

    def __init__(self, taken: bytes, stream: BinaryIO) -> None:
        self._pieces = chain([taken], iter(lambda: stream.read(65_536), b""))
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._waiting:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._waiting = piece
        count = min(len(buffer), len(self._waiting))
        buffer[:count], self._waiting = self._waiting[:count], self._waiting[count:]
        return count
