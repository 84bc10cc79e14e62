"""Terms that people search for, and BM25 against a calculation written out by hand."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import terms
from index.aliases import Alternative, Concept
from index.lexical import LexicalIndex, LexicalWriter


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("U.S. sanctions", "the US imposed a sanction"),
        ("USA", "the U.S.A. and others"),
        ("UN envoy", "an envoy of the U.N."),
        ("cease-fire", "a ceasefire held"),
        ("ceasefire", "the cease-fire"),
        ("Nagorno-Karabakh", "in Karabakh"),
        ("1200 men", "some 1,200 men"),
        ("Merida", "talks in Mérida"),
        ("Erdoğan's plan", "Erdogan planned"),
        ("Ukraine’s ports", "a port of Ukraine"),
        ("negotiators", "negotiator"),
        ("3.5 percent", "3.5 %"),
        ("1 December 2023", "on 2023-12-01"),
        ("Sana'a", "Sanaa"),
        ("ﬁghting", "fighting"),
        ("Киев", "киев"),
    ],
)
def test_words_are_found_however_they_are_written(asked: str, written: str):
    assert set(terms(asked)) & set(terms(written))


@pytest.mark.parametrize(
    ("one", "other"), [("US", "they told us"), ("the WHO", "who came"), ("1,200", "200"), ("2022", "2023")]
)
def test_different_things_share_no_term(one: str, other: str):
    assert not set(terms(one)) & set(terms(other))


def write(folder: Path, passages: list[str]) -> LexicalIndex:
    writer = LexicalWriter()
    for passage in passages:
        writer.add(terms(passage))
    writer.write(folder)
    return LexicalIndex(folder)


PASSAGES = [
    "Ceasefire talks in Jeddah. The ceasefire held.",
    "Prisoners were freed in Yemen after talks.",
    "Grain ships left Odesa.",
    "A ceasefire failed near Khartoum while mediators met the army command and several tribal leaders.",
    "",
]


def by_hand(passages: list[str], question: str, k1: float = 0.6, b: float = 0.6) -> list[float]:
    """Robertson's BM25 with Lucene's idf, term by term."""
    documents = [terms(p) for p in passages]
    average = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        score = 0.0
        for term in terms(question):
            holding = sum(term in d for d in documents)
            idf = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
            count = document.count(term)
            score += idf * count / (count + k1 * (1 - b + b * len(document) / average))
        scores.append(score)
    return scores


@pytest.mark.parametrize(
    "question", ["ceasefire in Jeddah", "talks", "prisoners Yemen freed", "nothing known"]
)
def test_scores_are_those_worked_out_by_hand(tmp_path: Path, question: str):
    statistics = write(tmp_path / "lexical", PASSAGES).statistics()
    expected = by_hand(PASSAGES, question)
    np.testing.assert_allclose(statistics.scores(terms(question)), expected, rtol=1e-5)


def test_hidden_passages_leave_no_trace_in_the_statistics(tmp_path: Path):
    visible = np.array([True, False, True, True, False])
    some = write(tmp_path / "all", PASSAGES).statistics(visible)
    alone = write(tmp_path / "some", [p for p, v in zip(PASSAGES, visible, strict=True) if v]).statistics()
    for question in ("ceasefire", "talks", "Yemen", "grain Odesa"):
        np.testing.assert_array_equal(some.scores(terms(question))[visible], alone.scores(terms(question)))
        assert not some.scores(terms(question))[~visible].any()
        for term in terms(question):
            assert some.idf(term) == alone.idf(term)


def test_another_name_counts_as_the_term_and_does_not_swamp_the_question(tmp_path: Path):
    passages = ["the zzyzx met"] + ["the army met"] * 6 + ["army talks failed", "talks went on"]
    statistics = write(tmp_path / "lexical", passages).statistics()
    plain = statistics.score([Concept(("armi",)), Concept(("talk",))])
    named = statistics.score([Concept(("armi",), (Alternative(("zzyzx",)),)), Concept(("talk",))])
    assert plain[0] == 0
    assert 0 < named[0] <= named[1:7].max() * 1.2, "a rare other name is worth no more than the common one"
    assert int(named.argmax()) == int(plain.argmax()) == 7


def test_a_homograph_needs_its_context(tmp_path: Path):
    passages = ["RSF fighters near Khartoum", "RSF counted journalists", "other news"]
    statistics = write(tmp_path / "lexical", passages).statistics()
    forces = Alternative(("rsf",), frozenset(["khartoum"]))
    scores = statistics.score([Concept(("rapid", "support", "forc"), (forces,))])
    assert scores[0] > 0
    assert scores[1] == scores[2] == 0


def test_nothing_at_all_can_be_searched(tmp_path: Path):
    assert write(tmp_path / "none", []).statistics().scores(["x"]).shape == (0,)
    assert write(tmp_path / "empty", [""]).statistics().scores(["x"]).tolist() == [0]


def test_threads_get_the_same_terms(tmp_path: Path):
    texts = [f"Negotiators {i} negotiated the agreements of Sana'a" for i in range(400)]
    with ThreadPoolExecutor(32) as pool:
        assert list(pool.map(terms, texts)) == [terms(t) for t in texts]
