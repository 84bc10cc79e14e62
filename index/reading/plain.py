"""Text files: one article, or the text of a scraped page."""

from __future__ import annotations

from index.errors import ReadingError
from index.reading.encoding import decode
from index.reading.scraped import split_scraped_text
from index.types import Article


def read_plain(data: bytes, file: str) -> list[Article]:
    """The articles of a text file. Errors: ReadingError when it is no text or holds none."""
    articles = split_scraped_text(decode(data), file)
    if not articles:
        raise ReadingError("holds no article text")
    return articles
