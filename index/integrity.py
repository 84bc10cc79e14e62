"""Checks of a generation: every file, offset and sentence, and Chroma against the stored vectors.

`python -m index.integrity FOLDER` prints the problems found as JSON: a rebuild runs it, so that what it
publishes was read back by a process that did not write it, and damage that kills a reader kills only that.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index import publish
from index.articles import ArticleReader
from index.chroma import VectorStore
from index.errors import ParleyError


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the index that is not as it should be."""

    where: str
    """A file of the generation, or an article's id."""
    what: str

    def to_json(self) -> dict[str, Any]:
        return {"where": self.where, "what": self.what}


def check_in_fresh_process(folder: Path) -> None:
    """Errors: ParleyError when the generation does not pass, or the checking process dies."""
    package = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    done = subprocess.run(  # noqa: S603  our own module, started by the running interpreter
        [sys.executable, "-P", "-m", "index.integrity", str(folder)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        detail = (done.stderr.strip().splitlines() or [f"signal {-done.returncode}"])[-1]
        raise ParleyError(f"the new index could not be read back ({detail}); the old one still serves")
    problems = json.loads(done.stdout)
    if problems:
        first = problems[0]
        raise ParleyError(
            f"the new index failed its check ({first['where']}: {first['what']}); the old one still serves"
        )


def check_generation(folder: Path) -> list[Problem]:
    """Everything wrong with a generation. Errors: IndexDamagedError when its manifest cannot be read."""
    manifest = publish.read_manifest(folder)
    problems = [
        Problem(name, "missing, or its size or SHA-256 differs from the manifest")
        for name in publish.damaged_files(folder, manifest)
    ]
    if problems:
        return problems  # what follows could crash on damaged files
    return [*_check_offsets(folder, manifest), *_check_store(folder, manifest)]


def _check_offsets(folder: Path, manifest: publish.Manifest) -> list[Problem]:
    problems: list[Problem] = []
    passages = np.load(folder / "passages.npy")
    sentences = np.load(folder / "sentences.npy")
    reader = ArticleReader(folder / "articles.sqlite3")
    infos = reader.infos()
    if (len(infos), len(passages)) != (manifest.articles, manifest.passages):
        problems.append(Problem("manifest.json", "its counts differ from what is stored"))
    bounds = np.searchsorted(passages[:, 0], np.arange(len(infos) + 1))
    for ordinal, info in enumerate(infos):
        try:
            article = reader.article(info.id)
            for version in info.versions[:-1]:
                reader.article(info.id, version)
        except ParleyError as error:
            problems.append(Problem(info.id, str(error)))
            continue
        rows = passages[bounds[ordinal] : bounds[ordinal + 1]]
        if not _fits(article.text, rows.tolist(), sentences):
            problems.append(Problem(info.id, "its passages or sentences do not fit its text"))
    return problems


def _fits(text: str, passages: list[list[int]], sentences: npt.NDArray[np.int32]) -> bool:
    """Whether passages consist of whole sentences (or lie within one), and sentences hold all of the text."""
    end = 0
    for _, low, high, first, last in passages:
        spans = sentences[first:last].tolist()
        if not spans or low >= high or text[low:high] != text[low:high].strip():
            return False
        if [low, high] != [spans[0][0], spans[-1][1]] and not (
            len(spans) == 1 and spans[0][0] <= low < high <= spans[0][1]
        ):
            return False
        for start, stop in spans:
            if not (start >= end or stop == end) or start >= stop or text[end:start].strip():
                return False
            end = stop
    return not text[end:].strip()


def _check_store(folder: Path, manifest: publish.Manifest) -> list[Problem]:
    vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    if vectors.shape != (manifest.passages, manifest.dimensions):
        return [Problem("vectors.npy", f"its shape is {vectors.shape}")]
    store = VectorStore(folder / "chroma")
    try:
        if store.count != manifest.passages:
            return [Problem("chroma", f"it holds {store.count} vectors, not {manifest.passages}")]
        for low in range(0, manifest.passages, 1000):
            rows = list(range(low, min(low + 1000, manifest.passages)))
            if not np.allclose(store.vectors(rows), vectors[rows], atol=1e-4):
                return [Problem("chroma", f"vectors {rows[0]} to {rows[-1]} differ from the stored ones")]
        for row in range(0, manifest.passages, max(1, manifest.passages // 20)):
            if nearest := store.nearest(vectors[row], 1):
                likeness = float(vectors[nearest[0]] @ vectors[row])
                if likeness < float(vectors[row] @ vectors[row]) - 1e-3:
                    return [Problem("chroma", f"vector {row} does not find itself")]
    finally:
        store.close()
    return []


if __name__ == "__main__":
    print(json.dumps([p.to_json() for p in check_generation(Path(sys.argv[1]))]))
