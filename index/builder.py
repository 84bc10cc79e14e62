"""Making the files of a generation: read, split, embed, write, read back. Texts are never all in memory."""

from __future__ import annotations

import itertools
import re
import time
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index import publish
from index.articles import ArticleReader, ArticleWriter
from index.chroma import write_store
from index.copies import find_copies
from index.embedding import Embedder, Encodable, load_embedder
from index.integrity import check_in_fresh_process
from index.lexical import LexicalWriter, terms
from index.passages import split_passages
from index.reuse import OldVectors, passage_key
from index.sentences import split_sentences
from index.settings import Settings
from index.tokens import count_tokens
from index.types import Article, BuildReport, Passage, Sentence, Skipped

if TYPE_CHECKING:
    from index.reading import Reading

Progress = Callable[[str, int, int], None]

_TITLE_WEIGHT = 1  # times that a title's words count in each passage
_EMBED_AT_ONCE = 512  # passages in memory


@dataclass
class Builder:
    """One build: its stages in order, and what they counted."""

    settings: Settings
    folder: Path
    name: str
    given_embedder: Embedder | None
    progress: Progress
    stages: dict[str, float] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[Skipped] = field(default_factory=list)
    passages: array[int] = field(default_factory=lambda: array("i"))
    sentences: array[int] = field(default_factory=lambda: array("i"))
    distinct_sentences: int = 0
    files: int = 0
    folded: int = 0
    undated: int = 0
    tokens: int = 0
    cut: int = 0
    embedded: int = 0
    reused: int = 0
    newest: str | None = None
    oldest: str | None = None

    def run(
        self, readings: Iterable[Reading], paths: list[str], total: int, started: datetime
    ) -> BuildReport:
        begin = time.perf_counter()
        self.embedder = self.given_embedder or load_embedder(self.settings.model, self.settings.threads)
        self._mark("model", begin)
        old = OldVectors.open(self.settings.index, self.embedder)
        writer = ArticleWriter(self.folder / "articles.sqlite3")
        try:
            self._timed("read", self._read, writer, readings, total)
            self._timed("copies", self._find_copies, writer)
            self._timed("split", self._split, writer)
            self._timed("embed", self._embed, writer, old)
            self._timed("versions", self._keep_versions, writer, old)
            articles = writer.count
        finally:
            writer.close()
            old.close()
        self._timed("store", self._store)
        (self.folder / "lease").touch()
        manifest = publish.Manifest(
            id=self.name,
            built_at=started.isoformat(timespec="seconds").replace("+00:00", "Z"),
            model=self.settings.model,
            fingerprint=self.embedder.fingerprint,
            dimensions=self.embedder.dimensions,
            passage_tokens=self.settings.passage_tokens,
            paths=tuple(paths),
            articles=articles,
            passages=len(self.passages) // 5,
            sentences=self.distinct_sentences,
            tokens=self.tokens,
            cut_passages=self.cut,
            newest=self.newest,
            oldest=self.oldest,
            skipped=len(self.skipped),
            files=publish.describe_files(self.folder),
        )
        publish.write_manifest(self.folder, manifest)
        self.progress("verify", 0, 1)
        self._timed("verify", check_in_fresh_process, self.folder)
        return BuildReport(
            generation=self.name,
            files=self.files,
            articles=articles,
            passages=manifest.passages,
            sentences=manifest.sentences,
            embedded=self.embedded,
            reused=self.reused,
            skipped=tuple(self.skipped),
            seconds=round(time.perf_counter() - begin, 3),
            undated=self.undated,
            copies=self.folded,
            cut_passages=self.cut,
            stages=self.stages,
            notes=tuple(self.notes),
        )

    def _timed(self, stage: str, step: Callable[..., None], *arguments: object) -> None:
        begin = time.perf_counter()
        step(*arguments)
        self._mark(stage, begin)

    def _mark(self, stage: str, begin: float) -> None:
        self.stages[stage] = round(time.perf_counter() - begin, 3)

    def _read(self, writer: ArticleWriter, readings: Iterable[Reading], total: int) -> None:
        for reading in readings:
            self.files += not reading.continued
            if reading.reason is not None:
                self.skipped.append(Skipped(reading.file, reading.reason))
            self.notes.extend(Skipped(reading.file, note) for note in reading.notes)
            for article in reading.articles:
                self._add(writer, article)
            self.progress("read", self.files, total)

    def _add(self, writer: ArticleWriter, article: Article) -> None:
        unique, number = article.id, 1
        while writer.has(unique):
            number += 1
            unique = f"{article.id}-{number}"
        if article.published.iso is None:
            self.undated += 1
        else:
            first, last = article.published.first, article.published.last
            self.newest = max(self.newest or "", str(last))
            self.oldest = min(self.oldest or "9999", str(first))
        writer.add(_storable(replace(article, id=unique)))

    def _find_copies(self, writer: ArticleWriter) -> None:
        copies = find_copies(self._each(writer, "copies"))
        for copy, original in copies.items():
            writer.mark_copy(copy, original)
        self.folded = len(copies)

    def _each(self, writer: ArticleWriter, stage: str) -> Iterator[Article]:
        for number, article in enumerate(writer.stored(), 1):
            yield article
            self.progress(stage, number, writer.count)

    def _split(self, writer: ArticleWriter) -> None:
        lexical = LexicalWriter()
        for ordinal, article in enumerate(self._each(writer, "split")):
            found = split_sentences(article.text, article.language or "en")
            passages = split_passages(
                article.text,
                found,
                pieces=self.embedder.count_pieces,
                window=self.embedder.window,
                tokens=count_tokens,
                size=self.settings.passage_tokens,
            )
            self.distinct_sentences += len(found)
            field_terms = terms(article.title) * _TITLE_WEIGHT + terms(article.publisher or "")
            for passage in passages:
                low = len(self.sentences) // 2
                for sentence in passage.sentences:
                    self.sentences.extend((sentence.start, sentence.end))
                high = len(self.sentences) // 2
                self.passages.extend((ordinal, passage.start, passage.end, low, high))
                lexical.add(terms(article.text[passage.start : passage.end]) + field_terms)
        lexical.write(self.folder / "lexical")
        np.save(self.folder / "passages.npy", np.array(self.passages, np.int32).reshape(-1, 5))
        np.save(self.folder / "sentences.npy", np.array(self.sentences, np.int32).reshape(-1, 2))

    def _embed(self, writer: ArticleWriter, old: OldVectors) -> None:
        count, dimensions = len(self.passages) // 5, self.embedder.dimensions
        with (
            (self.folder / "vectors.npy").open("wb") as vectors,
            (self.folder / "sentence_vectors.npy").open("wb") as sentence_vectors,
            (self.folder / "keys.npy").open("wb") as keys,
        ):
            _write_header(vectors, (count, dimensions), np.float32)
            _write_header(sentence_vectors, (len(self.sentences) // 2, dimensions), np.float16)
            _write_header(keys, (count, 16), np.uint8)
            done = 0
            for batch in _batches(self._encodables(writer), _EMBED_AT_ONCE):
                pieces = self.embedder.count_pieces([e.text for e in batch])
                self.cut += sum(n > self.embedder.window for n in pieces)
                self.tokens += sum(count_tokens([e.text for e in batch]))
                named = [passage_key(e) for e in batch]
                fresh = [i for i, key in enumerate(named) if not old.has(key)]
                encoded = dict(
                    zip(fresh, self.embedder.encode_passages([batch[i] for i in fresh]), strict=True)
                )
                for i, key in enumerate(named):
                    passage, parts = (
                        (encoded[i].passage, encoded[i].sentences) if i in encoded else old.vectors(key)
                    )
                    vectors.write(np.asarray(passage, np.float32).tobytes())
                    sentence_vectors.write(np.asarray(parts, np.float16).tobytes())
                    keys.write(key)
                self.embedded += len(fresh)
                self.reused += len(batch) - len(fresh)
                done += len(batch)
                self.progress("embed", done, count)

    def _encodables(self, writer: ArticleWriter) -> Iterator[Encodable]:
        row, count = 0, len(self.passages) // 5
        for ordinal, article in enumerate(writer.stored()):
            while row < count and self.passages[row * 5] == ordinal:
                _, start, end, low, high = self.passages[row * 5 : row * 5 + 5]
                spans = [Sentence(self.sentences[2 * i], self.sentences[2 * i + 1]) for i in range(low, high)]
                yield encodable(article, Passage(start, end, tuple(spans)))
                row += 1

    def _keep_versions(self, writer: ArticleWriter, old: OldVectors) -> None:
        reader: ArticleReader | None = old.articles
        if reader is None:
            return
        before = {info.id: info for info in reader.infos()}
        for article_id, sha256 in writer.hashes():
            info = before.get(article_id)
            if info is None:
                continue
            if info.text_sha256 == sha256:
                writer.mark_unchanged(article_id)
            for version, (kept, about, text) in enumerate(reader.old_texts(article_id)):
                if kept != sha256:
                    writer.add_old_version(article_id, kept, version, about, text)

    def _store(self) -> None:
        vectors = np.load(self.folder / "vectors.npy", mmap_mode="r")
        for done in write_store(self.folder / "chroma", vectors):
            self.progress("store", done, len(vectors))


def encodable(article: Article, passage: Passage) -> Encodable:
    """What the model is given of a passage, sentence spans clipped to it."""
    spans = tuple(
        (max(s.start, passage.start) - passage.start, min(s.end, passage.end) - passage.start)
        for s in passage.sentences
    )
    return Encodable(article.text[passage.start : passage.end], spans)


def _storable(article: Article) -> Article:
    """The article without lone surrogates, which no file and no answer can hold."""
    return replace(
        article,
        text=_whole(article.text),
        title=_whole(article.title),
        publisher=_whole(article.publisher) if article.publisher else article.publisher,
        authors=tuple(_whole(author) for author in article.authors),
    )


def _whole(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _batches(items: Iterator[Encodable], size: int) -> Iterator[list[Encodable]]:
    while batch := list(itertools.islice(items, size)):
        yield batch


def _write_header(file: IO[bytes], shape: tuple[int, ...], dtype: npt.DTypeLike) -> None:
    """Start a .npy file whose rows are appended: memory stays flat, a full disk is an error and no crash."""
    description = np.lib.format.dtype_to_descr(np.dtype(dtype))
    np.lib.format.write_array_header_1_0(file, {"descr": description, "fortran_order": False, "shape": shape})
