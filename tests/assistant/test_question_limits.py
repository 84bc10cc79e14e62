"""Limits read from a question's own words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.question import prefer, understand
from index import PassageHit

OUTLETS = ("BBC News", "The Verge", "Time", "Reuters", "The Independent - Sports", "The New York Times")
NEWEST = date(2023, 12, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What did the BBC report about Doha?", ["BBC News"]),
        ("Who left, according to the bbc?", ["BBC News"]),
        (
            "Who mediated, as reported by Reuters and The Independent?",
            ["Reuters", "The Independent - Sports"],
        ),
        ("What does 'The Verge' article say?", ["The Verge"]),
        ("What did the NYT say about the truce?", ["The New York Times"]),
        ("How much time did the talks take?", []),
        ("What did Reuters pay its staff?", []),
        ("What did the Kyiv Independent article say?", []),
        ("Was it the verge of war?", []),
    ],
)
def test_outlets_count_only_as_sources(text: str, expected: list[str]) -> None:
    understood = understand(text, OUTLETS, NEWEST)
    assert sorted(understood.preferred) == sorted(expected)
    assert understood.filters.publishers == ()
    assert {limit.value for limit in understood.limits} == set(expected)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("What happened in Doha in 2020?", None, None),
        ("What has changed since the Bucha killings?", None, None),
        ("Which reports came from the front in May?", None, None),
        ("What do articles from April 2022 say?", "2022-04-01", "2022-04-30"),
        ("What has been reported since March 2023?", "2023-03-01", None),
        ("What was published before 2021 on Aceh?", None, "2020-12-31"),
        ("Which reports between May and July 2022 mention grain?", "2022-05-01", "2022-07-31"),
        ("What was in last week's news?", "2023-11-24", "2023-12-01"),
        ("Is there news about the front since October?", "2023-10-01", None),
    ],
)
def test_dates_limit_only_reports(text: str, since: str | None, until: str | None) -> None:
    filters = understand(text, OUTLETS, NEWEST).filters
    found = [day.isoformat() if day else None for day in (filters.since, filters.until)]
    assert found == [since, until]


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("What is the latest on Sudan?", True),
        ("Who is now the minister?", True),
        ("Must they leave by May at the latest?", False),
        ("Is the now-defunct mission mentioned?", False),
        ("What was said in 1978?", False),
    ],
)
def test_latest_is_wanted(text: str, latest: bool) -> None:
    understood = understand(text, OUTLETS, NEWEST)
    assert understood.wants_latest is latest
    assert any(limit.kind == "latest" for limit in understood.limits) is latest


def test_preferred_outlets_come_first_and_unnamed_ones_stay_between() -> None:
    hits = [PassageHit(n, name, 0, 1, 0.5, 0.5, 1.0) for n, name in enumerate(["other", "none", "named"])]
    publishers = {"other": "Time", "none": None, "named": "reuters"}
    assert [h.article_id for h in prefer(hits, publishers, ["Reuters"])] == ["named", "none", "other"]
    assert prefer(hits, publishers, []) == hits
