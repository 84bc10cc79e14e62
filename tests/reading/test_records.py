"""Markdown, JSONL, tables and the encodings of text files."""

from __future__ import annotations

import io
import json

import pytest

from index.errors import ReadingError
from index.reading.encoding import decode
from index.reading.jsonl import read_jsonl
from index.reading.markdown import read_markdown
from index.reading.table import read_csv
from index.types import Article

TEXT = "Größere Gespräche – “heute” in Genf."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    long = TEXT + " They went on for days without a word to anyone outside." * 5
    assert decode(long.encode(encoding)) == long


def test_text_is_composed_and_without_lone_surrogates() -> None:
    assert decode("Cafe\u0301".encode()) == "Café"
    assert "\ufffd" in decode(b"a good deal of text " * 20 + b"\xed\xa0\x80 " + "é".encode() * 40)


@pytest.mark.parametrize("data", [b"", b"  \n", bytes(range(256)) * 20, b"\x00\x01\x02\x03" * 50])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadingError):
        decode(data)


def test_front_matter_and_markup() -> None:
    source = (
        '---\ntitle: "Talks: day one"\nsource: Example News\nauthor: Ann Lee and Bo Chen\ndate: 2023-05-03\n'
        "url: https://news.example/1\n---\n# Talks: day one\n\n**Envoys** [met](https://x.example) in\nGeneva. ![a](b.png)\n\n"
        "- one *point*\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    (article,) = read_markdown(source.encode(), "a.md")
    assert article.title == "Talks: day one"
    assert article.publisher == "Example News"
    assert article.authors == ("Ann Lee", "Bo Chen")
    assert article.published.iso == "2023-05-03"
    assert article.url == "https://news.example/1"
    assert article.text == "Envoys met in Geneva.\n\none point\n\ntwo\n\na | b\n\n1 | 2"


def test_markdown_without_or_with_damaged_front_matter() -> None:
    assert read_markdown(b"# Head\n\nText here.", "a.md")[0].title == "Head"
    (article,) = read_markdown(b"---\ntitle: a: b: c\nauthor: [x\n---\nText here.", "a.md")
    assert (article.title, article.text) == ("a: b: c", "Text here.")
    with pytest.raises(ReadingError):
        read_markdown(b"---\ntitle: x\n---\n", "a.md")


def test_jsonl_keeps_good_lines_and_notes_the_others() -> None:
    lines = [
        json.dumps({"id": "x1", "title": "T", "text": "One.", "source": "Example News", "date": "2023-05", "url": "u"}),
        "not json", "", json.dumps({"title": "no text"}), "[1]",
        json.dumps({"text": "Two.", "authors": ["Ann Lee", {"name": "Bo Chen"}], "publisher": {"name": "P"}}),
    ]  # fmt: skip
    found = list(read_jsonl(io.BytesIO("\n".join(lines).encode()), "a.jsonl"))
    first, second = (a for a in found if isinstance(a, Article))
    assert (first.id, first.publisher, first.published.iso) == ("x1", "Example News", "2023-05")
    assert (second.authors, second.publisher) == (("Ann Lee", "Bo Chen"), "P")
    assert [n for n in found if isinstance(n, str)] == [
        "line 2: not JSON", "line 4: no text", "line 5: not a JSON object",
    ]  # fmt: skip


def test_many_bad_lines_make_few_notes() -> None:
    notes = list(read_jsonl(io.BytesIO(b"x\n" * 5_000), "a.jsonl"))
    assert len(notes) == 21
    assert notes[-1] == "4980 more like these"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_tables(delimiter: str, encoding: str) -> None:
    rows = [
        ["Headline", "Body", "Date", "Outlet"],
        ["Talks", '"Größe, said he;\nand left."', "03.05.2022", "Example"],
    ]
    source = "\n".join(delimiter.join(row) for row in [*rows, ["x", "", "", ""]])
    article, note = read_csv(io.BytesIO(source.encode(encoding)), "a.csv")
    assert isinstance(article, Article)
    assert article.text == "Größe, said he;\nand left."
    assert (article.title, article.published.iso, article.publisher) == ("Talks", "2022-05-03", "Example")
    assert note == "row 3: no text"


def test_a_table_without_text_says_which_columns_it_has() -> None:
    with pytest.raises(ReadingError, match="columns: a, b"):
        list(read_csv(io.BytesIO(b"a,b\n1,2\n"), "a.csv"))
