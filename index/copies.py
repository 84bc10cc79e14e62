"""Near-identical copies: wire reports, mirrored pages. The only file that touches datasketch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from index.types import Article

SIMILARITY = 0.8
"""Jaccard likeness of the word shingles above which two texts are one report."""
_PERMUTATIONS = 128
_SHINGLE = 4  # words
_FEWEST_WORDS = 20  # shorter texts are alike by chance


def find_copies(articles: Iterable[Article]) -> dict[str, str]:
    """For each copy, the id of the article that stands for its group: the earliest, then the longest.

    Articles are looked at one at a time; only their signatures are kept.
    """
    from datasketch import MinHash, MinHashLSH  # here: it imports half of scipy

    index = MinHashLSH(threshold=SIMILARITY, num_perm=_PERMUTATIONS)
    signatures: dict[str, MinHash] = {}
    order: dict[str, tuple[date, int, int]] = {}
    group: dict[str, str] = {}

    def root(key: str) -> str:
        while group[key] != key:
            key = group[key]
        return key

    for number, article in enumerate(articles):
        words = re.findall(r"\w+", unicodedata.normalize("NFKC", article.text).casefold())
        group[article.id] = article.id
        order[article.id] = (article.published.first or date.max, -len(article.text), number)
        if len(words) < _FEWEST_WORDS:
            continue
        signature = MinHash(num_perm=_PERMUTATIONS)
        shingles = {" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}
        signature.update_batch([s.encode() for s in shingles])
        for other in index.query(signature):
            if signature.jaccard(signatures[other]) >= SIMILARITY:
                one, two = sorted((root(article.id), root(other)), key=order.__getitem__)
                group[two] = one
        signatures[article.id] = signature
        index.insert(article.id, signature)
    return {key: root(key) for key in group if root(key) != key}
