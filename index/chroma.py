"""The vector store: the only file that touches chromadb.

Vectors are always passed in, ids are passage rows, and a store is opened on a private copy of its files:
opening one writes to it, and two processes may not share it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from index.errors import IndexDamagedError

if TYPE_CHECKING:
    from chromadb.api.client import Client

Vectors = npt.NDArray[np.float32]

_COLLECTION = "passages"
_BATCH = 4000  # below chromadb's own limit of 5461


def write_store(folder: Path, vectors: Vectors) -> Iterator[int]:
    """Write vectors `(n, dimensions)`, ids "0" to "n-1", into a new store; yields how many are in so far.

    Everything reaches the vector files: each batch crosses the threshold at which chromadb writes them.
    """
    count = len(vectors)
    batches = np.array_split(np.arange(count), max(1, -(-count // _BATCH)))
    threshold = max(2, min(len(rows) for rows in batches))
    client = _client(folder)
    try:
        collection = client.create_collection(
            _COLLECTION,
            embedding_function=None,
            configuration={
                "hnsw": {
                    "space": "cosine",
                    "ef_search": 160,  # above what a search takes, so that few near ones are missed
                    "sync_threshold": threshold,
                    "batch_size": min(100, threshold),
                }
            },
        )
        for rows in batches:
            if len(rows):
                embeddings: Any = np.ascontiguousarray(vectors[rows[0] : rows[-1] + 1], np.float32)
                collection.add(ids=[str(row) for row in rows], embeddings=embeddings)
                yield int(rows[-1]) + 1
    finally:
        client.close()


class VectorStore:
    """A store opened for reading, on a private copy that `close` removes."""

    def __init__(self, folder: Path) -> None:
        self._copy = Path()
        try:
            self._copy = Path(tempfile.mkdtemp(prefix="parley-"))
            shutil.copytree(folder, self._copy / "chroma")
            self._client = _client(self._copy / "chroma")
            self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
            self.count = self._collection.count()
        except Exception as error:
            self.close()
            raise IndexDamagedError(f"the vector store {folder} cannot be opened: {error}") from error

    def nearest(self, vector: Vectors, count: int) -> list[int]:
        """Rows of the nearest passages by cosine, nearest first."""
        wanted = min(count, self.count)
        if wanted < 1 or not np.isfinite(vector).all():
            return []
        query: Any = vector[None].astype(np.float32)
        found = self._collection.query(query_embeddings=query, n_results=wanted, include=[])
        return [int(row) for row in found["ids"][0]]

    def vectors(self, rows: list[int]) -> Vectors:
        """The stored vectors of some rows, in the order asked for."""
        got = self._collection.get(ids=[str(row) for row in rows], include=["embeddings"])
        by_row = dict(zip(got["ids"], np.asarray(got["embeddings"], np.float32), strict=True))
        return np.stack([by_row[str(row)] for row in rows])

    def close(self) -> None:
        client = getattr(self, "_client", None)
        if client is not None:
            client.close()
        if self._copy != Path():
            shutil.rmtree(self._copy, ignore_errors=True)


def _client(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)  # its declared type has no close()
