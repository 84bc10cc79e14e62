"""Fetching against a real server on loopback: what is taken, what is refused, and that nothing hangs."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import ClassVar

import pytest

from index import ReadingError
from index.reading.addresses import AddressRules, resolve
from index.reading.fetch import Fetcher, FetchLimits

QUICK = FetchLimits(bytes=200_000, seconds=3.0, wait_seconds=1.0, pause_seconds=0.0)
OUTSIDE = AddressRules(also=(ip_network("127.0.0.2/32"),))
"""One loopback address stands for a public one, so that the others stay forbidden."""


class _Pages(BaseHTTPRequestHandler):
    robots = b""
    seen: ClassVar[list[tuple[str, str]]] = []

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["User-Agent"]))
        port = self.server.server_address[1]
        moved = {
            "/moved": "/page",
            "/inside": f"http://127.0.0.1:{port}/page",
            "/named-inside": f"http://localhost:{port}/page",
            "/mapped": f"http://[::ffff:127.0.0.1]:{port}/page",
            "/file": "file:///etc/passwd",
            "/loop": "/loop",
        }
        if self.path == "/robots.txt":
            self._send(200, self.robots, "text/plain")
        elif self.path in moved:
            self.send_response(302)
            self.send_header("Location", moved[self.path])
            self.end_headers()
        elif self.path == "/page":
            self._send(200, b"<html><body><p>hello</p></body></html>", "text/html; charset=utf-8")
        elif self.path == "/slow":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b"<p>drip</p>")
                time.sleep(0.2)
        elif self.path == "/silent":
            time.sleep(3)
        elif self.path == "/huge":
            self._send(200, b"x" * 300_000, "text/html")
        elif self.path == "/bomb":
            self._send(200, gzip.compress(b"\0" * 50_000_000), "text/html", {"Content-Encoding": "gzip"})
        elif self.path == "/packed":
            self._send(200, gzip.compress(b"<p>packed</p>"), "text/html", {"Content-Encoding": "gzip"})
        elif self.path == "/odd-packing":
            self._send(200, b"??", "text/html", {"Content-Encoding": "br"})
        elif self.path == "/picture":
            self._send(200, b"\x89PNG", "image/png")
        else:
            self._send(404, b"gone", "text/html")

    def _send(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:  # clients that hang up are what is tested
        pass


@pytest.fixture
def server() -> Iterator[str]:
    """A server on all of loopback, reached as 127.0.0.2."""
    _Pages.robots, _Pages.seen = b"", []
    with _Server(("0.0.0.0", 0), _Pages) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.2:{running.server_address[1]}"
        running.shutdown()


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(OUTSIDE, QUICK) as one:
        yield one


def test_a_page_with_its_type_and_encoding(server: str, fetcher: Fetcher) -> None:
    fetched = fetcher.fetch(f"{server}/page")
    assert (fetched.body, fetched.content_type, fetched.charset) == (
        b"<html><body><p>hello</p></body></html>",
        "text/html",
        "utf-8",
    )


def test_the_server_learns_who_asks(server: str, fetcher: Fetcher) -> None:
    fetcher.fetch(f"{server}/page")
    assert [path for path, _ in _Pages.seen] == ["/robots.txt", "/page"]
    assert all(
        agent.startswith("parley/") and "reading for a personal index" in agent for _, agent in _Pages.seen
    )


def test_redirects_are_followed_to_the_last_address(server: str, fetcher: Fetcher) -> None:
    assert fetcher.fetch(f"{server}/moved").url == f"{server}/page"


def test_a_packed_body_is_unpacked(server: str, fetcher: Fetcher) -> None:
    assert fetcher.fetch(f"{server}/packed").body == b"<p>packed</p>"


@pytest.mark.parametrize("path", ["inside", "named-inside", "mapped"])
def test_a_redirect_into_the_private_network_is_refused(server: str, fetcher: Fetcher, path: str) -> None:
    with pytest.raises(ReadingError, match="private or special"):
        fetcher.fetch(f"{server}/{path}")
    assert "/page" not in [seen for seen, _ in _Pages.seen]


def test_loopback_is_refused_unless_allowed(server: str) -> None:
    port = server.rsplit(":", 1)[1]
    with Fetcher(AddressRules(), QUICK) as careful, pytest.raises(ReadingError, match="--allow-private"):
        careful.fetch(f"http://127.0.0.1:{port}/page")
    assert _Pages.seen == []
    with Fetcher(AddressRules(allow_private=True), QUICK) as free:
        assert free.fetch(f"http://127.0.0.1:{port}/page").body


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("file", "must start with http"),
        ("loop", "redirects more than"),
        ("slow", "takes too long"),
        ("silent", "does not answer within"),
        ("huge", "is larger than"),
        ("bomb", "is larger than"),
        ("odd-packing", "which was not asked for"),
        ("picture", "is image/png"),
        ("missing", "answers 404"),
    ],
)
def test_what_is_refused_and_why(server: str, fetcher: Fetcher, path: str, reason: str) -> None:
    started = time.monotonic()
    with pytest.raises(ReadingError, match=reason):
        fetcher.fetch(f"{server}/{path}")
    assert time.monotonic() - started < 5


def test_robots_are_respected(server: str) -> None:
    _Pages.robots = b"User-agent: *\nDisallow: /page\n"
    with Fetcher(OUTSIDE, QUICK) as fetcher:
        with pytest.raises(ReadingError, match="robots"):
            fetcher.fetch(f"{server}/page")
        assert fetcher.fetch(f"{server}/packed").body
    assert [path for path, _ in _Pages.seen] == ["/robots.txt", "/packed"]


def test_requests_to_one_host_keep_a_pause(server: str) -> None:
    _Pages.robots = b"User-agent: parley\nCrawl-delay: 1\n"
    with Fetcher(OUTSIDE, QUICK) as fetcher:
        started = time.monotonic()
        fetcher.fetch(f"{server}/page")
        fetcher.fetch(f"{server}/page")
    assert time.monotonic() - started >= 1.0


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "::1", "::", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1", "not an address",
    ],
)  # fmt: skip
def test_special_addresses_are_refused(address: str) -> None:
    assert not AddressRules().allow(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_allowed(address: str) -> None:
    assert AddressRules().allow(address)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://2130706433/", "private or special"),
        ("http://0x7f000001/", "private or special"),
        ("http://127.1/", "private or special"),
        ("http://[::1]/", "private or special"),
        ("http://localhost/", "private or special"),
        ("http://user:secret@example.org/", "name or password"),
        ("gopher://example.org/", "must start with http"),
        ("file:///etc/passwd", "must start with http"),
        ("http://", "must start with http"),
        ("http://[bad", "no web address"),
        ("http://no-such-host.invalid/", "is not known"),
        (f"http://{'a' * 300}.example/", "is not known"),
    ],
)
def test_addresses_that_are_refused_before_any_connection(url: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        resolve(url, AddressRules())
