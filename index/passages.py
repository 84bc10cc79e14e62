"""Passages: runs of whole sentences, near the size asked for, never longer than the model reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from index.types import Passage, Sentence

CountEach = Callable[[Sequence[str]], list[int]]


def split_passages(
    text: str,
    sentences: Sequence[Sentence],
    *,
    pieces: CountEach,
    window: int,
    tokens: CountEach,
    size: int,
) -> list[Passage]:
    """Cut an article into passages of about equal size.

    `pieces` counts what the model counts and `window` is its limit; `tokens` counts tiktoken tokens, of which
    `size` is aimed at. A sentence beyond the window becomes several passages, each with the whole sentence as
    its only one: the model reads all of it, and a quote of it is never cut.
    """
    texts = [text[s.start : s.end] for s in sentences]
    piece_counts, token_counts = pieces(texts), tokens(texts)
    total = sum(token_counts)
    aim = total / max(1, round(total / size))  # equal shares: no short remainder at the article's end
    passages: list[Passage] = []
    run: list[Sentence] = []
    run_pieces = run_tokens = 0.0

    def close() -> None:
        nonlocal run_pieces, run_tokens
        if run:
            passages.append(Passage(run[0].start, run[-1].end, tuple(run)))
            run.clear()
            run_pieces = run_tokens = 0.0

    for sentence, n_pieces, n_tokens in zip(sentences, piece_counts, token_counts, strict=True):
        if n_pieces > window:
            close()
            spans = _split_long(text, sentence.start, sentence.end, pieces, window)
            passages.extend(Passage(start, end, (sentence,)) for start, end in spans)
            continue
        if run and (run_pieces + n_pieces > window or run_tokens + n_tokens / 2 > aim):
            close()
        run.append(sentence)
        run_pieces += n_pieces
        run_tokens += n_tokens
    close()
    return passages


def _split_long(text: str, start: int, end: int, pieces: CountEach, window: int) -> list[tuple[int, int]]:
    """Halve a span, at a clause, a space or anywhere, in that order, until every part fits the window."""
    part = text[start:end]
    if len(part) < 2 or pieces([part])[0] <= window:
        return [(start, end)]
    middle = len(part) // 2
    for pattern in (r"[;:,،؛、，]\s*", r"\s+", r""):
        cuts = [
            m.end() for m in re.finditer(pattern, part) if len(part) // 4 <= m.end() <= len(part) * 3 // 4
        ]
        if cuts:
            cut = start + min(cuts, key=lambda at: abs(at - middle))
            break
    else:
        cut = start + middle
    left_end = start + len(text[start:cut].rstrip()) or cut
    right_start = end - len(text[cut:end].lstrip())
    return [
        *_split_long(text, start, max(left_end, start + 1), pieces, window),
        *_split_long(text, min(right_start, end - 1), end, pieces, window),
    ]
