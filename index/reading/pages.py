"""Saved web pages: a listing page gives its items, any other page its one article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from index.errors import ReadingError
from index.reading.blocks import Block
from index.reading.encoding import decode
from index.reading.extraction import extract_article
from index.reading.listing import split_listing
from index.reading.page_metadata import read_metadata
from index.types import Article

_BREAKS = re.compile(r"(?:<br\s*/?>(?:\s|&nbsp;)*){2,}", re.IGNORECASE)
"""Two line breaks in a row: how pages without paragraphs make them."""
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)


def read_html(data: bytes, file: str) -> list[Article]:
    """The articles of a saved page. Errors: ReadingError."""
    return read_page(decode_page(data), file)


def decode_page(data: bytes) -> str:
    """The page's text: UTF-8 where it is valid, else as the page declares. Errors: ReadingError."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:4096])
        name = declared[1].decode("ascii").lower() if declared else None
        # Pages that claim Latin-1 are written in its Windows form, as every browser knows.
        return decode(data, "cp1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii") else name)
    return decode(data)


def read_page(source: str, file: str, address: str | None = None) -> list[Article]:
    """The articles of a page given as text; `address` is where it came from. Errors: ReadingError."""
    tree = parse_page(source)
    metadata = read_metadata(tree, source, address)
    if items := split_listing(source, file, metadata.url or address):
        return [replace(item, publisher=metadata.publisher, language=metadata.language) for item in items]
    blocks = extract_article(tree, metadata.titles)
    text = join_blocks(blocks)
    if not text:
        raise ReadingError("holds no article text")
    return [
        Article(
            id="",
            title=metadata.titles[0] if metadata.titles else "",
            text=text,
            publisher=metadata.publisher,
            authors=metadata.authors,
            published=metadata.published,
            url=metadata.url,
            file=file,
            language=metadata.language,
        )
    ]


def read_text_of_page(source: str, title: str) -> str:
    """The main text of a page given as text, without its title; "" when it has none. Errors: ReadingError."""
    return join_blocks(extract_article(parse_page(source), [title]))


def parse_page(source: str) -> HtmlElement:
    """The page's tree. Errors: ReadingError for a page that is nested too deeply or is none."""
    import trafilatura

    tree = trafilatura.load_html(
        _BREAKS.sub("</p><p>", source) if len(_BREAKS.findall(source)) > 2 else source
    )
    if tree is None:
        raise ReadingError("is no web page")
    return tree


def join_blocks(blocks: Sequence[Block]) -> str:
    """The text of an article: paragraphs, headings, list items and table rows, an empty line between them."""
    return "\n\n".join(line for block in blocks for line in block.text.split("\n"))
