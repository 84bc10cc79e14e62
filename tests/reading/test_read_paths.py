"""Walking folders, names of articles, and the reading process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from hostile_files import TEXT
from saved_documents import PARAGRAPHS, make_page

from index import Article, UsageError
from index.reading import Reading, count_files, read_paths
from index.reading.canonical import canonical_url, finish


def _names(folder: Path, found: list[Reading]) -> list[str]:
    return [r.file.removeprefix(f"{folder}/") for r in found]


def test_folders_are_walked_sorted_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt", "sub/.git/d.txt", "another/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\n\n{TEXT}")
    found = list(read_paths([tmp_path]))
    assert _names(tmp_path, found) == ["a.txt", "b.txt", "another/e.txt", "sub/c.txt"]
    assert count_files([tmp_path]) == 4


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "up").symlink_to(tmp_path)
    paths = [tmp_path / "a.txt", tmp_path, tmp_path / "up"]
    assert len(list(read_paths(paths))) == count_files(paths) == 1


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        list(read_paths([tmp_path / "none"]))


def test_a_saved_page_s_own_folder_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "story.html").write_text(make_page())
    for folder, name in (("story_files", "frame.html"), ("other_files", "kept.html")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(make_page())
    assert _names(tmp_path, list(read_paths([tmp_path]))) == ["story.html", "other_files/kept.html"]


def test_unknown_kinds_are_skipped_and_counted(tmp_path: Path) -> None:
    for name in ("a.txt", "b.xyz", "c"):
        (tmp_path / name).write_text(TEXT)
    found = list(read_paths([tmp_path]))
    assert [bool(r.reason) for r in found] == [False, True, True]
    assert len(found) == count_files([tmp_path])


def test_what_a_file_is_counts_more_than_its_name(tmp_path: Path) -> None:
    (tmp_path / "page").write_text(make_page())
    (tmp_path / "page.txt").write_text(make_page())
    assert {a.title for r in read_paths([tmp_path]) for a in r.articles} == {
        "Ardania and Velmora agree on monitoring commission"
    }


def test_a_large_jsonl_comes_in_parts_and_is_one_file(tmp_path: Path) -> None:
    lines = "\n".join(
        json.dumps({"title": f"Story {n}", "text": f"{n}. {PARAGRAPHS[0]}"}) for n in range(1_203)
    )
    (tmp_path / "many.jsonl").write_text(f"broken\n{lines}\n")
    found = list(read_paths([tmp_path]))
    assert [r.continued for r in found] == [False, True, True]
    assert sum(len(r.articles) for r in found) == 1_203
    assert len({a.id for r in found for a in r.articles}) == 1_203
    assert any("line 1" in note for r in found for note in r.notes)
    assert count_files([tmp_path]) == 1


def test_stopping_in_the_middle_leaves_no_process(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(TEXT)
    reading = read_paths([tmp_path])
    next(reading)
    before = _children()
    reading.close()  # type: ignore[attr-defined]
    assert len(before) - len(_children()) == 1


def _children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def test_ids_stay_when_the_text_changes_and_when_the_folder_moves(tmp_path: Path) -> None:
    ids = []
    for place, text in (("one", TEXT), ("two", f"{TEXT}\nA correction was added on Monday.\n")):
        (tmp_path / place / "sub").mkdir(parents=True)
        (tmp_path / place / "sub" / "a.txt").write_text(text)
        ids += [a.id for r in read_paths([tmp_path / place]) for a in r.articles]
    assert ids[0] == ids[1]
    assert ids[0].startswith("a")
    assert len(ids[0]) == 13


def test_ids_are_given_by_address_where_there_is_one() -> None:
    one = Article("", "T", "Text one.", url="https://www.example.org/a?utm_source=x#part")
    two = Article("", "Other", "Text two.", url="http://example.org/a/")
    assert finish([one], "a.html")[0].id == finish([two], "b.html")[0].id
    assert finish([one], "a.html")[0].id != finish([Article("", "T", "Text one.")], "a.html")[0].id


def test_articles_of_one_file_have_different_ids_and_given_ones_are_kept() -> None:
    articles = [Article("", "Same", "One."), Article("", "Same", "Two."), Article("mine", "Same", "Three.")]
    ids = [a.id for a in finish(articles, "a.txt")]
    assert len(set(ids)) == 3
    assert ids[2] == "mine"


def test_canonical_text_has_no_surrogates_and_no_control_characters() -> None:
    [article] = finish([Article("", "A\nB", "e\u0301 \ud800 \x00\x07x\r\ny\ufeff")], "a.txt")
    assert (article.title, article.text) == ("A B", "é ? x\ny")


def test_addresses_of_one_page_are_one() -> None:
    assert canonical_url("https://WWW.Example.org/a/?b=1&fbclid=2#c") == canonical_url(
        "http://example.org/a?b=1"
    )
    assert canonical_url("http://[bad") == "http://[bad"


def test_it_works_in_a_script_without_a_main_guard(tmp_path: Path) -> None:
    """Also with files in the working folder that are named like modules of the standard library."""
    (tmp_path / "json.py").write_text("raise SystemExit('wrong json')")
    (tmp_path / "pickle.py").write_text("raise SystemExit('wrong pickle')")
    (tmp_path / "a.txt").write_text(TEXT)
    script = tmp_path / "sub" / "script.py"
    script.parent.mkdir()
    script.write_text(
        textwrap.dedent(f"""
        from pathlib import Path
        from index.reading import read_paths
        print([len(r.articles) for r in read_paths([Path({str(tmp_path)!r}) / "a.txt"])])
        """)
    )
    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.returncode) == ("[1]", 0), done.stderr


def test_the_reading_process_loads_no_model_and_no_store() -> None:
    program = (
        "import sys, index.reading.worker, index.reading.formats as f\n"
        "import importlib\n"
        "for module, _ in [*f._READERS.values(), *f._LINE_READERS.values()]: importlib.import_module(module)\n"
        "print(sorted({'torch', 'chromadb', 'transformers', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
