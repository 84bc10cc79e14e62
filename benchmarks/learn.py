"""Learns the weights of sentence choice and confidence, and writes assistant/weights.json.

Run again: `python benchmarks/learn.py [CACHE]`. The evaluation sets are read from PARLEY_EVAL_DATA; CACHE
keeps their indexes (default: a temporary folder). `answers.py` prints what such weights do on questions that
they were not learned from.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from answering.learning import SentenceModel, collect, learn_confidence, learn_sentence
from sklearn.ensemble import HistGradientBoostingClassifier

from assistant.confidence import SIGNALS
from assistant.measures import MEASURES

WEIGHTS = Path(__file__).parent.parent / "assistant" / "weights.json"
NUMBERS = {
    "threshold": 0.52,
    "answer_words": 65,
    "worth_of_likeness": 10,
    "cost_of_other_article": 0.5,
    "lead_margin": 1.8,
    "lead_margin_of_facts": 0.5,
}
"""Chosen by hand among a few values: the threshold for refusals on clapnq_dev, the others for its ROUGE-L
without losing the sentence that holds a short answer on squad2_dev_half."""


def main() -> None:
    cache = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="parley-learn-"))
    items = collect(cache)
    sentence = learn_sentence(items)
    write(sentence, learn_confidence(items, sentence))
    print(f"wrote {WEIGHTS}")


def write(sentence: SentenceModel, confidence: HistGradientBoostingClassifier) -> None:
    """One measure, or one tree, a line."""
    rows = zip(MEASURES, sentence.mean, sentence.scale, sentence.model.coef_[0], strict=True)
    measures = [
        {"measure": name, "mean": _short(m), "scale": _short(s), "weight": _short(w)}
        for name, m, s, w in rows
    ]
    trees = [_branch(stage[0].nodes, 0) for stage in confidence._predictors]
    lines = [
        "{",
        f' "numbers": {json.dumps(NUMBERS)},',
        f' "sentence": {{"intercept": {_short(sentence.model.intercept_[0])}, "measures": [',
        ",\n".join(f"  {json.dumps(m)}" for m in measures),
        " ]},",
        f' "confidence": {{"base": {_short(confidence._baseline_prediction.ravel()[0])}, "trees": [',
        ",\n".join(f"  {json.dumps(t)}" for t in trees),
        " ]}",
        "}",
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _branch(nodes: Any, at: int) -> Any:
    """A tree from a node on, as [measure, threshold, at most that, more] or a number to add to the logit."""
    node = nodes[at]
    if node["is_leaf"]:
        return _short(node["value"])
    name, threshold = SIGNALS[node["feature_idx"]], _short(node["num_threshold"])
    return [name, threshold, _branch(nodes, node["left"]), _branch(nodes, node["right"])]


def _short(value: float) -> float:
    return float(f"{value:.6g}")


if __name__ == "__main__":
    main()
