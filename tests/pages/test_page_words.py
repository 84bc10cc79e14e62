"""How values are worded and addressed on the pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from web.page_words import (
    asides,
    day,
    freshness,
    opening,
    since_built,
    source_groups,
    web_address,
    with_fragment,
)


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2023-12-01", "1 December 2023"), ("2023-12", "December 2023"), ("2023", "2023"), (None, "undated")],
)
def test_dates_at_their_precision(iso: str | None, words: str) -> None:
    assert day(iso) == words


@pytest.mark.parametrize("url", ["https://a.example/x?y=1#z", "http://a.example"])
def test_web_addresses_become_links(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:x",
        "JAVASCRIPT:x",
        "data:text/html,x",
        "file:///x",
        "//a.example",
        "https://",
        "http://[x",
        " https:x",
    ],
)
def test_other_addresses_do_not(url: str | None) -> None:
    assert web_address(url) is None


def test_fragment_names_a_short_quote_whole_and_a_long_one_by_its_ends() -> None:
    assert (
        with_fragment("https://a.example/x#old", "Talks, twice-held")
        == "https://a.example/x#:~:text=Talks%2C%20twice%2Dheld"
    )
    long = " ".join(f"w{n}" for n in range(20))
    assert with_fragment("https://a.example/", long).endswith(
        "#:~:text=w0%20w1%20w2%20w3%20w4%20w5,w14%20w15%20w16%20w17%20w18%20w19"
    )


def test_freshness_line() -> None:
    now = datetime(2026, 5, 4, 1, tzinfo=UTC)
    assert since_built("2026-05-04T00:10:00Z", now) == "built today"
    assert since_built("2026-05-03T23:59:00+00:00", now) == "built yesterday"
    assert since_built("2026-01-09T12:00:00Z", now) == "built on 9 January 2026"
    assert freshness(1, None, "2020-01-01T00:00:00Z") == "1 article, built on 1 January 2020"
    assert freshness(1200, "2023-12-01", "2020-01-01T00:00:00Z").startswith(
        "1,200 articles, newest 1 December 2023,"
    )


ANSWER = {
    "answer": "The newest evidence is old. It ended. [1] It began. [2][3]",
    "sentences": [{"text": "It ended.", "citations": [1]}, {"text": "It began.", "citations": [2, 3]}],
    "citations": [
        {"number": 1, "article_id": "a", "text_sha256": "x"},
        {"number": 2, "article_id": "b", "text_sha256": "x"},
        {"number": 3, "article_id": "a", "text_sha256": "x"},
    ],
    "nearest": [],
    "notes": ["The newest evidence is old.", "Reports differ.", "One quotation left out."],
    "groups": [[1], [2]],
}


def test_parleys_own_words_are_told_from_the_sources() -> None:
    assert opening(ANSWER) == "The newest evidence is old."
    assert asides(ANSWER) == ["One quotation left out."]
    assert [[c["number"] for c in group] for group in source_groups(ANSWER)] == [[1, 3], [2]]
