"""Parley's few errors. Each message is one line that says what happened and what to do.

ParleyError                 anything Parley reports; the command line prints it and exits with 1
├── UsageError              a wrong value from outside (a date, a setting, an option); exit 2, HTTP 422
├── ReadingError            one file cannot be read; a rebuild skips it with this reason
├── NotFoundError           no such article, version or conversation; HTTP 404
├── IndexMissingError       nothing was built yet in this folder; HTTP 503
├── IndexDamagedError       files of the published generation fail their checks; HTTP 503
├── IndexBusyError          another rebuild holds the lock
└── ModelUnavailableError   the embedding model is missing or damaged; lexical search still works
"""

from __future__ import annotations


class ParleyError(Exception):
    """Base of everything that Parley itself reports."""


class UsageError(ParleyError):
    """A value from outside is wrong. `field` names it where there is one, e.g. "filters.since"."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class ReadingError(ParleyError):
    """One file or address cannot be read."""


class NotFoundError(ParleyError):
    """What was asked for by name is not in the collection."""


class IndexMissingError(ParleyError):
    """No generation was published in this folder."""


class IndexDamagedError(ParleyError):
    """The published generation fails its checks."""


class IndexBusyError(ParleyError):
    """Another process is building in this folder."""


class ModelUnavailableError(ParleyError):
    """The embedding model cannot be loaded."""
