"""Scores an assistant on a file of questions with known answers: `parley eval FILE.jsonl`.

One JSON object a line. Only `question` is required; what else is given decides which figures it counts in:
`answerable` (default true), `must_contain` (texts, all in the answer), `answers` (any of these), `article`
(title) or `evidence` (`[{"doc_id", "text"}]`: article ids, and the sentences that answer where known),
`history`, `filters`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console
from rich.table import Table

from assistant.metrics import Share, holds, ndcg, percentile, plain, rouge_l
from assistant.requests import read_line, read_question
from assistant.types import Answer, Question, SearchResult
from index import UsageError
from index.sentences import split_sentences

DEPTH = 10
"""How many articles of a search count."""


class Asked(Protocol):
    """What is scored; an `Assistant` is one."""

    def ask(self, asked: Question) -> Answer: ...
    def search(self, asked: Question, k: int = 10) -> list[SearchResult]: ...


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what is known about its answer."""

    question: Question
    answerable: bool
    must_contain: tuple[str, ...]
    answers: tuple[str, ...]
    articles: frozenset[str]
    """Ids or titles of the articles that hold the answer; empty when not given."""
    sentences: tuple[str, ...]
    """The sentences that answer; empty when not given."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of an evaluation. A figure without a case is None, or a share of 0."""

    questions: int
    hit: Mapping[int, Share]
    """By depth: an article that holds the answer is among the first so many."""
    ndcg: float | None
    match: Share
    """Answerable questions whose answer holds what it must."""
    rouge_l: float | None
    """Mean over questions with reference answers; a refusal counts 0."""
    citation_precision: Share
    """Citations that hold the known answer or are one of the known sentences."""
    citation_recall: Share
    """Known sentences that are cited; where only the answer's words are known, questions that cite them."""
    refusal_precision: Share
    refusal_recall: Share
    latency_ms: Mapping[str, float]

    def to_json(self) -> dict[str, Any]:
        return {
            "questions": self.questions,
            "hit": {str(k): share.to_json() for k, share in self.hit.items()},
            f"ndcg@{DEPTH}": None if self.ndcg is None else round(self.ndcg, 4),
            "answer_match": self.match.to_json(),
            "rouge_l": None if self.rouge_l is None else round(self.rouge_l, 4),
            "citation_precision": self.citation_precision.to_json(),
            "citation_recall": self.citation_recall.to_json(),
            "refusal_precision": self.refusal_precision.to_json(),
            "refusal_recall": self.refusal_recall.to_json(),
            "latency_ms": {name: round(ms, 1) for name, ms in self.latency_ms.items()},
        }

    def print(self, console: Console) -> None:
        """The figures as a table."""
        table = Table("Figure", "Value", "95 % interval", "Cases", box=None, pad_edge=False)
        shares = [(f"hit@{k}", share) for k, share in self.hit.items()]
        shares += [
            ("answer match", self.match),
            ("citation precision", self.citation_precision),
            ("citation recall", self.citation_recall),
            ("refusal precision", self.refusal_precision),
            ("refusal recall", self.refusal_recall),
        ]
        for name, share in shares:
            if share.value is not None:
                low, high = share.interval
                table.add_row(name, f"{share.value:.3f}", f"{low:.3f} to {high:.3f}", f"{share.of:,}")
        for name, mean in ((f"nDCG@{DEPTH}", self.ndcg), ("ROUGE-L", self.rouge_l)):
            if mean is not None:
                table.add_row(name, f"{mean:.3f}", "", "")
        for name, ms in self.latency_ms.items():
            table.add_row(f"latency {name}", f"{ms:.1f} ms", "", f"{self.questions:,}")
        console.print(table)


@dataclass(frozen=True, slots=True)
class _Result:
    case: Case
    answer: Answer
    found: tuple[str, ...]
    """Articles in search order, each once, as the case names them."""
    milliseconds: float


def evaluate_file(assistant: Asked, path: Path) -> Scores:
    """The scores on a file of questions. Errors: UsageError naming the line."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    cases = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                cases.append(read_case(read_line(line)))
            except UsageError as error:
                raise UsageError(f"{path}, line {number}: {error}", error.field) from error
    if not cases:
        raise UsageError(f"{path} holds no question")
    return evaluate(assistant, cases)


def evaluate(assistant: Asked, cases: Sequence[Case]) -> Scores:
    """Ask every question and score the answers."""
    assistant.ask(cases[0].question)  # opens the index and loads the model: not counted
    return score([_run(assistant, case) for case in cases])


def read_case(record: Mapping[str, Any]) -> Case:
    """A question with its known answer from a line of the file. Errors: UsageError naming the field."""
    answerable = record.get("answerable", True)
    if not isinstance(answerable, bool):
        raise UsageError("answerable must be true or false", "answerable")
    evidence = record.get("evidence") or []
    if not isinstance(evidence, list) or not all(isinstance(e, Mapping) for e in evidence):
        raise UsageError("evidence must be a list of objects", "evidence")
    title = record.get("article")
    articles = {str(e["doc_id"]) for e in evidence if e.get("doc_id")} | ({str(title)} if title else set())
    texts = [str(e["text"]) for e in evidence if e.get("text")]
    sentences = [text[s.start : s.end] for text in texts for s in split_sentences(text)]
    return Case(
        read_question(record),
        answerable,
        _texts(record, "must_contain"),
        _texts(record, "answers"),
        frozenset(articles),
        tuple(sentences),
    )


def score(results: Sequence[_Result]) -> Scores:
    """The figures of answered questions."""
    known = [r for r in results if r.case.answerable]
    placed = [r for r in known if r.case.articles]
    told = [r for r in known if r.case.answers or r.case.must_contain]
    worded = [r for r in known if r.case.answers]
    refused = [r for r in results if not r.answer.answered]
    unanswerable = [r for r in results if not r.case.answerable]
    rightly = sum(not r.case.answerable for r in refused)
    precision, recall = _citations(known)
    times = [r.milliseconds for r in results]
    return Scores(
        questions=len(results),
        hit={k: Share(sum(_hits(r, k) for r in placed), len(placed)) for k in (1, 3, DEPTH)},
        ndcg=_mean(ndcg(r.found, set(r.case.articles), DEPTH) for r in placed),
        match=Share(sum(_matches(r) for r in told), len(told)),
        rouge_l=_mean(max(rouge_l(a, _said(r.answer)) for a in r.case.answers) for r in worded),
        citation_precision=precision,
        citation_recall=recall,
        refusal_precision=Share(rightly, len(refused)),
        refusal_recall=Share(rightly, len(unanswerable)),
        latency_ms={f"p{share}": percentile(times, share / 100) for share in (50, 95, 99)},
    )


def _run(assistant: Asked, case: Case) -> _Result:
    began = time.perf_counter()
    answer = assistant.ask(case.question)
    taken = (time.perf_counter() - began) * 1000
    found: dict[str, None] = {}
    if case.articles:
        for result in assistant.search(case.question, 5 * DEPTH):
            found[result.title if result.title in case.articles else result.article_id] = None
    return _Result(case, answer, tuple(found), taken)


def _hits(result: _Result, depth: int) -> bool:
    return not result.case.articles.isdisjoint(result.found[:depth])


def _said(answer: Answer) -> str:
    return " ".join(s.text for s in answer.sentences)


def _matches(result: _Result) -> bool:
    """Whether the answer holds every text that it must, and one of the known answers."""
    said, case = _said(result.answer), result.case
    return all(holds(said, text) for text in case.must_contain) and (
        not case.answers or bool(case.must_contain) or any(holds(said, text) for text in case.answers)
    )


def _citations(results: Sequence[_Result]) -> tuple[Share, Share]:
    """Precision and recall of the cited sentences, over the questions that say which sentences answer."""
    right = cited = found = wanted = 0
    for result in results:
        case, quotes = result.case, [c.quote for c in result.answer.citations]
        short = case.must_contain or case.answers
        if case.sentences:
            right += sum(any(_same(quote, s) for s in case.sentences) for quote in quotes)
            found += sum(any(_same(quote, s) for quote in quotes) for s in case.sentences)
            wanted += len(case.sentences)
        elif short:
            hits = [any(holds(quote, text) for text in short) for quote in quotes]
            right, found, wanted = right + sum(hits), found + any(hits), wanted + 1
        else:
            continue
        cited += len(quotes)
    return Share(right, cited), Share(found, wanted)


def _same(quote: str, sentence: str) -> bool:
    """Whether two sentences are one, split or spaced differently."""
    a, b = plain(quote).split(), plain(sentence).split()
    if not a or not b:
        return False
    shorter, longer = sorted((" ".join(a), " ".join(b)), key=len)
    return f" {shorter} " in f" {longer} " and 2 * len(shorter) > len(longer)


def _texts(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = record.get(name) or []
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise UsageError(f"{name} must be a list of texts", name)
    return tuple(found)


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None
