"""Passages: whole sentences, within the window, of about equal size, nothing lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import HashingEmbedder, Sentence
from index.passages import split_passages
from index.sentences import split_sentences

PIECES = HashingEmbedder().count_pieces


def words(texts: list[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def split(text: str, window: int = 254, size: int = 60) -> list:
    return split_passages(text, split_sentences(text), pieces=PIECES, window=window, tokens=words, size=size)


def test_a_short_article_is_one_passage_of_all_its_sentences():
    text = "The talks began. They ended on Friday. Nobody spoke."
    (passage,) = split(text)
    assert [text[s.start : s.end] for s in passage.sentences] == [
        "The talks began.",
        "They ended on Friday.",
        "Nobody spoke.",
    ]
    assert (passage.start, passage.end) == (0, len(text))


def test_passages_share_an_article_equally_instead_of_leaving_a_remainder():
    text = " ".join(f"Delegate number {i} spoke for ten minutes in the hall." for i in range(14))
    sizes = [len(text[p.start : p.end].split()) for p in split(text, size=70)]
    assert len(sizes) == 2
    assert max(sizes) - min(sizes) <= 10


def test_no_passage_is_longer_than_the_window_even_when_asked_to():
    text = " ".join(f"Delegate number {i} spoke for ten minutes in the hall." for i in range(40))
    for passage in split(text, window=50, size=500):
        assert PIECES([text[passage.start : passage.end]])[0] <= 50


def test_a_sentence_beyond_the_window_is_read_in_parts_and_quoted_whole():
    text = (
        "A short one. "
        + "the minister, who had come by train, said nothing; " * 30
        + "and left. The end came."
    )
    sentences = split_sentences(text)
    long = max(sentences, key=lambda s: s.end - s.start)
    assert PIECES([text[long.start : long.end]])[0] > 60
    parts = [p for p in split(text, window=60) if long in p.sentences]
    assert len(parts) > 1
    assert all(p.sentences == (long,) for p in parts)
    assert all(PIECES([text[p.start : p.end]])[0] <= 60 for p in parts)
    read = "".join(text[p.start : p.end] for p in parts)
    assert re.sub(r"\s", "", read) == re.sub(r"\s", "", text[long.start : long.end])
    assert all(text[p.start - 1] in " ,;" for p in parts[1:]), "parts begin at a clause or a word"


@pytest.mark.parametrize("text", ["", "   \n\n ", "\u00a0"])
def test_nothing_gives_no_passage(text: str):
    assert split_passages(text, [], pieces=PIECES, window=254, tokens=words, size=60) == []


AWKWARD = st.lists(
    st.sampled_from(
        ["He said “no”. ", "The ﬁrst oﬃce opened. ", "😀 👩‍👩‍👧 ", "🇺🇦. ", "قال الوزير نعم. ", "זה הסוף. ", "10\u00a0000 men ",
         "Mr. A. left! ", "\n\n", "e\u0301te\u0301 ", "word " * 30, "x" * 400, "‘Why?’ she asked. ", "\u200f", "。", "- "]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(AWKWARD, st.integers(8, 80), st.integers(5, 100))
def test_every_sentence_is_read_and_offsets_are_exact(text: str, window: int, size: int):
    sentences = split_sentences(text)
    passages = split(text, window=window, size=size)
    read = {s for p in passages for s in p.sentences}
    assert read == set(sentences)
    covered = set()
    for passage in passages:
        part = text[passage.start : passage.end]
        assert part == part.strip()
        assert PIECES([part])[0] <= window
        covered.update(range(passage.start, passage.end))
    assert all(i in covered or text[i].isspace() for s in sentences for i in range(s.start, s.end))
    assert passages == sorted(passages, key=lambda p: p.start)


def test_one_word_longer_than_the_window_is_still_read_whole():
    text = "-" * 300
    parts = split_passages(text, [Sentence(0, 300)], pieces=PIECES, window=50, tokens=words, size=60)
    assert "".join(text[p.start : p.end] for p in parts) == text
