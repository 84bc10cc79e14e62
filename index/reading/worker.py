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
    """The end of a file; `reason` when it could not be read (to its end)."""

    reason: str | None


def main(cpu_seconds: int, memory_bytes: int) -> None:
    """Serve tasks from standard input until it closes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not garble the answers
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit_memory(memory_bytes)
    sys.setrecursionlimit(2_000)
    while header := sys.stdin.buffer.read(LENGTH.size):
        task = pickle.loads(sys.stdin.buffer.read(*LENGTH.unpack(header)))  # noqa: S301  # from our own parent
        _send(answers, _serve(task, answers, cpu_seconds))


def _serve(task: Task, answers: BinaryIO, cpu_seconds: int) -> Done:
    try:
        _limit_processor(cpu_seconds)
        for part in read_file(Path(task.path), task.file, task.relative):
            _send(answers, part)
            _limit_processor(cpu_seconds)
    except ReadingError as error:
        return Done(str(error))
    except MemoryError:
        return Done("needs too much memory to read")
    except RecursionError:
        return Done("is nested too deeply")
    except OSError as error:
        return Done(f"cannot be opened: {error.strerror or error}")
    except Exception as error:  # noqa: BLE001  # a parser may fail in any way; the file's reason says how
        return Done(f"is damaged ({type(error).__name__}: {str(error)[:120]})")
    return Done(None)


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


def _limit_memory(extra: int) -> None:
    """Let the process grow by `extra` bytes of address space over what the libraries themselves take."""
    import lxml.html  # noqa: F401  # counted in the base, not in the file's share
    import trafilatura  # noqa: F401

    statm = Path("/proc/self/statm")
    if not statm.exists():
        return
    base = int(statm.read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = base + extra
    resource.setrlimit(
        resource.RLIMIT_AS, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard)
    )
