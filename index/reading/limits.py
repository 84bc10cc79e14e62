"""Reading in a child process with limits on time and memory. A killed child is replaced."""

from __future__ import annotations

import os
import pickle
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from index.errors import ReadingError
from index.reading.formats import Part
from index.reading.walk import Entry
from index.reading.worker import LENGTH, Done, Task


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file (or one part of a file read line by line) may take."""

    cpu_seconds: int = 5
    wall_seconds: float = 15.0
    """More than the processor's limit: on a busy machine a process waits its turn."""
    memory_bytes: int = 512 * 1024 * 1024


DEFAULT = Limits()


class ReadingProcess:
    """A child process that parses files. Started when first needed; use as a context manager."""

    def __init__(self, limits: Limits = DEFAULT) -> None:
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._buffer = bytearray()

    def __enter__(self) -> ReadingProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, entry: Entry) -> Iterator[Part]:
        """The parts of one file. Errors: ReadingError with the reason, also for a broken limit."""
        child = self._started()
        assert child.stdin is not None
        finished = False
        try:
            message = pickle.dumps(Task(os.fspath(entry.path), entry.file, entry.relative))
            try:
                child.stdin.write(LENGTH.pack(len(message)) + message)
                child.stdin.flush()
            except OSError as error:
                raise ReadingError(self._obituary()) from error
            while not isinstance(answer := self._receive(), Done):
                yield answer
            finished = not answer.spent
            if answer.reason:
                raise ReadingError(answer.reason)
        finally:
            if not finished:
                self.close()

    def close(self) -> None:
        """End the child, whatever it is doing."""
        child, self._child = self._child, None
        self._buffer.clear()
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is not None:
            self.close()
        if self._child is None:
            home = str(Path(__file__).resolve().parents[2])
            program = (
                f"import sys; sys.path.append({home!r}); from index.reading.worker import main; "
                f"main({self._limits.cpu_seconds}, {self._limits.memory_bytes})"
            )
            # -P keeps the working folder off the module path: it is full of files that strangers wrote.
            self._child = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-c", program],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        return self._child

    def _receive(self) -> Part | Done:
        deadline = time.monotonic() + self._limits.wall_seconds
        (length,) = LENGTH.unpack(self._bytes(LENGTH.size, deadline))
        message: Part | Done = pickle.loads(self._bytes(length, deadline))  # noqa: S301  # our own child
        return message

    def _bytes(self, count: int, deadline: float) -> bytes:
        assert self._child is not None
        assert self._child.stdout is not None
        pipe = self._child.stdout.fileno()
        while len(self._buffer) < count:
            ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise ReadingError(f"takes longer than {self._limits.wall_seconds:.0f} s to read")
            data = os.read(pipe, 1 << 20)
            if not data:
                raise ReadingError(self._obituary())
            self._buffer += data
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _obituary(self) -> str:
        assert self._child is not None
        try:
            code = self._child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "the reading process stopped answering"
        if code == -signal.SIGXCPU:
            return f"takes longer than {self._limits.cpu_seconds} s to read"
        if code < 0:
            return f"crashes the reader ({signal.Signals(-code).name})"
        return f"ends the reader (exit code {code})"
