"""The web pages: chat, library, article. They work without a script; with one, the chat streams."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, render_template, request
from flask.blueprints import BlueprintSetupState
from werkzeug.datastructures import MultiDict

from assistant import (
    Answer,
    Filters,
    Generation,
    IndexDamagedError,
    IndexMissingError,
    Library,
    NotFoundError,
    ParleyError,
    Question,
    Turn,
    UsageError,
    example_questions,
    parse_date,
)
from web import page_words
from web.coverage import coverage
from web.listing import listing
from web.marking import paragraphs
from web.service import service

pages = Blueprint("pages", __name__)

LONGEST_QUESTION = 2000
LONGEST_HISTORY = 20
MODULES = (
    "answer.js",
    "announce.js",
    "codepoints.js",
    "composer.js",
    "conversations.js",
    "dom.js",
    "export.js",
    "filters.js",
    "preview.js",
    "rail.js",
    "reader.js",
    "stream.js",
    "timeline.js",
    "turns.js",
    "words.js",
)
"""Modules of the chat page, announced so that the browser need not find them one after the other."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What every page shows of the collection."""

    articles: int = 0
    publishers: tuple[str, ...] = ()
    oldest_day: str = ""
    newest_day: str = ""
    freshness: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why the page cannot do its work, and what to do."""

    heading: str
    words: str
    command: str | None = None


@pages.record_once
def _install(state: BlueprintSetupState) -> None:
    page_words.install(state.app)  # type: ignore[arg-type]


@pages.get("/")
def chat() -> Response:
    """The chat. `?q=` fills the question in and asks nothing: a link alone does no work."""
    asked = request.args.get("q", "")[:LONGEST_QUESTION]
    try:
        filters = _filters(request.args)
    except UsageError:
        filters = Filters()
    return _chat_page(asked=asked, filters=filters)


@pages.post("/")
def ask() -> Response:
    """The answer to a posted form, for browsers without a script."""
    text = (request.form.get("suggestion") or request.form.get("question") or "").strip()
    if not text or len(text) > LONGEST_QUESTION:
        raise UsageError(f"a question has 1 to {LONGEST_QUESTION:,} characters", "question")
    filters = _filters(request.form)
    history = _history(request.form.get("history", ""))
    answer = service().ask(Question(text, history, filters))
    return _chat_page(filters=filters, answer=answer, history=history)


@pages.get("/library")
def library() -> Response:
    """All articles, searchable and sortable, and a picture of what the collection covers."""
    with service().library.lease() as generation:
        articles = generation.articles()
        shelf = _shelf(generation)
    picture = coverage((a.publisher, a.published.first) for a in articles)
    return make_response(
        render_template(
            "library.html",
            place="library",
            shelf=shelf,
            listing=listing(articles, request.args),
            coverage=picture,
        )
    )


@pages.get("/articles/<path:article_id>")
def article(article_id: str) -> Response:
    """One article; `?start=&end=` marks a cited span, `?version=` names an older text."""
    version = request.args.get("version")
    with service().library.lease() as generation:
        infos = {info.id: info for info in generation.articles()}
        info = infos.get(article_id)
        if info is None:
            raise NotFoundError("there is no such article in the collection")
        stored = generation.article(article_id, version if version != info.text_sha256 else None)
    start, end = _span(len(stored.text))
    group = info.copy_of or info.id
    copies = [i for i in infos.values() if i.id != info.id and group in (i.id, i.copy_of)]
    original = page_words.web_address(stored.url)
    facts = {
        "Publisher": stored.publisher,
        "Author": stored.author,
        "Published": page_words.day(stored.published.iso) + _read_from(stored.published.words),
        "Read from": stored.file,
        "Length": f"{len(stored.text):,} characters",
    }
    return make_response(
        render_template(
            "article.html",
            place="article",
            article=stored,
            byline=" · ".join(
                p for p in (stored.publisher, stored.author, page_words.day(stored.published.iso)) if p
            ),
            older=stored.text_sha256 != info.text_sha256,
            cited=start < end,
            paragraphs=paragraphs(stored.text, start, end),
            facts=[(name, value) for name, value in facts.items() if value],
            original=page_words.with_fragment(original, stored.text[start:end])
            if original and start < end
            else original,
            original_host=urlsplit(original).hostname if original else None,
            copies=copies,
            versions=info.versions,
        )
    )


def _chat_page(
    *,
    asked: str = "",
    filters: Filters = Filters(),  # noqa: B008 - frozen
    answer: Answer | None = None,
    history: tuple[Turn, ...] = (),
) -> Response:
    trouble, shelf = None, Shelf()
    examples: tuple[str, ...] = ()
    try:
        with service().library.lease() as generation:
            shelf = _shelf(generation)
            examples = _examples(generation.id)
    except (IndexMissingError, IndexDamagedError) as error:
        trouble = _trouble(error)
    if not trouble and not shelf.articles:
        trouble = Trouble("The collection is empty", "No article was indexed yet.", "parley rebuild articles")
    turns = [*history, Turn(answer.question, answer.text)] if answer else []
    page = render_template(
        "chat.html",
        place="chat",
        shelf=shelf,
        trouble=trouble,
        examples=examples,
        asked=asked,
        filters=filters,
        answer=answer,
        turns=[answer.to_json()] if answer else [],
        history=json.dumps([{"question": t.question, "answer": t.answer} for t in turns[-LONGEST_HISTORY:]])
        if turns
        else "",
        modules=MODULES,
    )
    response = make_response(page, 503 if trouble else 200)
    response.headers["Cache-Control"] = "no-store" if trouble else "no-cache"
    return response


def _trouble(error: ParleyError) -> Trouble:
    if isinstance(error, IndexMissingError):
        words = (
            "No index was built yet. Build one from the sample articles, or name your own files and folders."
        )
        return Trouble("There is nothing to ask yet", words, "parley rebuild articles")
    return Trouble("The index is damaged", str(error), "parley rebuild")


def _shelf(generation: Generation) -> Shelf:
    return Shelf(
        articles=generation.article_count,
        publishers=generation.publishers,
        oldest_day=page_words.iso_day(generation.oldest.first),
        newest_day=page_words.iso_day(generation.newest.last),
        freshness=page_words.freshness(generation.article_count, generation.newest.iso, generation.built_at),
    )


@lru_cache(maxsize=4)
def _examples_of(library: Library, generation_id: str) -> tuple[str, ...]:
    with library.lease() as generation:
        return tuple(example_questions(generation))[:3]


def _examples(generation_id: str) -> tuple[str, ...]:
    return _examples_of(service().library, generation_id)


def _filters(values: MultiDict[str, str]) -> Filters:
    """Limits from a form or an address. Errors: UsageError."""
    days: dict[str, date] = {
        name: parse_date(value, last=name != "since")
        for name in ("since", "until", "as_of")
        if (value := values.get(name, "").strip())
    }
    publishers = tuple(p for p in values.getlist("publisher") if p.strip())
    return Filters(publishers, days.get("since"), days.get("until"), days.get("as_of"))


def _history(given: str) -> tuple[Turn, ...]:
    """Earlier turns from the form's hidden field; anything else than what this page wrote is no history."""
    try:
        turns = json.loads(given or "[]")
        return tuple(Turn(str(t["question"]), str(t["answer"])) for t in turns[-LONGEST_HISTORY:])
    except (ValueError, TypeError, KeyError):
        return ()


def _span(length: int) -> tuple[int, int]:
    """The cited span that the address names; (0, 0) when it names none that lies in the text."""
    start, end = request.args.get("start", type=int), request.args.get("end", type=int)
    return (start, end) if start is not None and end is not None and 0 <= start < end <= length else (0, 0)


def _read_from(words: str) -> str:
    return f" (read from “{words}”)" if words else ""
