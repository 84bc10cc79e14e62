"""How the text of a scraped page is laid out: where its articles begin, and under which headlines.

The text is a row of runs: paragraphs ("body"), and between them lines that are not ("gap": headlines,
bylines, section names, link residue). Each gap either begins an article or holds no more than a sub-heading;
what decides is the gap itself (a repeated headline, a byline, the end of a teaser) and the whole text (a list
of short items has the same gap every time).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from statistics import median

from index.reading.lines import Kind, Line

_HEADS = (Kind.HEAD, Kind.LABEL)
_ENDS = (Kind.MORE, Kind.RELATED, Kind.RULE)
_PAGE_KINDS = (Kind.MORE, Kind.RELATED, Kind.COMMENTS, Kind.FOOTER, Kind.CAPTION, Kind.CHROME)
_SITE = re.compile(r"\s+(?:[|•·»]|[–—-]|::)\s+(?=[^|•·»–—]{2,40}$)")
_SURE_MORE = re.compile(
    r"(?:keep|continue|go on) reading|seguir leyendo|weiterlesen|lire la suite|читать далее", re.I
)
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[ivx]{1,4}|[IVX]{1,4})[.):]\s")


@dataclass(slots=True)
class Run:
    """A gap and the body under it."""

    gap: list[Line]
    body: list[Line] = field(default_factory=list)
    repeated: str = ""
    """The key of a headline that stands here for the second time."""

    @property
    def heads(self) -> list[int]:
        """Places in `gap` of the lines that may be a headline: behind the last end mark, if any are."""
        places = [i for i, line in enumerate(self.gap) if line.kind is Kind.HEAD]
        places = places or [i for i, line in enumerate(self.gap) if line.kind is Kind.LABEL]
        ends = [i for i, line in enumerate(self.gap) if line.kind in _ENDS]
        return [i for i in places if not ends or i > ends[-1]] or places

    def has(self, *kinds: Kind) -> bool:
        """Whether a line of these kinds is in the gap."""
        return any(line.kind in kinds for line in self.gap)

    def bylines(self) -> list[int]:
        """Places of the byline and date lines in `gap`."""
        return [i for i, line in enumerate(self.gap) if line.kind is Kind.BYLINE]

    @property
    def byline_below(self) -> bool:
        """Whether a byline stands under a headline of this gap."""
        return bool(self.heads) and any(
            i > self.heads[0] and (byline := self.gap[i].byline) is not None and byline.telling
            for i in self.bylines()
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """What the gaps of the whole text have in common."""

    listing: bool
    """Many short items: every headline begins one."""
    byline_below: bool
    """Dates stand under the headlines."""
    byline_above: bool
    """Dates stand over the headlines."""
    byline_under_text: bool
    """Dates stand under the items' texts."""
    mores: int
    """Links to the rest of a teaser."""
    day_headings: bool
    """A date stands as a heading over several items."""
    spacing: int
    """Blank lines between paragraphs."""
    plain: bool
    """Nothing in the text belongs to a page."""


def split_runs(lines: list[Line]) -> list[Run]:
    """`lines` as gaps with the body under each; a paragraph that stands twice in a row is kept once."""
    runs = [Run([])]
    for line in lines:
        if line.kind is not Kind.BODY:
            if runs[-1].body:
                runs.append(Run([]))
            runs[-1].gap.append(line)
        elif not runs[-1].body or runs[-1].body[-1].text != line.text:
            runs[-1].body.append(line)
        if line.more:
            runs.append(Run([Line("", Kind.MORE)]))
    _mark_repeated(runs)
    return runs


def _mark_repeated(runs: list[Run]) -> None:
    """Headlines that a page prints twice: in a list and over the text, or as "Title | Site" and "Title"."""
    seen: Counter[str] = Counter()
    gaps = Counter(key for run in runs for key in {line.key for line in run.gap if line.kind in _HEADS})
    for run in runs:
        here: Counter[str] = Counter()
        for line in run.gap:
            if line.kind not in _HEADS or len(line.text) > 160:
                continue
            names = {line.key, replace(line, text=_SITE.split(line.text)[0]).key}
            # What stands in every gap is the page's, not a headline printed twice.
            if gaps[line.key] < 3 and (line.kind is Kind.HEAD or not run.has(Kind.HEAD)):
                long = len(line.key.split()) >= 4
                again = here[line.key] and (long or line.kind is Kind.HEAD)
                if again or (long and seen[line.key]):
                    run.repeated = line.key
            for name in names:
                here[name] += 1
        seen.update(here)


def find_layout(runs: list[Run]) -> Layout:
    """What all the gaps together say about how the text was laid out."""
    headed = [run for run in runs if run.heads and run.body]
    lines = [line for run in runs for line in run.gap]
    before = sum(1 for r in headed[1:] if r.bylines() and not r.byline_below)
    after = sum(1 for r in headed[1:] if r.byline_below)
    first = headed[0] if headed else None
    if first and not first.bylines() and len(headed) > 2 and before + after >= 0.8 * (len(headed) - 1):
        before, after = (
            before + after,
            0,
        )  # the first headline has none over or under it: they close the texts
    above = before > after and first is not None and bool(first.bylines()) and not first.byline_below
    mores = sum(1 for line in lines if line.kind is Kind.MORE)
    blanks = [line.blanks for run in runs for line in run.body[1:]]
    return Layout(
        listing=_is_listing(headed, mores),
        byline_below=after >= 0.5 * len(headed) and not above,
        byline_above=above or (len(headed) <= 1 and first is not None and not first.byline_below),
        byline_under_text=before > after and not above,
        mores=mores,
        day_headings=above and _has_day_headings(headed),
        spacing=int(median(blanks)) if blanks else 1,
        plain=not any(line.kind in _PAGE_KINDS for line in lines) and not any(r.repeated for r in runs),
    )


def _has_day_headings(headed: list[Run]) -> bool:
    """Whether dates over headlines are fewer than those, so that each holds for all that follow it."""
    clocks = sum(run.gap[i].clock for run in headed for i in run.heads[-1:])
    dated = sum(bool(run.bylines()) for run in headed)
    return dated < len(headed) and (clocks >= 0.6 * len(headed) or dated < 0.6 * len(headed))


def _is_listing(headed: list[Run], mores: int) -> bool:
    """Whether every headline begins an item: short items, and headlines as long as headlines are."""
    later = headed[1:]
    if len(headed) >= 2 and mores >= 0.6 * len(headed) and all(len(r.body) <= 4 for r in later):
        return True
    if len(headed) < 3:
        return False
    if sum(run.gap[run.heads[-1]].clock for run in headed) >= 0.6 * len(headed):
        return True
    heads = [run.gap[run.heads[-1]].text for run in headed]
    if sum(h.endswith("?") or bool(_NUMBERED.match(h)) for h in heads[1:]) > 0.5 * len(later):
        return False
    if headed[0].bylines() and not any(r.bylines() for r in later) and not mores:
        return False
    words = median(len(h.split()) for h in heads)
    single = sum(len(r.body) == 1 for r in headed) / len(headed)
    short = sum(len(r.body) <= 2 for r in headed) / len(headed)
    return (words >= 6 and short >= 0.8) or (words >= 5 and single >= 0.8)


def starts_article(run: Run, layout: Layout) -> bool:
    """Whether `run` begins an article, and not only a section of the one before."""
    if any(line.field[0] in ("title", "headline") for line in run.gap):
        return True
    if not run.heads or not run.body:
        return False
    head = run.gap[run.heads[-1]]
    if run.repeated or layout.listing or run.byline_below:
        return True
    if run.bylines() and (layout.byline_above or layout.byline_under_text):
        return True
    place = run.heads[-1]
    marks = {line.kind for line in run.gap[:place]}
    if Kind.MORE in marks:
        return layout.mores >= 2 or any(_SURE_MORE.search(line.text) for line in run.gap[:place])
    if Kind.RELATED in marks:
        return len(run.heads) == 1 and len(run.body) <= 3
    if Kind.RULE in marks and head.kind is Kind.HEAD:
        return any(len(line.text) >= 10 for line in run.gap[:place] if line.kind is Kind.RULE)
    return head.kind is Kind.HEAD and head.blanks >= layout.spacing + 2 and len(head.text.split()) >= 4


def _is_menu(run: Run, place: int) -> bool:
    """Whether the label at `place` belongs to a row of them, or to the page's head."""
    row = [line.kind is Kind.LABEL for line in run.gap[max(0, place - 2) : place + 1]]
    behind = [line.kind for line in run.gap[place + 1 :]]
    return (len(row) == 3 and all(row)) or Kind.CHROME in behind


def title_place(run: Run, layout: Layout, first: bool) -> int | None:
    """Place in the gap of the article's headline, or None when it has none."""
    if not run.heads:
        return None
    if run.repeated:
        return max(i for i, line in enumerate(run.gap) if line.key == run.repeated)
    heads = run.heads
    if first and run.gap[heads[-1]].kind is Kind.LABEL and _is_menu(run, heads[-1]):
        return None
    if first and (layout.plain or (heads[0] == 0 and not layout.listing)):
        return heads[0]
    if run.byline_below and not layout.byline_above and not layout.byline_under_text:
        heads = [i for i in heads if i < run.bylines()[-1]]
    last = heads[-1]
    if len(heads) > 1 and heads[-2] == last - 1:
        upper, lower = (len(run.gap[i].text.split()) for i in heads[-2:])
        if upper >= 4 and lower >= 1.3 * upper and lower >= 9:
            return heads[-2]  # the lower one is a standfirst
    return last
