"""What speaks against an answer, and how sure the real weights are."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant import confidence, evidence, weights
from assistant.confidence import SIGNALS, THRESHOLD, names_unknown_outlet
from assistant.features import take_apart
from assistant.mismatch import MISMATCHES, mismatch
from index import Filters, Library, Settings, rebuild

ARTICLE = {
    "id": "ferry",
    "title": "Harbour talks end with a ferry agreement",
    "publisher": "Coast Courier",
    "text": "Envoys of Norland and Sudmark ended nine days of talks in Lagoda on Tuesday with an agreement on "
    "ferries. Iceland mediated the talks. Foreign minister Petra Holm said the ferries will sail again from "
    "1 April 2024. The customs union was left to a second round because the sides could not agree on tariffs.",
}


def against(question: str, sentence: str) -> dict[str, float]:
    asked = take_apart(question, lambda _term: 1.0)
    found = mismatch(asked, sentence, frozenset(asked.weights))
    return dict(zip(MISMATCHES, found.tolist(), strict=True))


def test_a_negation_that_the_sentence_does_not_share() -> None:
    assert against("Who did not sign?", "Holm signed.")["negation_alone"] == 1
    assert against("Who did not sign?", "Holm never signed.")["negation_alone"] == 0
    assert against("Who signed?", "Holm never signed.")["negation_asked"] == 0


def test_a_word_replaced_between_the_same_neighbours() -> None:
    said = "Queen Ada II opened the new harbour."
    assert against("When did Queen Ada III open the new bridge?", said)["replaced"] == 0
    assert (
        against("When was the old harbour opened?", "It is the new harbour opened in May.")["replaced"] == 1
    )


def test_another_number_of_the_same_length() -> None:
    found = against("What happened in 1995?", "It happened in 1985.")
    assert found["number_replaced"] == found["number_lacking"] == 1
    assert against("What happened in 1995?", "It happened in 1995.")["number_lacking"] == 0


def test_the_opposite_of_a_word() -> None:
    assert against("When did exports increase?", "Exports decreased in May.")["opposite"] == 1
    assert against("When did exports increase?", "Exports increased in May.")["opposite"] == 0


def test_a_count_stands_before_what_is_counted() -> None:
    assert against("How many ships sailed?", "They sent 12 grey ships.")["counted"] == 1
    assert against("How many grey ships sailed?", "They sent 12 ships.")["counted"] == 1
    assert against("How many ships sailed?", "They sent ships on 12 May.")["counted"] == -1
    assert against("Who sailed?", "They sent 12 ships.")["counted"] == 0


def test_terms_and_names_that_are_lacking() -> None:
    found = against("Who mediated for Norland and Osterland?", "Iceland mediated with Norland.")
    assert found["names_lacking"] == pytest.approx(0.5)
    assert found["terms_lacking"] == pytest.approx(math.log(2))
    assert found["rarest_lacking"] == 1
    assert found["rarest_lacking_near"] == 0


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("What did the Lagoda Herald article say about ferries?", True),
        ("What happened according to Northern Wire?", True),
        ("What did the Coast Courier article say about ferries?", False),
        ("What happened according to the Coast Courier?", False),
        ("Who mediated in Lagoda?", False),
    ],
)
def test_an_outlet_that_the_collection_has_nothing_of(question: str, unknown: bool) -> None:
    assert names_unknown_outlet(question, ("Coast Courier",)) is unknown
    assert not names_unknown_outlet(question, ())


def test_trees_follow_their_thresholds() -> None:
    trees = weights.Trees(("a", "b"), 0.5, ((0, 1.0, -1.0, (1, 2.0, 0.25, 2.0)), 0.5))
    for measures, logit in (([1.0, 9.0], 0.0), ([1.5, 2.0], 1.25), ([1.5, 2.5], 3.0)):
        assert trees.probability(measures) == pytest.approx(1 / (1 + math.exp(-logit)))


def test_weights_for_other_measures_are_refused() -> None:
    with pytest.raises(ValueError, match=r"learn\.py"):
        weights.load("sentence", ("likeness",))
    with pytest.raises(ValueError, match=r"learn\.py"):
        weights.load_trees("confidence", ("height",))


def test_the_file_of_weights_is_small_and_readable() -> None:
    path = Path(weights.__file__).with_name("weights.json")
    table = json.loads(path.read_text(encoding="utf-8"))
    assert table.keys() == {"numbers", "sentence", "confidence"}
    assert path.stat().st_size < 50_000
    assert max(map(len, path.read_text(encoding="utf-8").splitlines())) < 300
    assert weights.load_trees("confidence", SIGNALS).trees


Ask = Callable[[str], float]


@pytest.fixture(scope="module")
def sure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    folder = tmp_path_factory.mktemp("confidence")
    file = folder / "articles.jsonl"
    file.write_text(json.dumps(ARTICLE), encoding="utf-8")
    settings = Settings(index=folder / "index")
    rebuild(settings, [file])
    library = Library(settings)
    with library.lease() as generation:

        def ask(question: str) -> float:
            vector = library.embedder.encode_questions([question])[0]
            hits = generation.search(question, vector, Filters(), 20)
            return confidence.confidence(evidence.gather(generation, question, vector, hits))

        yield ask


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "Who mediated the harbour talks?",
        "When will the ferries sail again?",
        "Why was the customs union left to a second round?",
        "Who said that the ferries will sail again?",
    ],
)
def test_what_the_article_says_is_answered(sure: Ask, question: str) -> None:
    assert sure(question) >= THRESHOLD


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "Who won the chess championship in 1972?",
        "What is the melting point of iron?",
        "Who mediated the peace talks between Osterland and Westland in Karak?",
        "How many passengers does the airport of Brindle have?",
    ],
)
def test_what_the_article_does_not_say_is_refused(sure: Ask, question: str) -> None:
    assert sure(question) < THRESHOLD


def test_no_candidates_mean_no_confidence() -> None:
    asked = take_apart("Anything?", lambda _term: 1.0)
    nothing = evidence.Evidence(asked, (), np.empty((0, 0)), np.empty((0, 0)), ())
    assert confidence.confidence(nothing) == 0.0
