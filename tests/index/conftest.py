"""A small collection of invented reports, and a real index of it in a throwaway folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from index import (
    Article,
    BuildReport,
    DatePrecision,
    HashingEmbedder,
    Library,
    PublishedDate,
    Settings,
    publish,
)
from index.build import build
from index.reading import Reading

Build = Callable[..., BuildReport]


def day(year: int, month: int, number: int) -> PublishedDate:
    return PublishedDate(date(year, month, number), DatePrecision.DAY)


CEASEFIRE = """Envoys of the army and of the Rapid Support Forces met in Jeddah on Saturday. They signed a ceasefire
of seven days, the mediators said. Aid convoys may pass through two crossings near Khartoum.

The mediators from Riyadh and Washington will watch over the truce. Earlier truces broke down within hours."""
PRISONERS = """The two sides in Yemen exchanged 887 prisoners over three days. Flights between Sana'a and Marib carried
the freed men home, the Red Cross said. Families waited at the airport since dawn.

A second exchange is planned for the autumn, but no date was named."""
GRAIN = """Ships may again leave Odesa with grain under a deal that the U.N. and Turkey brokered. Inspectors in Istanbul
look at every vessel. The deal runs for 120 days and can be renewed.

Farmers said that their silos were full."""
PRESS = """Reporters sans frontières counted 57 journalists killed last year. RSF asked governments to let the press work
near the front. Its secretary spoke of the worst year for the press in a decade."""
PLANS = (
    """Mediators propose a conference next spring. Nobody has agreed to take part in the conference so far."""
)


def articles() -> list[Article]:
    return [
        Article("cease", "Truce agreed in Jeddah", CEASEFIRE, "Nile Post", ("A. Writer",), day(2023, 5, 21)),
        Article("prison", "Prisoners freed", PRISONERS, "Gulf Wire", (), day(2023, 4, 16)),
        Article("grain", "Grain may leave", GRAIN, "Black Sea News", (), day(2022, 7, 23)),
        Article("press", "Report on the press", PRESS, "Press Watch", (), day(2022, 12, 14)),
        Article("plans", "Plans for a conference", PLANS, None),
    ]


def readings(of: Sequence[Article]) -> Iterator[Reading]:
    for article in of:
        yield Reading(article.file or f"{article.id}.txt", (article,))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index", model="hashing")


@pytest.fixture
def build_index(settings: Settings) -> Build:
    """Builds the articles given (the small collection by default) into the index of `settings`."""

    def run(of: Sequence[Article] | None = None, **options: object) -> BuildReport:
        with publish.builder_lock(settings.index):
            given = readings(articles() if of is None else of)
            return build(settings, given, embedder=HashingEmbedder(), **options)

    return run


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The small collection, built once, for tests that only read."""
    settings = Settings(index=tmp_path_factory.mktemp("collection") / "index", model="hashing")
    with publish.builder_lock(settings.index):
        build(settings, readings(articles()), embedder=HashingEmbedder())
    library = Library(settings, HashingEmbedder())
    yield library
    library.close()


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    """Follows the index of `settings`; build one first."""
    library = Library(settings, HashingEmbedder())
    yield library
    library.close()
