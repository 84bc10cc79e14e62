"""What the command line shows a person: tables, answers, progress."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.progress import TaskID

    from assistant.evaluate import Scores
    from assistant.types import Answer, Citation, SearchResult
    from index import ArticleInfo, BuildReport, Status

_SHOWN = 20
"""Rows of a list of skipped files before the rest is counted only."""


def console() -> Console:
    return Console(soft_wrap=not sys.stdout.isatty(), highlight=False)


class Progress:
    """A bar for each stage on a terminal; elsewhere a plain line as a stage begins, then every 10 s."""

    def __init__(self, quiet: bool = False) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars

        self._quiet = quiet
        self._stage = ""
        self._task: TaskID | None = None
        self._printed = self._began = 0.0
        self._terminal = sys.stderr.isatty() and not quiet
        self._bars = Bars(
            TextColumn("{task.description:>10}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not self._terminal,
        )

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def update(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` (0 when unknown) are done in `stage`."""
        now = time.monotonic()
        new = stage != self._stage
        if new:
            self._stage, self._began, self._printed = stage, now, now
            self._task = self._bars.add_task(stage, total=total or None, rate="")
        rate = f"{done / (now - self._began):,.0f}/s" if now - self._began > 1 else ""
        if self._task is not None:
            self._bars.update(self._task, completed=done, total=total or None, rate=rate)
        if not self._quiet and not self._terminal and (new or now - self._printed > 10):
            self._printed = now
            of = f" {done:,} of {total:,}" if total else ""
            print(f"{stage}{of} {rate}".rstrip(), file=sys.stderr, flush=True)


def print_build(report: BuildReport, as_json: bool) -> None:
    if as_json:
        print(json.dumps(report.to_json(), ensure_ascii=False))
        return
    out = console()
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    rows: list[tuple[str, object]] = [
        ("Files read", report.files),
        ("  indexed", report.files - len(report.skipped)),
        ("  skipped", len(report.skipped)),
        ("Articles", report.articles),
        ("  undated", report.undated),
        ("  folded as copies", report.copies),
        ("Passages", report.passages),
        ("  embedded", report.embedded),
        ("  vectors reused", report.reused),
        ("  cut short", report.cut_passages),
        ("Sentences", report.sentences),
    ]
    for name, value in rows:
        table.add_row(name, f"{value:,}")
    for stage, seconds in report.stages.items():
        table.add_row(f"Time {stage}", f"{seconds:.1f} s")
    table.add_row("Time in all", f"{report.seconds:.1f} s")
    out.print(table)
    for skipped in report.skipped[:_SHOWN]:
        out.print(f"skipped {escape(skipped.file)}: {escape(skipped.reason)}", style="yellow")
    if len(report.skipped) > _SHOWN:
        out.print(f"… and {len(report.skipped) - _SHOWN} more; --json lists all", style="yellow")
    for note in report.notes[:_SHOWN]:
        out.print(f"in {escape(note.file)}: {escape(note.reason)}", style="yellow")
    out.print(f"Published generation {report.generation}.")


def print_answer(answer: Answer) -> None:
    out = console()
    if answer.standalone_question != answer.question:
        out.print(Text(f"Understood as: {answer.standalone_question}", style="dim"))
    for limit in answer.limits:
        ranked = {"latest": "Asks for the latest", "publisher": f"{limit.value} first"}
        what = ranked.get(limit.kind, f"Limited to {limit.kind} {limit.value}")
        out.print(Text(f"{what} (from “{limit.words}”)", style="dim"))
    out.print(Text(answer.text, style="" if answer.answered else "yellow"))
    for note in answer.notes:
        if not answer.text.startswith(note):
            out.print(Text(note, style="yellow"))
    if answer.missing:
        out.print(Text(f"Not found here: {'; '.join(answer.missing)}", style="yellow"))
    for citation in answer.citations or answer.nearest:
        _print_citation(out, citation, quote=not answer.answered)


def _print_citation(out: Console, citation: Citation, quote: bool) -> None:
    page = f"p. {citation.page}" if citation.page else None
    source = [citation.title, citation.publisher, citation.published, page, citation.url]
    line = " · ".join(part for part in source if part)
    out.print(
        Text(f"[{citation.number}] {line} ({citation.article_id} {citation.start}–{citation.end})", "cyan")
    )
    if quote:
        out.print(Text(f"    {citation.quote}"))


def print_results(results: Sequence[SearchResult]) -> None:
    out = console()
    for number, result in enumerate(results, 1):
        source = " · ".join(p for p in (result.title, result.publisher, result.published) if p)
        out.print(Text(f"{number}. {result.score:.3f} {source}", "cyan"))
        out.print(Text(f"   {result.text}\n"))
    if not results:
        out.print("Nothing found.")


def print_articles(infos: Sequence[ArticleInfo]) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in ("Published", "Publisher", "Title", "Id"):
        table.add_column(heading, overflow="fold")
    for info in infos:
        table.add_row(
            *(Text(str(v or "–")) for v in (info.published.iso, info.publisher, info.title, info.id))
        )
    out = console()
    out.print(table)
    out.print(f"{len(infos):,} articles")


def print_status(status: Status) -> None:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for name, value in status.to_json().items():
        shown = (
            ", ".join(map(str, value)) or "none"
            if isinstance(value, list)
            else "–"
            if value is None
            else str(value)
        )
        table.add_row(name.replace("_", " ").capitalize(), Text(shown))
    console().print(table)


def print_problems(problems: Sequence[Mapping[str, Any]]) -> None:
    out = console()
    for problem in problems:
        out.print(Text(": ".join(str(v) for v in problem.values() if v not in (None, "")), "red"))
    out.print(
        f"{len(problems):,} problems" if problems else "Everything checks: files, offsets and quotations."
    )


def print_scores(scores: Scores) -> None:
    scores.print(console())
