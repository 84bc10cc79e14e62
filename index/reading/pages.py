"""Saved web pages."""

from __future__ import annotations

from index.errors import ReadingError
from index.reading.interim import decode
from index.types import Article


def read_html(data: bytes, file: str) -> list[Article]:
    """The article of a saved page."""
    import trafilatura

    from index.reading.dates import find_date

    found = trafilatura.bare_extraction(decode(data), with_metadata=True, include_comments=False)
    if found is None:
        raise ReadingError("holds no article text")
    return [
        Article(
            "",
            found.title or "",
            "\n\n".join((found.text or "").split("\n")),
            publisher=found.sitename or found.hostname,
            authors=tuple(a.strip() for a in (found.author or "").split(";") if a.strip()),
            published=find_date(found.date or ""),
            url=found.url,
            file=file,
        )
    ]
