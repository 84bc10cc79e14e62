"""Adding web addresses to a collection: what is fetched is saved as files that a rebuild reads again."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from index.errors import ReadingError
from index.reading import read_paths
from index.reading.addresses import AddressRules
from index.reading.canonical import canonical_url
from index.reading.encoding import decode
from index.reading.fetch import Fetched, Fetcher, FetchLimits
from index.reading.formats import find_format
from index.reading.pages import decode_page
from index.reading.results import Reading
from index.types import Article

FULL_TEXT = 700
"""Characters of a feed's item that count as its whole text; below, its page is fetched."""
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|read more|continue reading)\W*$", re.IGNORECASE)


def add_addresses(
    addresses: Sequence[str],
    folder: Path,
    allow_private: bool = False,
    *,
    limits: FetchLimits | None = None,
    rules: AddressRules | None = None,
) -> list[Reading]:
    """Fetch pages and feeds and save them under `folder` (e.g. articles/added); a Reading for each page.

    A page is saved as it came, with its address in a comment at its head; a feed's items as lines of a JSONL
    file when the feed carries their text, else as their pages. Adding an address again replaces its file, so
    that a rebuild of `folder` finds a new version of the article. What could not be fetched or read has a
    reason, and its `file` is the address. Errors: OSError when `folder` cannot be written.
    """
    rules = rules or AddressRules(allow_private)
    readings: list[Reading] = []
    with Fetcher(rules, limits or FetchLimits()) as fetcher:
        for address in addresses:
            readings.extend(_add(_complete(address), folder, fetcher))
    return readings


def _complete(address: str) -> str:
    address = address.strip()
    if address.startswith("feed:"):
        address = address.removeprefix("feed:").removeprefix("//")
    return address if re.match(r"[a-z][a-z0-9+.-]*://", address, re.IGNORECASE) else f"https://{address}"


def _add(address: str, folder: Path, fetcher: Fetcher) -> Iterator[Reading]:
    try:
        fetched = fetcher.fetch(address)
        if _kind(fetched) == "feed":
            yield from _add_feed(fetched, folder, fetcher)
        else:
            yield _save_page(fetched, folder)
    except ReadingError as error:
        yield Reading(address, (), str(error))


def _kind(fetched: Fetched) -> str:
    """Errors: ReadingError for what Parley does not read."""
    name = PurePosixPath(urlsplit(fetched.url).path).name or "index"
    if fetched.content_type in ("text/html", "application/xhtml+xml"):
        name = "page.html"
    elif fetched.content_type == "text/plain" and "." not in name:
        name = "text.txt"
    elif "rss" in fetched.content_type or "atom" in fetched.content_type:
        name = "feed.rss"
    return find_format(fetched.body[:8192], PurePosixPath(name))


def _save_page(fetched: Fetched, folder: Path, published: str | None = None) -> Reading:
    kind = _kind(fetched)
    mark = f"saved from url=({len(fetched.url):04d}){_harmless(fetched.url)}"
    if kind == "pdf":
        return _store(folder, fetched.url, ".pdf", fetched.body + f"\n% {mark}\n".encode())
    if kind == "html":
        text = decode(fetched.body, fetched.charset) if fetched.charset else decode_page(fetched.body)
        known = f"<!-- published {published} -->\n" if published else ""
        return _store(folder, fetched.url, ".html", f"\ufeff<!-- {mark} -->\n{known}{text}".encode())
    if kind in ("txt", "markdown"):
        front = f"---\nurl: {json.dumps(fetched.url)}\n---\n" if kind == "txt" else ""
        return _store(folder, fetched.url, ".md", (front + decode(fetched.body, fetched.charset)).encode())
    raise ReadingError(f"is a {kind} file; download it and rebuild with it")


def _harmless(url: str) -> str:
    """The address as it can stand in a comment."""
    return url.replace("--", "%2D%2D").replace(">", "%3E").replace("\n", "").replace(" ", "%20")


def _store(folder: Path, url: str, ending: str, data: bytes) -> Reading:
    """Write a file for `url`, read it, and keep it only if it can be read."""
    path = folder / f"{_file_name(url)}{ending}"
    _replace(path, data)
    readings = list(read_paths([path]))
    if readings[0].reason:
        path.unlink()
        raise ReadingError(readings[0].reason)
    return readings[0]


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as stream:
        stream.write(data)
    os.replace(stream.name, path)
    path.chmod(0o644)


def _file_name(url: str) -> str:
    """A name that a person recognises, and that no other address has."""
    parts = urlsplit(url)
    words = "-".join(re.findall(r"[a-z0-9]+", f"{parts.hostname} {parts.path}".lower()))[:70].strip("-")
    return f"{words}-{hashlib.sha256(canonical_url(url).encode()).hexdigest()[:8]}"


def _add_feed(fetched: Fetched, folder: Path, fetcher: Fetcher) -> Iterator[Reading]:
    """Errors: ReadingError when the feed itself cannot be read."""
    whole: list[Article] = []
    for item in _read_items(fetched):
        if item.url and (len(item.text) < FULL_TEXT or _CUT.search(item.text)):
            try:
                yield _save_page(fetcher.fetch(item.url), folder, item.published.iso)
                continue
            except ReadingError:
                pass  # the feed's own summary is better than nothing
        whole.append(item)
    if whole:
        path = folder / f"{_file_name(fetched.url)}.jsonl"
        _replace(path, _merged_lines(path, whole))
        yield from read_paths([path])


def _read_items(fetched: Fetched) -> list[Article]:
    with tempfile.TemporaryDirectory(prefix="parley-") as folder:
        path = Path(folder) / "feed.rss"
        path.write_bytes(fetched.body)
        reading = next(iter(read_paths([path])))
    if reading.reason:
        raise ReadingError(reading.reason)
    return list(reading.articles)


def _merged_lines(path: Path, items: Sequence[Article]) -> bytes:
    """The file's older items that the feed no longer carries, then the feed's."""
    lines = {item.url or item.title: _line(item) for item in items}
    older: dict[str, str] = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            key = record.get("url") or record.get("title")
            if key not in lines:
                older[str(key)] = line
    return ("\n".join([*older.values(), *lines.values()]) + "\n").encode()


def _line(item: Article) -> str:
    record = {
        "title": item.title,
        "text": item.text,
        "publisher": item.publisher,
        "author": item.author,
        "published": item.published.iso,
        "url": item.url,
        "language": item.language,
    }
    return json.dumps({k: v for k, v in record.items() if v}, ensure_ascii=False)
