"""The few words that Parley says in its own name, and how an answer's sentences are strung together."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.types import Answer, AnswerSentence, Citation, Collection, Reason, SearchResult
from index import UNDATED, Filters, Generation, PassageHit

_MONTHS = tuple(calendar.month_name)  # 1 is January


def marked(sentences: Sequence[AnswerSentence]) -> str:
    """The sentences, each followed by its markers: "… signed. [1] … left. [2][3]"."""
    return " ".join(_marked(s) for s in sentences)


def pieces(answer: Answer) -> list[str]:
    """The answer's text cut for streaming, a marked sentence at a time; joined, it is `answer.text`."""
    opening = answer.text.removesuffix(marked(answer.sentences)) if answer.answered else answer.text
    said = [_marked(s) for s in answer.sentences]
    return [p for p in (opening, *(s + " " for s in said[:-1]), *said[-1:]) if p]


def refuse(answer: Answer, reason: Reason, nearest: tuple[Citation, ...] = (), sure: float = 0.0) -> Answer:
    """`answer` made into a refusal that says so and what the collection covers."""
    says = {
        Reason.NO_ARTICLES: "The collection holds no articles yet. Run `parley rebuild PATH` to add some.",
        Reason.FILTERED_OUT: "No article is within these limits.",
        Reason.NO_MATCH: "The collection has nothing on this.",
        Reason.WEAK_EVIDENCE: "The articles in the collection do not answer this.",
    }
    words = [says[reason]]
    if answer.collection.articles:
        words.append(covers(answer.collection))
    if nearest:
        words.append("The nearest sentences are shown, for checking.")
    return replace(
        answer,
        answered=False,
        reason=reason,
        text=" ".join(words),
        sentences=(),
        citations=(),
        nearest=nearest,
        confidence=sure,
    )


def covers(collection: Collection) -> str:
    """What the collection covers, in one sentence."""
    outlets = _count(collection.publishers, "outlet") if collection.publishers else "unnamed outlets"
    first, last = spoken(collection.oldest_article), spoken(collection.newest_article)
    dated = f", dated {first} to {last}" if first != last else f", dated {first}" if first else ", undated"
    return f"It covers {_count(collection.articles, 'article')} from {outlets}{dated}."


def open_with_caveat(answer: Answer, wants_latest: bool, dropped: int) -> Answer:
    """Open with the age of the evidence where the question asks for the latest, and say what was left out."""
    notes = list(answer.notes)
    text = answer.text
    if answer.answered and wants_latest:
        evidence = spoken(answer.newest_evidence)
        newest = spoken(answer.collection.newest_article)
        caveat = (
            f"The newest evidence for this is of {evidence}; the newest article here is of {newest}."
            if evidence
            else "The articles that answer this carry no date, so how recent it is cannot be told."
        )
        notes.insert(0, caveat)
        text = f"{caveat} {text}"
    if answer.groups:
        notes.append("Reports differ.")
    if dropped:
        notes.append(
            f"{_count(dropped, 'quotation')} left out: not found word for word in the stored article."
        )
    return replace(answer, text=text, notes=tuple(notes))


def collection(generation: Generation, as_of: date | None) -> Collection:
    """The state of the collection; as of a day, later articles are not counted either."""
    newest, oldest, publishers = generation.newest, generation.oldest, set(generation.publishers)
    articles, passages = generation.article_count, generation.passage_count
    if as_of:
        seen = generation.matching(Filters(as_of=as_of))
        dated = [a.published for a in seen]  # no undated article passes
        newest = max(dated, key=lambda d: d.last or date.min, default=UNDATED)
        oldest = min(dated, key=lambda d: d.first or date.max, default=UNDATED)
        publishers = {a.publisher for a in seen if a.publisher}
        articles, passages = len(seen), generation.visible_passages(Filters(as_of=as_of))
    return Collection(
        generation=generation.id,
        articles=articles,
        passages=passages,
        newest_article=newest.iso,
        built_at=generation.built_at,
        oldest_article=oldest.iso,
        publishers=len(publishers),
    )


def search_result(generation: Generation, hit: PassageHit) -> SearchResult:
    """A passage with its article's title, publisher and date."""
    article = generation.article(hit.article_id)
    text = article.text[hit.start : hit.end]
    return SearchResult(
        article.id,
        article.title,
        article.publisher,
        article.published.iso,
        hit.start,
        hit.end,
        text,
        hit.score,
    )


def spoken(iso: str | None) -> str | None:
    """ "1 December 2023", "December 2023" or "2023"."""
    if iso is None:
        return None
    year, *rest = iso.split("-")
    words = [year, *(_MONTHS[int(m)] for m in rest[:1]), *(str(int(d)) for d in rest[1:])]
    return " ".join(reversed(words))


def _marked(sentence: AnswerSentence) -> str:
    return f"{sentence.text} {''.join(f'[{n}]' for n in sentence.citations)}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
