"""Reports that differ, and questions made from what was found."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from assistant.disagreement import differing
from assistant.suggestions import suggestions


@dataclass(frozen=True)
class Report:
    article_id: str
    text: str


def reports(*texts: str) -> list[Report]:
    return [Report(f"a{n}", text) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("question", "texts", "sides"),
    [
        (
            "How many prisoners were exchanged in Oslo?",
            (
                "In Oslo 90 prisoners were exchanged.",
                "Some 215 prisoners were exchanged in Oslo.",
                "Oslo exchanged 90 prisoners.",
            ),
            ((0, 2), (1,)),
        ),
        (
            "When was the Lisbon truce signed?",
            ("The Lisbon truce was signed on 3 May 2021.", "The Lisbon truce was signed on 9 May 2021."),
            ((0,), (1,)),
        ),
        (
            "Did Norway attend the Lisbon summit?",
            ("Norway did attend the Lisbon summit.", "Norway did not attend the Lisbon summit."),
            ((0,), (1,)),
        ),
        (
            "When was the Lisbon truce signed?",
            ("The Lisbon truce was signed in May 2021.", "The Lisbon truce was signed on 3 May 2021."),
            (),
        ),
        (
            "How many prisoners were exchanged in Oslo?",
            ("In Oslo 1,000 prisoners were exchanged.", "About 1,050 prisoners were exchanged in Oslo."),
            (),
        ),
        (
            "How many prisoners were exchanged in Oslo?",
            ("In Oslo 90 prisoners were exchanged.", "The hotel has 300 rooms."),
            (),
        ),
        (
            "Who exchanged prisoners in Oslo?",
            ("Oslo exchanged 90 prisoners.", "Oslo exchanged 215 prisoners."),
            (),
        ),
    ],
)
def test_sides(question: str, texts: tuple[str, ...], sides: tuple[tuple[int, ...], ...]) -> None:
    assert differing(question, reports(*texts)) == sides


def test_one_article_does_not_differ_from_itself() -> None:
    same = [
        Report("a", "In Oslo 90 prisoners were exchanged."),
        Report("a", "In Oslo 215 prisoners were exchanged."),
    ]
    assert differing("How many prisoners were exchanged in Oslo?", same) == ()


def test_suggestions_are_made_of_plain_statements() -> None:
    found = reports(
        "The Lisbon Agreement was signed in Lisbon on 3 May 2021.",
        "Norway hosted the first round of talks in Oslo on 4 June 2019.",
        "He rejected it.",
        "They signed the deal.",
    )
    made = suggestions(found, "Who is Maria Lindqvist?")
    assert made == ("When was the Lisbon Agreement signed?", "Who hosted the first round of talks in Oslo?")


def test_the_question_itself_is_not_suggested() -> None:
    found = reports("The Lisbon Agreement was signed in Lisbon on 3 May 2021.")
    assert suggestions(found, "When was the Lisbon Agreement signed?") == ()
