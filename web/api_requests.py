"""What programs send: the bodies and query strings of the JSON API, and the questions they become."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from assistant import Filters, Question, Turn, UsageError, parse_date
from web.api_responses import Answer

QUESTION_CHARACTERS = 2_000
HISTORY_TURNS = 20
BODY_BYTES = 64 * 1024
EXPORT_BYTES = 1024 * 1024

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|[1-9]\d{3}-\d{2}|[1-9]\d{3}")


def _date(value: str) -> str:
    if not _DATE.fullmatch(value):
        raise ValueError("write a date as 2023-12-01, 2023-12 or 2023")
    try:
        parse_date(value)
    except UsageError as error:
        raise ValueError(str(error)) from error
    return value


DateText = Annotated[
    str,
    AfterValidator(_date),
    WithJsonSchema(
        {
            "type": "string",
            "anyOf": [{"format": "date"}, {"pattern": r"^[1-9][0-9]{3}(-(0[1-9]|1[0-2]))?$"}],
            "examples": ["2023-12-01", "2023-12", "2023"],
        }
    ),
]
# JSON has one kind of number: 10.0 is as whole as 10.
WholeNumber = BeforeValidator(
    lambda value: int(value) if isinstance(value, float) and value.is_integer() else value
)
QuestionText = Annotated[
    str,
    Field(
        min_length=1,
        max_length=QUESTION_CHARACTERS,
        pattern=r"[^\s\u0085\uFEFF]",  # more than white space, whichever program counts
        description="What is asked.",
        examples=["Who mediated the talks?"],
    ),
]


class _Body(BaseModel):
    """Unknown fields are refused: a misspelt limit that is silently ignored would give a wrong answer."""

    model_config = ConfigDict(extra="forbid", strict=True)


class TurnBody(BaseModel):
    """An earlier question of the conversation and its answer. Other fields are ignored."""

    model_config = ConfigDict(strict=True)

    question: Annotated[str, Field(max_length=QUESTION_CHARACTERS)]
    answer: Annotated[str | None, Field(max_length=20_000)] = None

    def turn(self) -> Turn:
        return Turn(self.question, self.answer or "")


TurnsField = Annotated[
    list[TurnBody] | None, Field(max_length=HISTORY_TURNS, description="Earlier turns, oldest first.")
]


class FiltersBody(_Body):
    """Hard limits on which articles may be used. An undated article passes no date limit."""

    publishers: Annotated[
        list[Annotated[str, Field(max_length=300)]] | None,
        Field(max_length=100, description="Any of these, compared without case."),
    ] = None
    since: Annotated[
        DateText | None, Field(description="Published on or after; a month or year from its start.")
    ] = None
    until: Annotated[
        DateText | None, Field(description="Published on or before; a month or year to its end.")
    ] = None
    as_of: Annotated[
        DateText | None, Field(description="Answer as on this day: later articles are hidden completely.")
    ] = None

    def filters(self) -> Filters:
        return Filters(
            publishers=tuple(p for p in self.publishers or () if p.strip()),
            since=_day(self.since),
            until=_day(self.until, last=True),
            as_of=_day(self.as_of, last=True),
        )


class _Asked(_Body):
    question: QuestionText
    history: TurnsField = None
    filters: FiltersBody | None = None
    understand: Annotated[
        bool, Field(description="Whether limits in the question's own words (an outlet, a date) are applied.")
    ] = True
    id: Annotated[str | None, Field(max_length=200, description="Given back as the answer's id.")] = None

    def to_question(self) -> Question:
        return Question(
            text=self.question,
            history=tuple(t.turn() for t in self.history or ()),
            filters=self.filters.filters() if self.filters else Filters(),
            understand=self.understand,
            id=self.id,
        )


class AskBody(_Asked):
    """A question."""

    stream: Annotated[
        bool, Field(description="Whether the answer comes as lines of JSON while it is made.")
    ] = False


class SearchBody(_Asked):
    """A search for passages."""

    k: Annotated[int, Field(ge=1, le=100, description="How many passages at most."), WholeNumber] = 10


class ExportBody(_Body):
    """Answers, as this API gave them, to be written as a document that `parley verify` can check."""

    format: Literal["markdown", "json", "bibtex", "csl"]
    answers: Annotated[list[Answer], Field(min_length=1, max_length=200)]


class ArticlesQuery(BaseModel):
    """Which articles to list."""

    q: Annotated[str, Field(max_length=300, description="Words of the title, publisher or author.")] = ""
    publisher: Annotated[
        list[Annotated[str, Field(max_length=300)]],
        Field(max_length=100, description="Any of these (repeatable)."),
    ] = []
    since: DateText | None = None
    until: DateText | None = None
    as_of: DateText | None = None
    sort: Annotated[Literal["newest", "oldest", "title", "publisher"], Field(description="Order.")] = "newest"
    page: Annotated[int, Field(ge=1, le=1_000_000, description="From 1.")] = 1
    per_page: Annotated[int, Field(ge=1, le=200, description="Articles on a page.")] = 200

    def filters(self) -> Filters:
        return Filters(
            publishers=tuple(p for p in self.publisher if p.strip()),
            since=_day(self.since),
            until=_day(self.until, last=True),
            as_of=_day(self.as_of, last=True),
        )


class ArticleQuery(BaseModel):
    """Which version of an article."""

    version: Annotated[
        str | None,
        Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the text; the current one if absent."),
    ] = None


class SliceQuery(ArticleQuery):
    """Which part of an article's text, in Unicode code points, half-open. Beyond the text is its end."""

    start: Annotated[int, Field(ge=0, le=2**31)] = 0
    end: Annotated[int | None, Field(ge=0, le=2**31)] = None


def _day(value: str | None, *, last: bool = False) -> date | None:
    return parse_date(value, last=last) if value else None
