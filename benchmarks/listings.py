"""Made listing pages and texts of scraped pages, with known items: `python benchmarks/listings.py [SEED]`.

The pages come from tests/reading (listing_pages.py, scraped_pages.py). Also shown: how many single pages of
html_zyte (PARLEY_EVAL_DATA) are taken for listings; none should be.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "reading"))

from listing_pages import FURNITURE, Page, make_pages
from scraped_pages import make_copies, make_stories

from index.reading.listing import split_listing
from index.reading.scraped import split_scraped_text
from index.types import Article

SINGLE_PAGES = Path(os.environ.get("PARLEY_EVAL_DATA", "../shared/data")) / "html_zyte" / "html"


@dataclass(slots=True)
class Figures:
    """Counts over some pages."""

    pages: int = 0
    counts_exact: int = 0
    titles: tuple[int, int, int] = (0, 0, 0)
    """Right, found, gold."""
    dates: tuple[int, int, int] = (0, 0, 0)
    texts_exact: int = 0
    addresses_exact: int = 0
    furniture: int = 0
    """Items whose text holds words of the page's furniture."""

    def add(self, page: Page, articles: list[Article]) -> None:
        """Count one page in."""
        self.pages += 1
        self.counts_exact += len(articles) == len(page.items)
        titles, gold = {a.title for a in articles}, {item.title: item for item in page.items}
        dates = {(a.title, a.published.first) for a in articles if a.published.first}
        gold_dates = {(item.title, item.date) for item in page.items if item.date}
        self.titles = _plus(self.titles, (len(titles & gold.keys()), len(titles), len(gold)))
        self.dates = _plus(self.dates, (len(dates & gold_dates), len(dates), len(gold_dates)))
        for article in articles:
            item = gold.get(article.title)
            self.texts_exact += bool(item) and article.text.split() == (item.text or item.title).split()
            self.addresses_exact += bool(item) and article.url == item.url
            self.furniture += any(words.lower() in article.text.lower() for words in FURNITURE)

    def report(self) -> str:
        """The figures in one line."""
        return (
            f"{self.pages} pages, {self.titles[2]} items: "
            f"count exact on {self.counts_exact / self.pages:.3f}, "
            f"title F1 {f1(self.titles):.3f}, date F1 {f1(self.dates):.3f}, "
            f"text exact {self.texts_exact / self.titles[2]:.3f}, boilerplate in {self.furniture} texts"
        )


def _plus(one: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[int, int, int]:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def f1(counts: tuple[int, int, int]) -> float:
    """F1 of (right, found, gold)."""
    right, found, gold = counts
    return 2 * right / (found + gold) if found + gold else 1.0


def measure(pages: Iterable[Page], split: Callable[[Page], list[Article]]) -> Figures:
    """Figures of a splitter over pages."""
    figures = Figures()
    for page in pages:
        figures.add(page, split(page))
    return figures


def html_figures(seed: int) -> Figures:
    """Figures for the HTML pages."""
    return measure(make_pages(seed), lambda page: split_listing(page.source, page.name, None))


def text_figures(seed: int) -> Figures:
    """Figures for text copies of listings and for texts with whole articles."""
    pages = [*make_copies(seed), *make_stories(seed)]
    return measure(pages, lambda page: split_scraped_text(page.source, page.name))


def single_pages_split() -> tuple[int, int]:
    """(taken for a listing, all) of the saved single pages."""
    pages = sorted(SINGLE_PAGES.iterdir())
    split = sum(
        bool(split_listing(page.read_bytes().decode("utf-8", "replace"), page.name, None)) for page in pages
    )
    return split, len(pages)


def main() -> int:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    print(f"HTML: {html_figures(seed).report()}")
    print(f"text: {text_figures(seed).report()}")
    if SINGLE_PAGES.is_dir():
        split, pages = single_pages_split()
        print(f"html_zyte: {split} of {pages} single pages taken for a listing")
    else:
        print(f"no evaluation data at {SINGLE_PAGES}: single pages not measured")
    return 0


if __name__ == "__main__":
    sys.exit(main())
