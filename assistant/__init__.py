"""Evidence, answers, refusal, follow-ups, the command line.

What other parts may use is imported from here. The names are loaded when first used: `parley --help` must not
wait for the libraries behind them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.assistant import Assistant as Assistant
    from assistant.assistant import events as events
    from assistant.export import FORMATS as FORMATS
    from assistant.export import check_export as check_export
    from assistant.export import export_answers as export_answers
    from assistant.suggestions import example_questions as example_questions
    from assistant.types import Answer as Answer
    from assistant.types import AnswerSentence as AnswerSentence
    from assistant.types import Citation as Citation
    from assistant.types import Collection as Collection
    from assistant.types import Event as Event
    from assistant.types import EventType as EventType
    from assistant.types import Limit as Limit
    from assistant.types import Question as Question
    from assistant.types import Reason as Reason
    from assistant.types import SearchResult as SearchResult
    from assistant.types import Turn as Turn
    from assistant.types import parse_date as parse_date
    from assistant.wording import spoken as spoken
    from index import Article as Article
    from index import ArticleInfo as ArticleInfo
    from index import DatePrecision as DatePrecision
    from index import Filters as Filters
    from index import Generation as Generation
    from index import IndexBusyError as IndexBusyError
    from index import IndexDamagedError as IndexDamagedError
    from index import IndexMissingError as IndexMissingError
    from index import Library as Library
    from index import ModelUnavailableError as ModelUnavailableError
    from index import NotFoundError as NotFoundError
    from index import ParleyError as ParleyError
    from index import Settings as Settings
    from index import UsageError as UsageError
    from index import load_settings as load_settings

_HOME = {
    "Assistant": "assistant.assistant",
    "events": "assistant.assistant",
    "FORMATS": "assistant.export",
    "check_export": "assistant.export",
    "export_answers": "assistant.export",
    "example_questions": "assistant.suggestions",
    "spoken": "assistant.wording",
    **dict.fromkeys(
        [
            "Answer",
            "AnswerSentence",
            "Citation",
            "Collection",
            "Event",
            "EventType",
            "Limit",
            "Question",
            "Reason",
            "SearchResult",
            "Turn",
            "parse_date",
        ],
        "assistant.types",
    ),
    **dict.fromkeys(
        [
            "Article",
            "ArticleInfo",
            "DatePrecision",
            "Filters",
            "Generation",
            "IndexBusyError",
            "IndexDamagedError",
            "IndexMissingError",
            "Library",
            "ModelUnavailableError",
            "NotFoundError",
            "ParleyError",
            "Settings",
            "UsageError",
            "load_settings",
        ],
        "index",
    ),
}


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'assistant' has no attribute {name!r}")
