"""The reading process: parses files for its parent, so that a bad file can only kill this process.

Frames on both pipes are a length (8 bytes, big-endian) and a pickle. The parent sends `Task`; each is
answered by any number of `Part` and then one `Done`.
"""

from __future__ import annotations

import os
import pickle
import resource
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from index.errors import ReadingError
from index.reading.formats import read_file

LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read."""

    path: str
    file: str
    relative: str


@dataclass(frozen=True, slots=True)
class Done:
    """The end of a file."""

    reason: str | None
    """Why it could not be read (to its end), if so."""
    spent: bool = False
    """Whether the process has used up so much of its memory that it should be replaced."""


def main(cpu_seconds: int, memory_bytes: int) -> None:
    """Serve tasks from standard input until it closes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not garble the answers
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    enough = _limit_memory(memory_bytes) + memory_bytes // 2
    sys.setrecursionlimit(2_000)
    while header := sys.stdin.buffer.read(LENGTH.size):
        task = pickle.loads(sys.stdin.buffer.read(*LENGTH.unpack(header)))  # noqa: S301  # from our own parent
        reason = _serve(task, answers, cpu_seconds)
        _send(answers, Done(reason, spent=_address_space() > enough))


def _serve(task: Task, answers: BinaryIO, cpu_seconds: int) -> str | None:
    try:
        _limit_processor(cpu_seconds)
        for part in read_file(Path(task.path), task.file, task.relative):
            _send(answers, part)
            _limit_processor(cpu_seconds)
    except ReadingError as error:
        return str(error)
    except MemoryError:
        return "needs too much memory to read"
    except RecursionError:
        return "is nested too deeply"
    except OSError as error:
        return f"cannot be opened: {error.strerror or error}"
    except Exception as error:  # noqa: BLE001  # a parser may fail in any way; the file's reason says how
        return f"is damaged ({type(error).__name__}: {str(error)[:120]})"
    return None


def _send(answers: BinaryIO, message: object) -> None:
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    answers.write(LENGTH.pack(len(data)))
    answers.write(data)
    answers.flush()


def _limit_processor(seconds: int) -> None:
    """Let the kernel end this process after `seconds` more of processor time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(
        resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard)
    )


def _limit_memory(extra: int) -> int:
    """Let the process grow by `extra` bytes over the address space of its libraries, which is returned."""
    import lxml.html  # noqa: F401  # counted in the base, not in the file's share
    import trafilatura  # noqa: F401

    base = _address_space()
    if not base:
        return 0
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = base + extra
    resource.setrlimit(
        resource.RLIMIT_AS, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard)
    )
    return base


def _address_space() -> int:
    """Bytes of this process's address space, or 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0
