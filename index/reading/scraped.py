"""Splitting the text of a scraped page into its articles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath

from index.reading.dates import find_date
from index.reading.layout import Layout, Run, find_layout, split_runs, starts_article, title_place
from index.reading.line_context import read_lines
from index.reading.lines import Kind, Line
from index.types import UNDATED, Article, PublishedDate

_SITE = re.compile(r"\s+\|\s+(?=[^|]{2,40}$)")
_PAGE_HEADING = re.compile(
    r"(?:topics?|tag(?:ged)?|categor(?:y|ies)|archives?|sections?|authors?|search|results?|latest|all"
    r"|news|posts?|stories|articles|blog|thema|"
    r"etiqueta|tema|dossier|тема|рубрика)\b.{0,60}$",
    re.IGNORECASE,
)
_PAGE_KINDS = (Kind.MORE, Kind.RELATED, Kind.COMMENTS, Kind.FOOTER, Kind.CHROME)
_NO_ITEMS_AFTER = (Kind.RELATED, Kind.COMMENTS, Kind.FOOTER)
_AFTER_END = (Kind.MORE, Kind.RELATED)


@dataclass(slots=True)
class _Draft:
    """An article being put together."""

    title: str = ""
    paragraphs: list[str] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    published: PublishedDate = UNDATED
    publisher: str | None = None
    url: str | None = None

    def sign(self, line: Line) -> None:
        """Take author and date from a byline, address and outlet from a field, where still unknown."""
        if line.byline:
            self.authors = self.authors or line.byline.authors
            if self.published.first is None:
                self.published = line.byline.published
        name, value = line.field
        if name in ("url", "link", "website", "web site"):
            self.url = self.url or value
        elif name in ("source", "publisher", "publication", "outlet"):
            if value.startswith("http"):
                self.url = self.url or value
            else:
                self.publisher = self.publisher or value
        elif name.startswith("author") or name == "byline":
            self.authors = self.authors or tuple(
                a.strip() for a in re.split(r"[;,&]|\band\b", value) if a.strip()
            )
        elif name in ("date", "published", "publication date") and self.published.first is None:
            self.published = find_date(value)

    def finish(self, file: str) -> Article:
        title, publisher = self.title, self.publisher
        if site := _SITE.search(title):
            title, publisher = title[: site.start()], publisher or title[site.end() :]
        text = "\n\n".join(self.paragraphs)
        return Article(
            id="",
            title=title or _title_from(text, file),
            text=text,
            publisher=publisher,
            authors=self.authors,
            published=self.published,
            url=self.url,
            file=file,
        )


def split_scraped_text(text: str, file: str) -> list[Article]:
    """The articles in the text of a scraped page, in document order, without ids.

    `text` is what a browser's "save as text" or a scraper leaves; one article alone comes out whole.
    `file` is passed on to the articles. An article's text is paragraphs separated by blank lines; lines that
    belong to the page and not to an article are left out.
    """
    runs = split_runs(read_lines(text))
    if not any(run.body for run in runs):
        return _without_body(runs, file)
    layout = find_layout(runs)
    drafts: list[_Draft] = []
    outside = False
    day: Line | None = None
    for run in runs:
        starts = starts_article(run, layout)
        if run.has(Kind.COMMENTS, Kind.FOOTER) and drafts:
            if not outside and layout.byline_under_text:
                drafts[-1].sign(next((line for line in run.gap if line.byline), run.gap[0]))
            if not outside and not run.body:
                drafts += _headlines_only(run, layout, first=False)
            outside = True
        if outside and not (starts and (run.repeated or run.byline_below)):
            continue
        outside = False
        if starts or not drafts:
            draft = _begin(run, layout, drafts[-1] if drafts else None)
            drafts += [*_headlines_only(run, layout, first=not drafts), draft]
            day = next((line for line in run.gap if line.byline and line.byline.published.first), day)
            if layout.day_headings and day:
                drafts[-1].sign(day)
        else:
            _go_on(run, layout, drafts[-1])
            drafts += [] if run.body else _headlines_only(run, layout, first=False)
        drafts[-1].paragraphs += [line.text for line in run.body]
    signed = sum(draft.published.first is not None or bool(draft.authors) for draft in drafts)
    if len(drafts) > 3 and max(signed, layout.mores) >= 0.6 * len(drafts) and _is_introduction(drafts[0]):
        del drafts[0]
    return [draft.finish(file) for draft in drafts if draft.paragraphs]


def _is_introduction(draft: _Draft) -> bool:
    """Whether the text under the page's own heading ("Topic: …") tells of the page, not of news."""
    unsigned = draft.published.first is None and not draft.authors
    return unsigned and (not draft.title or bool(_PAGE_HEADING.match(draft.title)))


def _headlines_only(run: Run, layout: Layout, first: bool) -> list[_Draft]:
    """Items of a dated list that have a headline and a date but no text."""
    if not layout.listing or layout.byline_above or first:
        return []
    stop = next((i for i, line in enumerate(run.gap) if line.kind in _NO_ITEMS_AFTER), len(run.gap))
    drafts = []
    for i in range(min(stop, len(run.gap) - 1)):
        line, below = run.gap[i], run.gap[i + 1]
        if line.kind is not Kind.HEAD or not below.byline or below.byline.published.first is None:
            continue
        has_text = run.body and not any(later.kind is Kind.HEAD for later in run.gap[i + 1 :])
        closes = layout.byline_under_text and not (i and run.gap[i - 1].byline)
        if not has_text and not closes:
            drafts.append(_Draft(line.text, [line.text]))
            drafts[-1].sign(below)
    return drafts


def _begin(run: Run, layout: Layout, previous: _Draft | None) -> _Draft:
    """A new article from its gap; the lines over its headline may still sign the one before."""
    draft = _Draft()
    place = title_place(run, layout, first=previous is None)
    names = [i for i, line in enumerate(run.gap) if run.repeated and line.key == run.repeated]
    top = names[0] if names else place
    for i, line in enumerate(run.gap):
        over = place is not None and i < place
        above = top is not None and i < top
        if line.field[0] in ("title", "headline"):
            draft.title = line.field[1]
        elif above and line.kind is Kind.BYLINE and not layout.byline_above:
            if previous and (layout.byline_under_text or run.byline_below):
                previous.sign(line)
        elif over and line.kind in (Kind.HEAD, Kind.LABEL):
            continue
        elif i == place:
            draft.title = draft.title or line.text
        elif line.kind is Kind.HEAD or (line.kind is Kind.LABEL and layout.plain):
            draft.paragraphs.append(line.text)
        else:
            draft.sign(line)
    return draft


def _go_on(run: Run, layout: Layout, draft: _Draft) -> None:
    """Add the gap's sub-headings to the article, and what signs it."""
    linked = False
    for line in run.gap:
        linked = linked or line.kind in _AFTER_END
        if line.kind in (Kind.HEAD, Kind.LABEL):
            if layout.plain or (run.body and not linked):
                draft.paragraphs.append(line.text)
        elif _is_subheading(line, run, layout):
            draft.paragraphs.append(line.text)
        elif layout.byline_under_text or not run.body:
            draft.sign(line)


def _is_subheading(line: Line, run: Run, layout: Layout) -> bool:
    """Whether a date or address inside an article is its own: a day of a chronology, a list of dates."""
    if layout.listing or layout.byline_under_text:
        return False
    own = line.kind is Kind.BYLINE and line.byline is not None and not line.byline.signed
    own = own or line.field[0] == "url"
    return own and (layout.plain or (bool(run.body) and not any(x.kind in _PAGE_KINDS for x in run.gap)))


def _without_body(runs: list[Run], file: str) -> list[Article]:
    """Text without one full sentence: dated headlines, each its own article, or a few words that are one."""
    gap = runs[0].gap
    heads = [line for line in gap if line.kind in (Kind.HEAD, Kind.LABEL)]
    if not heads:
        return []
    dated = sum(line.kind is Kind.BYLINE for line in gap)
    headlines = [line for line in heads if line.kind is Kind.HEAD]
    if len(headlines) >= 3 and dated >= 0.5 * len(headlines):
        heads = headlines
    if len(heads) < 3 or dated < 0.5 * len(heads):
        rest = [line.text for line in heads[1:]]
        return [_Draft(heads[0].text, rest or [heads[0].text]).finish(file)]
    above = gap.index(heads[0]) > next(i for i, line in enumerate(gap) if line.kind is Kind.BYLINE)
    drafts: list[_Draft] = []
    waiting: list[Line] = []
    for line in gap:
        if line.kind is Kind.HEAD:
            drafts.append(_Draft(line.text, [line.text]))
            for signed in waiting:
                drafts[-1].sign(signed)
            waiting = []
        elif above:
            waiting.append(line)
        elif drafts:
            drafts[-1].sign(line)
    return [draft.finish(file) for draft in drafts]


def _title_from(text: str, file: str) -> str:
    """A title for a text without a headline: a telling file name, or its first words."""
    stem = re.sub(r"[_\-.+%]+", " ", PurePath(file).stem).strip()
    words = re.findall(r"[^\W\d_]{3,}", stem)
    if len(words) >= 2 and not re.search(r"[0-9a-f]{8,}", stem):
        return stem
    first = " ".join(text.split()[:12])
    return first if len(first) >= len(text.strip()) else f"{first.rstrip(' ,;:.')}…"
