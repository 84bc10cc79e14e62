"""Follow-up questions: the words that a person's stand-alone rewrite adds, against those that Parley adds.

    python benchmarks/followups.py            prints figures of the weights in use, and cross-validated ones
    python benchmarks/followups.py --learn    learns the weights from both sets and writes them

Counted words: lower-case, without possessive endings and stop words (`assistant.closed_words.STOP`), those of
the rewrite that the question lacks; micro-averaged over all turns that have a history. Cross-validation
leaves whole conversations out of both weighings. Data: cast, canard_dev below PARLEY_EVAL_DATA.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant import followup
from assistant.followup import Weighed, Weights, second_features, weigh
from assistant.mentions import Features, mentions, words
from assistant.types import Turn

DATA = Path(os.environ.get("PARLEY_EVAL_DATA", "../shared/data"))
WEIGHTS = Path(__file__).parent.parent / "assistant" / "followup_weights.json"
FOLDS = 5
STRENGTH = 0.05
"""Inverse of the L2 penalty."""
RARE = 30
"""Features seen less often are left out."""


@dataclass(frozen=True, slots=True)
class Case:
    """A turn of a conversation and a person's rewrite of it."""

    data: str
    conversation: str
    turns: tuple[tuple[str, str], ...]
    question: str
    rewrite: str

    @property
    def added(self) -> set[str]:
        return words(self.rewrite) - words(self.question)


def load(name: str) -> list[Case]:
    out = []
    for line in (DATA / name / "questions.jsonl").read_text(encoding="utf-8").split("\n"):
        if line:
            record = json.loads(line)
            told = record["history"]
            if record.get("year") in (2019, 2020):  # questions only
                turns = tuple((question, "") for question in told)
            else:
                turns = tuple(
                    (told[i], told[i + 1] if i + 1 < len(told) else "") for i in range(0, len(told), 2)
                )
            out.append(
                Case(name, f"{name} {record['conversation']}", turns, record["question"], record["rewrite"])
            )
    return out


def learn(cases: Sequence[Case]) -> Weights:
    """Both weighings, the second on what the first says of conversations that it was not learned from."""
    part = {c: n % 3 for n, c in enumerate(sorted({case.conversation for case in cases}))}
    inner = [fit(_first(c for c in cases if part[c.conversation] != n)) for n in range(3)]
    rows: list[tuple[Features, bool, float]] = []
    for case in cases:
        now, before = _weighings(inner[part[case.conversation]], case)
        for mention, second in zip(now.found, second_features(now, before), strict=True):
            rows.append((mention.features | second, mention.word in case.added, _importance(case)))
    return Weights(fit(_first(cases)), fit(rows), 0.3)


def _first(cases: Iterable[Case]) -> list[tuple[Features, bool, float]]:
    return [
        (m.features, m.word in case.added, _importance(case))
        for case in cases
        for m in mentions(case.turns, case.question)
    ]


def _importance(case: Case) -> float:
    return 1.5 if case.data == "cast" else 1.0


def _weighings(first: dict[str, float], case: Case) -> tuple[Weighed, Weighed | None]:
    now = weigh(first, case.turns, case.question)
    return now, weigh(first, case.turns[:-1], case.turns[-1][0]) if len(case.turns) > 1 else None


def fit(rows: Sequence[tuple[Features, bool, float]]) -> dict[str, float]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([features for features, _, _ in rows])
    keep = np.flatnonzero(np.asarray((matrix != 0).sum(0)).ravel() >= RARE)
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    model.fit(matrix[:, keep], [y for _, y, _ in rows], sample_weight=[w for _, _, w in rows])
    names = vectorizer.get_feature_names_out()[keep]
    found = {
        str(n): round(float(w), 4) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.005
    }
    return {"": round(float(model.intercept_[0]), 4), **found}


@dataclass(slots=True)
class Counts:
    """Words added rightly, added, to be added; turns left unchanged of those that need nothing."""

    right: int = 0
    added: int = 0
    wanted: int = 0
    kept: int = 0
    complete: int = 0
    turns: int = 0

    def add(self, case: Case, written: str) -> None:
        added = words(written) - words(case.question)
        self.right += len(added & case.added)
        self.added += len(added)
        self.wanted += len(case.added)
        self.complete += not case.added
        self.kept += not case.added and not added
        self.turns += 1

    def __str__(self) -> str:
        return (
            f"precision {self.right / max(1, self.added):.3f} recall {self.right / max(1, self.wanted):.3f} "
            f"unchanged {self.kept} of {self.complete} complete ones  ({self.turns:,} turns)"
        )


def measure(cases: Iterable[Case], weights: Weights) -> Counts:
    counts = Counts()
    for case in cases:
        if case.turns:
            history = [Turn(question, answer) for question, answer in case.turns]
            counts.add(case, followup.standalone_with(weights, case.question, history))
    return counts


def main() -> None:
    if not (DATA / "cast").is_dir():
        print(f"absent: {DATA}/cast and canard_dev (set PARLEY_EVAL_DATA)")
        return
    sets = {name: load(name) for name in ("cast", "canard_dev")}
    cases = [case for found in sets.values() for case in found]
    if "--learn" in sys.argv:
        made = learn(cases)
        record = {"least": made.least, "first": dict(made.first), "second": dict(made.second)}
        WEIGHTS.write_text(json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    for name, found in sets.items():
        held = set().union(*[{id(c)} for c in found])
        reach = sum(len(c.added & words(" ".join(map(" ".join, c.turns)))) for c in found if c.turns)
        wanted = sum(len(c.added) for c in found if c.turns)
        print(f"{name:11} {len(held):,} turns; {reach / wanted:.3f} of the words to add are said before")
        if WEIGHTS.is_file():
            print(f"  weights in use            {measure(found, followup.weights())}")
    conversations = sorted({case.conversation for case in cases})
    fold = {c: n * 7919 % FOLDS for n, c in enumerate(conversations)}
    folds = [learn([c for c in cases if fold[c.conversation] != n]) for n in range(FOLDS)]
    for least in (0.2, 0.3, 0.4):
        for name, found in sets.items():
            total = Counts()
            for n, weights in enumerate(folds):
                part = measure(
                    [c for c in found if fold[c.conversation] == n],
                    Weights(weights.first, weights.second, least),
                )
                for field in Counts.__slots__:
                    setattr(total, field, getattr(total, field) + getattr(part, field))
            print(f"  cross-validated at {least:.2f}, {name:11} {total}", flush=True)


if __name__ == "__main__":
    main()
