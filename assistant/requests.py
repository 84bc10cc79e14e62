"""Questions and limits as they come from outside: JSON lines, options, request bodies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.types import Question, Turn, parse_date
from index import Filters, UsageError


def read_line(line: str) -> dict[str, Any]:
    """The object of a line of JSON. Errors: UsageError."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"not JSON ({error.msg})") from error
    if not isinstance(record, dict):
        raise UsageError("not a JSON object")
    return record


def read_question(record: Mapping[str, Any], filters: Filters = Filters()) -> Question:  # noqa: B008 - frozen
    """A question from a JSON object; `filters` hold where it sets none of its own.

    `{"id", "question", "history": [{"question", "answer"}],
    "filters": {"publishers", "since", "until", "as_of"}}`; only `question` is required.
    Errors: UsageError naming the field.
    """
    text = record.get("question", record.get("text"))
    if not isinstance(text, str) or not text.strip():
        raise UsageError("question must be a text that is not empty", "question")
    own = read_filters(record.get("filters") or {})
    merged = Filters(
        publishers=own.publishers or filters.publishers,
        since=own.since or filters.since,
        until=own.until or filters.until,
        as_of=own.as_of or filters.as_of,
    )
    return Question(
        text, _history(record.get("history") or []), merged, record.get("understand", True) is not False
    )


def read_filters(record: object) -> Filters:
    """Limits from a JSON object; absent and null set none. Errors: UsageError naming the field."""
    if not isinstance(record, Mapping):
        raise UsageError("filters must be an object", "filters")
    unknown = sorted(set(record) - {"publishers", "since", "until", "as_of"})
    if unknown:
        raise UsageError(f"filters.{unknown[0]} is not known; use publishers, since, until, as_of", "filters")
    publishers = record.get("publishers") or []
    if not isinstance(publishers, list) or not all(isinstance(p, str) for p in publishers):
        raise UsageError("filters.publishers must be a list of names", "filters.publishers")
    return Filters(
        publishers=tuple(p for p in publishers if p.strip()),
        since=_day(record, "since"),
        until=_day(record, "until"),
        as_of=_day(record, "as_of"),
    )


def _day(record: Mapping[str, Any], name: str) -> date | None:
    """A limit's day; of a month or year the first for `since`, the last for the others."""
    value = record.get(name)
    if not value:
        return None
    if not isinstance(value, str):
        raise UsageError(f"filters.{name} must be a date such as 2023-12-01", f"filters.{name}")
    try:
        return parse_date(value, last=name != "since")
    except UsageError as error:
        raise UsageError(f"{name}: {error}", f"filters.{name}") from error


def _history(turns: object) -> tuple[Turn, ...]:
    if not isinstance(turns, list):
        raise UsageError("history must be a list", "history")
    out = []
    for turn in turns:
        if not isinstance(turn, Mapping) or not isinstance(turn.get("question"), str):
            raise UsageError('history must hold objects {"question", "answer"}', "history")
        answer = turn.get("answer")
        out.append(Turn(turn["question"], answer if isinstance(answer, str) else ""))
    return tuple(out)
