"""The one gate that every answer passes on its way out: what is quoted is exactly what an article says.

A citation stays only when its quote is the exact slice of the stored article version that it names, under
that article's own title. A sentence stays only when one of its citations carries it word for word; its other
citations must say nearly the same. Whatever fails is dropped and reported, and an answer with nothing left is
a refusal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from assistant.types import Answer, AnswerSentence, Citation, Reason
from assistant.wording import marked
from index import Article, NotFoundError, Problem

CONTEXT = 32
"""The most characters of a citation's prefix and suffix."""
NEARLY_SAME = 0.6
"""Share of common words (Dice) from which a merged citation says nearly the same as the sentence."""
NO_QUOTE_LEFT = "No quotation of this answer could be confirmed in the stored articles, so nothing is said."


class Texts(Protocol):
    """Where article versions are found; a `Generation` is one."""

    def article(self, article_id: str, text_sha256: str | None = None) -> Article:
        """The named version. Errors: NotFoundError."""


def gate(answer: Answer, texts: Texts) -> tuple[Answer, list[Problem]]:
    """The answer with every quotation checked, and what was wrong; an intact one comes back as it is."""
    problems: list[Problem] = []
    cited = _confirmed(answer.citations, texts, "citation", problems)
    nearest = tuple(_confirmed(answer.nearest, texts, "nearest", problems).values())
    sentences = _carried(answer.sentences, cited, problems) if answer.answered else ()
    if not answer.answered and (answer.sentences or answer.citations):
        problems.append(Problem("answer", "a refusal may not say or cite anything"))
    opening = _opening(answer, problems)
    if not {n for group in answer.groups for n in group} <= {c.number for c in answer.citations}:
        problems.append(Problem("groups", "they name a citation that the answer does not have"))
    if not problems:
        return answer, []
    if not sentences:
        return _refused(answer, nearest), problems
    grouped = {number for group in answer.groups for number in group}
    used = {number for sentence in sentences for number in sentence.citations} | grouped
    renumbered = {old: new for new, old in enumerate((n for n in cited if n in used), start=1)}
    return _closed_up(answer, opening, sentences, cited, renumbered, nearest), problems


def citation_problem(citation: Citation, texts: Texts) -> str | None:
    """What is wrong with a citation, in words, or None when it is exactly what the article says."""
    try:
        article = texts.article(citation.article_id, citation.text_sha256)
    except NotFoundError:
        return f"no stored version {citation.text_sha256[:12]}… of article {citation.article_id!r}"
    text, start, end = article.text, citation.start, citation.end
    if article.text_sha256 != citation.text_sha256:
        return "the text's hash is not that of the stored version"
    if not 0 <= start < end <= len(text):
        return f"the offsets {start} to {end} lie outside the article"
    if text[start:end] != citation.quote:
        return "the quote is not what the article says at its offsets"
    told = (citation.title, citation.publisher, citation.published, citation.url)
    if told != (article.title, article.publisher, article.published.iso, article.url):
        return "its title, publisher, date or address is not the article's"
    if not text[:start].endswith(citation.prefix) or len(citation.prefix) > CONTEXT:
        return "the words before the quote are not the article's"
    if not text[end:].startswith(citation.suffix) or len(citation.suffix) > CONTEXT:
        return "the words after the quote are not the article's"
    return None


def nearly_same(a: str, b: str) -> bool:
    """Whether two sentences share most of their words."""
    if a == b:
        return True
    left, right = (Counter(re.findall(r"\w+", text.lower())) for text in (a, b))
    size = left.total() + right.total()
    return size > 0 and 2 * (left & right).total() / size >= NEARLY_SAME


def _confirmed(
    citations: Iterable[Citation], texts: Texts, kind: str, problems: list[Problem]
) -> dict[int, Citation]:
    """The citations that hold, by number."""
    held: dict[int, Citation] = {}
    for place, citation in enumerate(citations, start=1):
        wrong = citation_problem(citation, texts)
        if wrong is None and citation.number != place:
            wrong = f"it is number {place} but calls itself {citation.number}"
        if wrong is None:
            held[citation.number] = citation
        else:
            problems.append(Problem(f"{kind} {place}", wrong))
    return held


def _carried(
    sentences: Iterable[AnswerSentence], cited: Mapping[int, Citation], problems: list[Problem]
) -> tuple[AnswerSentence, ...]:
    """The sentences that a citation carries word for word, with those of their citations that fit."""
    kept = []
    for place, sentence in enumerate(sentences, start=1):
        held = [n for n in dict.fromkeys(sentence.citations) if n in cited]
        fitting = tuple(n for n in held if nearly_same(sentence.text, cited[n].quote))
        if not any(cited[n].quote == sentence.text for n in fitting):
            problems.append(Problem(f"sentence {place}", "it is not the quote of any of its citations"))
            continue
        if fitting != sentence.citations:
            problems.append(Problem(f"sentence {place}", "not all of its citations hold or say the same"))
        kept.append(AnswerSentence(sentence.text, fitting))
    return tuple(kept)


def _opening(answer: Answer, problems: list[Problem]) -> str:
    """Parley's own words before the first sentence; what follows must be the sentences and nothing else."""
    if not answer.answered:
        return ""
    said = marked(answer.sentences)
    opening = answer.text[: len(answer.text) - len(said)]
    if not answer.text.endswith(said) or re.search(r"\[\d+\]", opening):
        problems.append(Problem("answer", "its text is not made of its sentences"))
        return ""
    return opening


def _closed_up(
    answer: Answer,
    opening: str,
    sentences: tuple[AnswerSentence, ...],
    cited: Mapping[int, Citation],
    renumbered: Mapping[int, int],
    nearest: tuple[Citation, ...],
) -> Answer:
    sentences = tuple(AnswerSentence(s.text, tuple(renumbered[n] for n in s.citations)) for s in sentences)
    groups = tuple(
        g for g in (tuple(renumbered[n] for n in g if n in renumbered) for g in answer.groups) if g
    )
    citations = tuple(replace(cited[old], number=new) for old, new in renumbered.items())
    return replace(
        answer,
        text=opening + marked(sentences),
        sentences=sentences,
        citations=citations,
        nearest=_numbered(nearest),
        groups=groups if len(groups) > 1 else (),
        newest_evidence=max((c.published for c in citations if c.published), default=None),
    )


def _refused(answer: Answer, nearest: tuple[Citation, ...]) -> Answer:
    refusal = replace(
        answer,
        answered=False,
        sentences=(),
        citations=(),
        nearest=_numbered(nearest),
        groups=(),
        suggestions=(),
        newest_evidence=None,
    )
    if not answer.answered:
        return refusal
    return replace(refusal, reason=Reason.WEAK_EVIDENCE, text=NO_QUOTE_LEFT, confidence=0.0)


def _numbered(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    return tuple(replace(c, number=n) for n, c in enumerate(citations, start=1))
