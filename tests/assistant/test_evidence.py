"""Gathering: a real index without a model; words stand in for meaning."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant import choose, evidence, features
from assistant.kinds import Kind, answer_kind
from index import Filters, Generation, HashingEmbedder, Library, Settings, rebuild

ARTICLES = [
    {
        "id": "ferry",
        "title": "Harbour talks end with a ferry agreement",
        "published": "2024-03-05",
        "text": "Envoys of Norland met in Lagoda for nine days. Iceland mediated the harbour talks. "
        "It sent foreign minister Petra Holm. She said that 12 ferries will sail again from 1 April 2024.",
    },
    {
        "id": "fish",
        "title": "Herring catch falls",
        "published": "2024-09-01",
        "text": "The herring catch fell by half. Fishers blame warm water in the Rapid Support Forces zone.",
    },
]


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    folder: Path = tmp_path_factory.mktemp("evidence")
    file = folder / "articles.jsonl"
    file.write_text("\n".join(json.dumps(a) for a in ARTICLES), encoding="utf-8")
    settings = Settings(index=folder / "index", model="hashing")
    rebuild(settings, [file])
    with Library(settings).lease() as opened:
        yield opened


def gathered(generation: Generation, question: str, filters: Filters | None = None) -> evidence.Evidence:
    vector = HashingEmbedder().encode_questions([question])[0]
    hits = generation.search(question, vector, filters or Filters(), 20)
    return evidence.gather(generation, question, vector, hits, filters.as_of if filters else None)


def test_candidates_are_exact_sentences_with_their_measures(generation: Generation) -> None:
    found = gathered(generation, "Who mediated the harbour talks?")
    assert len(found.candidates) == 6
    assert found.measures.shape == (6, len(evidence.MEASURES))
    assert found.vectors.shape[0] == 6
    for c in found.candidates:
        assert generation.article(c.article_id).text[c.start : c.end] == c.text
    scores = [c.score for c in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < s < 1 for s in scores)


def test_the_sentence_that_answers_comes_first(generation: Generation) -> None:
    found = gathered(generation, "Who mediated the harbour talks?")
    assert found.candidates[0].text == "Iceland mediated the harbour talks."


def test_the_same_question_gathers_the_same(generation: Generation) -> None:
    first, second = (gathered(generation, "How many ferries will sail?") for _ in range(2))
    assert first.candidates == second.candidates
    assert np.array_equal(first.measures, second.measures)


def test_without_a_vector_shared_words_stand_in(generation: Generation) -> None:
    question = "Who mediated the harbour talks?"
    found = evidence.gather(generation, question, None, generation.search(question, None, Filters(), 20))
    assert found.candidates[0].text == "Iceland mediated the harbour talks."


def test_no_hits_give_empty_evidence(generation: Generation) -> None:
    found = evidence.gather(generation, "Anything?", None, [])
    assert found.candidates == ()
    assert choose.choose(found).groups == ()


def test_later_articles_do_not_count_as_of_a_day(generation: Generation) -> None:
    everything = gathered(generation, "herring talks")
    before = gathered(generation, "herring talks", Filters(as_of=date(2024, 4, 1)))
    assert {c.article_id for c in before.candidates} == {"ferry"}
    assert before.asked.weights != everything.asked.weights
    assert before.collection < everything.collection


def test_the_nearest_are_no_two_alike(generation: Generation) -> None:
    near = gathered(generation, "harbour ferries").nearest(3)
    assert len(near) == 3
    assert len({c.text for c in near}) == 3


def test_names_that_nothing_chosen_holds_are_missing_parts(generation: Generation) -> None:
    question = "Did Denmark or Iceland mediate in 1999?"
    found = gathered(generation, question)
    assert evidence.missing_parts(question, found, choose.choose(found)) == ("Denmark", "1999")


def test_the_outlet_that_answers_is_not_missing(generation: Generation) -> None:
    question = "Who mediated the harbour talks according to Coast Courier?"
    found = gathered(generation, question)
    said = choose.choose(found)
    assert evidence.missing_parts(question, found, said) == ("Coast Courier",)
    told = tuple((replace(c, publisher="Coast Courier"),) for group in said.groups for c in group)
    assert evidence.missing_parts(question, found, choose.Chosen(told)) == ()


def test_another_name_for_the_same_counts(generation: Generation) -> None:
    asked = features.take_apart(
        "What do the RSF of Sudan want?",
        generation.idf,
        generation.concepts("What do the RSF of Sudan want?"),
    )
    assert "rsf" in asked.held({"rapid", "support", "forc"})
    assert "rsf" not in asked.held({"rapid", "support"})


def test_kin_of_a_term_counts() -> None:
    asked = features.take_apart("When are elections in Venezuela?", lambda _term: 1.0)
    assert asked.with_kin({"venezuelan", "veneer"}).held({"venezuelan"}) == {"venezuela"}
    assert asked.with_kin({"veneer"}).held({"veneer"}) == set()


def test_what_a_title_says_need_not_be_said_again() -> None:
    asked = features.take_apart("Who chaired the harbour talks?", lambda _term: 1.0)
    assert asked.beyond({"harbour", "talk"}).weights.keys() == {"chair"}
    assert asked.beyond({"chair", "harbour", "talk"}) is asked


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who led the talks?", Kind.PERSON),
        ("Which politician was released?", Kind.PERSON),
        ("When and where was it held?", Kind.TIME),
        ("Where did they meet?", Kind.PLACE),
        ("How many prisoners were freed?", Kind.NUMBER),
        ("What was the final vote count?", Kind.NUMBER),
        ("Why did they leave?", Kind.REASON),
        ("What did Holm say about it?", Kind.SPEECH),
        ("What is a truce?", Kind.OTHER),
    ],
)
def test_question_words_ask_for_a_kind(question: str, kind: Kind) -> None:
    assert answer_kind(question) is kind


@pytest.mark.parametrize(
    ("kind", "shows", "does_not"),
    [
        (Kind.PERSON, "The talks were led by Petra Holm.", "The talks were led well."),
        (Kind.TIME, "It began in early 2022.", "It began at last."),
        (Kind.PLACE, "They met in Lagoda.", "They met in a hurry."),
        (Kind.NUMBER, "It freed forty people.", "It freed people."),
        (Kind.REASON, "It left because of fraud.", "It left quietly."),
        (Kind.SPEECH, "She called it “a door”.", "She left."),
    ],
)
def test_sentences_show_a_kind(kind: Kind, shows: str, does_not: str) -> None:
    assert features.shows(kind, shows, ())
    assert not features.shows(kind, does_not, ())


def test_a_name_of_the_question_is_no_new_name() -> None:
    assert features.new_names("The envoy met Petra Holm.", ("petra", "holm")) == []
    assert features.new_names("The envoy met Petra Holm.", ("petra",)) == ["Holm"]


@pytest.mark.parametrize("opening", ["He said", "“It is", "The report also shows", "These talks"])
def test_sentences_that_lean_back(opening: str) -> None:
    assert features.leans_back(f"{opening} that all is well.")
    assert not features.leans_back("Holm said that it is well.")
