"""Simple readers that stand in until the real ones land."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from index.errors import ReadingError
from index.reading.dates import find_date
from index.types import Article


def decode(data: bytes, charset: str | None = None) -> str:
    for name in (
        charset,
        "utf-8-sig",
        "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else None,
        "cp1252",
    ):
        try:
            if name:
                return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    raise ReadingError("is not text")


def read_plain(data: bytes, file: str) -> list[Article]:
    title, _, text = decode(data).strip().partition("\n")
    return [Article("", title.strip("# "), text.strip() or title, file=file)]


def read_markdown(data: bytes, file: str) -> list[Article]:
    import frontmatter

    post = frontmatter.loads(decode(data))
    text = post.content
    title = str(post.get("title") or "")
    if not title:
        title, _, text = text.strip().partition("\n")
    author = post.get("author")
    return [
        Article(
            str(post.get("id") or ""),
            title.strip("# "),
            text.strip(),
            publisher=str(post["publisher"]) if post.get("publisher") else None,
            authors=(str(author),) if author else (),
            published=find_date(str(post.get("published") or post.get("date") or "")),
            url=str(post["url"]) if post.get("url") else None,
            file=file,
        )
    ]


def read_jsonl(stream: BinaryIO, file: str) -> Iterator[Article | str]:
    for number, line in enumerate(stream, 1):
        try:
            record = json.loads(line)
            yield Article(
                str(record.get("id") or ""),
                str(record.get("title") or ""),
                str(record["text"]),
                publisher=record.get("publisher") or record.get("source"),
                authors=(str(record["author"]),) if record.get("author") else (),
                published=find_date(str(record.get("published") or record.get("date") or "")),
                url=record.get("url"),
                file=file,
            )
        except (ValueError, KeyError, AttributeError) as error:
            yield f"line {number}: {error}"
