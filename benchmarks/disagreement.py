"""Reports that differ, on documents that disagree or mislead (ramdocs below PARLEY_EVAL_DATA).

Of each document the sentence with most of the question's words is taken (or the best of those with the known
answer). Counted are pairs of documents put on different sides: right when their known answers differ.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.disagreement import differing
from assistant.values import dates, numbers
from index.lexical import terms
from index.sentences import split_sentences

DATA = Path(os.environ.get("PARLEY_EVAL_DATA", "../shared/data")) / "ramdocs"


@dataclass(frozen=True, slots=True)
class Report:
    article_id: str
    text: str


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").split("\n") if line]


def best_sentence(question: str, document: dict[str, Any], holding_answer: bool) -> str | None:
    text, wanted = document["text"], set(terms(question))
    found = [text[s.start : s.end] for s in split_sentences(text)]
    if holding_answer:
        found = [s for s in found if document["doc_answer"].lower() in s.lower()]
    return max(found, key=lambda s: len(wanted & set(terms(s))), default=None)


def main() -> None:
    if not DATA.is_dir():
        print(f"absent: {DATA} (set PARLEY_EVAL_DATA)")
        return
    documents = defaultdict(list)
    for document in read("documents.jsonl"):
        documents[document["question_id"]].append(document)
    for holding in (True, False):
        right = wrong = wanted = 0
        for record in read("questions.jsonl"):
            reports, answers = [], []
            for document in documents[record["id"]]:
                sentence = best_sentence(record["question"], document, holding)
                if sentence:
                    reports.append(Report(document["id"], sentence))
                    answers.append(document["doc_answer"])
            side = {i: n for n, s in enumerate(differing(record["question"], reports)) for i in s}
            for i in range(len(reports)):
                for j in range(i):
                    values = dates(answers[i]) + numbers(answers[i])
                    wanted += answers[i] != answers[j] and bool(values)
                    if i in side and j in side and side[i] != side[j]:
                        right += answers[i] != answers[j]
                        wrong += answers[i] == answers[j]
        print(
            f"{'sentence with the answer' if holding else 'best sentence by words':25} "
            f"precision {right / max(1, right + wrong):.3f} ({right} of {right + wrong}) "
            f"recall {right / max(1, wanted):.3f} of {wanted} pairs with different numbers or dates"
        )


if __name__ == "__main__":
    main()
