"""Reading articles, splitting, embedding, the store, building a generation.

What needs a library that is slow to import is resolved when it is first used, so that importing this costs
almost nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from index.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    ModelUnavailableError,
    NotFoundError,
    ParleyError,
    ReadingError,
    UsageError,
)
from index.settings import Settings, load_settings
from index.types import (
    UNDATED,
    Article,
    ArticleInfo,
    BuildReport,
    DatePrecision,
    Filters,
    Passage,
    PassageHit,
    PublishedDate,
    Sentence,
    Skipped,
)

if TYPE_CHECKING:
    from index.aliases import Concept
    from index.build import add, rebuild
    from index.condition import Status, status, verify
    from index.embedding import Embedder, HashingEmbedder, Vectors, load_embedder
    from index.generation import Generation, PassageInfo
    from index.integrity import Problem
    from index.lexical import terms
    from index.library import Library
    from index.tokens import count_tokens

_LAZY = {
    "Concept": "index.aliases",
    "Embedder": "index.embedding",
    "Generation": "index.generation",
    "HashingEmbedder": "index.embedding",
    "Library": "index.library",
    "PassageInfo": "index.generation",
    "Problem": "index.integrity",
    "Status": "index.condition",
    "Vectors": "index.embedding",
    "add": "index.build",
    "count_tokens": "index.tokens",
    "load_embedder": "index.embedding",
    "rebuild": "index.build",
    "status": "index.condition",
    "terms": "index.lexical",
    "verify": "index.condition",
}


def __getattr__(name: str) -> object:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "UNDATED",
    "Article",
    "ArticleInfo",
    "BuildReport",
    "Concept",
    "DatePrecision",
    "Embedder",
    "Filters",
    "Generation",
    "HashingEmbedder",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexMissingError",
    "Library",
    "ModelUnavailableError",
    "NotFoundError",
    "ParleyError",
    "Passage",
    "PassageHit",
    "PassageInfo",
    "Problem",
    "PublishedDate",
    "ReadingError",
    "Sentence",
    "Settings",
    "Skipped",
    "Status",
    "UsageError",
    "Vectors",
    "add",
    "count_tokens",
    "load_embedder",
    "load_settings",
    "rebuild",
    "status",
    "terms",
    "verify",
]
