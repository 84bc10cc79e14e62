"""Finding the files to read: folders in sorted order, hidden files left out, links followed once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import UsageError

_PAGE_FOLDERS = ("_files", ".files", "-Dateien", "_fichiers", "_archivos", "_bestanden", "_file")
"""Endings of the folder that a browser saves beside a page: scripts, frames and pictures, no articles."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file to read, or one that cannot be (`reason`)."""

    path: Path
    file: str
    """As the person named it, printable and encodable."""
    relative: str
    """Relative to the given folder, with forward slashes: the file's name wherever the folder is moved."""
    reason: str | None = None


def walk(paths: Sequence[Path]) -> Iterator[Entry]:
    """Every file under `paths` once, sorted within its folder. Errors: UsageError for a missing path."""
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"{printable(path)} does not exist", "paths")
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if path.is_dir():
            yield from _walk_folder(path, path, seen)
        else:
            yield from _entry(path, path.parent, seen)


def printable(path: Path) -> str:
    """The path's name with undecodable bytes and control characters written as escapes."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _walk_folder(folder: Path, root: Path, seen: set[tuple[int, int]]) -> Iterator[Entry]:
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            status = current.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            children = sorted(current.iterdir(), key=lambda p: p.name)
        except OSError as error:
            yield _refused(current, root, f"the folder cannot be opened: {error.strerror}")
            continue
        names = {child.name for child in children}
        folders = []
        for child in children:
            if child.name.startswith("."):
                continue
            if child.is_dir():
                if not _belongs_to_page(child.name, names):
                    folders.append(child)
            else:
                yield from _entry(child, root, seen)
        waiting.extend(reversed(folders))


def _belongs_to_page(name: str, names: set[str]) -> bool:
    return any(
        name.endswith(ending)
        and {f"{name.removesuffix(ending)}{page}" for page in (".html", ".htm", ".xhtml")} & names
        for ending in _PAGE_FOLDERS
    )


def _entry(path: Path, root: Path, seen: set[tuple[int, int]]) -> Iterator[Entry]:
    try:
        status = path.stat()
    except FileNotFoundError:
        yield _refused(path, root, "a link to a file that does not exist")
        return
    except OSError as error:
        yield _refused(path, root, f"cannot be opened: {error.strerror}")
        return
    if not stat.S_ISREG(status.st_mode):
        yield _refused(path, root, "not a regular file")
        return
    # A hard link or a link to a file read already is the same file.
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    reason = "is empty" if status.st_size == 0 else None
    yield Entry(path, printable(path), _relative(path, root), reason)


def _refused(path: Path, root: Path, reason: str) -> Entry:
    return Entry(path, printable(path), _relative(path, root), reason)


def _relative(path: Path, root: Path) -> str:
    try:
        return printable(Path(path.relative_to(root).as_posix()))
    except ValueError:
        return printable(Path(path.name))
