"""Fetching web addresses for a person's own index: politely, bounded, never into a private network unasked.

The connection goes to the very address that was checked (a name that changes its address in between gains
nothing); every redirect is checked anew; proxies of the environment are not used, because they would resolve
names themselves; no connection is used twice, because two hosts may share an address.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from index.errors import ReadingError
from index.reading.addresses import AddressRules, Target, resolve

MOST_HOPS = 5
_MEGABYTE = 1024 * 1024
_READABLE = (
    "text/",
    "application/xhtml",
    "application/xml",
    "application/rss",
    "application/atom",
    "application/rdf",
    "application/pdf",
    "application/octet-stream",
)


def user_agent() -> str:
    """How Parley names itself to servers."""
    try:
        number = version("parley")
    except PackageNotFoundError:
        number = "0"
    return f"parley/{number} (+reading for a personal index)"


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one address may take."""

    bytes: int = 10 * _MEGABYTE
    """Of the body, as sent and as unpacked."""
    seconds: float = 30.0
    """From the first connection to the last byte, redirects included."""
    wait_seconds: float = 10.0
    """For a connection, and between two pieces of a body."""
    pause_seconds: float = 1.0
    """Between two requests to one host, unless its robots.txt asks for more."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave."""

    url: str
    """Where it was found at last, after redirects."""
    content_type: str
    """Media type without parameters, lower case."""
    charset: str | None
    body: bytes


@dataclass(slots=True)
class _Host:
    """What is known about a host during one run."""

    robots: RobotFileParser | None = None
    last: float = 0.0


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses one after another; use as a context manager."""

    rules: AddressRules = field(default_factory=AddressRules)
    limits: FetchLimits = field(default_factory=FetchLimits)
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _client: httpx.Client | None = None

    def __enter__(self) -> Fetcher:
        self._client = httpx.Client(
            headers={"User-Agent": user_agent(), "Accept-Encoding": "gzip, deflate", "Accept": "*/*"},
            timeout=self.limits.wait_seconds,
            follow_redirects=False,
            trust_env=False,
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def fetch(self, url: str) -> Fetched:
        """The body at `url`, redirects followed. Errors: ReadingError with the reason."""
        deadline = time.monotonic() + self.limits.seconds
        for _ in range(MOST_HOPS + 1):
            self._ask_robots(url, deadline)
            self._pause(url)
            answer = self._get(url, deadline, self.limits.bytes)
            if isinstance(answer, str):
                url = answer
                continue
            if not answer.content_type.startswith(_READABLE):
                raise ReadingError(
                    f"is {answer.content_type or 'of no stated kind'}, which Parley does not read"
                )
            return answer
        raise ReadingError(f"redirects more than {MOST_HOPS} times")

    def _get(self, url: str, deadline: float, size: int) -> Fetched | str:
        """One request; the next address when the server redirects."""
        target = resolve(url, self.rules)
        last: Exception | None = None
        for address in target.addresses[:3]:
            try:
                return self._request(target, address, deadline, size)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                last = error
            except httpx.TimeoutException as error:
                raise ReadingError(f"does not answer within {self.limits.wait_seconds:.0f} s") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise ReadingError(f"cannot be fetched: {error}") from error
        raise ReadingError(f"cannot be reached: {last}") from last

    def _request(self, target: Target, address: str, deadline: float, size: int) -> Fetched | str:
        assert self._client is not None
        parts = urlsplit(target.url)
        numeric = f"[{address}]" if ":" in address else address
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        standard = target.port == (443 if target.scheme == "https" else 80)
        host = f"[{target.host}]" if ":" in target.host else target.host.encode("idna").decode("ascii")
        with self._client.stream(
            "GET",
            f"{target.scheme}://{numeric}:{target.port}{path}",
            headers={"Host": host if standard else f"{host}:{target.port}"},
            extensions={"sni_hostname": host},
        ) as response:
            if response.is_redirect and "location" in response.headers:
                return urljoin(target.url, response.headers["location"])
            if response.status_code >= 400 or response.status_code < 200:
                raise StatusError(response.status_code)
            body = b"".join(_unpacked(response, deadline, size))
            media, _, _ = response.headers.get("content-type", "").partition(";")
            return Fetched(target.url, media.strip().lower(), response.charset_encoding, body)

    def _ask_robots(self, url: str, deadline: float) -> None:
        parts = urlsplit(url)
        host = self._hosts.setdefault(f"{parts.scheme}://{parts.netloc}", _Host())
        if host.robots is None:
            host.robots = self._read_robots(f"{parts.scheme}://{parts.netloc}/robots.txt", deadline)
        if not host.robots.can_fetch(user_agent(), url):
            raise ReadingError("its site's robots.txt asks programs not to read it")

    def _read_robots(self, url: str, deadline: float) -> RobotFileParser:
        robots = RobotFileParser()
        try:
            for _ in range(MOST_HOPS + 1):
                answer = self._get(url, deadline, _MEGABYTE // 2)
                if isinstance(answer, Fetched):
                    robots.parse(answer.body.decode("utf-8", "replace").splitlines())
                    return robots
                url = answer
        except StatusError as error:
            if error.status >= 500:
                raise ReadingError(
                    f"its site's robots.txt cannot be read (answers {error.status})"
                ) from error
        robots.parse([])
        return robots

    def _pause(self, url: str) -> None:
        parts = urlsplit(url)
        host = self._hosts[f"{parts.scheme}://{parts.netloc}"]
        asked = host.robots.crawl_delay(user_agent()) if host.robots else None
        pause = max(self.limits.pause_seconds, min(float(asked or 0), 10.0))
        remaining = host.last + pause - time.monotonic()
        if host.last and remaining > 0:
            time.sleep(remaining)
        host.last = time.monotonic()


class StatusError(ReadingError):
    """The server answered with an error."""

    def __init__(self, status: int) -> None:
        super().__init__(f"its server answers {status}")
        self.status = status


def _unpacked(response: httpx.Response, deadline: float, size: int) -> Iterator[bytes]:
    """The body's pieces, unpacked by ourselves: a small packed body may hold a very large one."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise ReadingError(f"is packed as {coding}, which was not asked for")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if coding not in ("identity", "") else None
    total = 0
    for raw in response.iter_raw():
        if time.monotonic() > deadline:
            raise ReadingError("takes too long to send its text")
        try:
            piece = unpacker.decompress(raw, size + 1 - total) if unpacker else raw
        except zlib.error as error:
            raise ReadingError(f"is damaged: {error}") from error
        total += len(piece)
        if total > size:
            raise ReadingError(f"is larger than {size / _MEGABYTE:g} MB")
        yield piece
