"""Hostile and damaged files are read right or skipped with a reason; none stops the others, none hangs."""

from __future__ import annotations

import json
import os
import socket
import time
from pathlib import Path

import pytest
from hostile_files import TEXT, Hostile, hostile_files

from index.reading import Limits, Reading, count_files, read_paths

LONG = int(os.environ.get("PARLEY_LONG_LINE_MB", "20"))
BRIEF = Limits(cpu_seconds=2, wall_seconds=30)
"""Shorter than the usual limits, so that the test is quick; the processor's time counts, not a busy machine's."""
FILES = {hostile.name: hostile for hostile in hostile_files(LONG)}


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reading]:
    """All hostile files read in one run, by name, between two good ones."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in ("000-good.txt", "zzz-good.txt"):
        (folder / name).write_text(TEXT)
    for hostile in FILES.values():
        (folder / hostile.name).write_bytes(hostile.make())
    os.mkfifo(folder / "pipe.txt")
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "loop").symlink_to(folder)
    place = os.open(folder, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(f"/proc/self/fd/{place}/socket.txt")
    os.close(place)
    (folder / os.fsdecode(b"not-utf8-\xff.txt")).write_text(TEXT)
    started = time.monotonic()
    found = [r for r in read_paths([folder], BRIEF) if not r.continued]
    assert time.monotonic() - started < 300
    assert len(found) == count_files([folder]) == len(FILES) + 7
    return {r.file.removeprefix(f"{folder}/"): r for r in found}


def _shown(name: str) -> str:
    return name.replace("\n", "\\n").replace("\x1b", "\\x1b")


def test_there_are_enough() -> None:
    assert len(FILES) >= 60


@pytest.mark.parametrize("hostile", FILES.values(), ids=lambda h: ascii(h.name)[1:40])
def test_each_is_read_or_skipped_with_a_reason(readings: dict[str, Reading], hostile: Hostile) -> None:
    reading = readings[_shown(hostile.name)]
    assert bool(reading.articles) != bool(reading.reason)
    if hostile.read is not None:
        assert bool(reading.articles) == hostile.read, reading.reason
    assert reading.reason is None or len(reading.reason) < 200


@pytest.mark.parametrize("name", ["000-good.txt", "zzz-good.txt", "not-utf8-\\xff.txt"])
def test_the_good_ones_are_read(readings: dict[str, Reading], name: str) -> None:
    assert [len(a.text) > 500 for a in readings[name].articles] == [True]


@pytest.mark.parametrize("name", ["pipe.txt", "dangling.txt", "device.txt", "socket.txt"])
def test_what_is_no_file_has_a_reason(readings: dict[str, Reading], name: str) -> None:
    assert readings[name].reason


def test_what_comes_out_can_be_stored(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        json.dumps([reading.file, reading.reason]).encode()
        for article in reading.articles:
            article.text.encode("utf-8")
            article.title.encode("utf-8")
            assert "\0" not in article.text
            assert article.id
            assert article.text.strip()


def test_nothing_was_run(readings: dict[str, Reading]) -> None:
    assert not Path("owned").exists()
    assert not any("root:" in a.text for r in readings.values() for a in r.articles)


def test_an_unreadable_file_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT)
    (tmp_path / "secret.txt").chmod(0)
    [reading] = read_paths([tmp_path])
    if os.geteuid() != 0:
        assert reading.reason
    assert bool(reading.articles) != bool(reading.reason)


def test_a_reader_that_takes_too_long_is_ended_and_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<html><body>" + b"<p>word word word.</p>" * 400_000)
    (tmp_path / "b.txt").write_text(TEXT)
    slow, good = read_paths([tmp_path], Limits(cpu_seconds=1, wall_seconds=20))
    assert slow.reason is not None
    assert "takes longer" in slow.reason
    assert good.articles


def test_a_reader_that_needs_too_much_memory_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<html><body>" + b"<p>word word word.</p>" * 400_000)
    (tmp_path / "b.txt").write_text(TEXT)
    large, good = read_paths([tmp_path], Limits(cpu_seconds=30, wall_seconds=60, memory_bytes=150 * 2**20))
    assert large.reason
    assert good.articles
