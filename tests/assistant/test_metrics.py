"""Figures of an evaluation, against published implementations and hand-worked tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer

from assistant.metrics import Share, holds, ndcg, percentile, rouge_l

SCORER = RougeScorer(["rougeL"], use_stemmer=False)
WORDS = st.lists(
    st.sampled_from(["The", "truce,", "was", "signed", "in", "Oslo", "on", "3", "May;", "not", "É’s"]),
    max_size=30,
).map(" ".join)


@given(WORDS, WORDS)
def test_rouge_l_is_that_of_rouge_score(expected: str, said: str) -> None:
    assert rouge_l(expected, said) == pytest.approx(SCORER.score(expected, said)["rougeL"].fmeasure)


def test_wilson_interval() -> None:
    low, high = Share(8, 10).interval
    assert (low, high) == pytest.approx((0.4902, 0.9433), abs=5e-4)
    assert Share(0, 0).value is None


def test_ndcg_of_a_worked_ranking() -> None:
    assert ndcg(["x", "a", "b"], {"a", "b"}) == pytest.approx((0.63093 + 0.5) / 1.63093, abs=1e-4)
    assert ndcg([], {"a"}) == 0


def test_percentile_and_holding() -> None:
    assert percentile([5, 1, 3, 2, 4], 0.5) == 3
    assert percentile([5, 1, 3, 2, 4], 0.95) == 5
    assert holds("It was signed on May 3, 2021.", "may 3")
    assert not holds("It was signed on May 31.", "May 3")
