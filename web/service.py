"""What every route works with: the collection, the assistant over it, how many answers are made at once."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from flask import current_app

from assistant import (
    Answer,
    Assistant,
    Event,
    IndexDamagedError,
    IndexMissingError,
    Library,
    ModelUnavailableError,
    Question,
    SearchResult,
    events,
)
from web.options import ServerOptions

AT_ONCE = 2
"""Answers computed at the same time: one encodes outside the interpreter's lock while another weighs
evidence. With more, every waiting thread fights for that lock and /api/health waits with them."""

MODEL_MISSING = "the embedding model is missing or damaged: only words are searched; run `make setup`"

REMEMBERED = 512
"""Answers kept for when the same is asked again (a permalink, a retry, an example). The same generation gives
the same answer, so nothing grows old."""


class Service:
    """One for each application. Safe to use from several threads."""

    def __init__(self, library: Library, assistant: Assistant, options: ServerOptions) -> None:
        self.library = library
        self.assistant = assistant
        self.options = options
        self._slots = threading.BoundedSemaphore(AT_ONCE)
        self._without_model = threading.Event()
        self._remembered: OrderedDict[tuple[str, Question], Answer] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, question: Question) -> Answer:
        """One answer with citations, or a refusal. Errors: IndexMissingError, IndexDamagedError."""
        began = time.perf_counter()
        with self.library.lease() as generation:
            known = (generation.id, question)
        with self._lock:
            if known in self._remembered:
                self._remembered.move_to_end(known)
                elapsed = (time.perf_counter() - began) * 1000
                return replace(self._remembered[known], timings_ms={"total": round(elapsed, 2)})
        with self._slots:
            answer = self.assistant.ask(question)
        with self._lock:
            self._remembered[answer.collection.generation, question] = answer
            if len(self._remembered) > REMEMBERED:
                self._remembered.popitem(last=False)
        return answer

    def stream(self, question: Question) -> Iterator[Event]:
        """The events of an answer. Errors as for `ask`, on the first."""
        yield from events(self.ask(question))

    def search(self, question: Question, k: int) -> list[SearchResult]:
        """Ranked passages, best first."""
        with self._slots:
            return self.assistant.search(question, k)

    def warm(self) -> None:
        """Load the model and open the index. What is missing is no error here: requests and health say it."""
        try:
            self.library.embedder  # noqa: B018 - loads it
        except ModelUnavailableError:
            self._without_model.set()
        with contextlib.suppress(IndexMissingError, IndexDamagedError), self._slots:
            self.assistant.warm()

    def problems(self) -> list[str]:
        """What is missing beside the index, as far as is known without loading anything."""
        return [MODEL_MISSING] if self._without_model.is_set() else []


def service() -> Service:
    """The service of the application that handles the current request."""
    return cast(Service, current_app.extensions["parley"])
