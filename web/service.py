"""What every route works with: the collection, the assistant over it, how many answers are made at once."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
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
)
from web.options import ServerOptions

AT_ONCE = 2
"""Answers computed at the same time: one encodes outside the interpreter's lock while another weighs
evidence. With more, every waiting thread fights for that lock and /api/health waits with them."""

MODEL_MISSING = "the embedding model is missing or damaged: only words are searched; run `make setup`"


@dataclass(frozen=True, slots=True)
class Service:
    """One for each application. Safe to use from several threads."""

    library: Library
    assistant: Assistant
    options: ServerOptions
    slots: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))
    without_model: threading.Event = field(default_factory=threading.Event)

    def ask(self, question: Question) -> Answer:
        with self.slots:
            return self.assistant.ask(question)

    def search(self, question: Question, k: int) -> list[SearchResult]:
        with self.slots:
            return self.assistant.search(question, k)

    def stream(self, question: Question) -> Iterator[Event]:
        """The events of an answer. A slot is held while an event is made, never while it is sent."""
        events = self.assistant.stream(question)
        while True:
            with self.slots:
                event = next(events, None)
            if event is None:
                return
            yield event

    def warm(self) -> None:
        """Load the model and open the index. What is missing is no error here: requests and health say it."""
        try:
            self.library.embedder  # noqa: B018 - loads it
        except ModelUnavailableError:
            self.without_model.set()
        with contextlib.suppress(IndexMissingError, IndexDamagedError), self.slots:
            self.assistant.warm()

    def problems(self) -> list[str]:
        """What is missing beside the index, as far as is known without loading anything."""
        return [MODEL_MISSING] if self.without_model.is_set() else []


def service() -> Service:
    """The service of the application that handles the current request."""
    return cast(Service, current_app.extensions["parley"])
