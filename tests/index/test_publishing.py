"""Whatever happens while building, the old generation serves, and nothing is left behind."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index import (
    Article,
    BuildReport,
    HashingEmbedder,
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    Library,
    ParleyError,
    Settings,
    publish,
    rebuild,
    verify,
)

from .conftest import articles  # type: ignore[import-not-found]

Build = Callable[..., BuildReport]
NEW = [Article("new", "New", "Something else was agreed on.")]

# Forks a builder that is killed at the nth report of its progress, and says where it was.
CRASHING = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from index import Article, HashingEmbedder, Settings, publish
    from index.build import build
    from index.reading import Reading

    settings = Settings(index=Path(sys.argv[1]), model="hashing")
    article = Article("new", "New", "Something else was agreed on.")
    for number in map(int, sys.stdin):
        child = os.fork()
        if child == 0:
            calls = 0
            def progress(stage, done, total):
                global calls
                calls += 1
                if calls == number:
                    print(stage, done, flush=True)
                    os.kill(os.getpid(), signal.SIGKILL)
            with publish.builder_lock(settings.index):
                build(settings, [Reading("f", (article,))], embedder=HashingEmbedder(), progress=progress)
            print("done 0", flush=True)
            os._exit(0)
        os.waitpid(child, 0)
    """
)


def names(index: Path) -> list[str]:
    return sorted(p.name for p in (index / "generations").iterdir())


def test_a_kill_at_any_step_leaves_a_sound_generation(build_index: Build, settings: Settings):
    old = build_index()
    library = Library(settings, HashingEmbedder())
    command = [sys.executable, "-c", CRASHING, str(settings.index)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as crashing:
        assert crashing.stdin is not None
        assert crashing.stdout is not None
        seen = []
        for number in range(1, 30):
            crashing.stdin.write(f"{number}\n")
            crashing.stdin.flush()
            where = crashing.stdout.readline().strip()
            seen.append(where)
            assert where, f"the builder died by itself before report {number}"
            time.sleep(0.05)
            with library.lease() as current:
                expected = "new" if where in ("publish 3", "done 0") else old.generation
                assert expected in (current.id, current.articles()[0].id), where
            assert verify(settings) == [], where
            if where == "done 0":
                break
        crashing.stdin.close()
    library.close()
    assert {
        "read 1",
        "split 1",
        "embed 1",
        "store 1",
        "verify 0",
        "publish 0",
        "publish 1",
        "publish 2",
    } <= set(seen)
    build_index()
    assert len(names(settings.index)) == 1, "the next build clears away what the crashes left"


@pytest.mark.parametrize("stage", ["read", "copies", "split", "embed", "store", "verify", "publish"])
def test_an_error_at_any_stage_leaves_no_litter(build_index: Build, settings: Settings, stage: str):
    old = build_index()

    def fail(at: str, done: int, total: int) -> None:
        if at == stage and done != 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(NEW, progress=fail)
    assert publish.current_id(settings.index) == old.generation
    assert names(settings.index) == [old.generation]
    assert sorted(p.name for p in settings.index.iterdir()) == ["CURRENT", "generations", "lock"]


def test_a_first_build_that_fails_leaves_no_index(build_index: Build, settings: Settings):
    def fail(at: str, done: int, total: int) -> None:
        if at == "publish" and done == 2:  # renamed, but not yet pointed to
            raise OSError(28, "No space left on device")

    with pytest.raises(ParleyError, match=r"disk .* is full"):
        build_index(NEW, progress=fail)
    assert names(settings.index) == []
    with pytest.raises(IndexMissingError, match="parley rebuild"), Library(settings).lease():
        pass


@pytest.mark.parametrize("limit", [2_000, 20_000, 100_000, 250_000])
def test_a_full_disk_is_one_line_and_the_old_index_serves(build_index: Build, settings: Settings, limit: int):
    """A limit on the size of files stands in for a full disk: writes fail in the middle of a file."""
    old = build_index()
    large = [
        Article(f"a{i}", f"Title {i}", f"Delegation {i} spoke of point {i * 7}. " * 30) for i in range(60)
    ]
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
        with pytest.raises(ParleyError) as raised:
            build_index(large)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert "\n" not in str(raised.value)
    assert publish.current_id(settings.index) == old.generation
    assert names(settings.index) == [old.generation]
    assert verify(settings) == []


def test_two_rebuilds_at_once_are_refused(build_index: Build, settings: Settings, tmp_path: Path):
    build_index()
    (tmp_path / "a.txt").write_text(
        "A title\n\nSome text of an article that can be read.\n", encoding="utf-8"
    )
    with (
        publish.builder_lock(settings.index),
        pytest.raises(IndexBusyError, match="another rebuild") as raised,
    ):
        rebuild(settings, [tmp_path / "a.txt"], embedder=HashingEmbedder())
    assert "\n" not in str(raised.value)
    assert rebuild(settings, [tmp_path / "a.txt"], embedder=HashingEmbedder()).articles == 1


def test_an_index_folder_that_cannot_be_used_is_named(tmp_path: Path):
    file = tmp_path / "file"
    file.write_text("not a folder")
    for folder in (file, file / "below", Path("/proc/none")):
        with pytest.raises(ParleyError, match="cannot be used") as raised:
            rebuild(Settings(index=folder, model="hashing"), [file])
        assert str(folder) in str(raised.value)
        assert "\n" not in str(raised.value)
        with pytest.raises(IndexMissingError), Library(Settings(index=folder)).lease():
            pass


def test_an_answer_keeps_its_generation_while_another_is_published(
    build_index: Build, library: Library, settings: Settings
):
    first = build_index()
    with library.lease() as old:
        second = build_index(NEW)
        assert set(names(settings.index)) == {first.generation, second.generation}
        with library.lease() as new:
            assert (old.id, new.id) == (first.generation, second.generation)
            assert old.article("cease").text
        assert len(old.search("truce in Jeddah", None)) > 0
    third = build_index(NEW)
    assert first.generation not in names(settings.index), "nobody used it any more"
    with library.lease() as newest:
        assert newest.id == third.generation


def test_a_reader_in_another_process_keeps_its_generation(build_index: Build, settings: Settings):
    first = build_index()
    lease = publish.take_lease(publish.generation_folder(settings.index, first.generation))
    build_index(NEW)
    assert first.generation in names(settings.index)
    os.close(lease)
    build_index(NEW)
    assert len(names(settings.index)) == 1


def test_answers_go_on_during_rebuilds(build_index: Build, library: Library):
    build_index()
    stop = threading.Event()
    wrong: list[str] = []

    def ask() -> None:
        while not stop.is_set():
            with library.lease() as current:
                ids = {a.id for a in current.articles()}
                for hit in current.search("truce agreed on in Jeddah", None):
                    if hit.article_id not in ids or not current.passage(hit.row).text:
                        wrong.append(hit.article_id)
            time.sleep(0.01)

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    try:
        for number in range(3):
            build_index(NEW if number % 2 == 0 else articles())
    finally:
        stop.set()
        for asker in askers:
            asker.join()
    assert not wrong


def test_a_library_leaves_no_open_files(build_index: Build, settings: Settings):
    build_index()
    opened = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        library = Library(settings, HashingEmbedder())
        with library.lease() as current:
            current.search("truce", None)
        library.close()
    assert len(list(Path("/proc/self/fd").iterdir())) <= opened


def test_a_read_only_index_can_be_read(build_index: Build, settings: Settings):
    build_index()
    for path in [settings.index, *settings.index.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {p: p.stat().st_mtime_ns for p in settings.index.rglob("*")}
    library = Library(settings, HashingEmbedder())
    with library.lease() as current:
        assert current.search("truce", None)
    library.close()
    assert {p: p.stat().st_mtime_ns for p in settings.index.rglob("*")} == before
    for path in [settings.index, *settings.index.rglob("*")]:
        path.chmod(0o755)


@pytest.mark.parametrize("content", ["", "../..", "no-such-generation", "\xff"])
def test_a_damaged_pointer_is_reported_and_mended_by_a_rebuild(
    build_index: Build, library: Library, settings: Settings, content: str
):
    build_index()
    (settings.index / "CURRENT").write_text(content, encoding="latin-1")
    with pytest.raises(IndexDamagedError, match="CURRENT"), library.lease():
        pass
    build_index()
    with library.lease() as current:
        assert current.article_count == 5
