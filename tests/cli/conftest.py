"""A small collection and the real command, run as a person would run it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ARTICLES = {
    "harbour.md": """---
title: Harbour talks end with a ferry agreement
publisher: Coast Courier
author: Ida Lund
published: 2024-03-05
---
Envoys of Norland and Sudmark ended nine days of talks in Lagoda on Tuesday with an agreement on ferries.

Foreign minister Petra Holm said the ferries will sail again from 1 April 2024. The talks were mediated by Iceland.

Both sides left the question of the customs union to a second round because the sides could not agree on tariffs.
""",
    "prisoners.md": """---
title: Sudmark frees forty prisoners
publisher: Northern Wire
published: 2024-05-20
---
Sudmark released 40 prisoners on Monday at the Vell crossing, the Red Cross said.

Norland is to release 35 people in June. “We waited two years for this day,” said Anna Berg, whose brother came home.
""",
    "observers.txt": "Observers arrive at the Vell crossing\n\n"
    "Twelve unarmed observers arrived at the Vell crossing on Friday. They will count lorries and report weekly.\n",
}

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with `articles/` and an index built by the command itself."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "articles").mkdir()
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    done = run_parley(folder, "rebuild", "articles")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def parley(collection: Path) -> Run:
    """The command, run in the collection's folder."""
    return lambda *args, **options: run_parley(collection, *args, **options)


def run_parley(folder: Path, *args: str, **options: str) -> subprocess.CompletedProcess[str]:
    """Run `parley` in `folder`; `stdin` may be given, other options are environment variables."""
    stdin = options.pop("stdin", "")
    return subprocess.run(
        [sys.executable, "-m", "assistant.cli", *args],
        cwd=folder,
        env={**os.environ, "PARLEY_MODEL": "hashing", "COLUMNS": "120", **options},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
