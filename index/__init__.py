"""Reading articles, splitting, embedding, the store, building a generation."""

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
    BuildReport,
    DatePrecision,
    Filters,
    Passage,
    PassageHit,
    PublishedDate,
    Sentence,
    Skipped,
)

__all__ = [
    "UNDATED",
    "Article",
    "BuildReport",
    "DatePrecision",
    "Filters",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexMissingError",
    "ModelUnavailableError",
    "NotFoundError",
    "ParleyError",
    "Passage",
    "PassageHit",
    "PublishedDate",
    "ReadingError",
    "Sentence",
    "Settings",
    "Skipped",
    "UsageError",
    "load_settings",
]
