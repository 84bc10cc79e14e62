"""Chooses the sentences of an answer: how many, which, in what order, and which of them say the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.evidence import Candidate, Evidence
from assistant.features import leans_back

MOST = 4
"""Sentences of an answer."""
_ALIKE = 0.92  # cosine from which two sentences with mostly the same words say the same


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sentences to say, in order. Each group holds near-identical sentences, the one to say first."""

    groups: tuple[tuple[Candidate, ...], ...]


def choose(evidence: Evidence) -> Chosen:
    """The sentences that answer best. Same evidence, same choice: equals go by search rank and place."""
    groups = _group(evidence)
    taken: list[int] = []
    for g in range(len(groups)):
        best = evidence.candidates[groups[0][0]].score
        score = evidence.candidates[groups[g][0]].score
        if len(taken) >= 3 or (taken and score < 0.35 * best):
            break
        taken.append(g)
    _bring_antecedents(evidence, groups, taken)
    said = [tuple(evidence.candidates[i] for i in groups[g]) for g in taken]
    return Chosen(tuple(_in_order(said)))


def _group(evidence: Evidence) -> list[list[int]]:
    """Candidates in groups that say the same, each led by its likeliest; groups likeliest first."""
    groups: list[list[int]] = []
    words = [frozenset(c.text.lower().split()) for c in evidence.candidates]
    alike = evidence.vectors @ evidence.vectors.T >= _ALIKE  # at once: one by one it is slow
    for i in range(len(evidence.candidates)):
        for group in groups:
            lead = group[0]
            if not alike[i, lead]:
                continue
            if len(words[i] & words[lead]) >= 0.8 * len(words[i] | words[lead]):
                group.append(i)
                break
        else:
            groups.append([i])
    return groups


def _bring_antecedents(evidence: Evidence, groups: list[list[int]], taken: list[int]) -> None:
    """Add the sentence before a chosen one that opens with "He said" or the like, while there is room."""
    place = {
        (evidence.candidates[i].passage_row, evidence.candidates[i].place): g
        for g, group in enumerate(groups)
        for i in group
    }
    for g in list(taken):
        candidate = evidence.candidates[groups[g][0]]
        before = place.get((candidate.passage_row, candidate.place - 1))
        if len(taken) < MOST and before is not None and before not in taken and leans_back(candidate.text):
            taken.append(before)


def _in_order(said: list[tuple[Candidate, ...]]) -> list[tuple[Candidate, ...]]:
    """The best article first, an article's sentences as they stand in it."""
    first: dict[str, int] = {}
    for n in np.argsort([-group[0].score for group in said], kind="stable"):
        first.setdefault(said[n][0].article_id, len(first))
    return sorted(said, key=lambda group: (first[group[0].article_id], group[0].start))
