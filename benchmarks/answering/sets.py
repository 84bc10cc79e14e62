"""The evaluation sets, each with an index of its own documents, and which sentences hold an answer.

Sets are read from PARLEY_EVAL_DATA (default ../shared/data). Their indexes are built once, in a folder.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.evidence import Candidate
from index import Concept, Filters, Generation, PassageHit, Settings, Vectors
from index.build import rebuild
from index.generation import PassageInfo
from index.lexical import LexicalIndex
from index.library import Library
from index.search import fuse
from index.types import Article

_ALL = Filters()
CLAPNQ, SQUAD, MULTIHOP = "clapnq_dev", "squad2_dev_half", "multihop_rag"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a set, with what is known of its answer."""

    id: str
    text: str
    answerable: bool
    answers: tuple[str, ...]
    """Reference answers."""
    gold: tuple[str, ...]
    """Documents that hold the answer, or for unanswerable questions the document they were written on."""
    passages: tuple[tuple[str, str], ...]
    """Document and words that were marked as the answer's evidence, one for each annotator or hop."""
    starts: tuple[int, ...]
    """Offsets of short answers in the gold document."""

    def holds(self, candidate: Candidate) -> float:
        """How much of the answer a sentence holds: 1, 0, or the share of annotators who took it."""
        if not self.gold:  # a brief's question: the answer's own words
            return float(any(a in candidate.text for a in self.answers))
        if not self.answerable or candidate.article_id not in self.gold:
            return 0.0
        if self.starts:
            return float(any(candidate.start <= s < candidate.end for s in self.starts))
        said = _squeezed(candidate.text)
        marked = [_squeezed(text) for doc, text in self.passages if doc == candidate.article_id]
        taken = [said in text or text in said for text in marked]
        # Annotators of one long answer are averaged; hops are separate facts, any of which counts.
        return float(np.mean(taken)) if len(set(self.gold)) == 1 else float(any(taken))


def data_folder() -> Path:
    """Where the evaluation sets are."""
    return Path(os.environ.get("PARLEY_EVAL_DATA", "../shared/data"))


class EvaluationSet:
    """A set's questions and the index of its documents."""

    def __init__(self, name: str, cache: Path) -> None:
        self.name = name
        self.folder = data_folder() / name
        if not self.folder.is_dir():
            raise FileNotFoundError(
                f"{self.folder} is absent; set PARLEY_EVAL_DATA to the folder of the sets"
            )
        self._settings = Settings(index=cache / name)
        self.library = Library(self._settings)
        if not (self._settings.index / "CURRENT").exists():
            rebuild(self._settings, [self.folder / "documents.jsonl"])

    @cached_property
    def questions(self) -> tuple[Asked, ...]:
        lines = (self.folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        return tuple(_asked(json.loads(line)) for line in lines)

    @cached_property
    def generation(self) -> Generation:
        with self.library.lease() as generation:
            return generation

    @cached_property
    def passages(self) -> tuple[PassageInfo, ...]:
        return tuple(self.generation.passage(r) for r in range(self.generation.passage_count))

    @cached_property
    def lexical(self) -> LexicalIndex:
        return LexicalIndex(generation_folder(self._settings.index) / "lexical")

    @cached_property
    def vectors(self) -> Vectors:
        """`(questions, dimensions)`."""
        return self.library.embedder.encode_questions([q.text for q in self.questions])


class Searchable(Protocol):
    """What gathering evidence needs of a collection."""

    publishers: tuple[str, ...]

    def article(self, article_id: str) -> Article: ...

    def search(
        self, text: str, vector: Vectors, filters: Filters = ..., k: int = ...
    ) -> list[PassageHit]: ...


class Part:
    """Some articles of a generation as if they were a whole collection, searched exactly."""

    def __init__(self, source: EvaluationSet, articles: Sequence[str]) -> None:
        self._generation = generation = source.generation
        self._articles = frozenset(articles)
        rows = source.passages
        self._rows = np.array([r.row for r in rows if r.article_id in self._articles])
        self._vectors = np.stack([rows[r].vector for r in self._rows])
        self._sentences = [rows[r].sentence_vectors for r in self._rows]
        visible = np.zeros(generation.passage_count, np.bool_)
        visible[self._rows] = True
        self._statistics = source.lexical.statistics(visible)
        self.publishers = tuple(
            sorted({p for a in articles if (p := generation.article(a).publisher) is not None})
        )
        self.passage_count = len(self._rows)

    def idf(self, term: str, as_of: date | None = None) -> float:
        return self._statistics.idf(term)

    def concepts(self, question: str) -> list[Concept]:
        return self._generation.concepts(question)

    def article(self, article_id: str) -> Article:
        return self._generation.article(article_id)

    def passage(self, row: int) -> PassageInfo:
        return self._generation.passage(row)

    def search(self, text: str, vector: Vectors, filters: Filters = _ALL, k: int = 20) -> list[PassageHit]:
        lexical = self._statistics.score(self.concepts(text))[self._rows]
        dense = self._vectors @ vector
        scores = fuse(
            dense, lexical, np.array([float((s @ vector).max()) for s in self._sentences], np.float32)
        )
        hits = []
        for i in np.lexsort((self._rows, -scores))[:k]:
            p = self._generation.passage(int(self._rows[i]))
            hits.append(
                PassageHit(
                    p.row, p.article_id, p.start, p.end, float(scores[i]), float(dense[i]), float(lexical[i])
                )
            )
        return hits


def generation_folder(settings_index: Path) -> Path:
    """Folder of the published generation."""
    return settings_index / "generations" / (settings_index / "CURRENT").read_text(encoding="utf-8").strip()


def _asked(record: dict[str, object]) -> Asked:
    evidence = record.get("evidence") or []
    assert isinstance(evidence, list)
    gold = record.get("gold_doc_id")
    return Asked(
        id=str(record["id"]),
        text=str(record["question"]),
        answerable=bool(record["answerable"]),
        answers=tuple(record.get("answers") or ()),  # type: ignore[arg-type]
        gold=(str(gold),) if gold else tuple(str(e["doc_id"]) for e in evidence),
        passages=tuple((str(e["doc_id"]), str(e["text"])) for e in evidence if e.get("text")),
        starts=tuple(record.get("answer_starts") or ()),  # type: ignore[arg-type]
    )


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def folds(groups: Sequence[str], count: int = 10) -> Iterator[np.ndarray]:
    """Marks of the held-out rows `(len(groups),)` of each fold. A group is never split."""
    import hashlib

    fold = np.array([int(hashlib.sha256(g.encode()).hexdigest()[:8], 16) % count for g in groups])
    for k in range(count):
        yield fold == k
