"""Exports with one JSON object a line, read line by line so that memory stays flat."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from index.errors import ReadingError
from index.reading.notes import Notes
from index.reading.records import read_fields
from index.types import Article

LONGEST_LINE = 8 * 1024 * 1024
"""Bytes of a line that is read; a longer one is no article."""


def read_jsonl(stream: BinaryIO, file: str) -> Iterator[Article | str]:
    """Articles of a JSONL stream (UTF-8), and notes about lines that were passed over ("line 3: no text")."""
    notes = Notes()
    for number, line in enumerate(_lines(stream), 1):
        if line is not None and not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        try:
            yield _article(line, file)
        except ReadingError as error:
            yield from notes.take(f"line {number}: {error}")
    yield from notes.rest()


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Lines; None for one that is too long, whose bytes are dropped unread."""
    while line := stream.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)
        yield None


def _article(line: bytes | None, file: str) -> Article:
    if line is None:
        raise ReadingError(f"longer than {LONGEST_LINE // 2**20} MB")
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReadingError("not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ReadingError("not JSON") from error
    if not isinstance(record, dict):
        raise ReadingError("not a JSON object")
    return read_fields(record).article(file)
