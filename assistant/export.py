"""Answers as documents to keep, and the check that what is kept is what the articles say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.integrity import Texts, citation_problem, gate
from assistant.stored import (
    answer_from_json,
    answers_from_markdown,
    citation_from_json,
    citations_from_bibtex,
    source_line,
    to_bibtex,
    to_markdown,
)
from assistant.types import Answer, Citation
from assistant.wording import marked
from index import Problem, UsageError

KIND = "parley-answers"
"""Marks a JSON export."""


class Format(StrEnum):
    """The kinds of document."""

    MARKDOWN = "markdown"
    JSON = "json"
    BIBTEX = "bibtex"
    CSL = "csl"


FORMATS = tuple(f.value for f in Format)


def export_answers(answers: Sequence[Mapping[str, Any]], format: str) -> str:  # noqa: A002  the word of the API
    """Answers (JSON objects of the answer contract) as one document with quotes, offsets and hashes.

    Errors: UsageError for an unknown format, or an answer that is not of the contract.
    """
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}; known: {', '.join(FORMATS)}", "format")
    read = [answer_from_json(a, f"answers[{i}]") for i, a in enumerate(answers)]
    if format == Format.JSON:
        return _json({"kind": KIND, "version": 1, "answers": list(answers)})
    if format == Format.CSL:
        return _json([_csl(c, key) for key, c in _keyed(read)])
    if format == Format.BIBTEX:
        return "\n".join(_bibtex(c, key) for key, c in _keyed(read))
    return "\n".join(_markdown(a) for a in read)


def check_export(data: str | bytes, texts: Texts) -> list[Problem]:
    """What is wrong with stored answers: what `ask --json` or `ask --batch` printed, or an export.

    Every quote, offset, hash and sentence is compared with the stored articles.
    """
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        answers, citations = _read(text)
    except UnicodeDecodeError:
        return [Problem("file", "it is not UTF-8 text")]
    except UsageError as error:
        return [Problem(error.field or "file", str(error))]
    problems = [
        Problem(f"answer {i}, {problem.where}", problem.what)
        for i, answer in enumerate(answers, start=1)
        for problem in [*gate(answer, texts)[1], *_foreign_words(answer)]
    ]
    for i, citation in enumerate(citations, start=1):
        wrong = citation_problem(citation, texts)
        if wrong:
            problems.append(Problem(f"citation {i}", wrong))
    return problems


def check_file(path: Path, texts: Texts) -> list[Problem]:
    """What is wrong with a file of stored answers. Errors: UsageError when it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    return check_export(data, texts)


def _foreign_words(answer: Answer) -> list[Problem]:
    """An answer may open with one of its notes, and with nothing else that no article says."""
    opening = answer.text.removesuffix(marked(answer.sentences)).strip() if answer.answered else ""
    if opening and opening not in answer.notes:
        return [Problem("answer", "it opens with words that are neither a quote nor one of its notes")]
    return []


def _read(text: str) -> tuple[list[Answer], list[Citation]]:
    """The answers or loose citations in a document of any known kind. Errors: UsageError."""
    if "<!-- parley answer -->" in text:
        return answers_from_markdown(text), []
    if re.match(r"\s*@\w+\{", text):
        return [], citations_from_bibtex(text)
    try:
        values = [json.loads(text)]
    except ValueError:
        values = _json_lines(text)
    if len(values) == 1 and isinstance(values[0], list):
        values = values[0]
        if values and all(isinstance(v, dict) and "custom" in v for v in values):
            return [], [_from_csl(v, i) for i, v in enumerate(values, start=1)]
    if len(values) == 1 and isinstance(values[0], dict) and values[0].get("kind") == KIND:
        inside = values[0].get("answers")
        if not isinstance(inside, list):
            raise UsageError("answers must be a list", "answers")
        values = inside
    if not values:
        raise UsageError("there is no answer in it")
    return [answer_from_json(v, f"answer {i}") for i, v in enumerate(values, start=1)], []


def _json_lines(text: str) -> list[Any]:
    values = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                values.append(json.loads(line))
            except ValueError as error:
                raise UsageError(
                    f"line {number} is not JSON, and the file is no export that Parley knows",
                    f"line {number}",
                ) from error
    return values


def _keyed(answers: Iterable[Answer]) -> list[tuple[str, Citation]]:
    """Every citation of the answers under a key of its own; the same place of the same text only once."""
    places = {
        (c.article_id, c.text_sha256, c.start, c.end): c for a in answers for c in (*a.citations, *a.nearest)
    }
    out, taken = [], set()
    for citation in places.values():
        words = re.findall(r"[a-z0-9]+", f"{citation.publisher or ''} {citation.title}".lower())
        base = "-".join([*words[:4], *(citation.published or "").split("-")[:1]]).strip("-") or "source"
        key = f"{base}-{citation.start}"
        while key in taken:
            key += "a"
        taken.add(key)
        out.append((key, citation))
    return out


def _markdown(answer: Answer) -> str:
    sources = answer.citations if answer.answered else answer.nearest
    lines = [f"## {to_markdown(' '.join(answer.question.split()))}", ""]
    lines += [f"> {to_markdown(note)}\n" for note in answer.notes]
    lines.append("<!-- parley answer -->")
    if answer.answered:
        numbers = ["".join(f"[{n}]" for n in s.citations) for s in answer.sentences]
        lines += [f"{to_markdown(s.text)} {n}" for s, n in zip(answer.sentences, numbers, strict=True)]
    else:
        lines += ["<!-- parley refusal -->", to_markdown(answer.text)]
    lines += ["", "### Sources" if answer.answered else "### Nearest sentences", "<!-- parley sources -->"]
    for citation in sources:
        record = {k: v for k, v in citation.to_json().items() if k not in ("number", "quote")}
        lines += [
            f"{citation.number}. {source_line(citation)}",
            f"   > {to_markdown(citation.quote)}",
            f"   <!-- parley citation {_comment(record)} -->",
        ]
    return "\n".join(lines) + "\n"


def _comment(record: Mapping[str, object]) -> str:
    """JSON that cannot end the comment it stands in."""
    return json.dumps(record, ensure_ascii=True).replace("-", r"\u002d").replace(">", r"\u003e")


def _bibtex(citation: Citation, key: str) -> str:
    fields = {
        "title": citation.title,
        "organization": citation.publisher,
        "date": citation.published,
        "url": citation.url,
        "annote": citation.quote,
        "parley-number": str(citation.number),
        "parley-article": citation.article_id,
        "parley-start": str(citation.start),
        "parley-end": str(citation.end),
        "parley-sha256": citation.text_sha256,
    }
    lines = [f"  {name} = {{{to_bibtex(value)}}}," for name, value in fields.items() if value is not None]
    return "\n".join([f"@online{{{key},", *lines, "}", ""])


def _csl(citation: Citation, key: str) -> dict[str, object]:
    item: dict[str, object] = {"id": key, "type": "article-newspaper", "title": citation.title}
    if citation.publisher:
        item["container-title"] = citation.publisher
    if citation.published:
        item["issued"] = {"date-parts": [[int(p) for p in citation.published.split("-")]]}
    if citation.url:
        item["URL"] = citation.url
    return {**item, "custom": citation.to_json()}


def _from_csl(item: Mapping[str, Any], number: int) -> Citation:
    where = f"item {number}"
    citation = citation_from_json(item["custom"], where)
    if {**item, "id": ""} != _csl(citation, ""):
        raise UsageError(f"{where}: it is not described as its own record says", where)
    return citation


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
