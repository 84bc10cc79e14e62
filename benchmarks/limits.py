"""What the outlets that a question names are worth to search: none, a hard filter, or a preference.

multihop_rag below PARLEY_EVAL_DATA; BM25 alone over titles and texts, nDCG@10 of the evidence.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from assistant.metrics import ndcg
from assistant.question import PREFERENCE, understand

DATA = Path(os.environ.get("PARLEY_EVAL_DATA", "../shared/data")) / "multihop_rag"


def main() -> None:
    if not DATA.is_dir():
        print(f"absent: {DATA} (set PARLEY_EVAL_DATA)")
        return
    read = {
        name: [json.loads(x) for x in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").split("\n") if x]
        for name in ("documents", "questions")
    }
    documents = read["documents"]
    questions = [q for q in read["questions"] if q["answerable"]]
    stemmer = Stemmer.Stemmer("english")
    ids = [d["id"] for d in documents]
    lexical = bm25s.BM25()
    texts = [f"{d['title'] or ''}\n{d['text']}" for d in documents]
    lexical.index(
        bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False
    )
    publishers = sorted({d["source"] for d in documents if d["source"]})
    labelled = np.array([d["source"] is not None for d in documents])
    figures: dict[str, list[float]] = {"no limit": [], "hard filter": [], f"preference {PREFERENCE}": []}
    named = 0
    for question in questions:
        words = bm25s.tokenize(
            [question["question"]], stopwords="en", stemmer=stemmer, show_progress=False, return_ids=False
        )[0]
        scores = lexical.get_scores(words)
        scores = scores / max(scores.max(), 1e-9)
        preferred = understand(question["question"], publishers, None).preferred
        wanted = np.array([d["source"] in preferred for d in documents])
        named += bool(preferred)
        shift = PREFERENCE * (wanted.astype(float) - (labelled & ~wanted)) if preferred else 0.0
        hard = np.where(wanted | (not preferred), scores, -np.inf)
        relevant = {e["doc_id"] for e in question["evidence"]}
        for ranked, out in zip((scores, hard, scores + shift), figures.values(), strict=True):
            order = [ids[i] for i in np.argsort(-ranked, kind="stable")[:10] if np.isfinite(ranked[i])]
            out.append(ndcg(order, relevant))
    print(f"{named} of {len(questions)} questions name an outlet; {labelled.mean():.0%} of articles have one")
    for name, found in figures.items():
        print(f"{name:16} nDCG@10 {np.mean(found):.3f}")


if __name__ == "__main__":
    main()
