"""How well single saved pages are read: text against gold, and title, publisher, authors, day of made pages.

Run: python benchmarks/pages.py
Text is measured as the article extraction benchmark measures it: multisets of four-word shingles, counts
normalised for each page, precision and recall averaged over pages. Published for its set: trafilatura 0.958,
newspaper4k 0.949, readability-lxml 0.922. The set is read from PARLEY_EVAL_DATA (default ../shared/data);
without it only the made pages count.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.errors import ReadingError
from index.reading.canonical import finish
from index.reading.pages import read_html
from index.types import Article

DATA = Path(os.environ.get("PARLEY_EVAL_DATA", "../shared/data")) / "html_zyte"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shares of shingles that are in both texts, only in the one that was read, only in the gold."""

    both: float
    extra: float
    missed: float

    @property
    def precision(self) -> float:
        return self.both / (self.both + self.extra) if self.both + self.extra else float(not self.missed)

    @property
    def recall(self) -> float:
        return self.both / (self.both + self.missed) if self.both + self.missed else float(not self.extra)


def compare(gold: str, read: str) -> Overlap:
    """The overlap of two texts in four-word shingles."""
    wanted, found = _shingles(gold), _shingles(read)
    counts = [sum(c.values()) for c in (wanted & found, found - wanted, wanted - found)]
    total = sum(counts) or 1
    return Overlap(*(count / total for count in counts))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def f1(overlaps: Iterable[Overlap]) -> tuple[float, float, float]:
    """F1, precision and recall over pages."""
    known = list(overlaps)
    precision = [o.precision for o in known if o.both + o.extra]
    recall = [o.recall for o in known if o.both + o.missed]
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    return 2 * p * r / (p + r), p, r


def read_one(source: bytes, name: str) -> Article | None:
    """The page's article; the longest when it was taken for a listing, None when it was not read."""
    try:
        return max(finish(read_html(source, name), name), key=lambda a: len(a.text), default=None)
    except ReadingError:
        return None


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of pages on which a fact was read right."""

    title: float
    publisher: float
    authors: float
    day: float
    url: float
    language: float
    text: float
    """F1 of the text."""


def measure_made() -> Shares:
    """Facts and text of the made pages, those that give them."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "reading"))
    from article_pages import article_pages

    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    overlaps = []
    for page in article_pages():
        story, article = page.story, read_one(page.source.encode(), page.name)
        facts = {
            "title": (story.title, article and article.title),
            "authors": (story.authors, article and article.authors),
            "url": (story.url, article and article.url),
            "language": (story.language, article and article.language),
            "publisher": (
                story.publisher if page.has_publisher else story.domain,
                article and article.publisher,
            ),
            "day": (story.day.isoformat(), article and article.published.iso),
        }
        for name, (wanted, found) in facts.items():
            of[name] += 1
            right[name] += wanted == found
        overlaps.append(compare(story.text, article.text if article else ""))
    return Shares(text=f1(overlaps)[0], **{name: right[name] / of[name] for name in of})


def measure_set(folder: Path) -> tuple[tuple[float, float, float], int, float]:
    """F1, precision and recall over the set's pages, their number, and the seconds taken."""
    started = time.perf_counter()
    overlaps = []
    for line in (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        article = read_one((folder / record["html"]).read_bytes(), record["html"])
        overlaps.append(compare(record["text"], article.text if article else ""))
    return f1(overlaps), len(overlaps), time.perf_counter() - started


def main() -> None:
    """Print the figures."""
    print(f"Single pages, {date.today()}, {platform.machine()}, {os.cpu_count()} processors")
    made = measure_made()
    print("made pages: " + ", ".join(f"{name} {getattr(made, name):.3f}" for name in Shares.__slots__))
    if not DATA.exists():
        print(f"{DATA} is not there: text against gold was not measured")
        return
    (score, precision, recall), pages, seconds = measure_set(DATA)
    print(
        f"html_zyte: F1 {score:.4f} (precision {precision:.4f}, recall {recall:.4f}) over {pages} pages; "
        "trafilatura 0.958"
    )
    print(f"{pages / seconds:.1f} pages/s in one process")


if __name__ == "__main__":
    main()
