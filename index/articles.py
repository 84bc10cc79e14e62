"""Article texts and what is known about them, in one SQLite file of a generation."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path

from index.errors import IndexDamagedError, NotFoundError
from index.types import Article, ArticleInfo, DatePrecision, PublishedDate

_SCHEMA = """
create table articles (
  ordinal integer primary key, id text not null unique, sha256 text not null, characters integer not null,
  copy_of text, changed integer not null default 1
);
create table texts (
  id text not null, sha256 text not null, version integer not null, about text not null, text text not null,
  primary key (id, sha256)
);
"""


class ArticleWriter:
    """Writes articles one at a time, so that no more than one text is in memory."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("pragma journal_mode = off")  # published by renaming, or thrown away
        self._connection.execute("pragma synchronous = off")
        self._connection.executescript(_SCHEMA)
        self._connection.execute("begin")
        self.count = 0

    def add(self, article: Article) -> None:
        """Append an article; its id must be new."""
        sha256 = article.text_sha256
        self._connection.execute(
            "insert into articles (ordinal, id, sha256, characters) values (?, ?, ?, ?)",
            (self.count, article.id, sha256, len(article.text)),
        )
        self._insert_text(article.id, sha256, 1 << 30, _about(article), article.text)
        self.count += 1

    def has(self, article_id: str) -> bool:
        found = self._connection.execute("select 1 from articles where id = ?", (article_id,))
        return found.fetchone() is not None

    def mark_copy(self, article_id: str, copy_of: str) -> None:
        self._connection.execute("update articles set copy_of = ? where id = ?", (copy_of, article_id))

    def mark_unchanged(self, article_id: str) -> None:
        self._connection.execute("update articles set changed = 0 where id = ?", (article_id,))

    def add_old_version(self, article_id: str, sha256: str, version: int, about: str, text: str) -> None:
        self._insert_text(article_id, sha256, version, about, text)

    def hashes(self) -> list[tuple[str, str]]:
        """(id, SHA-256 of the text) of every article."""
        return self._connection.execute("select id, sha256 from articles order by ordinal").fetchall()

    def stored(self) -> Iterator[Article]:
        """The articles written so far, in order, one at a time."""
        for ordinal in range(self.count):
            row = self._connection.execute(
                "select a.id, t.about, t.text from articles a join texts t using (id, sha256)"
                " where a.ordinal = ?",
                (ordinal,),
            ).fetchone()
            yield _article(*row)

    def close(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("commit")
        self._connection.close()

    def _insert_text(self, article_id: str, sha256: str, version: int, about: str, text: str) -> None:
        self._connection.execute(
            "insert or ignore into texts values (?, ?, ?, ?, ?)", (article_id, sha256, version, about, text)
        )


class ArticleReader:
    """Reads a published file of articles. Safe for several threads; never writes."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"

    def infos(self) -> tuple[ArticleInfo, ...]:
        """All articles in their order."""
        with closing(self._connect()) as connection:
            rows = connection.execute(
                "select a.id, a.sha256, a.characters, a.copy_of, a.changed, t.about"
                " from articles a join texts t using (id, sha256) order by a.ordinal"
            ).fetchall()
            versions: dict[str, list[str]] = {}
            for key, sha256 in connection.execute("select id, sha256 from texts order by id, version"):
                versions.setdefault(key, []).append(sha256)
        copies: dict[str, list[str]] = {}
        for row in rows:
            if row[3]:
                copies.setdefault(row[3], []).append(row[0])
        return tuple(_info(row, copies, versions) for row in rows)

    def article(self, article_id: str, sha256: str | None = None) -> Article:
        """The current text of an article, or the version named.

        Errors: NotFoundError; IndexDamagedError when the stored text is not what was stored.
        """
        with closing(self._connect()) as connection:
            if sha256 is None:
                query = (
                    "select a.id, t.about, t.text, t.sha256 from articles a join texts t using (id, sha256)"
                    " where a.id = ?"
                )
                row = connection.execute(query, (article_id,)).fetchone()
            else:
                query = "select id, about, text, sha256 from texts where id = ? and sha256 = ?"
                row = connection.execute(query, (article_id, sha256)).fetchone()
        if row is None:
            version = "" if sha256 is None else f" with the text {sha256[:12]}…"
            raise NotFoundError(f"there is no article {article_id!r}{version} in the index")
        article = _article(*row[:3])
        if article.text_sha256 != row[3]:
            raise IndexDamagedError(f"the stored text of {article_id!r} is damaged; run `parley rebuild`")
        return article

    def old_texts(self, article_id: str) -> list[tuple[str, str, str]]:
        """(sha256, about, text) of every text kept of an article, oldest first."""
        with closing(self._connect()) as connection:
            return connection.execute(
                "select sha256, about, text from texts where id = ? order by version", (article_id,)
            ).fetchall()

    def _connect(self) -> sqlite3.Connection:
        try:
            connection = sqlite3.connect(self._address, uri=True)
            connection.execute("select 1 from articles limit 1")
        except sqlite3.Error as error:
            raise IndexDamagedError(
                f"the article texts cannot be read ({error}); run `parley rebuild`"
            ) from error
        return connection


def _about(article: Article) -> str:
    record = asdict(article)
    del record["text"], record["id"]
    published = article.published
    record["published"] = [
        published.first.isoformat() if published.first else None,
        published.precision.value,
        published.words,
    ]
    return json.dumps(record, ensure_ascii=False)


def _article(article_id: str, about: str, text: str) -> Article:
    record = json.loads(about)
    return Article(
        id=article_id,
        title=record["title"],
        text=text,
        publisher=record["publisher"],
        authors=tuple(record["authors"]),
        published=_published(record),
        url=record["url"],
        file=record["file"],
        language=record["language"],
        page_starts=tuple(record["page_starts"]),
    )


def _published(record: Mapping[str, list[str | None]]) -> PublishedDate:
    first, precision, words = record["published"]
    return PublishedDate(
        date.fromisoformat(first) if first else None, DatePrecision(precision or "unknown"), words or ""
    )


def _info(
    row: tuple[str, str, int, str | None, int, str],
    copies: Mapping[str, list[str]],
    versions: Mapping[str, list[str]],
) -> ArticleInfo:
    article_id, sha256, characters, copy_of, changed, about = row
    record = json.loads(about)
    return ArticleInfo(
        id=article_id,
        title=record["title"],
        publisher=record["publisher"],
        authors=tuple(record["authors"]),
        published=_published(record),
        url=record["url"],
        file=record["file"],
        language=record["language"],
        characters=characters,
        text_sha256=sha256,
        copies=tuple(copies.get(article_id, ())),
        copy_of=copy_of,
        changed=bool(changed),
        versions=tuple(versions.get(article_id, ())),
    )
