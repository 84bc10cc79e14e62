"""The real server process over the sample collection, for benchmarks of what is served."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant import Library, Settings
from index import rebuild

ARTICLES = Path(__file__).parent.parent / "articles"
FORMS = (
    "Who mediated {}?",
    "When did {} take place?",
    "Where was {} held?",
    "What was agreed in {}?",
    "Why did {} fail or succeed?",
    "How many people were concerned by {}?",
    "What came of {} in the end?",
)
"""Questions about each title: none is asked twice before all were."""


@contextmanager
def sample_server() -> Iterator[tuple[str, list[str]]]:
    """Address of a warm server over a fresh index of `articles/`, and questions to ask it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index=Path(folder) / "index")
        rebuild(settings, [ARTICLES])
        library = Library(settings)
        with library.lease() as generation:
            titles = [a.title for a in generation.articles()]
        library.close()
        command = [
            sys.executable,
            "-m",
            "assistant.cli",
            "--index",
            str(settings.index),
            "serve",
            "--port",
            "0",
        ]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None, "the server did not start"
            questions = [form.format(title) for form, title in itertools.product(FORMS, titles)]
            _warm(found[0], questions[0])
            yield found[0], questions
        finally:
            process.terminate()
            process.wait(timeout=30)


def quantile(values: list[float], share: float) -> float:
    """The value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _warm(url: str, question: str) -> None:
    body = f'{{"question": "{question}"}}'.encode()
    for _ in range(5):
        request = urllib.request.Request(f"{url}/api/ask", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as response:
            response.read()
    time.sleep(0.5)
