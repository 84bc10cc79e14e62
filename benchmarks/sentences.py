"""Sentence ends against gold: `python benchmarks/sentences.py`.

Data: sentence_split of PARLEY_EVAL_DATA (news of GUM and PUD, and the golden rules). A boundary is the offset
at which a sentence ends; paragraphs are divided by blank lines, sentences in them by a space.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.sentences import split_sentences

DATA = Path(os.environ.get("PARLEY_EVAL_DATA", "../shared/data")) / "sentence_split"


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of sentence ends over some documents."""

    hits: int
    found: int
    gold: int

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.found + self.gold)


def documents(genre: str) -> Iterator[tuple[str, set[int]]]:
    """(text, offsets of sentence ends) of each gold document."""
    for line in (DATA / "documents.jsonl").open(encoding="utf-8"):
        document = json.loads(line)
        if document["genre"] != genre:
            continue
        text, ends = "", set()
        starts = document["par_start"] or [False] * len(document["sentences"])
        for number, (sentence, begins) in enumerate(zip(document["sentences"], starts, strict=True)):
            text += ("" if not number else "\n\n" if begins else " ") + sentence
            ends.add(len(text))
        yield text, ends


def score(genre: str) -> Score:
    """Sentence ends found in all documents of a genre."""
    hits = found = gold = 0
    for text, ends in documents(genre):
        split = {sentence.end for sentence in split_sentences(text)}
        hits, found, gold = hits + len(split & ends), found + len(split), gold + len(ends)
    return Score(hits, found, gold)


def golden_rules() -> tuple[int, int]:
    """(exact, all) of the golden rules."""
    rules = [json.loads(line) for line in (DATA / "golden_rules.jsonl").open(encoding="utf-8")]
    exact = sum(
        [rule["text"][s.start : s.end] for s in split_sentences(rule["text"])] == rule["sentences"]
        for rule in rules
    )
    return exact, len(rules)


def rate() -> float:
    """Million characters a second over the news."""
    texts = [text for text, _ in documents("news")] * 20
    began = time.perf_counter()
    for text in texts:
        split_sentences(text)
    return sum(map(len, texts)) / 1e6 / (time.perf_counter() - began)


def main() -> int:
    if not DATA.is_dir():
        print(f"no evaluation data at {DATA}: nothing measured")
        return 0
    for genre in ("news", "interview", "speech", "court", "wikipedia"):
        result = score(genre)
        print(f"{genre:10} boundary F1 {result.f1:.4f} ({result.found} found, {result.gold} gold)")
    exact, rules = golden_rules()
    print(f"golden rules {exact} of {rules} exact")
    print(f"{rate():.1f} million characters a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
