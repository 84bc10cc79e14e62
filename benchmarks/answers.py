"""What answers and refusals are worth, on questions that the weights were not learned from.

Run: `python benchmarks/answers.py [CACHE]`. The sets are read from PARLEY_EVAL_DATA, indexed as `parley
rebuild` does, and weights are learned again in five folds by document; each question is measured with the
weights of the fold that has not seen its document. ROUGE-L is rouge_score's F-measure with stemming, the best
of a question's references, and the mean over questions. Writes reports/reliability.svg.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from answering.learning import Table, collect, learn_confidence, learn_sentence, shares
from answering.reliability import write_diagram
from answering.sets import CLAPNQ, MULTIHOP, SQUAD, data_folder, folds
from answering.tasks import Item
from rouge_score import rouge_scorer
from sklearn.metrics import roc_auc_score

from assistant.choose import Chosen, choose
from assistant.confidence import THRESHOLD, confidence, signals

REPORT = Path(__file__).parent / "reports" / "reliability.svg"
FOLDS = 5


def main() -> None:
    if not (data_folder() / CLAPNQ).is_dir():
        print(f"the evaluation sets are absent ({data_folder()}); set PARLEY_EVAL_DATA")
        return
    cache = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="parley-answers-"))
    items = collect(cache)
    chosen, sure = held_out(items)
    tasks = np.array([i.task for i in items])
    answerable = np.array([i.answerable for i in items], np.float64)

    def of(task: str) -> tuple[list[Item], list[Chosen], Table]:
        rows = np.flatnonzero(tasks == task)
        return [items[r] for r in rows], [chosen[r] for r in rows], sure[rows]

    print_long_answers("clapnq_dev, gold passage given", *of("gold passage"))
    print_long_answers("clapnq_dev, over its collection", *of(CLAPNQ))
    print_short_answers("squad2_dev_half, over its collection", *of(SQUAD))
    print_articles("multihop_rag", *of(MULTIHOP))
    print_short_answers("sample collection", *of("briefs"))
    for task in dict.fromkeys(tasks.tolist()):
        rows = tasks == task
        if not answerable[rows].all():
            print_refusals(task, answerable[rows], sure[rows])
    used = tasks != "gold passage"
    weight = shares(tasks[used].tolist(), answerable[used])
    write_diagram(REPORT, answerable[used], sure[used], weight)
    print(f"reliability diagram: {REPORT}")
    print_time(items)


def held_out(items: Sequence[Item]) -> tuple[list[Chosen], Table]:
    """Sentences chosen and confidence of each question, by weights that have not seen its document."""
    chosen: list[Chosen] = [Chosen(()) for _ in items]
    sure = np.zeros(len(items))
    for n, out in enumerate(folds([i.group for i in items], FOLDS), 1):
        rest = [i for i, o in zip(items, out, strict=True) if not o]
        sentence = learn_sentence(rest)
        model = learn_confidence(rest, sentence)
        for r in np.flatnonzero(out):
            evidence = sentence.rescored(items[r].evidence)
            chosen[r] = choose(evidence)
            sure[r] = model.predict_proba(signals(evidence)[None])[0, 1]
        print(f"fold {n} of {FOLDS}: {int(out.sum())} questions", flush=True)
    return chosen, sure


def print_long_answers(name: str, items: Sequence[Item], chosen: Sequence[Chosen], sure: Table) -> None:
    scorer = rouge_scorer.RougeScorer(["rougeL"], use_stemmer=True)
    scores, first, answered, lengths = [], [], [], []
    for item, said, p in zip(items, chosen, sure, strict=True):
        if not item.answerable:
            continue
        text = " ".join(group[0].text for group in said.groups)
        scores.append(max(scorer.score(a, text)["rougeL"].fmeasure for a in item.question.answers))
        first.append(item.evidence.hits[0].article_id in item.question.gold)
        answered.append(p >= THRESHOLD)
        lengths.append(len(said.groups))
    shown = np.array(scores) * np.array(answered)
    print(
        f"{name}: ROUGE-L {np.mean(scores):.3f} (counting its refusals as 0: {shown.mean():.3f}), "
        f"right passage first {np.mean(first):.3f}, {np.mean(lengths):.1f} sentences, {len(scores)} questions"
    )


def print_short_answers(name: str, items: Sequence[Item], chosen: Sequence[Chosen], sure: Table) -> None:
    cited, first, answered = [], [], []
    for item, said, p in zip(items, chosen, sure, strict=True):
        if item.answerable:
            held = [max(item.question.holds(c) for c in group) > 0 for group in said.groups]
            cited.append(any(held))
            first.append(held[0])
            answered.append(p >= THRESHOLD)
    shown = np.array(answered)
    print(
        f"{name}: sentence with the answer cited {np.mean(cited):.3f}, first {np.mean(first):.3f}; "
        f"counting its refusals as misses {np.mean(cited & shown):.3f} and {np.mean(first & shown):.3f}; "
        f"{len(cited)} questions"
    )


def print_articles(name: str, items: Sequence[Item], chosen: Sequence[Chosen], sure: Table) -> None:
    gain, share, several = [], [], []
    for item, said in zip(items, chosen, strict=True):
        if not item.answerable:
            continue
        gold = set(item.question.gold)
        found = list(dict.fromkeys(h.article_id for h in item.evidence.hits))[:10]
        ideal = sum(1 / np.log2(2 + n) for n in range(min(10, len(gold))))
        gain.append(sum(1 / np.log2(2 + n) for n, a in enumerate(found) if a in gold) / ideal)
        articles = {group[0].article_id for group in said.groups}
        share.append(len(articles & gold) / len(gold))
        several.append(len(articles) > 1)
    print(
        f"{name}: nDCG@10 {np.mean(gain):.3f}; share of the needed articles cited {np.mean(share):.3f}, "
        f"answers from several articles {np.mean(several):.3f}; {len(gain)} questions"
    )


def print_refusals(name: str, answerable: Table, sure: Table) -> None:
    refused, none = sure < THRESHOLD, answerable == 0
    print(
        f"refusals, {name}: precision {(refused & none).sum() / max(1, refused.sum()):.3f}, "
        f"recall {refused[none].mean():.3f}, AUC {roc_auc_score(answerable, sure):.3f}, "
        f"answerable ones refused {refused[~none].mean():.3f}"
    )


def print_time(items: Sequence[Item]) -> None:
    """Choice and confidence; gathering is part of the answer's own timings."""
    sample = [i.evidence for i in items[:: max(1, len(items) // 300)]]
    for name, step in (("choose", choose), ("confidence", confidence)):
        print(f"{name}: {_median_ms(step, sample):.2f} ms in the median")


def _median_ms(step: Callable[..., object], sample: Sequence[object]) -> float:
    times: list[float] = []
    for evidence in sample:
        began = time.perf_counter()
        step(evidence)
        times.append(1000 * (time.perf_counter() - began))
    median: npt.NDArray[np.float64] = np.median(np.array(times))
    return float(median)


if __name__ == "__main__":
    main()
