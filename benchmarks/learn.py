"""Learns the weights of sentence choice and confidence, and writes assistant/weights.json.

Run again: `python benchmarks/learn.py [CACHE]`. The evaluation sets are read from PARLEY_EVAL_DATA; CACHE
keeps their indexes (default: a temporary folder). What is printed is cross-validated by document: no question
is measured by weights learned on questions about the same document.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from answering import tasks
from answering.sets import CLAPNQ, MULTIHOP, SQUAD, EvaluationSet, folds
from answering.tasks import Item
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.confidence import SIGNALS, signals
from assistant.evidence import Evidence
from assistant.measures import MEASURES

Table = npt.NDArray[np.float64]
WEIGHTS = Path(__file__).parent.parent / "assistant" / "weights.json"

SENTENCE_SHARE = {SQUAD: 1.0, CLAPNQ: 1.5, MULTIHOP: 0.4, f"parts of {SQUAD}": 0.5, f"parts of {CLAPNQ}": 1.0}
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
ANSWERABLE = 0.55
ANSWERABLE_SMALL = 0.75
"""Share of answerable questions that the confidence is calibrated for: in a large collection, and in a small
one, whose owner knows what is in it."""
THRESHOLD = 0.51
CHOICE = {
    "answer_words": 65,
    "worth_of_likeness": 10,
    "cost_of_other_article": 0.5,
    "lead_margin": 1.8,
}
"""Chosen for ROUGE-L on clapnq_dev without losing the sentence that holds a short answer; see answers.py."""
MOST_CANDIDATES = 40
TREES, DEPTH = 100, 2


def main() -> None:
    cache = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="parley-learn-"))
    items = collect(cache)
    sentence = learn_sentence(items)
    print_sentence(items)
    confidence = learn_confidence(items, sentence)
    write(sentence, confidence)


def collect(cache: Path) -> list[Item]:
    items = tasks.briefs(WEIGHTS.parent.parent / "articles", cache)
    for name in (CLAPNQ, SQUAD, MULTIHOP):
        source = EvaluationSet(name, cache)
        items += tasks.whole(source) + tasks.parts(source)
        print(f"gathered evidence for {name}: {len(items)} questions in all", flush=True)
    return items


def learn_sentence(items: Sequence[Item]) -> tuple[Table, Table, LogisticRegression]:
    """Mean and scale of the measures, and the logistic model over them."""
    rows, wanted, weight = [], [], []
    for item in items:
        share = SENTENCE_SHARE.get(item.task, 0.0)
        if not item.answerable or not share:
            continue
        measures, held = item.evidence.measures[:MOST_CANDIDATES], item.held[:MOST_CANDIDATES]
        # Annotators who disagree count as a share of both.
        rows += [measures, measures]
        wanted += [np.ones(len(held)), np.zeros(len(held))]
        weight += [share * held, share * (1 - held)]
    table, target, counts = np.vstack(rows), np.concatenate(wanted), np.concatenate(weight)
    used = counts > 0
    mean, scale = table[used].mean(axis=0), table[used].std(axis=0) + 1e-9
    model = LogisticRegression(C=0.3, max_iter=3000)
    model.fit((table[used] - mean) / scale, target[used], sample_weight=counts[used])
    return mean, scale, model


def print_sentence(items: Sequence[Item]) -> None:
    for name in (SQUAD, CLAPNQ, MULTIHOP):
        asked = [i for i in items if i.task == name and i.answerable]
        first = np.zeros(len(asked))
        for held_out in folds([i.group for i in asked], 5):
            groups = {i.group for i, out in zip(asked, held_out, strict=True) if out}
            mean, scale, model = learn_sentence([i for i in items if i.group not in groups])
            for n in np.flatnonzero(held_out):
                score = model.decision_function((asked[n].evidence.measures - mean) / scale)
                first[n] = asked[n].held[int(np.argmax(score))] > 0
        print(f"{name}: best sentence belongs to the answer {first.mean():.3f}")


def learn_confidence(
    items: Sequence[Item], sentence: tuple[Table, Table, LogisticRegression]
) -> tuple[float, list[Any]]:
    """The trees, learned from all questions; figures printed are of folds held out."""
    used = [i for i in items if i.task in CONFIDENCE_SHARE]
    table = np.array([signals(_rescored(i.evidence, sentence)) for i in used])
    target = np.array([i.answerable for i in used], np.float64)
    task = np.array([i.task for i in used])
    weight = _shares(task, target)
    sure = np.zeros(len(used))
    for out in folds([i.group for i in used]):
        model = _trees().fit(table[~out], target[~out], sample_weight=weight[~out])
        sure[out] = model.predict_proba(table[out])[:, 1]
    for name in CONFIDENCE_SHARE:
        print_refusals(name, target[task == name], sure[task == name])
    print_reliability(target, sure, weight)
    return _export(_trees().fit(table, target, sample_weight=weight))


def print_refusals(name: str, answerable: Table, sure: Table) -> None:
    refused, none = sure < THRESHOLD, answerable == 0
    print(
        f"{name}: AUC {roc_auc_score(answerable, sure):.3f}; at {THRESHOLD} refusal precision "
        f"{(refused & none).sum() / max(1, refused.sum()):.3f}, recall {refused[none].mean():.3f}, "
        f"answerable refused {refused[~none].mean():.3f}"
    )


def print_reliability(answerable: Table, sure: Table, weight: Table) -> None:
    print("confidence said / answerable in fact, calibrated shares:")
    for low in np.arange(0, 1, 0.1):
        bin_ = (sure >= low) & (sure < low + 0.1)
        if bin_.any():
            fact = np.average(answerable[bin_], weights=weight[bin_])
            said = np.average(sure[bin_], weights=weight[bin_])
            print(f"  {low:.1f}-{low + 0.1:.1f}: {said:.2f} / {fact:.2f}")


def write(sentence: tuple[Table, Table, LogisticRegression], confidence: tuple[float, list[Any]]) -> None:
    """One measure, or one tree, a line."""
    mean, scale, model = sentence
    measures = [
        {"measure": name, "mean": _short(m), "scale": _short(s), "weight": _short(w)}
        for name, m, s, w in zip(MEASURES, mean, scale, model.coef_[0], strict=True)
    ]
    base, trees = confidence
    lines = [
        "{",
        ' "numbers": ' + json.dumps({"threshold": THRESHOLD, **CHOICE}) + ",",
        f' "sentence": {{"intercept": {_short(model.intercept_[0])}, "measures": [',
        ",\n".join(f"  {json.dumps(m)}" for m in measures),
        " ]},",
        f' "confidence": {{"base": {_short(base)}, "trees": [',
        ",\n".join(f"  {json.dumps(t)}" for t in trees),
        " ]}",
        "}",
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"wrote {WEIGHTS}")


def _rescored(evidence: Evidence, sentence: tuple[Table, Table, LogisticRegression]) -> Evidence:
    """The evidence with candidates scored and ordered by the weights just learned."""
    mean, scale, model = sentence
    scores = model.predict_proba((evidence.measures - mean) / scale)[:, 1]
    order = np.lexsort((np.arange(len(scores)), -scores))
    return replace(
        evidence,
        candidates=tuple(replace(evidence.candidates[i], score=float(scores[i])) for i in order),
        measures=evidence.measures[order],
        vectors=evidence.vectors[order],
    )


def _shares(task: npt.NDArray[np.str_], target: Table) -> Table:
    weight = np.zeros(len(task))
    for name, share in CONFIDENCE_SHARE.items():
        small = name not in (CLAPNQ, SQUAD, MULTIHOP)
        answerable = ANSWERABLE_SMALL if small else ANSWERABLE
        for value, part in ((1.0, answerable), (0.0, 1 - answerable)):
            rows = (task == name) & (target == value)
            weight[rows] = 2000 * share * part / max(1, rows.sum())
    return weight


def _trees() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_depth=DEPTH,
        max_iter=TREES,
        learning_rate=0.1,
        min_samples_leaf=60,
        l2_regularization=10,
        max_bins=64,
        early_stopping=False,
        random_state=0,
    )


def _export(model: HistGradientBoostingClassifier) -> tuple[float, list[Any]]:
    """Base logit, and each tree as nested [measure, threshold, low, high]."""

    def branch(nodes: Any, at: int) -> Any:
        node = nodes[at]
        if node["is_leaf"]:
            return _short(node["value"])
        name, threshold = SIGNALS[node["feature_idx"]], _short(node["num_threshold"])
        return [name, threshold, branch(nodes, node["left"]), branch(nodes, node["right"])]

    stages = model._predictors
    return float(model._baseline_prediction.ravel()[0]), [branch(s[0].nodes, 0) for s in stages]


def _short(value: float) -> float:
    return float(f"{value:.6g}")


if __name__ == "__main__":
    main()
