"""The command line as scripts see it: shapes, exit codes, one-line errors."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ANSWER_KEYS = {
    "id",
    "question",
    "standalone_question",
    "answered",
    "reason",
    "answer",
    "sentences",
    "citations",
    "nearest",
    "confidence",
    "collection",
    "timings_ms",
}
CITATION_KEYS = {
    "number",
    "article_id",
    "title",
    "publisher",
    "published",
    "url",
    "quote",
    "start",
    "end",
    "prefix",
    "suffix",
    "text_sha256",
}


def test_help_answers_at_once():
    times = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "assistant.cli", "--help"], check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    assert (
        "Answers questions"
        in subprocess.run(
            [sys.executable, "-m", "assistant.cli", "--help"], check=True, capture_output=True, text=True
        ).stdout
    )
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, assistant.cli; print('numpy' in sys.modules, 'flask' in sys.modules)",
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert loaded.split() == ["False", "False"], "a heavy library is loaded before a command is known"


def test_rebuild_json_has_the_contract(parley):
    report = json.loads(parley("rebuild", "articles", "--json").stdout)
    keys = {"generation", "articles", "passages", "sentences", "embedded", "reused", "skipped", "seconds"}
    assert keys <= set(report)
    assert report["articles"] == 3
    assert report["embedded"] == 0, "unchanged articles keep their vectors"
    assert report["reused"] == report["passages"] > 0
    assert report["skipped"] == []


def test_ask_answers_with_exact_citations(parley, collection):
    answer = json.loads(parley("ask", "Who mediated the talks on ferries in Lagoda?", "--json").stdout)
    assert set(answer) >= ANSWER_KEYS
    assert answer["answered"] is True
    assert "Iceland" in answer["answer"]
    texts = {
        a["id"]: a["text"] for a in json.loads(parley("articles", "--json", "--text").stdout)["articles"]
    }
    assert answer["citations"]
    for citation in answer["citations"]:
        assert set(citation) >= CITATION_KEYS
        assert texts[citation["article_id"]][citation["start"] : citation["end"]] == citation["quote"]


def test_refusal_is_an_answer(parley):
    done = parley("ask", "How deep is the Mariana Trench?", "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert answer["answered"] is False
    assert answer["reason"] in {"no_match", "weak_evidence"}
    assert answer["sentences"] == []
    assert "3 articles" in answer["answer"]


def test_filters_are_hard(parley):
    answer = json.loads(parley("ask", "Who mediated the talks?", "--publisher", "Nobody", "--json").stdout)
    assert (answer["answered"], answer["reason"]) == (False, "filtered_out")
    results = json.loads(parley("search", "crossing", "--publisher", "northern wire", "--json").stdout)[
        "results"
    ]
    assert {r["publisher"] for r in results} == {"Northern Wire"}
    early = json.loads(parley("search", "prisoners", "--as-of", "2024-04-01", "--json").stdout)["results"]
    assert {r["published"] for r in early} == {"2024-03-05"}


def test_batch_answers_each_line_in_order(parley, tmp_path):
    lines = [
        {"id": "one", "question": "How many prisoners did Sudmark release?", "history": [], "filters": {}},
        {"id": 2, "question": "Who mediated the talks?", "filters": {"publishers": ["Coast Courier"]}},
        {"id": "x", "question": "Who?", "filters": {"since": "soon"}},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    done = parley("ask", "--batch", str(file))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["one", 2, "x"]
    assert "40" in rows[0]["answer"]
    assert "since" in rows[2]["error"]["message"]
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_search_batch_from_standard_input(parley):
    done = parley("search", "-k", "2", "--batch", "-", stdin='{"id": "a", "question": "ferries"}\n')
    row = json.loads(done.stdout)
    assert row["id"] == "a"
    keys = ["article_id", "title", "publisher", "published", "start", "end", "text", "score"]
    assert list(row["results"][0]) == keys
    assert "ferries" in row["results"][0]["text"]


def test_articles_and_status(parley):
    articles = json.loads(parley("articles", "--json").stdout)["articles"]
    keys = {"id", "title", "publisher", "author", "published", "url", "file", "characters"}
    assert all(keys <= set(a) and "text" not in a for a in articles)
    assert {a["title"] for a in articles} >= {
        "Sudmark frees forty prisoners",
        "Observers arrive at the Vell crossing",
    }
    status = json.loads(parley("status", "--json").stdout)
    assert status["articles"] == 3
    assert status["cut_passages"] == 0


def test_verify_finds_a_changed_export(parley, tmp_path):
    assert parley("verify").returncode == 0
    stored = tmp_path / "answer.json"
    stored.write_text(parley("ask", "Who mediated the talks?", "--json").stdout, encoding="utf-8")
    assert parley("verify", str(stored)).returncode == 0
    stored.write_text(stored.read_text(encoding="utf-8").replace("Iceland", "Ireland"), encoding="utf-8")
    done = parley("verify", str(stored))
    assert done.returncode == 1
    assert "answer.json" in done.stdout


def test_chat_understands_a_follow_up(parley):
    done = parley("chat", stdin="How many prisoners did Sudmark release?\nWhere did it release them?\n")
    assert done.returncode == 0, done.stderr
    assert "40 prisoners" in done.stdout
    assert "Understood as:" in done.stdout


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["ask"], 2, "give a question"),
        (["ask", "Who?", "--since", "yesterday"], 2, "is not a date"),
        (["ask", "Who?", "--index", "elsewhere"], 1, "parley rebuild"),
        (["rebuild", "no-such-folder"], 2, "no-such-folder"),
        (["ask", "--batch", "missing.jsonl"], 2, "missing.jsonl"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_errors_are_one_line_and_say_what_to_do(parley, args, code, says):
    done = parley(*args)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    if args != ["nonsense"]:
        assert len(done.stderr.strip().splitlines()) == 1


def test_a_reader_that_goes_away_is_no_crash(collection):
    command = f"{sys.executable} -m assistant.cli articles --json --text | head -c 1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=collection, capture_output=True, text=True, timeout=60, check=False
    )
    assert "Traceback" not in done.stderr


def test_an_index_from_elsewhere_works_in_a_folder_with_an_awkward_name(parley, collection, tmp_path):
    home = tmp_path / "naïve folder “é”"
    home.mkdir()
    shutil.copytree(collection / "articles", home / "articles")
    done = parley("rebuild", str(home / "articles"), "--index", str(home / "my index"), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["articles"] == 3
    assert Path(home / "my index" / "CURRENT").exists()
