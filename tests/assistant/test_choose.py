"""Choosing from evidence that is made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.choose import MOST, choose
from assistant.evidence import Candidate, Evidence
from assistant.features import take_apart
from assistant.measures import MEASURES

WORDS = "alpha beta gamma delta epsilon zeta eta theta iota kappa"


def sentence(
    text: str, score: float, *, article: str = "a", place: int = 0, row: int = 0, likeness: float = 0.5
) -> Candidate:
    start = 1000 * row + 100 * place
    return Candidate(article, start, start + len(text), text, score, row, row, place, likeness, "Title")


def evidence(*candidates: Candidate, alike: tuple[int, int] | None = None) -> Evidence:
    vectors = np.eye(len(candidates), 64, dtype=np.float32)
    if alike:
        vectors[alike[1]] = vectors[alike[0]]
    return Evidence(
        asked=take_apart("Who mediated?", lambda _term: 1.0),
        candidates=candidates,
        measures=np.zeros((len(candidates), len(MEASURES))),
        vectors=vectors,
        hits=(),
    )


def said(*candidates: Candidate, alike: tuple[int, int] | None = None) -> list[str]:
    return [group[0].text for group in choose(evidence(*candidates, alike=alike)).groups]


def long(name: str) -> str:
    return f"{name} {' '.join([WORDS] * 4)}."


def test_an_article_is_quoted_in_its_own_order() -> None:
    assert said(
        sentence("Third.", 0.6, place=2), sentence("First.", 0.5, place=0), sentence("Second.", 0.4, place=1)
    ) == ["First.", "Second.", "Third."]


def test_a_far_better_sentence_opens_the_answer() -> None:
    assert said(sentence("Answer.", 0.95, place=2), sentence("Before.", 0.3, place=0))[0] == "Answer."


def test_the_best_article_comes_first() -> None:
    found = said(
        sentence("Best.", 0.6, article="b", row=1, place=1),
        sentence("Other.", 0.55, article="a", row=0),
        sentence("Also best.", 0.5, article="b", row=1, place=0),
    )
    assert found == ["Also best.", "Best.", "Other."]


def test_long_sentences_make_a_shorter_answer() -> None:
    assert len(said(*(sentence(long(n), 0.5, place=i) for i, n in enumerate("ABCDE")))) == 2
    assert len(said(*(sentence(f"{n} came.", 0.5, place=i) for i, n in enumerate("ABCDE")))) == MOST


def test_sentences_far_behind_are_not_said() -> None:
    assert said(sentence("Answer.", 0.99), sentence("Noise.", 0.0005, place=1)) == ["Answer."]


def test_near_identical_sentences_are_one_group_with_all_sources() -> None:
    copy = "The envoys of both sides signed it on Monday in Oslo."
    chosen = choose(
        evidence(
            sentence(copy, 0.8, article="a"),
            sentence(copy.replace("Monday", "monday"), 0.7, article="b", row=1),
            sentence("Nobody else came.", 0.4, article="a", place=1),
            alike=(0, 1),
        )
    )
    assert [[c.article_id for c in group] for group in chosen.groups] == [["a", "b"], ["a"]]


def test_alike_vectors_with_other_words_stay_apart() -> None:
    chosen = choose(
        evidence(
            sentence("They freed 40 people.", 0.8),
            sentence("Ships sail again from Lagoda now.", 0.7, article="b", row=1),
            alike=(0, 1),
        )
    )
    assert len(chosen.groups) == 2


def test_sentences_with_other_numbers_do_not_say_the_same() -> None:
    one = "The attack on the market killed 12 people and wounded many others, the mayor said."
    chosen = choose(
        evidence(
            sentence(one, 0.8),
            sentence(one.replace("12", "15"), 0.7, article="b", row=1),
            alike=(0, 1),
        )
    )
    assert len(chosen.groups) == 2


@pytest.mark.parametrize(("opening", "brings"), [("She said so.", True), ("Holm said so.", False)])
def test_a_pronoun_brings_the_sentence_that_it_leans_on(opening: str, brings: bool) -> None:
    found = said(
        sentence(opening, 0.9, place=5),
        sentence("The talks were long.", 0.8, place=9),
        sentence("They ended.", 0.7, place=0),
        sentence("Petra Holm spoke to reporters.", 0.05, place=4),
    )
    assert ("Petra Holm spoke to reporters." in found) is brings
    if brings:
        assert found.index("Petra Holm spoke to reporters.") == found.index(opening) - 1


def test_equal_sentences_are_chosen_the_same_way() -> None:
    candidates = [sentence(f"{n} came.", 0.5, place=i) for i, n in enumerate("ABCDEFG")]
    assert said(*candidates) == said(*candidates) == ["A came.", "B came.", "C came."]


def test_nothing_found_says_nothing() -> None:
    assert choose(evidence()).groups == ()


def test_each_outlet_that_the_question_compares_has_a_sentence() -> None:
    found = evidence(
        sentence("Ferries sail.", 0.9),
        sentence("Ferries sail daily.", 0.8, place=1),
        sentence("Ferries are full.", 0.7, place=2),
        sentence("Ferries wait.", 0.2, article="b", row=1),
    )
    publishers = ("Coast Courier", "Northern Wire")
    asked = take_apart("Do the Coast Courier article and the Northern Wire article agree?", lambda _term: 1.0)
    candidates = tuple(replace(c, publisher=publishers[c.article_id == "b"]) for c in found.candidates)
    compared = replace(found, asked=asked, candidates=candidates, publishers=publishers)
    assert "Ferries wait." in [group[0].text for group in choose(compared).groups]
    assert "Ferries wait." not in [group[0].text for group in choose(found).groups]
