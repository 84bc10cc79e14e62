"""Alters answers in every way that could misquote, and counts what passes the gate of quotations altered.

`python benchmarks/integrity.py [CASES]` prints the counts; 10,000 cases take a few seconds and need no model.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.export import FORMATS, check_export, export_answers
from assistant.integrity import gate
from assistant.types import Answer, AnswerSentence, Citation, Collection
from assistant.wording import marked
from index import Article, NotFoundError

_AWKWARD = (
    "“Peace,” said… ﬁnal\u00a0talks 🇺🇳 👩🏽‍🚀 e\u0301té السلام [1] [2] {x} \\n don’t Kyiv 12,500 May 3, <b> "
    "*bold* _it_ & | `code` #1 > ~ $5 % \u2028 \u200f \t \r\n \n\n # - 1. @misc{a, }"
)
WORDS = tuple(_AWKWARD.split(" "))
ENDS = (". ", "! ", "?” ", ".\n\n", "。", "… ")


class Shelf:
    """Articles in memory, each in two versions."""

    def __init__(self, chance: random.Random, count: int = 6) -> None:
        self.current: dict[str, Article] = {}
        self._stored: dict[tuple[str, str], Article] = {}
        for n in range(count):
            for _ in range(2):
                text = "".join(sentence(chance) for _ in range(chance.randint(2, 8)))
                article = Article(
                    f"a{n}", f"Title {n} {chance.choice(WORDS)}", text, chance.choice([None, "The Post"])
                )
                self._stored[article.id, article.text_sha256] = self.current[article.id] = article

    def article(self, article_id: str, text_sha256: str | None = None) -> Article:
        found = (
            self.current.get(article_id)
            if text_sha256 is None
            else self._stored.get((article_id, text_sha256))
        )
        if found is None:
            raise NotFoundError(f"no article {article_id}")
        return found


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(3, 14))) + chance.choice(ENDS)


def true_answer(chance: random.Random, shelf: Shelf) -> Answer:
    """An answer whose every quote is exact."""
    citations = tuple(true_citation(chance, shelf, n) for n in range(1, chance.randint(2, 5)))
    sentences = tuple(AnswerSentence(c.quote, (c.number,)) for c in citations)
    return Answer(
        id="x", question="Who?", standalone_question="Who?", answered=True, reason=None,
        text=marked(sentences),
        sentences=sentences, citations=citations, nearest=(), confidence=0.9, timings_ms={},
        collection=Collection("g", len(shelf.current), 1, None, ""),
    )  # fmt: skip


def true_citation(chance: random.Random, shelf: Shelf, number: int) -> Citation:
    article = chance.choice(list(shelf.current.values()))
    start = chance.randrange(len(article.text) - 1)
    end = chance.randint(start + 1, min(len(article.text), start + 160))
    text = article.text
    return Citation(
        number, article.id, article.title, article.publisher, article.published.iso, article.url,
        text[start:end], start, end, text[max(0, start - 32) : start], text[end : end + 32],
        article.text_sha256,
    )  # fmt: skip


def altered(text: str, chance: random.Random) -> str:
    """A text that differs: a character gone, doubled, replaced, of another case or another normal form."""
    at = chance.randrange(len(text))
    options = [
        text[:at] + text[at + 1 :],
        text[: at + 1] + text[at:],
        text[:at] + chance.choice("xÉ \u00a0“n’t") + text[at + 1 :],
        text.swapcase(),
        text.replace("’", "'").replace("“", '"'),
        text.replace("\u00a0", " "),
        text + " not",
        text[::-1],
    ]
    return next((o for o in chance.sample(options, len(options)) if o != text), text + "x")


@dataclass(frozen=True, slots=True)
class Alteration:
    """One way of making an answer false."""

    name: str
    apply: Callable[[Answer, random.Random, Shelf], Answer]


def _in_citation(name: str, change: Callable[[Citation, random.Random, Shelf], Citation]) -> Alteration:
    def apply(answer: Answer, chance: random.Random, shelf: Shelf) -> Answer:
        at = chance.randrange(len(answer.citations))
        made = list(answer.citations)
        made[at] = change(made[at], chance, shelf)
        return replace(answer, citations=tuple(made))

    return Alteration(name, apply)


def _sentence(answer: Answer, chance: random.Random, shelf: Shelf) -> Answer:
    at = chance.randrange(len(answer.sentences))
    made = list(answer.sentences)
    made[at] = replace(made[at], text=altered(made[at].text, chance))
    return replace(answer, sentences=tuple(made), text=marked(made))


def _both(answer: Answer, chance: random.Random, shelf: Shelf) -> Answer:
    at = chance.randrange(len(answer.sentences))
    text = altered(answer.sentences[at].text, chance)
    sentences, citations = list(answer.sentences), list(answer.citations)
    sentences[at] = replace(sentences[at], text=text)
    citations[at] = replace(citations[at], quote=text)
    return replace(answer, sentences=tuple(sentences), citations=tuple(citations), text=marked(sentences))


ALTERATIONS = (
    _in_citation("quote", lambda c, r, s: replace(c, quote=altered(c.quote, r))),
    _in_citation("start", lambda c, r, s: replace(c, start=c.start + r.choice([-3, -1, 1, 2, 10_000]))),
    _in_citation("end", lambda c, r, s: replace(c, end=c.end + r.choice([-2, -1, 1, 5, -10_000]))),
    _in_citation("hash", lambda c, r, s: replace(c, text_sha256=altered(c.text_sha256, r))),
    _in_citation("article", lambda c, r, s: replace(c, article_id=r.choice(["a0x", "nobody", ""]))),
    _in_citation("title", lambda c, r, s: replace(c, title=altered(c.title, r))),
    _in_citation("publisher", lambda c, r, s: replace(c, publisher="The Other Post")),
    _in_citation("prefix", lambda c, r, s: replace(c, prefix=c.prefix + "x")),
    _in_citation("number", lambda c, r, s: replace(c, number=c.number + r.choice([-1, 1, 7]))),
    Alteration("sentence", _sentence),
    Alteration("sentence and quote", _both),
    Alteration("text", lambda a, r, s: replace(a, text=altered(a.text, r) + " He lied. [1]")),
)  # fmt: skip


def misquotes(answer: Answer, shelf: Shelf) -> int:
    """How many quotes or sentences are not exactly in the article they name; without the gate."""
    wrong = 0
    for c in (*answer.citations, *answer.nearest):
        article = next((a for a in shelf.current.values() if a.id == c.article_id), None)
        wrong += article is None or article.text[c.start : c.end] != c.quote or article.title != c.title
    quotes = {c.number: c.quote for c in answer.citations}
    wrong += sum(s.text not in [quotes.get(n) for n in s.citations] for s in answer.sentences)
    said = " ".join(s.text + " " + "".join(f"[{n}]" for n in s.citations) for s in answer.sentences)
    return wrong + (answer.answered and answer.text != said)


def run(cases: int, seed: int = 1) -> Counter[str]:
    """Counts over so many altered answers, each with the alterations of one or two kinds."""
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    for case in range(cases):
        if case % 100 == 0:
            shelf = Shelf(chance)
        answer = true_answer(chance, shelf)
        kept, problems = gate(answer, shelf)
        counts["true answers dropped or changed"] += kept != answer or bool(problems)
        bad = answer
        for alteration in chance.sample(ALTERATIONS, chance.choice([1, 1, 2])):
            bad = alteration.apply(bad, chance, shelf)
        kept, problems = gate(bad, shelf)
        counts["altered answers"] += 1
        counts["not reported"] += not problems
        counts["altered quotes left"] += misquotes(kept, shelf)
        counts["refused"] += not kept.answered
        if case % 20 == 0:
            for name in FORMATS:
                written = export_answers([answer.to_json()], name)
                counts["exports"] += 1
                counts["true exports with a problem"] += bool(check_export(written.encode(), shelf))
                try:
                    written = export_answers([_both(answer, chance, shelf).to_json()], name)
                except ValueError:
                    continue
                counts["altered exports not found"] += not check_export(written.encode(), shelf)
    return counts


if __name__ == "__main__":
    for name, count in run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000).items():
        print(f"{name:36}{count:8,}")
