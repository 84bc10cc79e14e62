"""Parley's tools for programs that speak the Model Context Protocol: ask, search, get_article. All read."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations
from pydantic import Field

from assistant import Assistant, Filters, Library, ParleyError, Question, Settings, UsageError
from web.api_requests import DateText, FiltersBody, QuestionText, TurnBody, TurnsField
from web.api_responses import Answer, ArticleSlice, SearchResult, SearchResults
from web.options import ServerOptions, is_loopback
from web.service import Service

INSTRUCTIONS = """Parley answers questions about peace negotiations from a collection of news articles. Every
sentence of an answer is a sentence of a source; cite it by its number and quote it unchanged. Where
`answered` is false, the articles do not answer the question: say so."""

Publishers = Annotated[
    list[str] | None, Field(description="Only articles of these publishers.", max_length=100)
]
Since = Annotated[DateText | None, Field(description="Only articles published on or after this day.")]
Until = Annotated[DateText | None, Field(description="Only articles published on or before this day.")]
AsOf = Annotated[DateText | None, Field(description="Answer as on this day: later articles are hidden.")]

Tool = TypeVar("Tool", bound=Callable[..., Any])


def run_mcp(settings: Settings, http: bool = False, host: str = "127.0.0.1", port: int = 8001) -> None:
    """Serve over standard input and output, or over HTTP on loopback, until the client leaves or stops it.

    Errors: UsageError for an address other than loopback.
    """
    if http and not is_loopback(host):
        raise UsageError("the tools are served on loopback only: use --host 127.0.0.1", "host")
    library = Library(settings)
    server = create_server(Service(library, Assistant(library), ServerOptions()))
    try:
        if http:
            shown = f"[{host}]" if ":" in host else host
            names = [f"{name}:*" for name in (shown, "127.0.0.1", "localhost", "[::1]")]
            security = TransportSecuritySettings(
                allowed_hosts=names, allowed_origins=[f"http://{name}" for name in names]
            )
            print(f"Parley's tools are at http://{shown}:{port}/mcp  (Ctrl+C stops it)", flush=True)
            server.run("streamable-http", host=host, port=port, transport_security=security)
        else:
            server.run("stdio")
    except KeyboardInterrupt:
        return
    finally:
        library.close()


def create_server(service: Service) -> MCPServer[Any]:
    """The server over one index folder."""
    server: MCPServer[Any] = MCPServer(
        "parley", title="Parley", instructions=INSTRUCTIONS, version=version("parley"), log_level="WARNING"
    )
    logging.getLogger("bm25s").setLevel(logging.WARNING)

    def tool(title: str) -> Callable[[Tool], Tool]:
        hints = ToolAnnotations(
            title=title,
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        )

        def register(function: Tool) -> Tool:
            server.tool(title=title, annotations=hints, structured_output=True)(_with_plain_errors(function))
            return function

        return register

    @tool("Ask the collection")
    def ask(
        question: QuestionText,
        history: TurnsField = None,
        publishers: Publishers = None,
        since: Since = None,
        until: Until = None,
        as_of: AsOf = None,
    ) -> Answer:
        """Answer a question with sentences of the articles, each cited, or say that they do not answer it."""
        asked = _question(question, history, publishers, since, until, as_of)
        return Answer.model_validate(service.ask(asked).to_json())

    @tool("Search the collection")
    def search(
        question: QuestionText,
        k: Annotated[int, Field(ge=1, le=50, description="How many passages at most.")] = 10,
        publishers: Publishers = None,
        since: Since = None,
        until: Until = None,
        as_of: AsOf = None,
    ) -> SearchResults:
        """Find the passages that fit best, with their places in the articles."""
        found = service.search(_question(question, None, publishers, since, until, as_of), k)
        return SearchResults(results=[SearchResult.model_validate(r.to_json()) for r in found])

    @tool("Read an article")
    def get_article(
        article_id: Annotated[
            str, Field(description="As citations and search results give it.", max_length=500)
        ],
        start: Annotated[int, Field(ge=0, description="First character wanted.")] = 0,
        end: Annotated[int | None, Field(ge=0, description="Character after the last one wanted.")] = None,
        text_sha256: Annotated[str | None, Field(description="The version that a citation names.")] = None,
    ) -> ArticleSlice:
        """Read an article's text, or the part of it from `start` to `end`."""
        with service.library.lease() as generation:
            article = generation.article(article_id, text_sha256)
        high = min(len(article.text) if end is None else end, len(article.text))
        low = min(start, high)
        return ArticleSlice(
            article_id=article.id,
            title=article.title,
            publisher=article.publisher,
            published=article.published.iso,
            text_sha256=article.text_sha256,
            start=low,
            end=high,
            text=article.text[low:high],
        )

    return server


def _question(
    question: str,
    history: list[TurnBody] | None,
    publishers: list[str] | None,
    since: str | None,
    until: str | None,
    as_of: str | None,
) -> Question:
    limits = FiltersBody(publishers=publishers, since=since, until=until, as_of=as_of)
    filters: Filters = limits.filters()
    return Question(question, tuple(t.turn() for t in history or ()), filters)


def _with_plain_errors(function: Callable[..., Any]) -> Callable[..., Any]:
    """Parley's errors say what to do, so the client gets their words; others stay in the log."""

    @functools.wraps(function)
    def call(*args: object, **arguments: object) -> object:
        try:
            return function(*args, **arguments)
        except ParleyError as error:
            raise ToolError(str(error)) from error

    return call
