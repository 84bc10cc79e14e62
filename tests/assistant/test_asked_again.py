"""The question before, put again of another subject."""

from __future__ import annotations

import pytest

from assistant.asked_again import asked_again
from assistant.followup import standalone
from assistant.types import Turn


@pytest.mark.parametrize(
    ("before", "question", "asks"),
    [
        ("Who led the talks in Lagoda?", "And in Karak?", "Who led the talks in Karak?"),
        ("Who led the talks in Lagoda?", "What about Karak?", "Who led the talks in Karak?"),
        ("What did Holm say in 2021?", "And in 2023?", "What did Holm say in 2023?"),
        ("What did Holm say in 2021?", "And what about Berg?", "What did Berg say in 2021?"),
        (
            "When was the Lagoda Accord signed?",
            "How about the Karak pact?",
            "When was the Karak pact signed?",
        ),
        (
            "When did the Lagoda peace talks end?",
            "What about the Karak truce?",
            "When did the Karak truce end?",
        ),
        ("Did Norland and Sudmark vote?", "What about Westland?", "Did Westland vote?"),
        ("Who mediated between them?", "And in Karak?", "Who mediated between them in Karak?"),
        ("Did Norland leave the talks?", "Why?", "Why did Norland leave the talks?"),
        ("Where were the talks held?", "and when", "When were the talks held?"),
    ],
)
def test_the_question_before_is_asked_of_another_subject(before: str, question: str, asks: str) -> None:
    assert asked_again(question, before) == asks


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Who led the talks in Lagoda?", "Who was born in Karak?"),
        ("Who led the talks in Lagoda?", "What about the prisoners?"),
        ("Why did they fail?", "What about Karak?"),
        ("Who led the talks?", "Why?"),
        ("Who led the talks in Lagoda?", "And the second round?"),
        ("Who led it?", "What about the long list of Karak demands that nobody ever read?"),
    ],
)
def test_other_follow_ups_are_not_the_question_before(before: str, question: str) -> None:
    assert asked_again(question, before) is None


def test_the_question_before_is_itself_completed() -> None:
    history = (
        Turn("Who led the talks in Lagoda?", "Petra Holm led the talks in Lagoda. [1]"),
        Turn("And in Karak?", "Jon Berg led the talks in Karak. [1]"),
    )
    assert standalone("And in Brindle?", history) == "Who led the talks in Brindle?"
