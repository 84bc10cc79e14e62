"""The command line. Libraries behind a command are imported when it runs: `parley --help` answers at once."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.errors import ParleyError, UsageError
from index.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.types import Question
    from index.types import Filters

app = typer.Typer(
    name="parley",
    help="Answers questions about peace negotiations with sentences of news articles.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

IndexOption = Annotated[
    Path | None,
    typer.Option("--index", metavar="DIR", help="The index folder (also PARLEY_INDEX; default .parley)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
PublisherOption = Annotated[
    list[str] | None,
    typer.Option("--publisher", metavar="NAME", help="Only articles of this publisher (repeatable)."),
]
SinceOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only articles published on or after this day.")
]
UntilOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only articles published on or before this day.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Answer as on this day: later articles are hidden completely."),
]
BatchOption = Annotated[
    Path | None,
    typer.Option(
        "--batch", metavar="FILE.jsonl", help="Answer many, one JSON line each (- for standard input)."
    ),
]


def main() -> None:
    """Entry point. Exit codes: 0 done (a refusal is an answer), 1 failed, 2 wrong usage."""
    try:
        app()
    except UsageError as error:
        _fail(error, 2)
    except ParleyError as error:
        _fail(error, 1)
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away (`parley … | head`): nobody is left to tell
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _fail(error: ParleyError, code: int) -> None:
    print(f"parley: {error}", file=sys.stderr)
    sys.exit(code)


_state: dict[str, Path | None] = {"index": None}


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"parley {version('parley')}")
        raise typer.Exit


@app.callback()
def common(
    index: IndexOption = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    _state["index"] = index


def _settings(given: Path | None) -> Settings:
    """The settings of this run: the option after the command, before it, the environment, parley.toml."""
    settings = load_settings()
    chosen = given or _state["index"]
    return replace(settings, index=chosen) if chosen else settings


@app.command()
def rebuild(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders of articles.")] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read articles, build an index and publish it. Unchanged articles keep their vectors.

    Without PATH, the paths of the last rebuild are read again.
    """
    from assistant.report import Progress, print_build
    from index import rebuild as build

    with Progress(quiet=as_json) as progress:
        report = build(_settings(index), paths or [], progress=progress.update)
    print_build(report, as_json)


@app.command()
def add(
    addresses: Annotated[list[str], typer.Argument(help="Web addresses of pages or feeds.")],
    index: IndexOption = None,
    allow_private: Annotated[
        bool, typer.Option(help="Allow addresses on this machine and in private networks.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Fetch pages or feeds into articles/added, then rebuild."""
    from assistant.report import Progress, print_build
    from index import add as add_addresses

    with Progress(quiet=as_json) as progress:
        report = add_addresses(
            _settings(index), addresses, allow_private=allow_private, progress=progress.update
        )
    print_build(report, as_json)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    index: IndexOption = None,
    publisher: PublisherOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    batch: BatchOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question with cited sentences, or say that the articles do not."""
    from assistant.report import print_answer
    from assistant.types import Question

    filters = _filters(publisher, since, until, as_of)
    with _assistant(index) as assistant:
        if batch:
            _run_batch(batch, filters, lambda q: assistant.ask(q).to_json())
            return
        answer = assistant.ask(Question(_given(question), filters=filters))
        _print_json(answer.to_json()) if as_json else print_answer(answer)


@app.command()
def search(
    text: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    index: IndexOption = None,
    publisher: PublisherOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
    batch: BatchOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the passages nearest to a text, best first."""
    from assistant.report import print_results
    from assistant.types import Question

    def found(q: Question) -> dict[str, Any]:
        return {"id": q.id, "results": [r.to_json() for r in assistant.search(q, k)]}

    filters = _filters(publisher, since, until, as_of)
    with _assistant(index) as assistant:
        if batch:
            _run_batch(batch, filters, found)
            return
        results = assistant.search(Question(_given(text), filters=filters), k)
        _print_json({"results": [r.to_json() for r in results]}) if as_json else print_results(results)


@app.command()
def chat(
    index: IndexOption = None,
    publisher: PublisherOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_of: AsOfOption = None,
) -> None:
    """Talk in the terminal; follow-up questions are understood. An empty line or Ctrl-D ends."""
    from assistant.report import print_answer
    from assistant.types import Question, Turn

    filters = _filters(publisher, since, until, as_of)
    history: tuple[Turn, ...] = ()
    with _assistant(index) as assistant:
        assistant.warm()
        while text := _read_line():
            answer = assistant.ask(Question(text, history, filters))
            print_answer(answer)
            history = (*history, Turn(text, answer.text))[-20:]


@app.command()
def articles(
    index: IndexOption = None,
    text: Annotated[bool, typer.Option("--text", help="With --json: each article's text too.")] = False,
    changed: Annotated[
        bool, typer.Option("--changed", help="Only those changed since the last rebuild.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List the articles of the collection."""
    from assistant.report import print_articles
    from index import Library

    library = Library(_settings(index))
    with library.lease() as generation:
        infos = [a for a in generation.articles() if a.changed or not changed]
        if not as_json:
            print_articles(infos)
            return
        rows = []
        for info in infos:
            row = info.to_json()
            if text:
                row["text"] = generation.article(info.id).text
            rows.append(row)
        _print_json({"articles": rows})
    library.close()


@app.command()
def status(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Show the state of the index: counts, freshness, model, what is degraded."""
    from assistant.report import print_status
    from index import status as read_status

    state = read_status(_settings(index))
    _print_json(state.to_json()) if as_json else print_status(state)


@app.command()
def verify(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Stored answers and exports to check as well.")
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Re-check every file, offset and quote of the index, and of stored answers and exports."""
    from assistant.export import check_file
    from assistant.report import print_problems
    from index import Library
    from index import verify as verify_index

    settings = _settings(index)
    problems = [p.to_json() for p in verify_index(settings)]
    if files:
        library = Library(settings)
        with library.lease() as generation:
            problems += [{"file": str(f), **p.to_json()} for f in files for p in check_file(f, generation)]
        library.close()
    if as_json:
        _print_json({"ok": not problems, "problems": problems})
    else:
        print_problems(problems)
    if problems:
        raise typer.Exit(1)


@app.command("eval")
def evaluate(
    file: Annotated[
        Path, typer.Argument(help="Questions, one JSON object a line (the README has the format).")
    ],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Score the assistant on a file of questions."""
    from assistant.evaluate import evaluate_file
    from assistant.report import print_scores

    with _assistant(index) as assistant:
        scores = evaluate_file(assistant, file)
    _print_json(scores.to_json()) if as_json else print_scores(scores)


@app.command()
def serve(
    index: IndexOption = None,
    host: Annotated[
        str, typer.Option(help="Address to listen on; others than loopback need a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    token_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File with the access token (also PARLEY_TOKEN).")
    ] = None,
) -> None:
    """Serve the web chat and the JSON API."""
    _upper_layer("serve")(_settings(index), host=host, port=port, token_file=token_file)


@app.command()
def mcp(
    index: IndexOption = None,
    http: Annotated[
        bool, typer.Option("--http", help="Serve over HTTP on loopback, not standard input.")
    ] = False,
    host: Annotated[str, typer.Option(help="Address to listen on with --http.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on with --http.")] = 8001,
) -> None:
    """Serve the tools ask, search and get_article to programs that speak the Model Context Protocol."""
    _upper_layer("mcp")(_settings(index), http=http, host=host, port=port)


def _upper_layer(name: str) -> Callable[..., None]:
    """What the layer above registered: this one may not import it."""
    (entry,) = entry_points(group="parley.commands", name=name)
    run: Callable[..., None] = entry.load()
    return run


@contextmanager
def _assistant(index: Path | None) -> Iterator[Assistant]:
    from assistant.assistant import Assistant
    from index import Library

    settings = _settings(index)
    # One question is too little work to share: on a busy machine two threads wait for each other.
    library = Library(replace(settings, threads=settings.threads or 1))
    try:
        yield Assistant(library)
    finally:
        library.close()


def _filters(
    publishers: list[str] | None, since: str | None, until: str | None, as_of: str | None
) -> Filters:
    from assistant.requests import read_filters

    given = {"publishers": publishers or [], "since": since, "until": until, "as_of": as_of}
    return read_filters({name: value for name, value in given.items() if value})


def _run_batch(path: Path, filters: Filters, answer: Callable[[Question], dict[str, Any]]) -> None:
    """Answer each line as it is read. A bad line gets an error line of its own; the others are answered."""
    from assistant.requests import read_line, read_question

    bad = 0
    with _open_lines(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            given_id: object = None
            try:
                record = read_line(line)
                given_id = record.get("id")
                result = answer(read_question(record, filters))
                _print_json(result if given_id is None else {**result, "id": given_id})
            except UsageError as error:
                bad += 1
                _print_json(
                    {"id": given_id, "error": {"code": "bad_line", "message": f"line {number}: {error}"}}
                )
    if bad:
        raise ParleyError(f"{bad} of the lines of {path} could not be used; each has its reason in its place")


@contextmanager
def _open_lines(path: Path) -> Iterator[Iterator[str]]:
    if str(path) == "-":
        yield iter(sys.stdin)
        return
    try:
        file = path.open(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}); give a file of JSON lines") from error
    with file:
        yield iter(file)


def _given(text: str | None) -> str:
    if text is None or not text.strip():
        raise UsageError('give a question, e.g. parley ask "Who mediated the talks?", or --batch FILE.jsonl')
    return text


def _read_line() -> str:
    try:
        return input("\n> " if sys.stdin.isatty() else "").strip()
    except EOFError:
        return ""


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
