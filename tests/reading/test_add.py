"""Adding pages and feeds from a real server: files that a rebuild reads again, with address and date."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from saved_documents import PARAGRAPHS, TITLE, make_page, make_pdf

from index.reading import read_paths
from index.reading.add import add_addresses
from index.reading.fetch import FetchLimits

QUICK = FetchLimits(pause_seconds=0.0, wait_seconds=3.0)
ITEM = "<item><title>{title}</title><link>{link}</link><pubDate>Fri, 12 Mar 2021 08:00:00 GMT</pubDate>{text}</item>"


class _Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server's address and the folder that it serves."""
    folder = tmp_path / "site"
    folder.mkdir()
    handler = type(
        "Here", (_Files,), {"__init__": lambda self, *a: _Files.__init__(self, *a, directory=str(folder))}
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", folder
        server.shutdown()


def _feed(items: str) -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Corvane Observer</title><language>en-gb</language>{items}</channel></rss>"
    )


def _bare_page(title: str) -> str:
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    )


def test_a_page_is_saved_and_read_again_with_its_address(site: tuple[str, Path], tmp_path: Path) -> None:
    address, folder = site
    (folder / "story.html").write_text(_bare_page(TITLE))
    added = tmp_path / "articles" / "added"
    [reading] = add_addresses([f"{address}/story.html"], added, allow_private=True, limits=QUICK)
    assert reading.reason is None
    [again] = read_paths([tmp_path / "articles"])
    assert [(a.title, a.url, a.id) for a in again.articles] == [
        (TITLE, f"{address}/story.html", reading.articles[0].id)
    ]


def test_adding_again_replaces_the_file_and_keeps_the_id(site: tuple[str, Path], tmp_path: Path) -> None:
    address, folder = site
    ids = []
    for text in ("The talks will resume on Monday.", "The talks were put off until Friday."):
        page = _bare_page(TITLE).replace(
            "</body>", f"<p>{text} Both delegations confirmed this in writing.</p></body>"
        )
        (folder / "story.html").write_text(page)
        [reading] = add_addresses(
            [f"{address}/story.html"], tmp_path / "added", allow_private=True, limits=QUICK
        )
        assert text in reading.articles[0].text
        ids.append(reading.articles[0].id)
    assert ids[0] == ids[1]
    assert len(list((tmp_path / "added").iterdir())) == 1


def test_a_feed_gives_its_whole_items_and_the_pages_of_the_others(
    site: tuple[str, Path], tmp_path: Path
) -> None:
    address, folder = site
    whole = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    items = ITEM.format(
        title="Whole story",
        link=f"{address}/whole.html",
        text=f"<content:encoded><![CDATA[{whole}]]></content:encoded>",
    ) + ITEM.format(
        title="Short story",
        link=f"{address}/short.html",
        text="<description>Only the first words…</description>",
    )
    (folder / "feed.xml").write_text(_feed(items))
    (folder / "short.html").write_text(_bare_page("Short story"))
    readings = add_addresses([f"{address}/feed.xml"], tmp_path / "added", allow_private=True, limits=QUICK)
    assert [r.reason for r in readings] == [None, None]
    articles = {a.title: a for r in read_paths([tmp_path / "added"]) for a in r.articles}
    assert set(articles) == {"Whole story", "Short story"}
    assert {a.published.iso for a in articles.values()} == {"2021-03-12"}
    assert {a.url for a in articles.values()} == {f"{address}/whole.html", f"{address}/short.html"}
    assert articles["Whole story"].publisher == "Corvane Observer"
    assert all(PARAGRAPHS[3] in a.text for a in articles.values())


def test_items_that_left_the_feed_stay(site: tuple[str, Path], tmp_path: Path) -> None:
    address, folder = site
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    for title in ("First", "Second"):
        text = f"<description><![CDATA[{body}]]></description>"
        (folder / "feed.xml").write_text(
            _feed(ITEM.format(title=title, link=f"{address}/{title}", text=text))
        )
        add_addresses([f"{address}/feed.xml"], tmp_path / "added", allow_private=True, limits=QUICK)
    assert [a.title for r in read_paths([tmp_path / "added"]) for a in r.articles] == ["First", "Second"]


def test_a_pdf_keeps_its_pages_and_address(site: tuple[str, Path], tmp_path: Path) -> None:
    address, folder = site
    (folder / "report.pdf").write_bytes(make_pdf())
    [reading] = add_addresses([f"{address}/report.pdf"], tmp_path / "added", allow_private=True, limits=QUICK)
    [article] = reading.articles
    assert (article.url, len(article.page_starts)) == (f"{address}/report.pdf", 3)


def test_what_cannot_be_added_has_a_reason_and_leaves_no_file(site: tuple[str, Path], tmp_path: Path) -> None:
    address, folder = site
    (folder / "empty.html").write_text("<html><body></body></html>")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n")
    tried = [f"{address}/empty.html", f"{address}/picture.png", f"{address}/none.html", "http://127.0.0.1:1/"]
    readings = add_addresses(tried, tmp_path / "added", allow_private=True, limits=QUICK)
    assert [r.file for r in readings] == tried
    assert all(r.reason for r in readings)
    assert not (tmp_path / "added").exists() or not any((tmp_path / "added").iterdir())


def test_private_addresses_are_refused_by_default(site: tuple[str, Path], tmp_path: Path) -> None:
    address, folder = site
    (folder / "story.html").write_text(make_page())
    [reading] = add_addresses([f"{address}/story.html"], tmp_path / "added", limits=QUICK)
    assert reading.reason is not None
    assert "--allow-private" in reading.reason
