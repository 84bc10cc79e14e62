"""Questions put to whole collections and to small parts of them, with the evidence that is gathered.

In a small part most questions of the set are about something else, as a person's questions may be; in the
whole set the unanswerable ones are about an article that is there.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from answering.sets import MULTIHOP, Asked, EvaluationSet, Part, Searchable
from assistant import evidence
from assistant.measures import MEASURES
from assistant.question import prefer, understand
from assistant.weights import Logistic
from index import Library, Settings, Vectors
from index.build import rebuild

HITS = 20
SIZES = (8, 12, 15, 15, 20, 30, 60, 120) * 5
"""Articles of the small parts of a set."""
EACH = 12
"""Questions on each part's articles, and as many on others."""
_PLAIN = {"likeness": 8.0, "overlap": 3.0}
_UNLEARNED = Logistic(
    MEASURES,
    np.zeros(len(MEASURES)),
    np.ones(len(MEASURES)),
    np.array([_PLAIN.get(name, 0.0) for name in MEASURES]),
    0.0,
)
"""Orders what is gathered for learning, so that new weights do not depend on those before them."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A question, the evidence gathered for it, and how much of the answer each candidate holds."""

    task: str
    question: Asked
    answerable: bool
    evidence: evidence.Evidence
    held: npt.NDArray[np.float64]

    @property
    def group(self) -> str:
        """Questions of one group are never split between learning and measuring."""
        return self.question.gold[0] if self.question.gold else self.question.id


def gather(
    task: str,
    collection: Searchable,
    questions: Iterable[tuple[Asked, Vectors]],
    answerable: Callable[[Asked], bool] = lambda q: q.answerable,
) -> list[Item]:
    """Search and gather as the assistant does."""
    out = []
    for q, vector in questions:
        preferred = understand(q.text, collection.publishers, None).preferred
        hits = collection.search(q.text, vector, k=5 * HITS if preferred else HITS)
        publishers = {hit.article_id: collection.article(hit.article_id).publisher for hit in hits}
        hits = prefer(hits, publishers, preferred)[:HITS]
        found = evidence.gather(collection, q.text, vector, hits, scorer=_UNLEARNED)  # type: ignore[arg-type]
        can = answerable(q)
        held = np.array([q.holds(c) if can else 0.0 for c in found.candidates])
        out.append(Item(task, q, can, found, held))
    return out


def whole(source: EvaluationSet) -> list[Item]:
    """Every question over the set's whole collection."""
    return gather(source.name, source.generation, zip(source.questions, source.vectors, strict=True))


def parts(source: EvaluationSet, seed: int = 5) -> list[Item]:
    """Questions over small random parts of the set: half of them on articles that are not there."""
    generator = random.Random(f"{source.name} {seed}")
    articles = [a.id for a in source.generation.articles() if a.copy_of is None]
    out = []
    for size in SIZES:
        taken = set(generator.sample(articles, size))
        part = Part(source, sorted(taken))
        inside = [i for i, q in enumerate(source.questions) if _inside(q, taken, source.name)]
        outside = [i for i, q in enumerate(source.questions) if q.gold and not taken & set(q.gold)]
        picked = generator.sample(inside, min(EACH, len(inside))) + generator.sample(outside, EACH)
        asked = [(source.questions[i], source.vectors[i]) for i in picked]
        out += gather(
            f"parts of {source.name}", part, asked, lambda q, t=taken: q.answerable and bool(t & set(q.gold))
        )
    return out


def gold_given(source: EvaluationSet) -> list[Item]:
    """Each answerable question over its gold passage alone."""
    out = []
    for q, vector in zip(source.questions, source.vectors, strict=True):
        if q.answerable:
            out += gather("gold passage", Part(source, [q.gold[0]]), [(q, vector)])
    return out


def briefs(articles: Path, cache: Path) -> list[Item]:
    """Questions on the project's own sample collection."""
    settings = Settings(index=cache / "briefs")
    rebuild(settings, [articles])
    lines = Path(__file__).with_name("brief_questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [_brief(json.loads(line)) for line in lines]
    library = Library(settings)
    vectors = library.embedder.encode_questions([q.text for q in asked])
    with library.lease() as generation:
        return gather("briefs", generation, zip(asked, vectors, strict=True))


def _inside(question: Asked, taken: set[str], name: str) -> bool:
    held = taken & set(question.gold)
    return len(held) > 1 if name == MULTIHOP else bool(held)


def _brief(record: dict[str, object]) -> Asked:
    wanted: Sequence[str] = record["must_contain"]  # type: ignore[assignment]
    return Asked(
        str(record["id"]), str(record["question"]), bool(record["answerable"]), tuple(wanted), (), (), ()
    )
