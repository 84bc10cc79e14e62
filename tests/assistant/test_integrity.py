"""The gate of quotations, exports and their check, over awkward text altered in every way."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.export import FORMATS, check_export, export_answers
from assistant.integrity import gate
from assistant.stored import from_bibtex, from_markdown, to_bibtex, to_markdown
from assistant.types import Answer, Reason
from benchmarks.integrity import ALTERATIONS, Shelf, altered, misquotes, true_answer
from index import UsageError


@given(st.integers(0, 10**9))
@settings(max_examples=150, deadline=None)
def test_no_altered_quote_passes(seed: int) -> None:
    chance = random.Random(seed)
    shelf = Shelf(chance)
    answer = true_answer(chance, shelf)
    assert gate(answer, shelf) == (answer, [])
    for alteration in ALTERATIONS:
        kept, problems = gate(alteration.apply(answer, chance, shelf), shelf)
        assert problems, alteration.name
        assert not misquotes(kept, shelf), alteration.name
        assert [c.number for c in kept.citations] == list(range(1, len(kept.citations) + 1))


def test_what_is_left_is_numbered_anew() -> None:
    answer, shelf = three_citations()
    bad = replace(answer.citations[1], quote=answer.citations[1].quote + "!")
    kept, problems = gate(replace(answer, citations=(answer.citations[0], bad, answer.citations[2])), shelf)
    assert [p.where for p in problems] == ["citation 2", "sentence 2"]
    assert [s.citations for s in kept.sentences] == [(1,), (2,)]
    assert [s.text for s in kept.sentences] == [answer.sentences[0].text, answer.sentences[2].text]
    assert kept.text.endswith("[2]")
    assert kept.answered


def test_an_answer_with_nothing_left_is_a_refusal() -> None:
    answer, shelf = three_citations()
    bad = tuple(replace(c, text_sha256="0" * 64) for c in answer.citations)
    kept, _ = gate(replace(answer, citations=bad), shelf)
    assert (kept.answered, kept.reason, kept.sentences, kept.citations) == (
        False,
        Reason.WEAK_EVIDENCE,
        (),
        (),
    )


def test_groups_of_differing_reports_lose_what_is_dropped() -> None:
    answer, shelf = three_citations()
    bad = replace(answer.citations[0], start=answer.citations[0].start + 1)
    kept, _ = gate(replace(answer, citations=(bad, *answer.citations[1:]), groups=((1,), (2, 3))), shelf)
    assert kept.groups == ()


@pytest.mark.parametrize("name", FORMATS)
@given(st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_exports_are_checked_and_their_alterations_found(name: str, seed: int) -> None:
    chance = random.Random(seed)
    shelf = Shelf(chance)
    answer = true_answer(chance, shelf)
    written = export_answers([answer.to_json(), answer.to_json()], name)
    assert check_export(written.encode(), shelf) == []
    quote = replace(answer.citations[0], quote=altered(answer.citations[0].quote, chance))
    moved = replace(answer.citations[0], end=answer.citations[0].end - 1, start=answer.citations[0].start)
    renamed = replace(answer.citations[0], text_sha256=altered(answer.citations[0].text_sha256, chance))
    for false in (quote, moved, renamed):
        told = replace(answer, citations=(false, *answer.citations[1:]))
        assert check_export(export_answers([told.to_json()], name), shelf)


def test_printed_answers_are_checked() -> None:
    answer, shelf = three_citations()
    line = json.dumps(answer.to_json())
    assert check_export(line, shelf) == []
    assert check_export(f"{line}\n{line}\n", shelf) == []
    words = answer.sentences[0].text
    assert check_export(json.dumps(answer.to_json() | {"answer": f"It is so. {answer.text}"}), shelf)
    assert check_export(line.replace(json.dumps(words), json.dumps(words + "x"), 1), shelf)


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"no export", b"[]", b"{}", b'{"answers": 1}', b"[1, 2]", b"null"]
)
def test_what_is_no_export_is_reported(data: bytes) -> None:
    assert check_export(data, three_citations()[1])


def test_answers_that_are_not_of_the_contract_are_refused() -> None:
    with pytest.raises(UsageError, match=r"answers\[0\]"):
        export_answers([{"question": "Who?"}], "json")
    with pytest.raises(UsageError, match="unknown format"):
        export_answers([], "docx")


@given(st.text())
def test_escaping_is_reversible(text: str) -> None:
    assert from_markdown(to_markdown(text)) == text
    assert from_bibtex(to_bibtex(text)) == text
    assert "\n" not in to_markdown(text) + to_bibtex(text)


def three_citations() -> tuple[Answer, Shelf]:
    for seed in range(1000):
        chance = random.Random(seed)
        shelf = Shelf(chance)
        answer = true_answer(chance, shelf)
        if len(answer.citations) == 3 and len({c.quote for c in answer.citations}) == 3:
            return answer, shelf
    raise AssertionError
