"""Evaluation of an assistant over a real small index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from assistant import Assistant
from assistant.evaluate import evaluate_file, read_case
from index import Library, Settings, UsageError, rebuild

ARTICLES = {
    "Lisbon": "The Lisbon truce was signed on 3 May 2021. Maria Lindqvist mediated the Lisbon truce.",
    "Oslo": "Norway hosted the fishing talks in Oslo. The fishing talks in Oslo ended without a result.",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("evaluated")
    lines = [
        json.dumps({"id": title.lower(), "title": title, "text": text}) for title, text in ARTICLES.items()
    ]
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    settings = Settings(index=folder / "index", model="hashing")
    rebuild(settings, [folder / "articles.jsonl"])
    library = Library(settings)
    yield Assistant(library)
    library.close()


def test_the_figures_of_a_file(assistant: Assistant, tmp_path: Path) -> None:
    records = [
        {
            "question": "Who mediated the Lisbon truce?",
            "must_contain": ["Maria Lindqvist"],
            "answers": ["Maria Lindqvist mediated the Lisbon truce."],
            "evidence": [{"doc_id": "lisbon", "text": "Maria Lindqvist mediated the Lisbon truce."}],
        },
        {"question": "Where were the fishing talks held?", "article": "Oslo", "must_contain": ["nowhere"]},
        {"question": "What do zebras eat for breakfast?", "answerable": False},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, records)) + "\n", encoding="utf-8")
    scores = evaluate_file(assistant, file)
    assert scores.questions == 3
    assert (scores.hit[1].right, scores.hit[1].of) == (2, 2)
    assert scores.ndcg == 1
    assert scores.match.of == 2
    assert scores.match.right <= 1
    assert scores.refusal_recall.of == 1
    shown = StringIO()
    scores.print(Console(file=shown, width=100))
    assert "nDCG@10" in shown.getvalue()
    assert set(json.loads(json.dumps(scores.to_json()))) >= {"hit", "answer_match", "latency_ms"}


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"question": ""}, "question"),
        ({"question": "Who?", "answerable": "yes"}, "answerable"),
        ({"question": "Who?", "answers": "x"}, "answers"),
        ({"question": "Who?", "evidence": ["x"]}, "evidence"),
    ],
)
def test_a_wrong_line_names_its_field(record: dict[str, object], field: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_case(record)
    assert raised.value.field == field


def test_an_empty_file_is_refused(assistant: Assistant, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no question"):
        evaluate_file(assistant, tmp_path / "none.jsonl")
