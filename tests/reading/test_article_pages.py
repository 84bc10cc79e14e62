"""Single pages: what is read from made pages of many systems, and from real ones with gold text."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from article_pages import STORIES, ArticlePage, article_pages, blog
from saved_documents import PARAGRAPHS, TITLE, make_page

from index.reading.pages import read_html

PAGES = list(article_pages())


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """benchmarks/pages.py, which measures."""
    path = Path(__file__).parents[2] / "benchmarks" / "pages.py"
    spec = importlib.util.spec_from_file_location("pages_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_facts_and_text_of_made_pages_do_not_fall(benchmark: ModuleType) -> None:
    assert len(PAGES) >= 30
    made = benchmark.measure_made()
    assert made.title >= 0.97
    assert made.publisher >= 0.97
    assert made.authors >= 0.95
    assert made.day >= 0.97
    assert made.url >= 0.97
    assert made.language >= 0.97
    assert made.text >= 0.985


@pytest.mark.data
def test_text_of_real_pages_does_not_fall(benchmark: ModuleType) -> None:
    if not benchmark.DATA.exists():
        pytest.skip(f"{benchmark.DATA} is not there; set PARLEY_EVAL_DATA")
    (score, precision, recall), pages, _ = benchmark.measure_set(benchmark.DATA)
    assert pages >= 100
    assert score >= 0.970
    assert precision >= 0.960
    assert recall >= 0.970


def test_the_measure_agrees_with_a_hand_worked_case(benchmark: ModuleType) -> None:
    # Gold a b c d e f has 3 shingles; read b c d e f g has 3, of which 2 are gold's.
    overlap = benchmark.compare("a b c d e f", "b c d e f g")
    assert (overlap.precision, overlap.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_each_made_page_gives_one_article_without_furniture(page: ArticlePage) -> None:
    [article] = read_html(page.source.encode(), page.name)
    assert article.title not in article.text
    assert page.story.lead in article.text
    for words in (
        "Skip to content",
        "cookies",
        "harbours",
        "every morning",
        page.story.rights,
        page.story.newsletter,
    ):
        assert words not in article.text


def test_published_is_the_first_publication_and_never_the_update() -> None:
    [article] = read_html(blog(STORIES[0]).encode(), "x.html")
    assert (article.published.iso, article.published.words) == ("2022-04-03", "April 3, 2022")


def test_a_page_without_a_date_stays_undated() -> None:
    page = make_page().replace("<time datetime='2021-03-12T08:00:00Z'>12 March 2021</time>", "")
    [article] = read_html(page.encode(), "x.html")
    assert article.published.iso is None


def test_a_month_stays_a_month() -> None:
    page = make_page().replace(
        "<time datetime='2021-03-12T08:00:00Z'>12 March 2021</time>", "<time>March 2021</time>"
    )
    [article] = read_html(page.encode(), "x.html")
    assert article.published.iso == "2021-03"


def test_the_printed_day_wins_over_the_same_moment_in_another_zone() -> None:
    page = make_page().replace("datetime='2021-03-12T08:00:00Z'", "datetime='2021-03-13T02:30:00Z'")
    page = page.replace(
        "<nav>", "<meta property='article:published_time' content='2021-03-13T02:30:00Z'><nav>"
    )
    [article] = read_html(page.encode(), "x.html")
    assert article.published.iso == "2021-03-12"


@pytest.mark.parametrize(
    "ending",
    [" | Corvane Observer", " - Corvane Observer", " – World – Corvane Observer", " :: corvane-observer"],
)
def test_the_site_s_name_is_no_part_of_the_title(ending: str) -> None:
    page = make_page().replace(f"<h1>{TITLE}</h1>", "").replace(" | Corvane Observer", ending)
    [article] = read_html(page.encode(), "x.html")
    assert article.title.startswith(TITLE)
    assert "observer" not in article.title.lower()


def test_spaces_at_the_edges_of_links_are_kept() -> None:
    body = (
        "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + "<p>Mediators <a href='/x'>said on Friday </a>that the draft <b>was </b>final, and both sides agreed.</p>"
    )
    [article] = read_html(make_page(body=body).encode(), "x.html")
    assert "Mediators said on Friday that the draft was final, and both sides agreed." in article.text


def test_the_declared_encoding_is_used_when_the_page_is_not_utf8() -> None:
    page = make_page(title="Gespräche über die Brücke vertagt").replace("utf-8", "iso-8859-1")
    [article] = read_html(page.encode("cp1252"), "x.html")
    assert article.title == "Gespräche über die Brücke vertagt"
    assert "“Both delegations" in article.text
