"""Follow-up questions that stand alone."""

from __future__ import annotations

import pytest

from assistant.followup import standalone, write
from assistant.mentions import Phrase, words
from assistant.types import Turn

TALKS = (
    Turn(
        "Who led the Geneva talks on fishing rights?",
        "Maria Lindqvist, a former judge, led the Geneva talks for two years. [1] She retired in 2019. [2]",
    ),
)


@pytest.mark.parametrize("question", ["Who led the talks?", "Why?", "And him?"])
def test_a_first_question_is_left_alone(question: str) -> None:
    assert standalone(question, ()) == question


@pytest.mark.parametrize(
    ("question", "needed"),
    [
        ("Why was that easier for her?", {"maria", "lindqvist"}),
        ("Where was she born?", {"maria", "lindqvist"}),
        ("Why?", {"geneva", "talks"}),
        ("And the second round?", {"geneva", "talks"}),
        ("Who was not invited?", {"geneva", "talks"}),
    ],
)
def test_what_is_left_out_is_added(question: str, needed: set[str]) -> None:
    assert needed <= words(standalone(question, TALKS))


def test_a_pronoun_gives_way_to_the_person() -> None:
    assert standalone("Where was she born?", TALKS).startswith("Where was Maria Lindqvist born?")


def test_another_topic_is_left_alone() -> None:
    question = "What did Brazil decide about the Amazon rainforest fund?"
    assert standalone(question, TALKS) == question


def test_markers_and_refusals_add_nothing() -> None:
    refusal = "The articles in the collection do not answer this. It covers 47 articles from 3 outlets."
    made = standalone("Why did it fail?", (*TALKS, Turn("Was the Lisbon summit a success?", refusal)))
    assert not words(made) & {"collection", "covers", "47", "outlets", "1"}
    assert "lisbon" in words(made)


def test_the_words_of_the_question_stay_in_order() -> None:
    made = standalone("And who was not invited then?", TALKS)
    assert made.startswith("And who was not invited then?")


def test_what_was_told_is_set_aside_where_more_is_asked() -> None:
    accord = Phrase("the Lagoda Accord", ("lagoda", "accord"), name=True, the=True)
    holm = Phrase("Petra Holm", ("petra", "holm"), name=True, told=True)
    assert (
        write("Who else signed?", [holm, accord])
        == "Who else signed? (the Lagoda Accord; besides Petra Holm)"
    )
    assert write("Who signed?", [accord, holm]) == "Who signed? (the Lagoda Accord; Petra Holm)"


def test_no_pronoun_stands_for_a_part_of_a_name() -> None:
    assert write("When was it signed?", [Phrase("Finnish", ("finnish",), name=True)]).startswith(
        "When was it"
    )
    assert (
        write("When was it signed?", [Phrase("Lagoda", ("lagoda",), name=True)]) == "When was Lagoda signed?"
    )
