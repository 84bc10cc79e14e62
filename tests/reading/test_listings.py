"""Listing pages become their items; a page with one article stays whole."""

from __future__ import annotations

import importlib.util
import random
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from article_pages import article_pages
from listing_pages import EN, blog_archive, make_pages, paragraphs, shell
from listing_stories import make_items

from index.reading.listing import split_listing


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """benchmarks/listings.py, which measures."""
    path = Path(__file__).parents[2] / "benchmarks" / "listings.py"
    spec = importlib.util.spec_from_file_location("listings_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", [1, 11])
def test_figures_of_listing_pages_do_not_fall(benchmark: ModuleType, seed: int) -> None:
    figures = benchmark.html_figures(seed)
    assert figures.pages >= 30
    assert figures.counts_exact >= 0.95 * figures.pages
    assert benchmark.f1(figures.titles) >= 0.97
    assert benchmark.f1(figures.dates) >= 0.97
    assert figures.texts_exact >= 0.97 * figures.titles[2]
    assert figures.addresses_exact >= 0.97 * figures.titles[2]
    assert figures.furniture == 0


@pytest.mark.parametrize("seed", [1, 11])
def test_figures_of_texts_of_scraped_pages_do_not_fall(benchmark: ModuleType, seed: int) -> None:
    figures = benchmark.text_figures(seed)
    assert figures.pages >= 30
    assert figures.counts_exact >= 0.95 * figures.pages
    assert benchmark.f1(figures.titles) >= 0.97
    assert benchmark.f1(figures.dates) >= 0.97
    assert figures.texts_exact >= 0.97 * figures.titles[2]
    assert figures.furniture == 0


@pytest.mark.data
def test_saved_single_pages_are_no_listings(benchmark: ModuleType) -> None:
    if not benchmark.SINGLE_PAGES.is_dir():
        pytest.skip(f"{benchmark.SINGLE_PAGES} is not there; set PARLEY_EVAL_DATA")
    split, pages = benchmark.single_pages_split()
    assert pages >= 100
    assert split <= 0.02 * pages


@pytest.mark.parametrize("page", list(article_pages()), ids=lambda page: page.name)
def test_made_single_pages_are_no_listings(page) -> None:
    assert split_listing(page.source, "page.html", None) == []


def test_teasers_under_an_article_do_not_make_it_a_listing() -> None:
    rng = random.Random(3)
    article = make_items(rng, 1, paragraphs=5)[0]
    teasers = "".join(
        f'<div class="card"><h3><a href="{i.url}">{i.title}</a></h3><p>{i.text}</p></div>'
        for i in make_items(rng, 6)
    )
    main = f"<article><h1>{article.title}</h1>{paragraphs(article)}</article><div>{teasers}</div>"
    assert split_listing(shell(main, EN, article.title, rng), "page.html", None) == []


def test_sections_of_an_article_are_no_items() -> None:
    rng = random.Random(4)
    body = "".join(
        f"<h2>{i.title}</h2>{paragraphs(i)}<p>See <a href='{i.url}'>this report</a> for more on the talks.</p>"
        for i in make_items(rng, 5, paragraphs=2)
    )
    page = shell(f"<article><h1>How the talks failed</h1>{body}</article>", EN, "How the talks failed", rng)
    assert split_listing(page, "page.html", None) == []


def test_addresses_are_absolute_and_authors_and_dates_are_each_items_own() -> None:
    rng = random.Random(5)
    items = [replace(i, url=f"/news/{n}.html") for n, i in enumerate(make_items(rng, 4))]
    articles = split_listing(blog_archive(rng, items, EN), "page.html", "https://news.example/tag/peace/")
    assert [a.url for a in articles] == [f"https://news.example/news/{n}.html" for n in range(4)]
    assert [a.authors for a in articles] == [(i.author,) for i in items]
    assert [a.published.first for a in articles] == [i.date for i in items]
    assert len({a.published.first for a in articles}) > 1


def test_a_date_in_the_address_serves_where_none_is_printed() -> None:
    rng = random.Random(6)
    rows = "".join(
        f'<div class="t"><h3><a href="/2022/05/{n:02d}/{n}">{i.title}</a></h3><p>{i.text}</p></div>'
        for n, i in enumerate(make_items(rng, 4), 1)
    )
    articles = split_listing(
        shell(f"<main>{rows}</main>", EN, "News", rng), "page.html", "https://news.example/"
    )
    assert [a.published.first for a in articles] == [date(2022, 5, n) for n in range(1, 5)]


def test_ages_count_only_from_a_day_that_the_page_names() -> None:
    rng = random.Random(7)
    rows = "".join(
        f'<div class="t"><h3><a href="{i.url}">{i.title}</a></h3><span class="time">2 days ago</span>'
        f"<p>{i.text}</p></div>"
        for i in make_items(rng, 4)
    )
    page = shell(f"<main>{rows}</main>", EN, "News", rng)
    dated = page.replace("</head>", '<meta property="og:updated_time" content="2023-03-10T10:00:00Z"></head>')
    assert {a.published.first for a in split_listing(page, "page.html", None)} == {None}
    assert {a.published.first for a in split_listing(dated, "page.html", None)} == {date(2023, 3, 8)}


def test_a_page_declared_an_article_by_its_system_but_built_as_a_list_is_a_list() -> None:
    rng = random.Random(8)
    items = make_items(rng, 6)
    page = blog_archive(rng, items, EN).replace("<head>", '<head><meta property="og:type" content="article">')
    assert len(split_listing(page, "page.html", None)) == 6


@pytest.mark.parametrize(
    "source",
    [
        "",
        "   ",
        "<",
        "<html></html>",
        "\x00\x01",
        "<div>" * 20_000,
        "<a href='x'>" * 5_000,
        "no markup at all",
    ],
)
def test_damaged_pages_are_no_listings(source: str) -> None:
    assert split_listing(source, "page.html", None) == []


def test_a_very_long_listing_is_read_in_time() -> None:
    rng = random.Random(9)
    page = blog_archive(rng, make_items(rng, 150), EN)
    began = time.process_time()
    articles = split_listing(page, "page.html", None)
    assert len(articles) == 150
    assert time.process_time() - began < 5


def test_generators_make_pages_of_many_kinds_and_sizes() -> None:
    pages = list(make_pages(1))
    assert min(len(p.items) for p in pages) == 3
    assert max(len(p.items) for p in pages) == 40
    assert len({p.name.split("-")[0] for p in pages}) >= 15
