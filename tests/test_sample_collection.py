"""The sample collection in articles/: every brief is complete, dated, of fair length and unlike the rest."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import frontmatter
import pytest

ARTICLES = Path(__file__).resolve().parents[1] / "articles"
BRIEFS = sorted(path for path in ARTICLES.iterdir() if not path.name.startswith("."))
OLDEST, NEWEST = date(2025, 1, 1), date(2026, 11, 20)
FIELDS = {"title", "publisher", "author", "published"}
# A full stop that ends a sentence is followed by the end of the paragraph or by a capital letter.
SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")


def load(path: Path) -> tuple[dict[str, Any], str]:
    brief = frontmatter.loads(path.read_text(encoding="utf-8"))
    return dict(brief.metadata), brief.content


def sentences(body: str) -> list[str]:
    paragraphs = body.split("\n\n")
    return [sentence for paragraph in paragraphs for sentence in SENTENCE_END.split(paragraph.strip())]


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_there_are_enough_briefs_and_nothing_else() -> None:
    assert len(BRIEFS) >= 24
    assert [path.name for path in BRIEFS if not re.fullmatch(r"[a-z0-9-]+\.md", path.name)] == []


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_front_matter_is_complete_and_valid(path: Path) -> None:
    fields, _ = load(path)
    assert set(fields) == FIELDS
    assert isinstance(fields["title"], str)
    assert len(fields["title"].split()) >= 4
    assert fields["publisher"] == "Parley briefs"
    assert fields["author"] == "Parley"
    assert type(fields["published"]) is date
    assert OLDEST <= fields["published"] <= NEWEST


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_body_is_plain_paragraphs_of_fair_length(path: Path) -> None:
    fields, body = load(path)
    assert 250 <= len(body.split()) <= 600
    assert fields["title"] not in body
    for paragraph in body.split("\n\n"):
        # One line a paragraph, no headings, lists, links or emphasis: quotations read as written.
        assert re.search(r"[\n#*_\[\]<>]", paragraph) is None
        assert paragraph.endswith(".")


@pytest.mark.parametrize("path", BRIEFS, ids=lambda path: path.stem)
def test_sentences_stand_alone(path: Path) -> None:
    _, body = load(path)
    pronoun = re.compile(r"(He|She|It|They|This|That|These|Those|His|Her|Its|Their)\b")
    assert [sentence for sentence in sentences(body) if pronoun.match(sentence)] == []


def test_titles_are_unique() -> None:
    assert repeated([load(path)[0]["title"].casefold() for path in BRIEFS]) == []


def test_no_sentence_is_written_twice() -> None:
    assert repeated([sentence.casefold() for path in BRIEFS for sentence in sentences(load(path)[1])]) == []


def test_briefs_are_spread_over_many_months() -> None:
    months = {load(path)[0]["published"].replace(day=1) for path in BRIEFS}
    assert len(months) >= 12
