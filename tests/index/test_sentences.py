"""Sentences: exact offsets always, and cuts where a reader of news would make them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sentences import split_sentences

AWKWARD = (
    "“”‘’«»„\"'()[]….?!,:;—–-•\u00a0\u202f\u200f\u2028\u2029\r\n\n\n\t\x0b  "
    "ﬁﬂ😀👩\u200d👩\u200d👧م.؟שלום。！é1a.A b\ud800\udfff\x00"
)


def sentences(text: str, language: str = "en") -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text, language)]


awkward_text = st.one_of(
    st.text(st.sampled_from(AWKWARD), max_size=120),
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            [
                "He left.",
                "“Why?” she asked.",
                "1. One",
                "2. Two",
                "\n\n",
                "(A. B.)",
                "U.S.",
                "Gen. X",
                "😀",
                "שלום.",
            ]
        ),
        max_size=20,
    ).map(" ".join),
)


@settings(deadline=None)  # a busy machine is no failure
@given(awkward_text)
def test_offsets_are_ordered_stripped_and_drop_no_character(text: str) -> None:
    covered = [False] * len(text)
    previous = 0
    for sentence in split_sentences(text):
        assert previous <= sentence.start < sentence.end <= len(text)
        part = text[sentence.start : sentence.end]
        assert part == part.strip()
        covered[sentence.start : sentence.end] = [True] * len(part)
        previous = sentence.end
    assert all(covered[i] or text[i].isspace() for i in range(len(text)))


@settings(deadline=None)  # a busy machine is no failure
@given(awkward_text, awkward_text)
def test_a_blank_line_ends_a_sentence_and_parts_do_not_influence_each_other(first: str, second: str) -> None:
    first, second = first.strip(), second.strip()
    if not first or not second:
        return
    joined = f"{first}\n\n{second}"
    assert sentences(joined) == sentences(first) + sentences(second)


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(st.sampled_from("ab. ( \n"), min_size=1, max_size=30).map(lambda unit: unit * 2000))
def test_long_paragraphs_lose_nothing(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "expected",
    [
        ["“We will not leave,” the minister said.", "Talks went on."],
        ["“Will they come?” Osman asked.", "Nobody answered."],
        ["“Never!” President Ana Lopez Prado told reporters in Quito.", "She then left."],
        ["“It is over.”", "The delegation said it would return."],
        ["“It is a start,” she said.", "“We hope for more.", "We need more.”"],
        ["“What now?” he said.", "No one knew."],
        ["“Is this peace?” the head of the delegation asked.", "It was not."],
        ["Lt. Gen. A. B. Smith met Sen. Jo Low and Ms. Ray.", "They agreed."],
        ["He met U.S. Secretary of State Ada Lane.", "She flew on to the U.N. in New York."],
        ["Envoys left the U.S. on Oct. 7 for talks.", "Resolution No. 99 was adopted at 5 p.m. Monday."],
        ["The party said no.", "The rebels agreed."],
        ["The deal (it was signed in May.) held.", "(Nobody knew why.)", "It was renewed."],
        ["He studied at the School of Art.", "“I liked it,” he said."],
        ["They met in St. Petersburg.", "Then in Geneva…", "And again!"],
        ["The truce began at 10 a.m.", "It held until 5 p.m. the same day."],
        ["Costs rose 3.5 percent to $1.5 million.", "4 people left."],
        ["“The plan is [...] finished,” he wrote.", "It was not."],
    ],
)
def test_news_sentences(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_lines_that_end_and_list_items_are_sentences_but_wrapped_lines_are_not() -> None:
    text = (
        "The parties agreed:\n- a truce\n- an exchange of\n  prisoners\nThe talks that began\n"
        "in May ended.\nMore follows"
    )
    assert sentences(text) == [
        "The parties agreed:",
        "- a truce",
        "- an exchange of\n  prisoners\nThe talks that began\nin May ended.",
        "More follows",
    ]


def test_enumerations_in_one_line() -> None:
    assert sentences("1. A truce 2. An exchange 3. A vote") == ["1. A truce", "2. An exchange", "3. A vote"]
    assert sentences("In 2. half it rained. He won 3. place.") == [
        "In 2. half it rained.",
        "He won 3. place.",
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["« Nous irons à Genève. »", "Le ministre a répondu.", "M. Dupont est parti."]),
        ("de", ["„Wir kommen.“", "Dr. Weber sagte z. B. nichts.", "Am 3. Mai war Ruhe."]),
        ("es", ["¿Quién firmó?", "El Sr. Paz no firmó.", "¡Nadie!"]),
        ("ru", ["Переговоры начались.", "Что дальше?", "Никто не знает."]),
        ("ar", ["بدأت المحادثات.", "ماذا بعد؟", "لا أحد يعرف."]),
        ("xx", ["Unknown language.", "Still read."]),
    ],
)
def test_other_languages(language: str, expected: list[str]) -> None:
    assert sentences(" ".join(expected), language) == expected


def test_brackets_that_never_close_do_not_make_it_slow() -> None:
    text = "They met (again and left. " * 40_000
    assert len(split_sentences(text)) > 30_000  # quadratic time would take minutes here


@pytest.mark.data
def test_figures_do_not_fall() -> None:
    path = Path(__file__).parents[2] / "benchmarks" / "sentences.py"
    spec = importlib.util.spec_from_file_location("sentences_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = benchmark
    spec.loader.exec_module(benchmark)
    if not benchmark.DATA.is_dir():
        pytest.skip(f"{benchmark.DATA} is not there; set PARLEY_EVAL_DATA")
    assert benchmark.score("news").f1 >= 0.985
    exact, rules = benchmark.golden_rules()
    assert (exact, rules) >= (46, 47)
