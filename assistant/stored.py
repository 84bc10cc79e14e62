"""Reads answers back: JSON as Parley printed it, one a line or in an export, Markdown, BibTeX.

What is read is only shaped here; `assistant.integrity` then says whether it is true. Markdown and BibTeX
carry every character of a quote in one line, escaped so that it can be read back exactly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.types import Answer, AnswerSentence, Citation, Collection
from index import UsageError

_BREAKS = "\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"  # whatever some reader takes for an end of line
_MARKDOWN = r"\`*_[]<>#|~$&"
_BIBTEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{c: rf"{{\{c}}}" for c in "$%#&_"},
    **{c: rf"{{\symbol{{{ord(c)}}}}}" for c in _BREAKS},
}
_BIBTEX_BACK = {written: c for c, written in _BIBTEX.items()}
_MARKERS = re.compile(r" ((?:\[\d+\])+)$")  # a bracket of the text itself is always escaped
_NOWHERE = Collection("", 0, 0, None, "")


def answer_from_json(value: object, where: str = "answer") -> Answer:
    """The answer in a JSON object of the answer contract. Errors: UsageError naming the field."""
    if not isinstance(value, Mapping):
        raise UsageError(f"{where} is not a JSON object", where)
    citations = tuple(citation_from_json(c, f"{where}.citations") for c in _list(value, "citations", where))
    nearest = tuple(
        citation_from_json(c, f"{where}.nearest") for c in _list(value, "nearest", where, required=False)
    )
    sentences = tuple(_sentence(s, where) for s in _list(value, "sentences", where))
    answered = value.get("answered")
    if not isinstance(answered, bool):
        raise UsageError(f"{where}.answered must be true or false", f"{where}.answered")
    notes = _list(value, "notes", where, required=False)
    return Answer(
        id=_text(value, "id", where),
        question=_text(value, "question", where),
        standalone_question=_text(value, "standalone_question", where, required=False),
        answered=answered,
        reason=None,
        text=_text(value, "answer", where),
        sentences=sentences,
        citations=citations,
        nearest=nearest,
        confidence=0.0,
        collection=_NOWHERE,
        timings_ms={},
        notes=tuple(str(n) for n in notes),
    )


def citation_from_json(value: object, where: str) -> Citation:
    """The citation in a JSON object of the answer contract. Errors: UsageError naming the field."""
    if not isinstance(value, Mapping):
        raise UsageError(f"{where}: a citation is not a JSON object", where)
    page = value.get("page")
    return Citation(
        number=_number(value, "number", where),
        article_id=_text(value, "article_id", where),
        title=_text(value, "title", where),
        publisher=_text_or_none(value, "publisher", where),
        published=_text_or_none(value, "published", where),
        url=_text_or_none(value, "url", where),
        quote=_text(value, "quote", where),
        start=_number(value, "start", where),
        end=_number(value, "end", where),
        prefix=_text(value, "prefix", where, required=False),
        suffix=_text(value, "suffix", where, required=False),
        text_sha256=_text(value, "text_sha256", where),
        page=page if isinstance(page, int) else None,
    )


def answers_from_markdown(text: str) -> list[Answer]:
    """The answers of a Markdown export. Errors: UsageError where a citation cannot be read."""
    answers = []
    for number, part in enumerate(re.split(r"(?m)^<!-- parley answer -->$", text)[1:], start=1):
        said, _, sources = part.partition("<!-- parley sources -->\n")
        sentences = tuple(_marked_line(line) for line in said.split("\n") if _MARKERS.search(line))
        citations = tuple(_markdown_citations(sources, f"answer {number}"))
        text_said = " ".join(f"{s.text} {''.join(f'[{n}]' for n in s.citations)}" for s in sentences)
        answered = "<!-- parley refusal -->" not in said
        answers.append(
            Answer(
                id=f"answer {number}",
                question="",
                standalone_question="",
                answered=answered,
                reason=None,
                text=text_said,
                sentences=sentences,
                citations=citations if answered else (),
                nearest=() if answered else citations,
                confidence=0.0,
                collection=_NOWHERE,
                timings_ms={},
            )
        )
    return answers


def citations_from_bibtex(text: str) -> list[Citation]:
    """The citations of a BibTeX export. Errors: UsageError where one cannot be read."""
    found = []
    for entry in re.split(r"(?m)^@", text)[1:]:
        key = entry.partition("{")[2].partition(",")[0]
        lines = re.findall(r"(?m)^ {2}([\w-]+) = \{(.*)\},?$", entry)
        fields: dict[str, object] = {name: from_bibtex(value) for name, value in lines}
        for name in ("start", "end", "number"):
            fields[name] = _whole(str(fields.get(f"parley-{name}", "")), f"{key}.parley-{name}")
        found.append(
            citation_from_json(
                {
                    **fields,
                    "quote": fields.get("annote"),
                    "publisher": fields.get("organization"),
                    "published": fields.get("date"),
                    "article_id": fields.get("parley-article"),
                    "text_sha256": fields.get("parley-sha256"),
                },
                key,
            )
        )
    return found


def to_markdown(text: str) -> str:
    """Text as one line of Markdown that shows it as it is; `from_markdown` gives it back exactly."""
    escaped = re.sub(f"([{re.escape(_MARKDOWN)}])", r"\\\1", text)
    escaped = re.sub(r"^(\d*)([-+.)=])", r"\1\\\2", escaped)  # no list, no heading
    return re.sub(f"[{_BREAKS}]|^ | $", lambda m: f"&#{ord(m[0])};", escaped)


def from_markdown(line: str) -> str:
    return re.sub(r"\\(.)|&#(\d+);", lambda m: m[1] if m[1] else chr(int(m[2])), line)


def to_bibtex(text: str) -> str:
    """Text as one line of a BibTeX value in balanced braces; `from_bibtex` gives it back exactly."""
    return "".join(_BIBTEX.get(c, c) for c in text)


def from_bibtex(value: str) -> str:
    known = "|".join(re.escape(written) for written in sorted(_BIBTEX_BACK, key=len, reverse=True))
    return re.sub(known, lambda m: _BIBTEX_BACK[m[0]], value)


def _markdown_citations(sources: str, where: str) -> Iterator[Citation]:
    pattern = r"(?m)^(\d+)\. (.*)\n {3}> (.*)\n {3}<!-- parley citation (\{.*\}) -->$"
    found = list(re.finditer(pattern, sources))
    if len(found) != sources.count("<!-- parley citation "):
        raise UsageError(f"{where}: a source's lines cannot be read", where)
    for match in found:
        try:
            fields = json.loads(match[4])
        except ValueError as error:
            raise UsageError(f"{where}: the record of source {match[1]} is not JSON", where) from error
        if not isinstance(fields, dict):
            raise UsageError(f"{where}: the record of source {match[1]} is not an object", where)
        citation = citation_from_json(
            {**fields, "number": int(match[1]), "quote": from_markdown(match[3])},
            f"{where}, source {match[1]}",
        )
        if source_line(citation) != match[2]:
            raise UsageError(f"{where}: source {match[1]} is not described as its record says", where)
        yield citation


def source_line(citation: Citation) -> str:
    """How a Markdown export describes a source."""
    parts = [f"**{to_markdown(citation.title)}**"]
    parts += [to_markdown(p) for p in (citation.publisher, citation.published) if p]
    if citation.page is not None:
        parts.append(f"page {citation.page}")
    if citation.url:
        parts.append(to_markdown(citation.url))
    return ", ".join(parts)


def _marked_line(line: str) -> AnswerSentence:
    match = _MARKERS.search(line)
    numbers = re.findall(r"\d+", match[1]) if match else []
    return AnswerSentence(from_markdown(line[: match.start()] if match else line), tuple(map(int, numbers)))


def _sentence(value: object, where: str) -> AnswerSentence:
    where = f"{where}.sentences"
    if not isinstance(value, Mapping):
        raise UsageError(f"{where}: a sentence is not a JSON object", where)
    numbers = _list(value, "citations", where)
    if not all(isinstance(n, int) and not isinstance(n, bool) for n in numbers):
        raise UsageError(f"{where}.citations must be numbers", where)
    return AnswerSentence(_text(value, "text", where), tuple(numbers))


def _list(value: Mapping[str, Any], name: str, where: str, required: bool = True) -> list[Any]:
    found = value.get(name, None if required else [])
    if not isinstance(found, list):
        raise UsageError(f"{where}.{name} must be a list", f"{where}.{name}")
    return found


def _text(value: Mapping[str, Any], name: str, where: str, required: bool = True) -> str:
    found = value.get(name, None if required else "")
    if not isinstance(found, str):
        raise UsageError(f"{where}.{name} must be a text", f"{where}.{name}")
    return found


def _text_or_none(value: Mapping[str, Any], name: str, where: str) -> str | None:
    return None if value.get(name) is None else _text(value, name, where)


def _number(value: Mapping[str, Any], name: str, where: str) -> int:
    found = value.get(name)
    if not isinstance(found, int) or isinstance(found, bool):
        raise UsageError(f"{where}.{name} must be a whole number", f"{where}.{name}")
    return found


def _whole(text: str, where: str) -> int:
    if not re.fullmatch(r"\d{1,12}", text):
        raise UsageError(f"{where} must be a whole number", where)
    return int(text)
