"""How sure the collection answers a question at all: a calibrated probability, and where to refuse."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from assistant.evidence import MEASURES, Evidence
from assistant.features import Kind
from assistant.mismatch import MISMATCHES, mismatch
from assistant.weights import Logistic, load, number

SIGNALS = (
    "likeness",  # of the sentence nearest in meaning
    "likeness_second",
    "likeness_third",
    "passage_likeness",
    "passage_margin",  # how far the best passage is ahead of the others
    "score",  # of the sentence that answers best, as choosing sees it
    "score_second",
    "overlap",  # share of the question's terms in the best of the answering sentences, weighted by rarity
    "near_overlap",  # in a sentence with its neighbours and title
    "passage_overlap",  # in the best passage with its title
    "title_overlap",
    "uncovered",  # share of the question's terms that no gathered passage holds
    "names_held",  # share of the question's names in the best passage, 1 when it names nothing
    "names_lost",  # share of its names that no gathered passage holds
    "numbers_lost",  # share of its numbers that the best passage lacks
    "kind_shown",  # one of the likeliest sentences holds what the question word asks for
    "kind_unshown",
    "unknown_outlet",  # it asks for the report of an outlet that the collection has nothing of
    "length",  # logarithm of the question's words
    "collection",  # logarithm of the collection's passages: among many, something is near by chance
    "fragment",  # the best sentence is a heading or residue
    *MISMATCHES,  # of the sentence that answers best
)
_OUTLET = re.compile(
    r"(?:according to|(?:articles?|reports?|story|stories|piece|analysis|coverage) (?:by|from|in)|(?:reported|published|"
    r"stated|discussed|noted|mentioned) (?:by|in)) (?:an? |the )?(?:articles? (?:by|from|in) )?(?:the )?"
    r"(?P<before>[A-Z][\w.&'’-]*(?: (?:of |the )?[A-Z][\w.&'’-]*){0,4})"
    r"|(?P<after>[A-Z][\w.&'’-]*(?: (?:of |the )?[A-Z][\w.&'’-]*){0,4})(?:['’]s)? (?:articles?|reports?|reporting|story|coverage|piece)\b"
)


def confidence(evidence: Evidence) -> float:
    """Probability, 0 to 1, that the gathered sentences answer the question; 0 when there are none."""
    if not evidence.candidates:
        return 0.0
    return float(_weights().probability(signals(evidence)[None])[0])


def signals(evidence: Evidence) -> npt.NDArray[np.float64]:
    """What the confidence is made of, `(len(SIGNALS),)`. At least one candidate is needed."""
    asked = evidence.asked
    columns = {name: evidence.measures[:, i] for i, name in enumerate(MEASURES)}
    likeness = _best(columns["likeness"], 3)
    score = _best(np.array([c.score for c in evidence.candidates]), 2)
    dense = _best(np.array([_dense(columns, i) for i in range(len(evidence.candidates))]), 1)
    per_hit = sorted({round(_dense(columns, i), 6) for i in range(len(evidence.candidates))}, reverse=True)
    top = min(3, len(evidence.candidates))
    everything = frozenset[str]().union(*evidence.passages)
    best_hit = evidence.passages[evidence.candidates[0].hit_rank]
    names = asked.names
    kind_known = asked.kind is not Kind.OTHER
    shown = bool(columns["kind_shown"][:top].any())
    lead = evidence.candidates[0]
    against = mismatch(asked, lead.text, evidence.around(lead), best_hit)
    return np.array(
        [
            *likeness,
            dense[0],
            per_hit[0] - float(np.mean(per_hit[1:4])) if len(per_hit) > 1 else 0.0,
            *score,
            columns["overlap"][:top].max(),
            columns["near_overlap"][:top].max(),
            max(asked.overlap(p) for p in evidence.passages),
            columns["title_overlap"][0],
            1 - asked.overlap(everything),
            len(names & asked.held(best_hit)) / len(names) if names else 1.0,
            len(names - asked.held(everything)) / len(names) if names else 0.0,
            1 - columns["numbers"][:top].max() if asked.numbers else 0.0,
            kind_known and shown,
            kind_known and not shown,
            names_unknown_outlet(asked.text, evidence.publishers),
            np.log1p(asked.words),
            np.log(np.clip(evidence.collection, 10, 2000)),
            columns["fragment"][0],
            *against,
        ],
        dtype=np.float64,
    )


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


def _best(values: npt.NDArray[np.float64], count: int) -> list[float]:
    """The `count` highest values, highest first, the last repeated where there are fewer."""
    ordered = np.sort(values)[::-1][:count].tolist()
    return ordered + ordered[-1:] * (count - len(ordered))


def _dense(columns: dict[str, npt.NDArray[np.float64]], i: int) -> float:
    return float(columns["passage_likeness"][i])


@cache
def _weights() -> Logistic:
    return load("confidence", SIGNALS)
