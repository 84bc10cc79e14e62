"""A real browser, the real server over real indexes of small collections, and what every page must keep to."""

from __future__ import annotations

import os
import random
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from index import Settings, rebuild
from web import create_app
from web.server import Server, listen

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        words = "no Chromium; on Debian: apt-get install chromium"
        if os.environ.get("PARLEY_REQUIRE_BROWSER") == "1":
            pytest.fail(words)
        pytest.skip(words)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Wire:
    """Stands between application and socket and sends a streamed answer cut at random bytes.

    A request with `X-Test-Pause` waits that many seconds before each line after the first.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app
        self._random = random.Random(7)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        body = self._app(environ, start_response)
        if environ["PATH_INFO"] != "/api/ask":
            return body
        return self._cut(body, float(environ.get("HTTP_X_TEST_PAUSE", "0")))

    def _cut(self, body: Iterable[bytes], pause: float) -> Iterator[bytes]:
        try:
            for number, line in enumerate(body):
                if pause and number:
                    time.sleep(pause)
                cuts = sorted(self._random.sample(range(len(line)), min(3, len(line))))
                for low, high in zip([0, *cuts], [*cuts, len(line)], strict=True):
                    if low < high:
                        yield line[low:high]
                        time.sleep(0.001)  # so that the pieces leave as packets of their own
        finally:
            getattr(body, "close", lambda: None)()


@dataclass(frozen=True)
class Site:
    """A running server and its index."""

    url: str
    settings: Settings


class Running:
    """The real server in a thread, stopped at the end of the block."""

    def __init__(self, settings: Settings) -> None:
        self._server = Server(Wire(create_app(settings)), listen("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._server.run)
        self.site = Site(f"http://127.0.0.1:{self._server.port}", settings)

    def __enter__(self) -> Site:
        self._thread.start()
        return self.site

    def __exit__(self, *_: object) -> None:
        self._server.stop()
        self._thread.join(timeout=20)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, collection: Any) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("collection")
    settings = Settings(index=folder / "index", model="hashing")
    rebuild(settings, [collection.write(folder)])
    with Running(settings) as site:
        yield site


@pytest.fixture(scope="session")
def collection() -> Any:
    """The module with the articles and questions; the tests' folders are no packages."""
    return _module("collection")


@pytest.fixture(scope="session")
def several(site: Site, collection: Any) -> str:
    """A question whose answer has several sentences; which one has, is the assistant's business."""
    for question in collection.QUESTIONS:
        answer = httpx.post(f"{site.url}/api/ask", json={"question": question}, timeout=30).json()
        if len(answer["sentences"]) >= 2:
            return str(question)
    raise AssertionError("no answer has two sentences")


@pytest.fixture(scope="session")
def payloads() -> Any:
    return _module("payloads")


@pytest.fixture(scope="session")
def running() -> type[Running]:
    return Running


def _module(name: str) -> Any:
    import importlib.util

    spec = importlib.util.spec_from_file_location(f"browser_{name}", Path(__file__).parent / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class Watch:
    """Everything that a page must never do, noted as it happens."""

    origin: str
    console: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    expected: tuple[str, ...] = ()
    """Parts of console messages that a test provokes."""

    def on(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.console.append(f"uncaught: {error}"))
        page.on("request", self._request)
        page.on("dialog", self._dialog)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(e in message.text for e in self.expected):
            self.console.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.origin + "/", "data:", "blob:" + self.origin)):
            self.elsewhere.append(request.url)

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def check(self) -> None:
        assert self.console == []
        assert self.elsewhere == []
        assert self.dialogs == []


class Chat:
    """The chat page as a person uses it."""

    def __init__(self, page: Page, url: str, watch: Watch) -> None:
        self.page, self.url, self.watch = page, url, watch

    def open(self, path: str = "/") -> Chat:
        self.page.goto(self.url + path)
        return self

    def ask(self, question: str) -> Any:
        """Ask and wait until the answer, refusal or failure is complete; its turn."""
        self.page.fill("#question", question)
        self.page.press("#question", "Enter")
        return self.finished()

    def finished(self) -> Any:
        self.page.wait_for_selector(".turn:last-child:not([aria-busy]) .actions:not([hidden])")
        return self.page.locator(".turn").last

    def slow(self, seconds: float) -> None:
        """Have answers arrive line by line, with a pause before each after the first."""
        self.page.route(
            "**/api/ask",
            lambda route: route.continue_(headers={**route.request.headers, "x-test-pause": str(seconds)}),
        )

    def stored(self) -> list[dict[str, Any]]:
        """The conversations that the browser keeps."""
        return self.page.evaluate(
            "Object.keys(localStorage).filter((k) => k.startsWith('parley.conversation.'))"
            ".map((k) => JSON.parse(localStorage[k]))"
        )


@pytest.fixture
def open_chat(browser: Browser, site: Site) -> Iterator[Callable[..., Chat]]:
    """Open the chat in a browser profile of its own: `open_chat(width=390, color_scheme="dark")`.

    At the end no page may have logged an error, asked another origin for anything, or opened a dialog.
    """
    contexts: list[BrowserContext] = []
    watches: list[Watch] = []

    def opened(*, width: int = 1280, height: int = 860, at: Site = site, **options: Any) -> Chat:
        options = {"reduced_motion": "reduce", **options}  # clicks need not wait for scrolling to end
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(6_000)
        contexts.append(context)
        watch = Watch(at.url)
        watches.append(watch)
        context.on("page", watch.on)
        page = context.new_page()
        return Chat(page, at.url, watch)

    yield opened
    for context in contexts:
        context.close()
    for watch in watches:
        watch.check()


@pytest.fixture
def chat(open_chat: Callable[..., Chat]) -> Chat:
    """The chat page, open on a wide screen."""
    return open_chat().open()
