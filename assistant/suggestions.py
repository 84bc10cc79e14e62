"""Questions to ask next, made from what was found, and questions for a first visit.

Made by a few safe templates around names and events that the collection itself uses, so that each is good
English and is answered by the sentence that it was made of. Rather none than a poor one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol

from index.lexical import terms
from index.sentences import split_sentences

if TYPE_CHECKING:
    from index import ArticleInfo, Generation

MOST = 3
_LOOKED_AT = 60
"""Sentences of the evidence that questions are made of."""
_TOO_LIKE = 0.6
"""Share of terms from which two questions ask the same."""

_PAST = {
    "accepted": "accept", "agreed": "agree", "announced": "announce", "brokered": "broker",
    "chaired": "chair", "declared": "declare",
    "demanded": "demand", "hosted": "host", "invited": "invite", "launched": "launch",
    "mediated": "mediate", "offered": "offer", "proposed": "propose", "ratified": "ratify",
    "recognised": "recognise", "recognized": "recognize", "rejected": "reject", "released": "release",
    "signed": "sign", "suspended": "suspend", "urged": "urge", "visited": "visit", "approved": "approve",
    "boycotted": "boycott", "endorsed": "endorse", "facilitated": "facilitate", "negotiated": "negotiate",
    "presented": "present", "received": "receive", "resigned": "resign", "withdrew": "withdraw",
}  # fmt: skip
_TITLE_PAST = _PAST | {
    "achieved": "achieve", "began": "begin", "came": "come", "contained": "contain", "discussed": "discuss",
    "ended": "end", "failed": "fail", "led": "lead", "meant": "mean", "opened": "open", "restored": "restore",
    "settled": "settle", "started": "start",
    "stopped": "stop",
}  # fmt: skip
_VAGUE = re.compile(
    r"\bthe\s+(?:\w+\s+)?(?:deal|package|agreement|accord|plan|region|text|proposal|draft|ceasefire|truce|law)s?\b"
    r"(?!\s+(?:of|for|between|with)\b)"
)
_NAMED = re.compile(
    r"(?<=[a-z] )(?<!and )[A-Z][\w’-]+(?: [A-Z][\w’-]+){1,4}(?=[ .]|’s)(?! [A-Z])(?! and [A-Z])"
)
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = rf"(?:(?:\d{{1,2}}\s+)?{_MONTH}(?:\s+\d{{1,2}},?)?\s+(?:19|20)\d{{2}}|(?:19|20)\d{{2}})"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w’-]*\w"
_NAME = rf"{_WORD}(?:\s+(?:(?:al|bin|van|de|of)\s)?{_WORD}){{0,3}}"
_NAMES = rf"(?:[Tt]he\s+)?{_NAME}(?:\s+and\s+(?:the\s+)?{_NAME})?"
_REST = r"(?P<rest>(?:the|a|an|its|[A-Z])[^.,;:!?()“”\"‘\n]{8,90}?)"
_VERB = rf"(?P<verb>{'|'.join(_PAST)})"
_END = r"(?:\.$|,\s+(?:which|who|after|before|but|when|while|where|ending|because|although|though)\b)"
_SOMEONE_DID = re.compile(rf"^(?P<who>{_NAMES})\s+{_VERB}\s+{_REST}(?:\s+(?:on|in)\s+{_DATE})?{_END}")
_THEN_SOMEONE_DID = re.compile(rf"^(?:On|In)\s+{_DATE},?\s+(?P<who>{_NAMES})\s+{_VERB}\s+{_REST}{_END}")
_EVENT_WAS = re.compile(
    r"^(?:[Tt]he\s+)?(?P<event>(?:[A-Z][\w’-]+\s+){1,4}(?:Agreement|Accords?|Treaty|Conference|Summit|Initiative|"
    r"Memorandum|Protocol|Declaration|Convention))\s+(?P<be>was|were)\s+(?P<done>signed|agreed|adopted|concluded|held)"
    rf"\b[^.]*?\b(?:on|in)\s+{_DATE}"
)
_SPOKE = re.compile(
    rf"(?P<name>{_WORD}(?:\s+{_WORD}){{1,2}})\s+(?:said|warned|argued|insisted|announced|stressed)\s+that\b"
)
_LEANS = re.compile(
    r"\b(?:he|she|it|its|they|his|her|hers|their|them|him|this|that|these|those|such|latter|former|also|there|who|which|"
    r"whom|whose|where|when|if|because|as|but|so|together|jointly|same|other|both)\b",
    re.I,
)
_NO_NAME = re.compile(
    r"^(?:The\s+)?(?:This|That|These|Those|His|Her|Its|Their|Our|It|He|She|They|We|You|There|Both|Neither|Each|All|"
    r"Some|Many|Most|Several|Other|Others|Another|Two|Three|Four|Five|Instead|However|Later|Then|Under|After|"
    rf"Before|During|Following|According|Meanwhile|Yet|And|But|For|In|On|At|{_MONTH})\b"
)


class Said(Protocol):
    """A sentence of the evidence."""

    @property
    def text(self) -> str: ...


def suggestions(evidence: Sequence[Said], question: str) -> tuple[str, ...]:
    """Up to three follow-up questions that sentences of the evidence answer, best evidence first.

    None asks again what the question asks.
    """
    texts = [said.text for said in evidence[:_LOOKED_AT]]
    made = chain((q for text in texts for q in _questions(text)), _about_names(texts))
    return tuple(islice(_unlike(made, [question]), MOST))


def example_questions(generation: Generation) -> tuple[str, ...]:
    """Up to three questions for a first visit, each answered by another article; always the same three."""
    infos = list(_spread(generation.articles()))
    told = (q for info in infos for q in islice(_of_article(generation, info), 1))
    made = chain(told, _about_names(generation.article(info.id).text[:6000] for info in infos[:_LOOKED_AT]))
    return tuple(islice(_unlike(made, []), MOST))


def _of_article(generation: Generation, info: ArticleInfo) -> Iterator[str]:
    yield from _of_title(info.title)
    text = generation.article(info.id).text[:6000]
    for sentence in split_sentences(text):
        yield from _questions(text[sentence.start : sentence.end])


def _of_title(title: str) -> Iterator[str]:
    """ "How the treaty was reached" asks: How was the treaty reached?"""
    if re.search(r"[:;?!,“”]", title):
        return
    if match := re.match(r"(How|Why|When|Where) (.{3,70}?) (was|were) (\w+(?:ed|en)\b.{0,40})$", title):
        yield f"{match[1]} {match[3]} {match[2]} {match[4]}?"
    elif match := re.match(
        rf"(How|Why|What|When) (.{{3,70}}?) ({'|'.join(_TITLE_PAST)})\b(.{{0,60}})$", title
    ):
        yield f"{match[1]} did {match[2]} {_TITLE_PAST[match[3]]}{match[4]}?"


def _about_names(texts: Iterable[str]) -> Iterator[str]:
    """Questions about names that at least two of the sentences hold, the most frequent first."""
    texts = list(texts)
    counts = Counter(name for text in texts for name in set(_NAMED.findall(text)))
    for name, count in counts.most_common(10):
        if count > 1 and not _NO_NAME.match(name):
            alone = rf"{re.escape(name)}\b(?! [A-Z])"
            the = any(re.search(rf"\b[Tt]he {alone}", text) for text in texts)
            yield f"What do the articles say about {'the ' if the else ''}{name}?"


def _questions(sentence: str) -> Iterator[str]:
    """The questions that the templates make of a sentence, safest first."""
    sentence = " ".join(sentence.split())
    if match := _EVENT_WAS.match(sentence):
        yield f"When {match['be']} the {match['event']} {match['done']}?"
    if (match := _THEN_SOMEONE_DID.match(sentence)) and _stands_alone(match):
        yield f"When did {_lower_the(match['who'])} {_PAST[match['verb']]} {match['rest']}?"
    if (match := _SOMEONE_DID.match(sentence)) and _stands_alone(match):
        yield f"Who {match['verb']} {match['rest']}?"
    for match in _SPOKE.finditer(sentence):
        if not _NO_NAME.match(match["name"]):
            yield f"What did {match['name']} say?"


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether who and what can be understood without the sentence before."""
    rest = match["rest"]
    if _VAGUE.search(rest) or not re.search(rf"\s{_WORD}", f" {rest}"):
        return False
    return not _LEANS.search(rest) and not _NO_NAME.match(match["who"])


def _lower_the(words: str) -> str:
    return re.sub(r"^The\b", "the", words)


def _unlike(questions: Iterable[str], asked: Sequence[str]) -> Iterator[str]:
    """The questions that share no more than half of their terms with those before them."""
    before = [set(terms(q)) for q in asked]
    for question in questions:
        held = set(terms(question))
        if all(len(held & other) < _TOO_LIKE * len(held) for other in before):
            before.append(held)
            yield question


def _spread(infos: Sequence[ArticleInfo]) -> Iterator[ArticleInfo]:
    """All articles, newest first, in three strides: questions come from all parts of the list."""
    own = [i for i in infos if i.copy_of is None]
    ordered = sorted(own, key=lambda i: (i.published.iso or "", i.id), reverse=True)
    step = max(1, len(ordered) // MOST)
    for offset in range(step):
        yield from ordered[offset::step]
