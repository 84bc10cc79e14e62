"""Build rate, latency of searches and answers, and memory at 10,000 articles cut from long speeches.

    python benchmarks/scale.py [--articles 10000] [--hashing]

With the real model the encoder sets the rate (`embed` below); `--hashing` shows what the rest can do.
Speeches are read from PARLEY_EVAL_DATA (default ../shared/data); without them, text is made up.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from assistant import Assistant, Question
from index import Filters, Library, Settings, rebuild
from index.embedding import load_embedder

DATA = Path(os.environ.get("PARLEY_EVAL_DATA", "../shared/data")) / "un_general_debate" / "documents.jsonl"
CHARACTERS = 800
QUESTIONS = [
    "What did the delegation say about disarmament?",
    "Who asked for a ceasefire in the Middle East?",
    "Which states became members of the United Nations that year?",
    "What was proposed for the return of refugees?",
    "How many countries signed the treaty on nuclear weapons?",
    "What does the speaker want the Security Council to do?",
    "When did the negotiations in Geneva begin?",
    "Why did the mediation fail?",
]


def pieces() -> Iterator[dict[str, str]]:
    if not DATA.is_file():
        print(f"{DATA} is absent: text is made up")
        for number in range(1 << 30):
            text = f"Delegation {number} spoke of point {number * 7 % 1001} in round {number % 97}. " * 11
            yield {"title": f"Statement {number}", "text": text, "publisher": f"State {number % 190}"}
    for line in DATA.open(encoding="utf-8"):
        record = json.loads(line)
        start = 0
        while start < len(record["text"]):
            end = record["text"].find(". ", start + CHARACTERS) + 1 or len(record["text"])
            yield {
                "id": f"{record['id']}-{start}",
                "title": record["title"],
                "text": record["text"][start:end].strip(),
                "publisher": record["id"][5:8],
                "published": record["id"][-4:],
            }
            start = end


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--hashing", action="store_true", help="a stand-in for the model: the rest alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="parley-") as folder:
        source = Path(folder) / "articles.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for record, _ in zip(pieces(), range(options.articles), strict=False):
                file.write(json.dumps(record) + "\n")
        settings = Settings(index=Path(folder) / "index")
        embedder = load_embedder("hashing" if options.hashing else settings.model, settings.threads)
        before = peak_memory()
        report = rebuild(settings, [source], embedder=embedder)
        print(f"{report.articles} articles, {report.passages} passages, {report.sentences} sentences")
        print(f"built in {report.seconds:.1f} s: {report.articles / report.seconds:.0f} articles/s")
        print("stages: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in report.stages.items()))
        print(f"peak memory {peak_memory():.0f} MB, of which {before:.0f} MB before reading began")
        again = rebuild(settings, [source], embedder=embedder)
        print(
            f"rebuilt unchanged in {again.seconds:.1f} s ({again.reused} of {again.passages} vectors reused)"
        )
        searches(Library(settings, embedder))
        # Answers are asked for as the server does it: one thread for a question's vector.
        one_thread = replace(settings, threads=1)
        answers(Library(one_thread, load_embedder("hashing") if options.hashing else None))
    return 0


def searches(library: Library) -> None:
    began = time.perf_counter()
    with library.lease() as generation:
        print(f"opened in {time.perf_counter() - began:.2f} s")
        limits = {
            "no limits": Filters(),
            "one publisher": Filters(publishers=(generation.publishers[0],)),
            "as of 1949": Filters(as_of=date(1949, 12, 31)),
        }
        vectors = library.embedder.encode_questions(QUESTIONS)
        for label, filters in limits.items():
            times = []
            for question, vector in list(zip(QUESTIONS, vectors, strict=True)) * 26:
                start = time.perf_counter()
                generation.search(question, vector, filters)
                times.append(1000 * (time.perf_counter() - start))
            first, warm = times[0], times[1:]
            print(
                f"search, {label}: median {np.median(warm):.1f} ms, p95 {np.percentile(warm, 95):.1f} ms,"
                f" first {first:.0f} ms"
            )
    library.close()


def answers(library: Library) -> None:
    """Whole answers, from the question to the checked quotations; every question is a new one."""
    assistant = Assistant(library)
    assistant.warm()
    times: dict[str, list[float]] = {}
    for number in range(25):
        for question in QUESTIONS:
            answer = assistant.ask(Question(f"{question[:-1]} in {1946 + number}?"))
            for stage, milliseconds in answer.timings_ms.items():
                times.setdefault(stage, []).append(milliseconds)
    for stage, all_ in times.items():
        print(f"answer, {stage}: median {np.median(all_):.1f} ms, p95 {np.percentile(all_, 95):.1f} ms")
    library.close()


def peak_memory() -> float:
    """Megabytes, of this process and of the largest of its children."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


if __name__ == "__main__":
    sys.exit(main())
