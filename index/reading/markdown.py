"""Markdown with or without front matter; markup becomes plain text that quotes cleanly."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from index.errors import ReadingError
from index.reading.bylines import read_byline
from index.reading.encoding import decode
from index.reading.records import read_fields
from index.types import Article

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\ufeff?\s*---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FRONT_TOML = re.compile(r"\ufeff?\s*\+\+\+[ \t]*\r?\n(.*?)\r?\n\+\+\+[ \t]*(?:\r?\n|$)", re.DOTALL)
_ENTRY = re.compile(r"([A-Za-z][\w -]{0,30}):[ \t]*(.*)")
_LONGEST_FRONT = 20_000
_TAG = re.compile(r"<[^>]{0,2000}>|<!--.*?-->", re.DOTALL)


def read_markdown(data: bytes, file: str) -> list[Article]:
    """The article of a Markdown file.

    Title, publisher or source, author(s), published or date, url and language
    come from the front matter, a missing title from the first heading. Damaged front matter is read by lines.

    Errors: ReadingError when there is no text.
    """
    front, body = _front_matter(decode(data))
    fields = read_fields({k: v for k, v in front.items() if k.lower() not in ("text", "body", "content")})
    paragraphs = list(_paragraphs(body))
    title = fields.title
    if paragraphs and paragraphs[0][0] and (not title or _same(title, paragraphs[0][1])):
        title = title or paragraphs[0][1]
        del paragraphs[0]
    texts = [text for _, text in paragraphs]
    while texts and len(texts) > 1 and (byline := read_byline(texts[0])):
        fields = replace(
            fields,
            authors=fields.authors or byline.authors,
            published=fields.published if fields.published.first else byline.published,
        )
        del texts[0]
    if not texts:
        raise ReadingError("holds no article text")
    return [replace(fields, title=title, text="\n\n".join(texts)).article(file)]


def _same(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


def _front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """The front matter's entries and the text behind it."""
    if toml := _FRONT_TOML.match(text):
        import tomllib

        try:
            return tomllib.loads(toml[1]), text[toml.end() :]
        except tomllib.TOMLDecodeError:
            return _entries(toml[1].replace(" = ", ": ")), text[toml.end() :]
    found = _FRONT.match(text)
    if not found or len(found[1]) > _LONGEST_FRONT:
        return {}, text
    entries = _entries(found[1])
    if not entries and found[1].strip():
        return {}, text  # two drawn lines, no front matter
    import frontmatter
    import yaml  # type: ignore[import-untyped]

    try:
        metadata = frontmatter.loads(f"---\n{found[1]}\n---\n").metadata
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, AttributeError):
        metadata = entries
    return (metadata if isinstance(metadata, Mapping) else entries), text[found.end() :]


def _entries(front: str) -> dict[str, object]:
    """`name: value` lines, for front matter that is not valid YAML."""
    found = (_ENTRY.fullmatch(line.strip()) for line in front.splitlines())
    return {entry[1].lower(): entry[2].strip().strip("\"'") for entry in found if entry}


def _paragraphs(body: str) -> Iterator[tuple[bool, str]]:
    """(whether it is a heading, plain text) for each block."""
    from markdown_it import MarkdownIt

    in_heading = False
    row: list[str] | None = None
    for token in MarkdownIt("commonmark", {"maxNesting": 50}).enable(["table", "strikethrough"]).parse(body):
        if token.type in ("heading_open", "heading_close"):
            in_heading = token.type == "heading_open"
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield False, " | ".join(row or [])
            row = None
        elif token.type in ("fence", "code_block"):
            yield from ((False, line.strip()) for line in re.split(r"\n\s*\n", token.content) if line.strip())
        elif token.type == "html_block" or (token.type == "inline" and not token.children):
            yield from ((False, line) for line in _without_tags(token.content))
        elif token.type == "inline" and (text := _inline(token)):
            if row is None:
                yield in_heading, text
            else:
                row.append(text)


def _inline(token: Token) -> str:
    """The words of a line: links as their text, pictures left out, line ends as spaces."""
    parts = []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n" if child.type == "hardbreak" else " ")
        elif child.type in ("text", "code_inline", "text_special"):
            parts.append(child.content)
    lines = "".join(parts).split("\n")
    return "\n".join(" ".join(line.split(" ")).strip() for line in lines).strip()


def _without_tags(source: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n|</p>|<br\s*/?>", re.sub(r"(?is)<(script|style)\b.*?</\1>", "", source)):
        if text := " ".join(html.unescape(_TAG.sub(" ", block)).split()):
            yield text
