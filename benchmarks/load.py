"""40 streams at once against the real server on this machine, and /api/health meanwhile.

Each of the clients asks, reads its stream to the end and asks its next question at once. Aimed at on 2 cores:
0 errors, first event within 400 ms for 95 % and /api/health within 100 ms for 99 %.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parent))

from _served import quantile, sample_server


@dataclass
class Seen:
    """What the clients saw; times in seconds."""

    first_event: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def load(url: str, questions: list[str], streams: int, seconds: float) -> Seen:
    """Keep `streams` streams open for `seconds`."""
    seen = Seen()
    endless = itertools.cycle(questions)
    end = time.monotonic() + seconds
    clients = [_client(url, endless, end, seen) for _ in range(streams)]
    await asyncio.gather(_watch_health(url, end, seen), *clients)
    return seen


async def _client(url: str, questions: Iterator[str], end: float, seen: Seen) -> None:
    while time.monotonic() < end:
        body = json.dumps({"question": next(questions), "stream": True})
        began = time.monotonic()
        try:
            first, text = await _exchange(url, "POST", "/api/ask", body)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            seen.errors.append(repr(error))
            continue
        if '"type":"done"' not in text:
            seen.errors.append(text[:200])
        seen.first_event.append(first - began)
        seen.whole.append(time.monotonic() - began)


async def _watch_health(url: str, end: float, seen: Seen) -> None:
    while time.monotonic() < end:
        began = time.monotonic()
        try:
            _, text = await _exchange(url, "GET", "/api/health", "")
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            seen.errors.append(repr(error))
            continue
        seen.health.append(time.monotonic() - began)
        if '"status":"ok"' not in text:
            seen.errors.append(text[:200])
        await asyncio.sleep(0.05)


async def _exchange(url: str, method: str, path: str, body: str) -> tuple[float, str]:
    """When the first piece of the body came, and all of it. A connection each, as from separate people."""
    place = urlsplit(url)
    async with asyncio.timeout(30):
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        try:
            head = f"{method} {path} HTTP/1.1\r\nHost: {place.netloc}\r\nConnection: close\r\n"
            payload = body.encode()
            head += f"Content-Type: application/json\r\nContent-Length: {len(payload)}\r\n\r\n"
            writer.write(head.encode() + payload)
            status = await reader.readuntil(b"\r\n\r\n")
            piece = await reader.read(65536)
            first = time.monotonic()
            if b" 200 " not in status.split(b"\r\n")[0]:
                raise OSError(status.split(b"\r\n")[0].decode())
            return first, (piece + await reader.read()).decode(errors="replace")
        finally:
            writer.close()


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--streams", type=int, default=40)
    given = arguments.parse_args()
    with sample_server() as (url, questions):
        new = [f"{q[:-1]}, as told on day {n}?" for n in range(1, 200) for q in questions]
        failed = False
        for name, asked in (("every question new", new), (f"{len(questions)} questions in turn", questions)):
            seen = asyncio.run(load(url, asked, given.streams, given.seconds))
            print(
                f"\n{given.streams} streams at once for {given.seconds:g} s, {os.cpu_count()} cores, {name}"
            )
            report(seen, given.seconds)
            failed = failed or bool(seen.errors)
    return 1 if failed else 0


def report(seen: Seen, seconds: float) -> None:
    """Print the figures."""
    print(f"answers            {len(seen.whole)} ({len(seen.whole) / seconds:.0f} a second)")
    print(f"errors             {len(seen.errors)} {seen.errors[:2] or ''}")
    for name, values in (
        ("first event", seen.first_event),
        ("whole stream", seen.whole),
        ("health", seen.health),
    ):
        median, high, most = (1000 * quantile(values, share) for share in (0.5, 0.95, 0.99))
        print(f"{name:18} median {median:.0f} ms, p95 {high:.0f} ms, p99 {most:.0f} ms ({len(values)})")


if __name__ == "__main__":
    sys.exit(main())
