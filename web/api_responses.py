"""What programs get: the shapes of the JSON API's answers, for the OpenAPI document and the MCP tools.

The assistant writes these shapes itself (`to_json`); a test holds the two together.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Offset = Annotated[int, Field(ge=0, description="In Unicode code points.")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Published = Annotated[str | None, Field(description="ISO 8601 at the precision that the source gives.")]


class Shape(BaseModel):
    """Nothing is turned into another type: what is written is what the document says."""

    model_config = ConfigDict(strict=True)


class Citation(Shape):
    """A place in an article: `quote` is exactly its text from `start` to `end`, in version `text_sha256`."""

    number: Annotated[int, Field(ge=1)]
    article_id: str
    title: str
    publisher: str | None
    published: Published
    url: str | None
    quote: str
    start: Offset
    end: Offset
    prefix: str
    suffix: str
    text_sha256: Sha256
    page: Annotated[int | None, Field(ge=1, description="Page of a paged source; absent elsewhere.")] = None


class AnswerSentence(Shape):
    """A sentence of the answer and the numbers of its citations."""

    text: str
    citations: list[int]


class Limit(Shape):
    """A limit understood from the question's words."""

    kind: str
    value: str
    words: str


class Collection(Shape):
    """The collection that the answer was made from."""

    generation: str
    articles: Annotated[int, Field(ge=0)]
    passages: Annotated[int, Field(ge=0)]
    newest_article: Published
    built_at: str
    oldest_article: Published
    publishers: Annotated[int, Field(ge=0)]


class Answer(Shape):
    """An answer made of source sentences, or a refusal with the nearest evidence."""

    id: str
    question: str
    standalone_question: str
    answered: bool
    reason: Literal["no_articles", "no_match", "weak_evidence", "filtered_out"] | None
    answer: str
    sentences: list[AnswerSentence]
    citations: list[Citation]
    nearest: list[Citation]
    confidence: Annotated[float, Field(ge=0, le=1)]
    collection: Collection
    timings_ms: dict[str, float]
    limits: list[Limit]
    notes: list[str]
    newest_evidence: Published
    groups: list[list[int]]
    missing: list[str]
    suggestions: list[str]


class SearchResult(Shape):
    """A ranked passage; `text` is exactly the article's text from `start` to `end`."""

    article_id: str
    title: str
    publisher: str | None
    published: Published
    start: Offset
    end: Offset
    text: str
    score: float


class SearchResults(Shape):
    """Ranked passages, best first."""

    results: list[SearchResult]


class ArticleEntry(Shape):
    """An article without its text."""

    id: str
    title: str
    publisher: str | None
    author: str | None
    published: Published
    url: str | None
    file: str
    language: str | None
    characters: Annotated[int, Field(ge=0)]
    text_sha256: Sha256
    copies: Annotated[
        list[str], Field(description="Near-identical copies that are searched through this one.")
    ]
    copy_of: str | None
    changed: bool
    versions: Annotated[list[Sha256], Field(description="Every text kept of it, oldest first.")]


class Articles(Shape):
    """A page of the list of articles."""

    articles: list[ArticleEntry]
    total: Annotated[int, Field(ge=0)]
    page: Annotated[int, Field(ge=1)]
    per_page: Annotated[int, Field(ge=1)]


class ArticleWithText(ArticleEntry):
    """An article with its text, in the version asked for."""

    text: str
    page_starts: list[int]


class ArticleSlice(Shape):
    """A part of an article's text, from `start` to `end`."""

    article_id: str
    title: str
    publisher: str | None
    published: Published
    text_sha256: Sha256
    start: Offset
    end: Offset
    text: str


class PublisherCoverage(Shape):
    """What one publisher contributes; null collects articles that name none."""

    publisher: str | None
    articles: Annotated[int, Field(ge=1)]
    first: Published
    last: Published


class MonthCoverage(Shape):
    """Articles of one publisher in one month."""

    month: Annotated[str, Field(pattern=r"^\d{4}-\d{2}$")]
    publisher: str | None
    articles: Annotated[int, Field(ge=1)]


class Coverage(Shape):
    """What the collection covers."""

    generation: str
    built_at: str
    articles: Annotated[int, Field(ge=0)]
    undated: Annotated[int, Field(ge=0, description="Articles whose month is unknown.")]
    oldest_article: Published
    newest_article: Published
    publishers: list[PublisherCoverage]
    months: list[MonthCoverage]


class Health(Shape):
    """Whether questions can be answered, and how fresh the collection is."""

    status: Literal["ok", "degraded"]
    version: str
    generation: str
    built_at: str
    articles: Annotated[int, Field(ge=0)]
    passages: Annotated[int, Field(ge=0)]
    oldest_article: Published
    newest_article: Published
    degraded: Annotated[list[str], Field(description="What works less well than it should, and why.")]


class ErrorBody(Shape):
    """What went wrong."""

    code: Annotated[str, Field(description="Stable; for programs.")]
    message: Annotated[str, Field(description="For people.")]
    details: Annotated[dict[str, Any], Field(description="For invalid_field: what is wrong, by field.")]


class Error(Shape):
    """The body of every error."""

    error: ErrorBody


class ClientErrorBody(Shape):
    """What went wrong, as OpenAI's clients read it."""

    message: str
    type: Literal["invalid_request_error", "server_error"]
    param: Annotated[str | None, Field(description="The field that is wrong.")]
    code: str


class ClientError(Shape):
    """The body of every error under /v1."""

    error: ClientErrorBody
