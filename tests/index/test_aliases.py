"""The alias table: both directions, homographs kept apart, a person's own file."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import UsageError, terms
from index.aliases import load_aliases


def others(question: str, own: Path | None = None) -> set[str]:
    """Every other name that a question is searched with."""
    return {" ".join(a.terms) for c in load_aliases(own).concepts(question) for a in c.alternatives}


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Who spoke for Kyiv?", "Kiev"),
        ("Who spoke for Kiev?", "Kyiv"),
        ("What did Zelenskyy propose?", "Zelensky"),
        ("What did Zelensky propose?", "Zelenskyy"),
        ("What did the UN propose?", "United Nations"),
        ("What did the United Nations propose?", "UN"),
        ("Did the U.S. mediate?", "United States"),
        ("Who signed for the FARC?", "Revolutionary Armed Forces of Colombia"),
        ("who signed for the farc", "Revolutionary Armed Forces of Colombia"),
        ("Did the Good Friday Agreement hold?", "Belfast Agreement"),
        ("Where did the RSF meet Sudan's army?", "Rapid Support Forces"),
        ("Who leads the Rapid Support Forces?", "RSF"),
        ("Talks in Myanmar", "Burma"),
    ],
)
def test_names_work_in_both_directions(asked: str, written: str):
    assert " ".join(terms(written)) in others(asked)


@pytest.mark.parametrize(
    ("asked", "not_meant"),
    [
        ("Where did the RSF meet Sudan's army?", "Reporters Without Borders"),
        ("What did RSF say about journalists killed?", "Rapid Support Forces"),
        ("What did Reporters Without Borders count?", "Rapid Support Forces"),
        ("What did they tell us?", "United States"),
        ("Can a mediator start a car?", "Central African Republic"),
        ("Is Georgia a mediator?", "Georgia"),
    ],
)
def test_homographs_are_not_merged(asked: str, not_meant: str):
    assert " ".join(terms(not_meant)) not in others(asked)


def test_a_name_of_several_words_is_one_thing():
    concepts = load_aliases().concepts("Did the Rapid Support Forces sign in Jeddah?")
    assert ("rapid", "support", "forc") in [c.terms for c in concepts]
    assert [t for c in concepts for t in c.terms] == terms("Did the Rapid Support Forces sign in Jeddah?")


@pytest.mark.parametrize("question", ["", "?!", "the of and", "Zelensky", "a-b-c", "’’", "日本", "x " * 500])
def test_no_term_of_a_question_is_lost_or_added(question: str):
    assert [t for c in load_aliases().concepts(question) for t in c.terms] == terms(question)


def test_a_persons_own_file_is_added(tmp_path: Path):
    own = tmp_path / "names.toml"
    own.write_text(
        '[mine]\n"Council of Elders" = ["CoE", "the Elders"]\n"Kyiv" = ["Kijev"]\n', encoding="utf-8"
    )
    assert {"elder", "coe"} <= others("Who sits in the Council of Elders?", own)
    assert {"kyiv", "kiev"} <= others("Talks in Kijev", own)
    assert not others("Talks in Kijev")


@pytest.mark.parametrize(
    "content", ["Kyiv = 3\n", "[x]\n'Kyiv' = [1]\n", "not toml at all ]", "'A' = {names = 'x'}"]
)
def test_a_wrong_file_is_named_in_one_line(tmp_path: Path, content: str):
    own = tmp_path / "names.toml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=r"names\.toml") as raised:
        load_aliases(own)
    assert "\n" not in str(raised.value).strip()


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(UsageError, match=r"none\.toml"):
        load_aliases(tmp_path / "none.toml")


def test_the_built_in_table_is_large_and_shares_no_name_by_accident():
    table = load_aliases()
    assert len(table) >= 150
    shared = [terms for terms, entries in table._named.items() if len(entries) > 1]
    assert shared == [("rsf",)]
