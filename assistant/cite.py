"""A citation: a sentence's exact place in its article, with what is around it."""

from __future__ import annotations

from bisect import bisect_right
from typing import Protocol

from assistant.types import Citation
from index import Article, Generation

CONTEXT = 32
"""Characters kept before and after a quote, so that it can be found again where the text has moved."""


class Place(Protocol):
    """Anything that names a span of an article."""

    @property
    def article_id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def cite(generation: Generation, place: Place, number: int) -> Citation:
    """The citation of `place`, read from the stored article. Errors: NotFoundError."""
    article = generation.article(place.article_id)
    text = article.text
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        publisher=article.publisher,
        published=article.published.iso,
        url=article.url,
        quote=text[place.start : place.end],
        start=place.start,
        end=place.end,
        prefix=text[max(0, place.start - CONTEXT) : place.start],
        suffix=text[place.end : place.end + CONTEXT],
        text_sha256=article.text_sha256,
        page=_page(article, place.start),
    )


def _page(article: Article, offset: int) -> int | None:
    return bisect_right(article.page_starts, offset) if article.page_starts else None
