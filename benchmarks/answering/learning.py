"""Learning weights from gathered evidence. `learn.py` writes them, `answers.py` measures them in folds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from answering import tasks
from answering.sets import CLAPNQ, MULTIHOP, SQUAD, EvaluationSet
from answering.tasks import Item
from assistant.confidence import signals
from assistant.evidence import Evidence

Table = npt.NDArray[np.float64]

ARTICLES = Path(__file__).parents[2] / "articles"
SENTENCE_SHARE = {
    SQUAD: 1.0,
    CLAPNQ: 1.5,
    MULTIHOP: 0.4,
    f"parts of {SQUAD}": 0.5,
    f"parts of {CLAPNQ}": 1.0,
    "briefs": 0.2,
}
"""How much a question of each task counts when learning which sentence answers."""
CONFIDENCE_SHARE = {
    CLAPNQ: 1.0,
    SQUAD: 1.0,
    MULTIHOP: 1.0,
    f"parts of {CLAPNQ}": 0.7,
    f"parts of {SQUAD}": 0.7,
    f"parts of {MULTIHOP}": 0.5,
    "briefs": 0.7,
}
"""How much each task counts when learning the confidence."""
ANSWERABLE, ANSWERABLE_SMALL = 0.55, 0.65
"""Share of answerable questions that the confidence is calibrated for: in a large collection, and in a small
one, whose owner knows what is in it."""
_MOST_CANDIDATES = 40
_TREES, _DEPTH = 100, 2


@dataclass(frozen=True, slots=True, eq=False)
class SentenceModel:
    """Which sentences answer: a logistic model over scaled measures."""

    mean: Table
    scale: Table
    model: LogisticRegression

    def rescored(self, evidence: Evidence) -> Evidence:
        """The evidence with its candidates scored and ordered by this model."""
        scores = self.model.predict_proba((evidence.measures - self.mean) / self.scale)[:, 1]
        order = np.lexsort((np.arange(len(scores)), -scores))
        return replace(
            evidence,
            candidates=tuple(replace(evidence.candidates[i], score=float(scores[i])) for i in order),
            measures=evidence.measures[order],
            vectors=evidence.vectors[order],
        )


def collect(cache: Path) -> list[Item]:
    """Evidence for every question of every task. Indexes are kept in `cache`."""
    items = tasks.briefs(ARTICLES, cache)
    for name in (CLAPNQ, SQUAD, MULTIHOP):
        source = EvaluationSet(name, cache)
        items += tasks.whole(source) + tasks.parts(source)
        if name == CLAPNQ:
            items += tasks.gold_given(source)
        print(f"gathered evidence for {name}: {len(items)} questions in all", flush=True)
    return items


def learn_sentence(items: Sequence[Item]) -> SentenceModel:
    """Learn which sentences belong to the answer, from answerable questions."""
    rows, wanted, weight = [], [], []
    for item in items:
        share = SENTENCE_SHARE.get(item.task, 0.0)
        if not item.answerable or not share:
            continue
        measures, held = item.evidence.measures[:_MOST_CANDIDATES], item.held[:_MOST_CANDIDATES]
        # Annotators who disagree count as a share of both.
        rows += [measures, measures]
        wanted += [np.ones(len(held)), np.zeros(len(held))]
        weight += [share * held, share * (1 - held)]
    table, target, counts = np.vstack(rows), np.concatenate(wanted), np.concatenate(weight)
    used = counts > 0
    mean, scale = table[used].mean(axis=0), table[used].std(axis=0) + 1e-9
    model = LogisticRegression(C=0.3, max_iter=3000)
    model.fit((table[used] - mean) / scale, target[used], sample_weight=counts[used])
    return SentenceModel(mean, scale, model)


def learn_confidence(items: Sequence[Item], sentence: SentenceModel) -> HistGradientBoostingClassifier:
    """Learn when a question is answered at all, evidence being scored by `sentence`."""
    used = [i for i in items if i.task in CONFIDENCE_SHARE]
    table = np.array([signals(sentence.rescored(i.evidence)) for i in used])
    target = np.array([i.answerable for i in used], np.float64)
    model = HistGradientBoostingClassifier(
        max_depth=_DEPTH,
        max_iter=_TREES,
        learning_rate=0.1,
        min_samples_leaf=100,
        l2_regularization=10,
        max_bins=64,
        early_stopping=False,
        random_state=0,
    )
    return model.fit(table, target, sample_weight=shares([i.task for i in used], target))


def shares(task: Sequence[str], target: Table) -> Table:
    """How much each question counts, so that every task has its share and its ratio of answerable ones."""
    names = np.array(task)
    weight = np.zeros(len(names))
    for name, share in CONFIDENCE_SHARE.items():
        answerable = ANSWERABLE if name in (CLAPNQ, SQUAD, MULTIHOP) else ANSWERABLE_SMALL
        for value, part in ((1.0, answerable), (0.0, 1 - answerable)):
            rows = (names == name) & (target == value)
            weight[rows] = 2000 * share * part / max(1, rows.sum())
    return weight
