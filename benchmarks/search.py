"""Search quality on the evaluation sets: the right article first, and nDCG@10 by article.

Indexes are built in a throwaway folder with the default model. Sets are read from PARLEY_EVAL_DATA (default
../shared/data); a set that is absent is said to be.
"""

from __future__ import annotations

import json
import math
import os
import sys
import tempfile
from pathlib import Path

import numpy as np

from index import Article, Library, Settings, publish
from index.build import build
from index.embedding import load_embedder
from index.reading import Reading

SETS = ("clapnq_dev", "squad2_dev_half", "multihop_rag")
DATA = Path(os.environ.get("PARLEY_EVAL_DATA", "../shared/data"))


def records(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def readings(folder: Path):
    for record in records(folder / "documents.jsonl"):
        publisher = record["source"] if record.get("date") else None
        article = Article(record["id"], record["title"] or "", record["text"], publisher)
        yield Reading(record["id"], (article,))


def ndcg(found: list[str], gold: set[str]) -> float:
    gains = sum(1 / math.log2(rank + 2) for rank, key in enumerate(found[:10]) if key in gold)
    return gains / sum(1 / math.log2(rank + 2) for rank in range(min(len(gold), 10)))


def measure(name: str) -> None:
    with tempfile.TemporaryDirectory(prefix="parley-") as folder:
        settings = Settings(index=Path(folder) / "index")
        embedder = load_embedder(settings.model, settings.threads)
        with publish.builder_lock(settings.index):
            report = build(settings, readings(DATA / name), embedder=embedder)
        questions = [q for q in records(DATA / name / "questions.jsonl") if q["answerable"]]
        vectors = embedder.encode_questions([q["question"] for q in questions])
        library = Library(settings, embedder)
        with library.lease() as generation:
            for label, use_vector in (("fused", True), ("words alone", False)):
                first, gains = [], []
                for question, vector in zip(questions, vectors, strict=True):
                    hits = generation.search(question["question"], vector if use_vector else None, k=50)
                    found = list(dict.fromkeys(hit.article_id for hit in hits))
                    gold = {e["doc_id"] for e in question["evidence"]}
                    first.append(bool(found) and found[0] in gold)
                    gains.append(ndcg(found, gold))
                print(
                    f"{name:16} {label:12} {len(questions):5} questions over {report.passages} passages: "
                    f"right article first {np.mean(first):.3f}, nDCG@10 {np.mean(gains):.3f}",
                    flush=True,
                )
        library.close()


def main() -> int:
    for name in SETS:
        if (DATA / name).is_dir():
            measure(name)
        else:
            print(f"{name}: not in {DATA} (set PARLEY_EVAL_DATA)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
