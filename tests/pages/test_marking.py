"""Cutting an article's text into paragraphs and marks never changes it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from web.marking import is_heading, paragraphs

TEXTS = st.text(alphabet=st.sampled_from("ab .\n\t“”é🕊️\u00a0א"), max_size=80)


@given(TEXTS, st.integers(0, 90), st.integers(0, 90))
def test_spans_and_gaps_are_the_text_again_and_marks_are_the_slice(
    text: str, start: int, length: int
) -> None:
    end = min(start + length, len(text))
    cut = paragraphs(text, start, end)
    assert "".join("".join(s.text for s in p.spans) + p.gap for p in cut) == text
    marked = "".join(s.text for p in cut for s in p.spans if s.marked)
    gaps = sum(len(p.gap) for p in cut)
    whole = text[start:end] if start < end else ""
    assert "".join(marked.split()) == "".join(whole.split())
    assert len(whole) - gaps <= len(marked) <= len(whole)
    assert sum(s.first for p in cut for s in p.spans) == (1 if marked else 0)


def test_a_mark_over_two_paragraphs() -> None:
    [one, two] = paragraphs("First one.\n\nSecond one.", 6, 18)
    assert [(s.text, s.marked, s.first) for s in one.spans] == [
        ("First ", False, False),
        ("one.", True, True),
    ]
    assert [(s.text, s.marked, s.first) for s in two.spans] == [
        ("Second", True, False),
        (" one.", False, False),
    ]
    assert one.gap == "\n\n"


def test_headings_are_short_lines_without_a_full_stop() -> None:
    assert is_heading("Lessons for the next round")
    assert not is_heading("The talks failed.")
    assert not is_heading("“Not yet”")
    assert not is_heading("x" * 91)
