"""Building a generation: read, split, embed, write, verify, publish. Any error leaves the old one serving."""

from __future__ import annotations

import errno
import secrets
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from index import publish
from index.builder import Builder, Progress
from index.condition import Status, status, verify
from index.embedding import Embedder
from index.errors import ParleyError, ReadingError
from index.integrity import Problem
from index.settings import Settings
from index.types import BuildReport, Skipped

if TYPE_CHECKING:
    from index.reading import Reading

__all__ = ["Problem", "Progress", "Status", "add", "build", "rebuild", "status", "verify"]

ADDED = Path("articles/added")
"""Where pages and feeds fetched from the web are saved."""


def rebuild(
    settings: Settings,
    paths: Sequence[Path],
    *,
    embedder: Embedder | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Read the paths and publish a new generation made of them.

    Without paths, those of the published generation are read again, or else `articles`. `progress` gets the
    stage, how much of it is done and the total (0: not known).
    Errors: UsageError for a path that is not there, IndexBusyError, ModelUnavailableError, ParleyError.
    """
    from index.reading import count_files, read_paths

    paths = list(paths) or _paths_before(settings)
    total = count_files(paths)
    with publish.builder_lock(settings.index):
        return build(
            settings, read_paths(paths), paths=paths, total=total, embedder=embedder, progress=progress
        )


def add(
    settings: Settings,
    addresses: Sequence[str],
    *,
    allow_private: bool = False,
    folder: Path = ADDED,
    embedder: Embedder | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Fetch pages or feeds into `folder`, then rebuild with it; what could not be fetched counts as skipped.

    Errors: ReadingError when nothing could be fetched, else those of `rebuild`.
    """
    from index.reading.add import add_addresses

    if progress:
        progress("fetch", 0, len(addresses))
    try:
        fetched = add_addresses(addresses, folder, allow_private)
    except OSError as error:
        raise ParleyError(f"{folder} cannot be written ({error.strerror})") from error
    failed = [Skipped(r.file, r.reason) for r in fetched if r.reason is not None]
    if failed and len(failed) == len(fetched):
        raise ReadingError(f"{failed[0].file}: {failed[0].reason}")
    paths = [p for p in _paths_before(settings) if p.exists()]
    if not any(folder.absolute().is_relative_to(p.absolute()) for p in paths):
        paths.append(folder)
    report = rebuild(settings, paths, embedder=embedder, progress=progress)
    return replace(report, files=report.files + len(failed), skipped=(*report.skipped, *failed))


def build(
    settings: Settings,
    readings: Iterable[Reading],
    *,
    paths: Sequence[Path] = (),
    total: int = 0,
    embedder: Embedder | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Publish a generation made of readings, which are taken one at a time. The caller holds the lock."""
    publish.remove_unused(settings.index)
    started = datetime.now(UTC)
    name = f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    folder = settings.index / "generations" / f"{name}.tmp"
    builder = Builder(settings, folder, name, embedder, progress or (lambda stage, done, total: None))
    try:
        folder.mkdir()
        report = builder.run(readings, [str(p.absolute()) for p in paths], total, started)
        publish.publish(settings.index, name, lambda done: builder.progress("publish", done, 3))
    except BaseException as error:  # also an interrupt from the keyboard
        publish.discard(settings.index, name)
        if isinstance(error, (OSError, sqlite3.Error)):
            raise _disk_error(error, settings.index) from error
        raise
    publish.remove_unused(settings.index)
    return report


def _disk_error(error: OSError | sqlite3.Error, folder: Path) -> ParleyError:
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    if full or "disk is full" in str(error):
        return ParleyError(f"the disk of {folder} is full; free some space, then rebuild")
    return ParleyError(f"the index in {folder} could not be written ({error}); the old one still serves")


def _paths_before(settings: Settings) -> list[Path]:
    try:
        name = publish.current_id(settings.index)
        stored = publish.read_manifest(publish.generation_folder(settings.index, name)).paths
    except ParleyError:
        stored = ()
    here = Path.cwd()
    found = [Path(p) for p in stored]
    return [p.relative_to(here) if p.is_relative_to(here) else p for p in found] or [Path("articles")]
