"""Generations on disk: locks, leases, the manifest, and the one pointer that publishes.

<index>/lock                    held while building, freed by a crash
<index>/CURRENT                 name of the published generation
<index>/generations/<id>/       complete; `lease` in it is held, shared, by every reader
<index>/generations/<id>.tmp/   being built
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from index.errors import IndexBusyError, IndexDamagedError, IndexMissingError, ParleyError

FORMAT = 1
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class FileRecord:
    """Size in bytes and SHA-256 of a generation's file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of."""

    id: str
    built_at: str
    """UTC, ISO 8601."""
    model: str
    fingerprint: str
    """Vectors are reused, and questions compared with them, only under the same fingerprint."""
    dimensions: int
    passage_tokens: int
    paths: tuple[str, ...]
    """What was read, to be read again."""
    articles: int
    passages: int
    sentences: int
    tokens: int
    """tiktoken tokens of all passages."""
    cut_passages: int
    newest: str | None
    oldest: str | None
    skipped: int = 0
    files: Mapping[str, FileRecord] = field(default_factory=dict)
    format: int = FORMAT


def current_id(folder: Path) -> str:
    """Name of the published generation. Errors: IndexMissingError, IndexDamagedError."""
    try:
        name = (folder / "CURRENT").read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissingError(
            f"there is no index in {folder}; build one with `parley rebuild PATH`"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(f"{folder / 'CURRENT'} cannot be read ({error})") from error
    if not name or "/" in name or name.startswith("."):
        raise IndexDamagedError(f"{folder / 'CURRENT'} names no generation; run `parley rebuild`")
    return name


def generation_folder(folder: Path, name: str) -> Path:
    return folder / "generations" / name


def read_manifest(generation: Path) -> Manifest:
    """Errors: IndexDamagedError."""
    try:
        record = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
        if record["format"] != FORMAT:
            raise IndexDamagedError(
                f"the index has format {record['format']}, this Parley reads {FORMAT}; run `parley rebuild`"
            )
        record["files"] = {name: FileRecord(**value) for name, value in record["files"].items()}
        record["paths"] = tuple(record["paths"])
        return Manifest(**record)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamagedError(
            f"the manifest of {generation} cannot be read ({type(error).__name__}); run `parley rebuild`"
        ) from error


def write_manifest(generation: Path, manifest: Manifest) -> None:
    record = asdict(manifest)
    (generation / "manifest.json").write_text(
        json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def describe_files(generation: Path) -> dict[str, FileRecord]:
    """Every file of a generation but the manifest and the lease, by its path relative to the generation."""
    return {
        str(path.relative_to(generation)): FileRecord(path.stat().st_size, file_sha256(path))
        for path in sorted(generation.rglob("*"))
        if path.is_file() and path.name not in ("manifest.json", "lease")
    }


def damaged_files(generation: Path, manifest: Manifest, prefix: str = "") -> list[str]:
    """Files below `prefix` that are missing, or differ from the manifest in size or SHA-256."""
    damaged = []
    for name, record in manifest.files.items():
        if name.startswith(prefix):
            path = generation / name
            try:
                same = path.stat().st_size == record.size and file_sha256(path) == record.sha256
            except OSError:
                same = False
            if not same:
                damaged.append(name)
    return damaged


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def builder_lock(folder: Path) -> Iterator[None]:
    """Hold the index folder for building. Errors: IndexBusyError, ParleyError for an unusable folder."""
    try:
        (folder / "generations").mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ParleyError(
            f"the index folder {folder} cannot be used ({error.strerror}); name another with --index"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IndexBusyError(
                f"another rebuild is running in {folder}; wait until it has finished"
            ) from error
        yield
    finally:
        os.close(descriptor)


def publish(folder: Path, name: str, step: Callable[[int], None] = lambda done: None) -> None:
    """Make `generations/<name>.tmp` the published generation; after this returns it survives a power cut.

    `step` is told 0 to 3: before anything, when all is on disk, renamed, and published.
    """
    generations = folder / "generations"
    building, final = generations / f"{name}.tmp", generations / name
    step(0)
    _sync_tree(building)
    step(1)
    building.rename(final)
    _sync(generations)
    step(2)
    pointer = folder / "CURRENT.tmp"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(folder / "CURRENT")
    _sync(folder)
    step(3)


def remove_unused(folder: Path) -> None:
    """Delete every generation that is neither published nor leased, and what broken builds left.

    Call only while holding the builder's lock.
    """
    (folder / "CURRENT.tmp").unlink(missing_ok=True)
    try:
        published = current_id(folder)
    except ParleyError:
        published = None  # any of them may have been: nothing complete is deleted
    for path in (folder / "generations").iterdir():
        unused = published is not None and path.name != published and _unleased(path)
        if path.name.endswith(".tmp") or unused:
            shutil.rmtree(path, ignore_errors=True)


def discard(folder: Path, name: str) -> None:
    """Delete what a failed build left, unless it got as far as being published."""
    (folder / "CURRENT.tmp").unlink(missing_ok=True)
    shutil.rmtree(folder / "generations" / f"{name}.tmp", ignore_errors=True)
    try:
        published = current_id(folder) == name
    except ParleyError:
        published = False
    if not published:
        shutil.rmtree(generation_folder(folder, name), ignore_errors=True)


def take_lease(generation: Path) -> int:
    """A shared hold on a generation: no builder deletes it until the descriptor is closed.

    Errors: FileNotFoundError when it is gone already.
    """
    descriptor = os.open(generation / "lease", os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if not (generation / "lease").exists():
            raise FileNotFoundError(generation)
    except BlockingIOError as error:  # a builder is deleting it
        os.close(descriptor)
        raise FileNotFoundError(generation) from error
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _unleased(generation: Path) -> bool:
    try:
        descriptor = os.open(generation / "lease", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        (generation / "lease").unlink(missing_ok=True)  # a reader that waits now finds it gone
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _sync_tree(folder: Path) -> None:
    for root, _, files in os.walk(folder):
        for name in files:
            _sync(Path(root) / name)
        _sync(Path(root))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
