"""One published generation, open for reading: articles, passages, vectors, search."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import publish
from index.aliases import Aliases, Concept, load_aliases
from index.articles import ArticleReader
from index.chroma import VectorStore
from index.errors import IndexDamagedError, NotFoundError
from index.lexical import LexicalIndex, Statistics
from index.search import fuse, nearest_sentences, top
from index.types import UNDATED, Article, ArticleInfo, Filters, PassageHit, PublishedDate, Sentence

Vectors = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

_CANDIDATES = 100  # taken from each kind of search before fusing
_NO_FILTERS = Filters()
_EXACT_BELOW = 5000  # passages; there exact search is quicker than Chroma, and needs nothing loaded


@dataclass(frozen=True, slots=True, eq=False)
class PassageInfo:
    """A passage with its text and vectors. Offsets are into the article's text."""

    row: int
    article_id: str
    text: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    vector: Vectors
    """`(dimensions,)`, length 1."""
    sentence_vectors: Vectors
    """`(len(sentences), dimensions)`, length 1."""


class Generation:
    """Read-only; safe for several threads. Opened by `Library.lease`."""

    def __init__(self, folder: Path, aliases: Aliases | None = None) -> None:
        self._aliases = aliases if aliases is not None else load_aliases()
        try:
            self._lease = publish.take_lease(folder)
        except PermissionError as error:
            raise IndexDamagedError(f"{folder} may not be read; change its permissions") from error
        try:
            self._open(folder)
        except OSError as error:
            os.close(self._lease)
            raise IndexDamagedError(
                f"the index in {folder} cannot be read ({error}); run `parley rebuild`"
            ) from error
        except BaseException:
            os.close(self._lease)
            raise

    def _open(self, folder: Path) -> None:
        self._folder = folder
        self.manifest = manifest = publish.read_manifest(folder)
        for part in ("passages.npy", "sentences.npy", "vectors.npy", "sentence_vectors.npy", "lexical/"):
            if damaged := publish.damaged_files(folder, manifest, part):
                raise IndexDamagedError(f"{folder / damaged[0]} is damaged; run `parley rebuild`")
        self.id, self.built_at = manifest.id, manifest.built_at
        self.article_count, self.passage_count = manifest.articles, manifest.passages
        self.sentence_count = manifest.sentences
        self._passages = np.load(folder / "passages.npy")
        self._sentences = np.load(folder / "sentences.npy")
        self._vectors: Vectors = np.load(folder / "vectors.npy")
        self._sentence_vectors = np.load(folder / "sentence_vectors.npy", mmap_mode="r")
        self._lexical = LexicalIndex(folder / "lexical")
        self._reader = ArticleReader(folder / "articles.sqlite3")
        self._infos = self._reader.infos()
        self._by_id = {info.id: i for i, info in enumerate(self._infos)}
        self._texts: OrderedDict[str, Article] = OrderedDict()
        self._masks: OrderedDict[Filters, Mask] = OrderedDict()
        self._statistics: OrderedDict[date, Statistics] = OrderedDict()
        self._store: VectorStore | None = None
        self._store_failed = False
        self.degraded: tuple[str, ...] = ()
        self._lock = threading.RLock()
        dated = [i.published for i in self._infos if i.published.first]
        self.newest: PublishedDate = max(dated, key=lambda d: d.last or date.min, default=UNDATED)
        self.oldest: PublishedDate = min(dated, key=lambda d: d.first or date.max, default=UNDATED)
        self.publishers: tuple[str, ...] = tuple(sorted({i.publisher for i in self._infos if i.publisher}))

    @property
    def fingerprint(self) -> str:
        """Of the model that made the vectors; a question's vector must come from the same."""
        return self.manifest.fingerprint

    def articles(self) -> tuple[ArticleInfo, ...]:
        """All articles, in the order they were read."""
        return self._infos

    def info(self, article_id: str) -> ArticleInfo:
        """Errors: NotFoundError."""
        if article_id not in self._by_id:
            raise NotFoundError(f"there is no article {article_id!r} in the index")
        return self._infos[self._by_id[article_id]]

    def article(self, article_id: str, text_sha256: str | None = None) -> Article:
        """An article with its text, or an older version of it named by the SHA-256 of its text.

        Errors: NotFoundError, IndexDamagedError.
        """
        if text_sha256 is not None:
            return self._reader.article(article_id, text_sha256)
        with self._lock:
            if article_id in self._texts:
                self._texts.move_to_end(article_id)
                return self._texts[article_id]
        article = self._reader.article(article_id)
        with self._lock:
            self._texts[article_id] = article
            if len(self._texts) > 256:
                self._texts.popitem(last=False)
        return article

    def passage(self, row: int) -> PassageInfo:
        """Errors: NotFoundError."""
        if not 0 <= row < self.passage_count:
            raise NotFoundError(f"there is no passage {row} in the index")
        ordinal, start, end, low, high = (int(x) for x in self._passages[row])
        article = self.article(self._infos[ordinal].id)
        return PassageInfo(
            row=row,
            article_id=article.id,
            text=article.text[start:end],
            start=start,
            end=end,
            sentences=tuple(Sentence(int(a), int(b)) for a, b in self._sentences[low:high]),
            vector=self._vectors[row],
            sentence_vectors=np.asarray(self._sentence_vectors[low:high], np.float32),
        )

    def matching(self, filters: Filters) -> tuple[ArticleInfo, ...]:
        """The articles that the filters leave, in the order they were read."""
        return tuple(info for info in self._infos if _passes(info, filters)) if filters else self._infos

    def visible(self, filters: Filters) -> int:
        """How many articles the filters leave."""
        return len(self._visible(filters))

    def visible_passages(self, filters: Filters) -> int:
        """How many passages the filters leave; those of folded copies do not count."""
        return int(self._mask(filters).sum())

    def idf(self, term: str, as_of: date | None = None) -> float:
        """Smoothed inverse document frequency of a lexical term (see `index.lexical.terms`) over passages."""
        return self._lexical_statistics(as_of).idf(term)

    def concepts(self, question: str) -> list[Concept]:
        """The question's terms, those of a known name together, with the other names of the same thing."""
        return self._aliases.concepts(question)

    def search(
        self, text: str, vector: Vectors | None, filters: Filters = _NO_FILTERS, k: int = 10
    ) -> list[PassageHit]:
        """The passages that fit a text best, best first.

        `vector` `(dimensions,)` or `(1, dimensions)` is the text's; None searches by words alone.
        """
        mask = self._mask(filters)
        lexical = self._lexical_statistics(filters.as_of).score(self._aliases.concepts(text))
        lexical = np.where(mask, lexical, np.float32(0))
        wanted = max(_CANDIDATES, 2 * k)
        rows = top(lexical, wanted)
        dense: Vectors | None = None
        sentence: Vectors | None = None
        if vector is not None:
            query = np.asarray(vector, np.float32).reshape(-1)
            rows = np.union1d(rows, self._nearest(query, mask, bool(filters), wanted))
            dense = self._vectors[rows] @ query
            sentence = self._nearest_sentences(query, rows)
        scores = fuse(dense, lexical[rows], sentence)
        order = np.lexsort((rows, -scores))[:k]
        similarity = np.zeros(len(rows), np.float32) if dense is None else dense
        return [self._hit(int(rows[i]), scores[i], similarity[i], lexical) for i in order]

    def close(self) -> None:
        """Release files; called by the library after the last lease."""
        with self._lock:
            self._sentence_vectors = np.empty((0, self.manifest.dimensions), np.float16)  # unmaps the file
            if self._store is not None:
                self._store.close()
                self._store = None
            if self._lease >= 0:
                os.close(self._lease)
                self._lease = -1

    def _hit(self, row: int, score: float, dense: float, lexical: Vectors) -> PassageHit:
        ordinal, start, end = (int(x) for x in self._passages[row, :3])
        return PassageHit(
            row, self._infos[ordinal].id, start, end, float(score), float(dense), float(lexical[row])
        )

    def _nearest_sentences(self, query: Vectors, rows: npt.NDArray[np.int64]) -> Vectors:
        spans = self._passages[rows, 3:5]
        if not len(spans):
            return np.empty(0, np.float32)
        counts = spans[:, 1] - spans[:, 0]
        ends = np.cumsum(counts)
        numbers = np.arange(ends[-1]) + np.repeat(spans[:, 0] - (ends - counts), counts)
        return nearest_sentences(query, np.asarray(self._sentence_vectors[numbers], np.float32), ends)

    def _nearest(self, query: Vectors, mask: Mask, filtered: bool, count: int) -> npt.NDArray[np.int64]:
        """Rows of the nearest visible passages: from Chroma, or by exact search where that serves better."""
        store = None
        if not filtered and self.passage_count >= _EXACT_BELOW:
            store = self._vector_store()
        if store is not None:
            rows = np.array(store.nearest(query, count + count // 4), np.int64)
            rows = rows[mask[rows]]
            if len(rows) >= min(count, int(mask.sum())):
                return rows[:count]
        visible = np.flatnonzero(mask)
        similarity = self._vectors[visible] @ query if len(visible) < len(mask) else self._vectors @ query
        if len(visible) > count:
            best = np.argpartition(-similarity, count)[:count]
            return visible[best]
        return visible

    def _vector_store(self) -> VectorStore | None:
        with self._lock:
            if self._store is None and not self._store_failed:
                damaged = publish.damaged_files(self._folder, self.manifest, "chroma/")
                try:
                    if damaged:
                        raise IndexDamagedError(f"{damaged[0]} is damaged")
                    self._store = VectorStore(self._folder / "chroma")
                except IndexDamagedError as error:
                    self._store_failed = True
                    self.degraded = (f"exact search instead of Chroma: {error}; run `parley rebuild`",)
            return self._store

    def _mask(self, filters: Filters) -> Mask:
        """Which passages may be found `(passages,)`: of visible articles, one of each group of copies."""
        with self._lock:
            if filters not in self._masks:
                self._masks[filters] = self._make_mask(filters)
                if len(self._masks) > 32:
                    self._masks.popitem(last=False)
            self._masks.move_to_end(filters)
            return self._masks[filters]

    def _visible(self, filters: Filters) -> list[int]:
        if not filters:
            return list(range(len(self._infos)))
        return [i for i, info in enumerate(self._infos) if _passes(info, filters)]

    def _make_mask(self, filters: Filters) -> Mask:
        stands: dict[str, int] = {}
        order = [(i.copy_of is not None, i.published.first or date.max) for i in self._infos]
        for i in self._visible(filters):
            group = self._infos[i].copy_of or self._infos[i].id
            if group not in stands or order[i] < order[stands[group]]:
                stands[group] = i
        articles = np.zeros(len(self._infos), np.bool_)
        articles[list(stands.values())] = True
        mask: Mask = articles[self._passages[:, 0]]
        return mask

    def _lexical_statistics(self, as_of: date | None) -> Statistics:
        key = as_of or date.max
        with self._lock:
            if key not in self._statistics:
                articles = np.zeros(len(self._infos), np.bool_)
                articles[self._visible(Filters(as_of=as_of))] = True
                mask = None if articles.all() else articles[self._passages[:, 0]]
                self._statistics[key] = self._lexical.statistics(mask)
                if len(self._statistics) > 8:
                    self._statistics.popitem(last=False)
            self._statistics.move_to_end(key)
            return self._statistics[key]


def _passes(info: ArticleInfo, filters: Filters) -> bool:
    """Whether an article is within the limits; with an imprecise date only if its whole period is."""
    first, last = info.published.first, info.published.last
    if filters.publishers:
        wanted = {p.casefold().strip() for p in filters.publishers}
        if (info.publisher or "").casefold().strip() not in wanted:
            return False
    if filters.language and info.language != filters.language:
        return False
    if filters.since and (first is None or first < filters.since):
        return False
    return all(last is not None and last <= limit for limit in (filters.until, filters.as_of) if limit)
