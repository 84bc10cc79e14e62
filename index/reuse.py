"""Vectors of the generation before, found by what they were made from."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import publish
from index.articles import ArticleReader
from index.embedding import Embedder, Encodable
from index.errors import IndexDamagedError, IndexMissingError

Vectors = npt.NDArray[np.float32]


def passage_key(encodable: Encodable) -> bytes:
    """16 bytes that name the text and sentence spans given to the model."""
    digest = hashlib.blake2b(encodable.text.encode("utf-8"), digest_size=16)
    digest.update(repr(encodable.sentences).encode())
    return digest.digest()


class OldVectors:
    """The published generation as a source of vectors and older texts; empty when there is none to use."""

    def __init__(self) -> None:
        self.articles: ArticleReader | None = None
        self._rows: dict[bytes, int] = {}
        self._spans: npt.NDArray[np.int32] = np.empty((0, 2), np.int32)
        self._vectors: Vectors = np.empty((0, 0), np.float32)
        self._sentence_vectors: Vectors = self._vectors
        self._lease = -1

    @classmethod
    def open(cls, index: Path, embedder: Embedder) -> OldVectors:
        """Vectors are offered only if the same model made them and their files pass their checks."""
        old = cls()
        try:
            folder = publish.generation_folder(index, publish.current_id(index))
            manifest = publish.read_manifest(folder)
            old._lease = publish.take_lease(folder)
        except (IndexMissingError, IndexDamagedError, OSError):
            return old  # nothing to reuse; the new generation replaces it
        if not publish.damaged_files(folder, manifest, "articles.sqlite3"):
            old.articles = ArticleReader(folder / "articles.sqlite3")
        names = ("keys.npy", "passages.npy", "vectors.npy", "sentence_vectors.npy")
        sound = not any(publish.damaged_files(folder, manifest, name) for name in names)
        if sound and manifest.fingerprint == embedder.fingerprint:
            keys, passages, old._vectors, old._sentence_vectors = (
                np.load(folder / name, mmap_mode="r") for name in names
            )
            old._rows = {key.tobytes(): row for row, key in enumerate(keys)}
            old._spans = np.array(passages[:, 3:5])
        return old

    def has(self, key: bytes) -> bool:
        return key in self._rows

    def vectors(self, key: bytes) -> tuple[Vectors, Vectors]:
        """Passage vector `(dimensions,)` and sentence vectors `(sentences, dimensions)`."""
        row = self._rows[key]
        low, high = self._spans[row]
        return self._vectors[row], self._sentence_vectors[low:high]

    def close(self) -> None:
        if self._lease >= 0:
            os.close(self._lease)
            self._lease = -1
