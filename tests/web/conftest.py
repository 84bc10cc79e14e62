"""A small collection, indexed for real with the hashing embedder, and the real server over it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from index import Settings, rebuild
from web import ServerOptions, create_app
from web.server import Server, listen

ARTICLES = {
    "geneva.md": """---
title: Delegations meet in Geneva
publisher: Lake Courier
author: Ana Silva
published: 2021-04-03
url: https://lake.example/geneva
---
The delegations of Arvana and Belmor met in Geneva on Saturday. Norway mediated the first round of the talks.

The talks lasted three days. “We have agreed on nothing yet,” chief negotiator Ilan Oro said. Both sides will meet
again in May.
""",
    "corridor.md": """---
title: Grain corridor opens
publisher: Harbour Post
published: 2021-07
---
Turkey and the United Nations brokered the grain agreement in Istanbul. Ships left the port of Odrin ten days later 🚢.

The agreement covers three harbours and 120 days. Inspectors board each ship near the strait.
""",
    "prisoners.md": """---
title: Two hundred prisoners exchanged
publisher: Lake Courier
published: 2021-05-20
---
Arvana and Belmor exchanged 200 prisoners at the Tarn bridge on Thursday. The Red Cross watched the exchange.

Families waited through the night. The youngest of the prisoners was 19 years old.
""",
    "undated.md": """---
title: مذكرة عن المحادثات
publisher: Notes
---
The note names the Café Royal as the place of the secret talks. كان الوسيط من عُمان. The naïve plan failed.
""",
}


@dataclass(frozen=True)
class Site:
    """A running server and where it is."""

    url: str
    settings: Settings


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("collection")
    articles = folder / "articles"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text, encoding="utf-8")
    settings = Settings(index=folder / "index", model="hashing")
    rebuild(settings, [articles])
    return settings


@pytest.fixture(scope="session")
def site(settings: Settings) -> Iterator[Site]:
    with Running(settings) as site:
        yield site


@pytest.fixture
def client(site: Site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.url, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def running() -> type[Running]:
    """For servers with other options: `with running(settings, options) as site`."""
    return Running


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Site]:
    """A server whose folder holds no index."""
    with Running(Settings(index=tmp_path / "nothing", model="hashing")) as site:
        yield site


@pytest.fixture
def guarded(settings: Settings) -> Iterator[Site]:
    """A server that asks for the token `a-token-for-tests`."""
    with Running(settings, ServerOptions(token="a-token-for-tests")) as site:
        yield site


class Running:
    """The real server in a thread, stopped at the end of the block."""

    def __init__(self, settings: Settings, options: ServerOptions = ServerOptions()) -> None:  # noqa: B008
        self._server = Server(create_app(settings, options=options), listen("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._server.run)
        self._site = Site(f"http://127.0.0.1:{self._server.port}", settings)

    def __enter__(self) -> Site:
        self._thread.start()
        return self._site

    def __exit__(self, *_: object) -> None:
        self._server.stop()
        self._thread.join(timeout=20)
