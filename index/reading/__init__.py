"""Files and folders become articles, one file at a time, each parsed in a child process with limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from index.errors import ReadingError
from index.reading.limits import DEFAULT, Limits, ReadingProcess
from index.reading.results import Reading
from index.reading.walk import Entry, walk

__all__ = ["Limits", "Reading", "count_files", "read_paths"]


def read_paths(paths: Sequence[Path], limits: Limits = DEFAULT) -> Iterator[Reading]:
    """One Reading a file (a very large JSONL or CSV gives further, `continued` ones), folders walked sorted.

    Hidden files and the folders that browsers save beside a page are left out. Files that cannot be read come
    with their reason. Errors: UsageError when a path does not exist.
    """
    entries = walk(paths)
    with ReadingProcess(limits) as process:
        for entry in entries:
            if entry.reason:
                yield Reading(entry.file, (), entry.reason)
            else:
                yield from _read(process, entry)


def count_files(paths: Sequence[Path]) -> int:
    """How many files `read_paths` will report on. Errors: UsageError when a path does not exist."""
    return sum(1 for _ in walk(paths))


def _read(process: ReadingProcess, entry: Entry) -> Iterator[Reading]:
    continued = False
    try:
        for part in process.read(entry):
            yield Reading(entry.file, part.articles, None, continued, part.notes)
            continued = True
    except ReadingError as error:
        if continued:
            yield Reading(entry.file, (), None, True, (f"the rest is left out: {error}",))
        else:
            yield Reading(entry.file, (), str(error))
