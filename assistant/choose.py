"""Chooses the sentences of an answer: how many, which, in what order, and which of them say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from assistant.evidence import Candidate, Evidence
from assistant.features import leans_back, word_count
from assistant.kinds import Kind
from assistant.outlets import named_outlets
from assistant.weights import number

FEWEST, MOST = 2, 3
"""Sentences of an answer, if there are so many, before one that a pronoun needs."""
MOST_OUTLETS = 4
"""Outlets of which an answer holds a sentence each, where the question names several."""
WORDS = number("answer_words")
"""About how long an answer is: a further sentence is said if that brings it nearer to this length."""
_ALIKE = 0.92  # cosine from which two sentences with mostly the same words say the same
_SAME_WORDS = 0.8  # share of their words that such sentences have in common
_FACTS = {Kind.PERSON, Kind.TIME, Kind.PLACE, Kind.NUMBER}
"""Kinds of questions that one sentence answers: it opens the answer more readily."""
_FLOOR = 6.0  # logits behind the best at which a sentence is not worth saying


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sentences to say, in order. Each group holds near-identical sentences, the one to say first."""

    groups: tuple[tuple[Candidate, ...], ...]


def choose(evidence: Evidence) -> Chosen:
    """The sentences that answer best. Same evidence, same choice: equals go by search rank and place.

    The best sentences are taken until the answer is about `WORDS` long. They are said article by article, the
    best one's first, in the order of the text; a sentence far better than the others opens the answer.
    """
    if not evidence.candidates:
        return Chosen(())
    worth = _worth(evidence.candidates)
    groups = _group(evidence, sorted(range(len(worth)), key=lambda i: (-worth[i], i)))
    taken = _one_of_each_outlet(evidence, groups)
    words = sum(word_count(evidence.candidates[groups[g][0]].text) for g in taken)
    for g, group in enumerate(groups):
        if g in taken:
            continue
        length = word_count(evidence.candidates[group[0]].text)
        enough = len(taken) >= FEWEST and abs(words + length - WORDS) > abs(words - WORDS)
        if len(taken) >= MOST or enough or worth[group[0]] < worth[groups[0][0]] - _FLOOR:
            break
        taken.append(g)
        words += length
    antecedents = _antecedents(evidence, groups, taken)
    said = [groups[g] for g in (*taken, *antecedents)]
    margin = number("lead_margin_of_facts" if evidence.asked.kind in _FACTS else "lead_margin")
    ordered = _in_order(evidence.candidates, said, worth, margin, bool(antecedents))
    return Chosen(tuple(tuple(evidence.candidates[i] for i in group) for group in ordered))


def _worth(candidates: Sequence[Candidate]) -> list[float]:
    """How much each sentence is wanted, as a logit: it answers, is near in meaning, of the best article."""
    likeness, other = number("worth_of_likeness"), number("cost_of_other_article")
    sure = [min(max(c.score, 1e-6), 1 - 1e-6) for c in candidates]
    own = [log(p / (1 - p)) + likeness * c.likeness for p, c in zip(sure, candidates, strict=True)]
    best = candidates[max(range(len(own)), key=lambda i: (own[i], -i))].article_id
    return [w - other * (c.article_id != best) for w, c in zip(own, candidates, strict=True)]


def _group(evidence: Evidence, order: Sequence[int]) -> list[list[int]]:
    """Candidates in groups that say the same, each led by its most wanted, the most wanted groups first."""
    alike = evidence.vectors @ evidence.vectors.T >= _ALIKE
    led_by: dict[int, list[int]] = {}
    for i in order:
        near = [lead for lead in led_by if alike[i, lead]] if alike[i].sum() > 1 else []
        for lead in near:
            words, others = _words(evidence, i), _words(evidence, lead)
            differ = words ^ others
            if any(c.isdigit() for word in differ for c in word):
                continue  # "killed 12" and "killed 15" do not say the same
            if len(differ) <= (1 - _SAME_WORDS) * len(words | others):
                led_by[lead].append(i)
                break
        else:
            led_by[i] = [i]
    return list(led_by.values())


def _words(evidence: Evidence, candidate: int) -> frozenset[str]:
    return frozenset(evidence.candidates[candidate].text.lower().split())


def _one_of_each_outlet(evidence: Evidence, groups: Sequence[Sequence[int]]) -> list[int]:
    """The best group of each outlet, where the question compares what several outlets report."""
    outlets = named_outlets(evidence.asked.text, evidence.publishers)
    taken: list[int] = []
    for outlet in outlets if len(outlets) > 1 else ():
        for g, group in enumerate(groups):
            if g not in taken and evidence.candidates[group[0]].publisher in outlet.publishers:
                taken.append(g)
                break
    return sorted(taken[:MOST_OUTLETS])


def _antecedents(evidence: Evidence, groups: Sequence[Sequence[int]], taken: Sequence[int]) -> list[int]:
    """The group of the sentence before the first taken one that opens with "He said" or the like."""
    place = {
        (evidence.candidates[i].passage_row, evidence.candidates[i].place): g
        for g, group in enumerate(groups)
        for i in group
    }
    for g in taken:
        candidate = evidence.candidates[groups[g][0]]
        before = place.get((candidate.passage_row, candidate.place - 1))
        if leans_back(candidate.text) and before is not None and before not in taken:
            return [before]
    return []


def _in_order(
    candidates: Sequence[Candidate],
    said: Sequence[list[int]],
    worth: Sequence[float],
    margin: float,
    leaning: bool,
) -> list[list[int]]:
    """The best article first, its sentences as they stand in it; one better by `margin` before all."""
    ranked = sorted(said, key=lambda group: (-worth[group[0]], group[0]))
    rank: dict[str, int] = {}
    for group in ranked:
        rank.setdefault(candidates[group[0]].article_id, len(rank))
    ordered = sorted(said, key=lambda g: (rank[candidates[g[0]].article_id], candidates[g[0]].start))
    lead = ranked[0]
    ahead = len(ranked) == 1 or worth[lead[0]] - worth[ranked[1][0]] > margin
    if ahead and not (leaning and leans_back(candidates[lead[0]].text)):
        ordered.remove(lead)
        ordered.insert(0, lead)
    return ordered
