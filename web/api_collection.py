"""The JSON API's view of the collection: articles, their texts, coverage, health."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from importlib.metadata import version
from typing import Any

from apiflask import APIBlueprint
from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from assistant import ArticleInfo, DatePrecision
from web.api_requests import ArticleQuery, ArticlesQuery, SliceQuery
from web.api_responses import Articles, ArticleSlice, ArticleWithText, Coverage, Health
from web.openapi import errors
from web.service import service

collection = APIBlueprint(
    "collection",
    __name__,
    url_prefix="/api",
    tag={"name": "Collection", "description": "What the answers are made from."},
)

SORTED_BY: dict[str, tuple[Callable[[ArticleInfo], Any], bool]] = {
    "newest": (lambda a: (a.published.last is not None, a.published.last or 0, a.id), True),
    "oldest": (lambda a: (a.published.first is None, a.published.first or 0, a.id), False),
    "title": (lambda a: (a.title.casefold(), a.id), False),
    "publisher": (lambda a: (a.publisher is None, (a.publisher or "").casefold(), a.title.casefold()), False),
}


@collection.get("/articles")
@collection.doc(responses=errors(422, 503))
@collection.output(Articles, description="One page of the list.")
@collection.input(ArticlesQuery, location="query")
def articles(query_data: ArticlesQuery) -> ResponseReturnValue:
    """List the articles"""
    words = query_data.q.casefold().split()
    with service().library.lease() as generation:
        found = [a for a in generation.matching(query_data.filters()) if _mentions(a, words)]
    key, newest_first = SORTED_BY[query_data.sort]
    found.sort(key=key, reverse=newest_first)
    low = (query_data.page - 1) * query_data.per_page
    shown = found[low : low + query_data.per_page]
    return _tagged(
        {
            "articles": [entry(a) for a in shown],
            "total": len(found),
            "page": query_data.page,
            "per_page": query_data.per_page,
        }
    )


@collection.get("/articles/<path:article_id>")
@collection.doc(responses=errors(404, 422, 503))
@collection.output(ArticleWithText, description="The article.")
@collection.input(ArticleQuery, location="query")
def article(article_id: str, query_data: ArticleQuery) -> ResponseReturnValue:
    """Read one article

    Carries an `ETag`; send it back as `If-None-Match` to get 304 while nothing changed.
    """
    with service().library.lease() as generation:
        info = generation.info(article_id)
        read = generation.article(article_id, query_data.version)
    return _tagged(
        {
            **entry(info),
            "characters": len(read.text),
            "text_sha256": read.text_sha256,
            "text": read.text,
            "page_starts": list(read.page_starts),
        }
    )


@collection.get("/articles/<path:article_id>/text")
@collection.doc(responses=errors(404, 422, 503))
@collection.output(ArticleSlice, description="The part of the text.")
@collection.input(SliceQuery, location="query")
def article_text(article_id: str, query_data: SliceQuery) -> ResponseReturnValue:
    """Read a part of an article's text by offsets"""
    with service().library.lease() as generation:
        read = generation.article(article_id, query_data.version)
    end = min(len(read.text) if query_data.end is None else query_data.end, len(read.text))
    start = min(query_data.start, end)
    return _tagged(
        {
            "article_id": article_id,
            "title": read.title,
            "publisher": read.publisher,
            "published": read.published.iso,
            "text_sha256": read.text_sha256,
            "start": start,
            "end": end,
            "text": read.text[start:end],
        }
    )


@collection.get("/coverage")
@collection.doc(responses=errors(503))
@collection.output(Coverage, description="Counts by publisher and month.")
def coverage() -> ResponseReturnValue:
    """See what the collection covers"""
    with service().library.lease() as generation:
        infos = generation.articles()
        state = {
            "generation": generation.id,
            "built_at": generation.built_at,
            "oldest_article": generation.oldest.iso,
            "newest_article": generation.newest.iso,
        }
    months = Counter((m, a.publisher) for a in infos if (m := _month(a)))
    return _tagged(
        {
            **state,
            "articles": len(infos),
            "undated": len(infos) - months.total(),
            "publishers": _by_publisher(infos),
            "months": [
                {"month": month, "publisher": publisher, "articles": count}
                for (month, publisher), count in sorted(
                    months.items(), key=lambda m: (m[0][0], m[0][1] or "")
                )
            ],
        }
    )


@collection.get("/health")
@collection.doc(responses=errors(503))
@collection.output(Health, description="Questions can be answered.")
def health() -> ResponseReturnValue:
    """See whether questions can be answered

    503 while there is no usable index.
    """
    with service().library.lease() as generation:
        degraded = [*generation.degraded, *service().problems()]
        state = {
            "status": "degraded" if degraded else "ok",
            "version": version("parley"),
            "generation": generation.id,
            "built_at": generation.built_at,
            "articles": generation.article_count,
            "passages": generation.passage_count,
            "oldest_article": generation.oldest.iso,
            "newest_article": generation.newest.iso,
            "degraded": degraded,
        }
    response = jsonify(state)
    response.headers["Cache-Control"] = "no-store"
    return response


def entry(info: ArticleInfo) -> dict[str, Any]:
    """An article as lists show it."""
    return {
        "id": info.id,
        "title": info.title,
        "publisher": info.publisher,
        "author": info.author,
        "published": info.published.iso,
        "url": info.url,
        "file": info.file,
        "language": info.language,
        "characters": info.characters,
        "text_sha256": info.text_sha256,
        "copies": list(info.copies),
        "copy_of": info.copy_of,
        "changed": info.changed,
        "versions": list(info.versions),
    }


def _tagged(value: dict[str, Any]) -> Response:
    """JSON with an ETag of its bytes, or 304 where the client has them."""
    response = jsonify(value)
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _mentions(info: ArticleInfo, words: list[str]) -> bool:
    place = f"{info.title} {info.publisher or ''} {info.author or ''}".casefold()
    return all(word in place for word in words)


def _month(info: ArticleInfo) -> str | None:
    if info.published.precision in (DatePrecision.DAY, DatePrecision.MONTH):
        return (info.published.iso or "")[:7]
    return None


def _by_publisher(infos: Iterable[ArticleInfo]) -> list[dict[str, Any]]:
    groups: dict[str | None, list[ArticleInfo]] = defaultdict(list)
    for info in infos:
        groups[info.publisher].append(info)
    rows = []
    for publisher, members in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0] or "")):
        dates = sorted(iso for m in members if (iso := m.published.iso))
        first, last = (dates[0], dates[-1]) if dates else (None, None)
        rows.append({"publisher": publisher, "articles": len(members), "first": first, "last": last})
    return rows
