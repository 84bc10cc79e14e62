"""How sure the collection answers a question at all: a calibrated probability, and where to refuse."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt

from assistant.evidence import Evidence
from assistant.kinds import Kind
from assistant.measures import MEASURES
from assistant.mismatch import MISMATCHES, mismatch
from assistant.weights import Trees, load_trees, number

SIGNALS = (
    "likeness",  # of the sentence nearest in meaning
    "likeness_third",
    "overlap",  # share of the question's terms, weighted by rarity, in one of the best sentences
    "near_overlap",  # in one of them with its neighbours and title
    "passage_overlap",  # in a passage with its title
    "uncovered",  # share of the question's terms that no gathered passage holds
    "names_lost",  # share of its names that no gathered passage holds
    "names_apart",  # share of its names and numbers, by rarity, that no one gathered passage holds together
    "kind_shown",  # one of the best sentences holds what the question word asks for
    "kind_unshown",
    "unknown_outlet",  # it asks for the report of an outlet that the collection has nothing of
    "length",  # logarithm of the question's words
    "collection",  # logarithm of the collection's passages: among many, something is near by chance
    "fragment",  # the best sentence is a heading or residue
    *MISMATCHES,  # of the best sentence
)
_BEST = 3  # sentences that are looked at
_NAME = r"[A-Z][\w.&'’-]*(?: (?:of |the )?[A-Z][\w.&'’-]*){0,4}"
_REPORT = r"(?:articles?|reports?|story|stories|piece|coverage"
_OUTLET = re.compile(
    rf"(?:according to|{_REPORT}|analysis) (?:by|from|in)|(?:reported|published|stated|discussed|noted"
    rf"|mentioned) (?:by|in))"
    rf" (?:an? |the )?(?:articles? (?:by|from|in) )?(?:the )?(?P<before>{_NAME})"
    rf"|(?P<after>{_NAME})(?:['’]s)? {_REPORT}|reporting)\b"
)


def confidence(evidence: Evidence) -> float:
    """Probability, 0 to 1, that the gathered sentences answer the question; 0 when there are none."""
    if not evidence.candidates:
        return 0.0
    return _weights().probability(signals(evidence).tolist())


def signals(evidence: Evidence) -> npt.NDArray[np.float64]:
    """What the confidence is made of, `(len(SIGNALS),)`. At least one candidate is needed."""
    asked, lead = evidence.asked, evidence.candidates[0]
    column = dict(zip(MEASURES, evidence.measures.T, strict=True))
    likeness = np.sort(column["likeness"])[::-1]
    best = slice(0, _BEST)
    everything = frozenset[str]().union(*evidence.passages)
    kind_known, shown = asked.kind is not Kind.OTHER, bool(column["kind_shown"][best].any())
    own = [
        likeness[0],
        likeness[min(2, len(likeness) - 1)],
        column["overlap"][best].max(),
        column["near_overlap"][best].max(),
        max(asked.overlap(p) for p in evidence.passages),
        1 - asked.overlap(everything),
        len(asked.names - asked.held(everything)) / len(asked.names) if asked.names else 0.0,
        _apart(evidence),
        kind_known and shown,
        kind_known and not shown,
        names_unknown_outlet(asked.text, evidence.publishers),
        np.log1p(asked.words),
        np.log(np.clip(evidence.collection, 10, 2000)),
        column["fragment"][0],
    ]
    against = mismatch(asked, lead.text, evidence.around(lead))
    return np.concatenate([np.array(own, np.float64), against])


def _apart(evidence: Evidence) -> float:
    asked = evidence.asked
    weights = {t: w for t, w in asked.weights.items() if t in asked.names or t.isdigit()}
    named = replace(asked, weights=weights)
    return 1 - max(named.overlap(passage) for passage in evidence.passages) if weights else 0.0


def names_unknown_outlet(question: str, publishers: tuple[str, ...]) -> bool:
    """Whether it asks for the report of an outlet of which the collection has nothing."""
    if not publishers:
        return False
    known = " | ".join(publishers).lower()
    for match in _OUTLET.finditer(question):
        name = re.sub(r"['’]s$", "", match["before"] or match["after"])
        name = re.sub(r"^the ", "", name, flags=re.I).lower()
        if len(name) > 2 and name not in known and not any(p.lower() in name for p in publishers):
            return True
    return False


THRESHOLD = number("threshold")
"""Below this confidence the question is refused."""


@cache
def _weights() -> Trees:
    return load_trees("confidence", SIGNALS)
