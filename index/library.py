"""The one way in for readers: an index folder, whose published generation is followed as it changes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from index import publish
from index.aliases import load_aliases
from index.embedding import Embedder, load_embedder
from index.errors import IndexDamagedError
from index.generation import Generation
from index.settings import Settings


class Library:
    """Thread-safe. Nothing is opened or loaded before it is needed."""

    def __init__(self, settings: Settings, embedder: Embedder | None = None) -> None:
        self.settings = settings
        self._embedder = embedder
        self._embedder_lock = threading.Lock()
        self._lock = threading.Lock()
        self._current: Generation | None = None
        self._leases: dict[str, int] = {}

    @property
    def embedder(self) -> Embedder:
        """The model of the settings, loaded on first use. Errors: ModelUnavailableError."""
        with self._embedder_lock:
            if self._embedder is None:
                self._embedder = load_embedder(self.settings.model, self.settings.threads)
            return self._embedder

    @contextlib.contextmanager
    def lease(self) -> Iterator[Generation]:
        """The published generation, valid until the block ends even when another is published meanwhile.

        Errors: IndexMissingError, IndexDamagedError.
        """
        generation = self._take()
        try:
            yield generation
        finally:
            self._give_back(generation)

    def close(self) -> None:
        """Close the generation as soon as its last lease ends."""
        with self._lock:
            old, self._current = self._current, None
            if old is not None and not self._leases.get(old.id):
                old.close()

    def _take(self) -> Generation:
        with self._lock:
            for _ in range(10):  # a rebuild may delete the generation between the pointer and the lease
                name = publish.current_id(self.settings.index)
                if self._current is None or self._current.id != name:
                    try:
                        fresh = Generation(
                            publish.generation_folder(self.settings.index, name),
                            load_aliases(self.settings.aliases),
                        )
                    except FileNotFoundError:
                        continue
                    old, self._current = self._current, fresh
                    if old is not None and not self._leases.get(old.id):
                        old.close()
                self._leases[name] = self._leases.get(name, 0) + 1
                return self._current
        raise IndexDamagedError(
            f"the generation named in {self.settings.index / 'CURRENT'} is missing; run `parley rebuild`"
        )

    def _give_back(self, generation: Generation) -> None:
        with self._lock:
            self._leases[generation.id] -= 1
            if not self._leases[generation.id]:
                del self._leases[generation.id]
                if generation is not self._current:
                    generation.close()
