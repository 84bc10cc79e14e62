"""Lexical search: the only file that touches bm25s and the stemmer.

Passages are scored by BM25 over their words, their article's title and publisher counting as words of every
passage. Statistics can be restricted to the articles visible at a date, as if the others did not exist.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from bm25s import BM25

    from index.aliases import Concept

Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

_K1, _B = 0.6, 0.6  # chosen by benchmarks/search.py; passages are of one length, and news repeats names

# Acronyms that are other words in lower case.
_ACRONYMS = {"US": "u.s", "USA": "u.s", "WHO": "w.h.o", "IT": "i.t", "IS": "i.s", "CAR": "c.a.r"}
_STOP = frozenset(
    re.findall(
        r"\w+",
        """a about after again all also am an and any are as at be because been before being but by can could
        did do does doing for from had has have having he her here hers him his how i if in into is it its
        itself just me more most my no nor not of off on once only or other our out over own s said same say
        says she should so some such t than that the their them then there these they this those through to
        too under until up very was we were what when where which while who whom whose why will with would
        you your""",
    )
)
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?"  # U.N., U.S.A.
    r"|\d+(?:[.,:/-]\d+)*"  # 1,200 3.5 2023-12-01
    r"|[^\W_]+(?:['’ʼ-][^\W_]+)*"  # words, hyphenated names, apostrophes
)
_stemmers = threading.local()
_SENTENCE = 600  # characters; longer texts are rarely seen twice


def terms(text: str) -> list[str]:
    """The lexical terms of a text, in order and repeated: stemmed, without accents or stop words."""
    if len(text) <= _SENTENCE:
        return list(_terms_of_sentence(text))
    return [term for _, found in split_terms(text) for term in found]


def split_terms(text: str) -> list[tuple[str, list[str]]]:
    """The words of a text as written, each with its lexical terms (none for a stop word)."""
    normal = unicodedata.normalize("NFKC", text)
    return [(match.group(), list(_terms_of_word(match.group()))) for match in _TOKEN.finditer(normal)]


@lru_cache(maxsize=1 << 14)
def _terms_of_sentence(text: str) -> tuple[str, ...]:
    """Remembered: the same sentences are weighed for many questions."""
    return tuple(term for _, found in split_terms(text) for term in found)


@lru_cache(maxsize=1 << 16)
def _terms_of_word(token: str) -> tuple[str, ...]:
    return tuple(_terms_of(token))


def _terms_of(token: str) -> Iterable[str]:
    if token[0].isdigit():
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", token):
            yield token.replace(",", "")  # thousands: 1,200 is found as 1200
            return
        if re.fullmatch(r"\d+[.]\d+", token):
            yield token
            return
        for part in re.split(r"[.,:/-]", token):
            yield part.lstrip("0") or "0"
        return
    if "." in token:
        token = token.replace(".", "")
        token = token.upper()
    if token in _ACRONYMS:
        yield _ACRONYMS[token]
        return
    token = re.sub(r"['’ʼ][sS]$", "", token)
    if token in _ACRONYMS:  # the US's
        yield _ACRONYMS[token]
        return
    folded = _fold(re.sub(r"['’ʼ]", "", token))
    parts = folded.split("-")
    if len(parts) > 1:
        yield _stem("".join(parts))  # cease-fire is found as ceasefire, and the other way round
    for part in parts:
        if part and part not in _STOP:
            yield _stem(part)


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _stem(word: str) -> str:
    stemmer = getattr(_stemmers, "english", None)
    if stemmer is None:  # one for each thread: a stemmer may not be shared
        import Stemmer

        stemmer = _stemmers.english = Stemmer.Stemmer("english")
    return str(stemmer.stemWord(word))


class LexicalWriter:
    """Collects the terms of passages, as numbers, and writes them to a folder."""

    def __init__(self) -> None:
        self._vocabulary: dict[str, int] = {}
        self._ids = array("i")
        self._ends = array("q")

    def add(self, passage_terms: Iterable[str]) -> None:
        self._ids.extend(self._vocabulary.setdefault(t, len(self._vocabulary)) for t in passage_terms)
        self._ends.append(len(self._ids))

    def write(self, folder: Path) -> None:
        folder.mkdir()
        np.save(
            folder / "ids.npy", np.frombuffer(self._ids, np.int32) if self._ids else np.empty(0, np.int32)
        )
        np.save(
            folder / "ends.npy", np.frombuffer(self._ends, np.int64) if self._ends else np.empty(0, np.int64)
        )
        (folder / "vocabulary.json").write_text(json.dumps(list(self._vocabulary)), encoding="utf-8")


class LexicalIndex:
    """BM25 over the passages of one generation. Read-only and safe for several threads."""

    def __init__(self, folder: Path) -> None:
        self._ids = np.load(folder / "ids.npy")
        self._ends = np.load(folder / "ends.npy")
        words = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        self._vocabulary = {word: i for i, word in enumerate(words)}
        self._all: Statistics | None = None
        self._lock = threading.Lock()

    def statistics(self, visible: npt.NDArray[np.bool_] | None = None) -> Statistics:
        """BM25 as if only the passages marked in `visible` `(passages,)` existed; None for all of them."""
        if visible is not None:
            return self._build(np.flatnonzero(visible))
        with self._lock:
            if self._all is None:
                self._all = self._build(np.arange(len(self._ends)))
            return self._all

    def _build(self, rows: Rows) -> Statistics:
        starts = np.concatenate([[0], self._ends[:-1]]) if len(self._ends) else self._ends
        ids = [self._ids[starts[r] : self._ends[r]].tolist() for r in rows]
        return Statistics(self._vocabulary, ids, rows, len(self._ends))


class Statistics:
    """A BM25 scorer with its own counts of passages and words."""

    def __init__(self, vocabulary: dict[str, int], ids: list[list[int]], rows: Rows, passages: int) -> None:
        self._vocabulary = vocabulary
        self._rows = rows
        self._passages = passages
        self._bm25 = _bm25(ids, vocabulary) if any(ids) else None

    def score(self, concepts: Sequence[Concept]) -> Scores:
        """BM25 of each passage of the generation for a question, `(passages,)`.

        A thing with several names counts once, by the name that serves a passage best, and never more than
        the name asked with would: a rare other name must not swamp the rest of the question.
        """
        total = np.zeros(self._passages, np.float32)
        for concept in concepts:
            best = self.scores(concept.terms)
            own = sum(self.idf(term) for term in concept.terms)
            for other in concept.alternatives:
                parts = [self.scores([term]) for term in other.terms]
                present = np.all([part > 0 for part in parts], axis=0)
                if other.needs:
                    present &= self.scores(sorted(other.needs)) > 0
                weight = sum(self.idf(term) for term in other.terms)
                cap = min(1.0, own / weight) if weight else 1.0
                best = np.maximum(best, np.where(present, sum(parts), 0) * np.float32(cap))
            total += best
        return total

    def scores(self, query: Sequence[str]) -> Scores:
        """BM25 of each passage of the generation `(passages,)`; 0 where no term occurs or not visible."""
        out = np.zeros(self._passages, np.float32)
        known = [self._vocabulary[t] for t in query if t in self._vocabulary]
        if known and self._bm25 is not None:
            out[self._rows] = self._bm25.get_scores_from_ids(known)
        return out

    def frequency(self, term: str) -> int:
        """How many visible passages hold the term."""
        number = self._vocabulary.get(term)
        if number is None or self._bm25 is None:
            return 0
        ends = self._bm25.scores["indptr"]
        return int(ends[number + 1] - ends[number])

    def idf(self, term: str) -> float:
        """Lucene's smoothed inverse document frequency over the visible passages."""
        count = self.frequency(term)
        return float(np.log(1 + (len(self._rows) - count + 0.5) / (count + 0.5)))


def _bm25(ids: list[list[int]], vocabulary: dict[str, int]) -> BM25:
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to tell of every step
    model = bm25s.BM25(k1=_K1, b=_B, method="lucene")
    model.index((ids, vocabulary), create_empty_token=False, show_progress=False)
    return model
