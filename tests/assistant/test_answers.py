"""Whole answers, from a real index with the real model, over a few made articles."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant, EventType, Filters, Library, Question, Reason, Settings, Turn
from index import rebuild

ARTICLES = [
    {
        "id": "ferries",
        "title": "Harbour talks end with a ferry agreement",
        "publisher": "Coast Courier",
        "published": "2024-03-05",
        "text": "Envoys of Norland and Sudmark ended nine days of talks in Lagoda on Tuesday with an agreement on "
        "ferries. Iceland mediated the talks.\n\nForeign minister Petra Holm said the ferries will sail again from "
        "1 April 2024. She called the agreement “a door that stays open”.\n\nThe customs union was left to a second "
        "round because the sides could not agree on tariffs. Delegations of both sides flew home on Wednesday.",
    },
    {
        "id": "prisoners",
        "title": "Sudmark frees forty prisoners",
        "publisher": "Northern Wire",
        "published": "2024-05-20",
        "text": "Sudmark released 40 prisoners on Monday at the Vell crossing, the Red Cross said.\n\nNorland is to "
        "release 35 people in June. “We waited two years for this day,” said Anna Berg, whose brother came home.",
    },
    {
        "id": "second-round",
        "title": "Second round on customs opens in Oslo",
        "publisher": "Northern Wire",
        "published": "2024-09-12",
        "text": "The second round of the customs talks between Norland and Sudmark opened in Oslo on Thursday. "
        "Norway mediates this round. The chief negotiators are Petra Holm for Norland and Emil Sand for Sudmark.",
    },
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("answers")
    file = folder / "articles.jsonl"
    file.write_text("\n".join(json.dumps(a) for a in ARTICLES), encoding="utf-8")
    settings = Settings(index=folder / "index")
    rebuild(settings, [file])
    return Assistant(Library(settings))


pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("question", "says", "article"),
    [
        ("Who mediated the ferry talks?", "Iceland", "ferries"),
        ("How many prisoners did Sudmark release?", "40 prisoners", "prisoners"),
        ("Why was the customs union left to a second round?", "could not agree on tariffs", "ferries"),
        ("Who are the chief negotiators in Oslo?", "Emil Sand", "second-round"),
    ],
)
def test_the_sentence_that_answers_is_said_and_cited(assistant, question, says, article):
    answer = assistant.ask(Question(question))
    assert answer.answered
    assert says in answer.text
    assert any(says in c.quote and c.article_id == article for c in answer.citations)
    for sentence in answer.sentences:
        assert any(answer.citations[n - 1].quote == sentence.text for n in sentence.citations)


@pytest.mark.parametrize(
    "question", ["How deep is the Mariana Trench?", "Which pianist recorded the Goldberg Variations twice?"]
)
def test_what_the_articles_do_not_say_is_refused(assistant, question):
    answer = assistant.ask(Question(question))
    assert not answer.answered
    assert answer.reason in (Reason.NO_MATCH, Reason.WEAK_EVIDENCE)
    assert not answer.sentences
    assert "3 articles" in answer.text
    assert "5 March 2024 to 12 September 2024" in answer.text
    assert 0 < len(answer.nearest) <= 3


def test_as_of_hides_later_articles_and_all_that_tells_of_them(assistant):
    limits = Filters(as_of=date(2024, 4, 1))
    answer = assistant.ask(Question("Where did the second round of customs talks open?", filters=limits))
    assert {c.article_id for c in (*answer.citations, *answer.nearest)} <= {"ferries"}
    assert answer.collection.articles == 1
    assert answer.collection.newest_article == "2024-03-05"
    assert "Oslo" not in answer.text


def test_limits_that_leave_nothing_are_said(assistant):
    answer = assistant.ask(Question("Who mediated?", filters=Filters(since=date(2030, 1, 1))))
    assert (answer.answered, answer.reason) == (False, Reason.FILTERED_OUT)


def test_a_follow_up_is_understood(assistant):
    before = Turn("How many prisoners did Sudmark release?", "Sudmark released 40 prisoners on Monday. [1]")
    answer = assistant.ask(Question("Where were they released?", (before,)))
    assert answer.standalone_question != "Where were they released?"
    assert "Vell crossing" in answer.text


def test_the_latest_opens_with_the_age_of_the_evidence(assistant):
    answer = assistant.ask(Question("What is the latest on the customs talks between Norland and Sudmark?"))
    assert answer.answered
    assert answer.text.startswith("The newest evidence for this is of 12 September 2024")
    assert answer.newest_evidence == "2024-09-12"


def test_the_same_question_gives_the_same_answer(assistant):
    asked = Question("Who mediated the ferry talks?")
    one, two = (assistant.ask(asked).to_json() for _ in range(2))
    del one["timings_ms"], two["timings_ms"]
    assert json.dumps(one) == json.dumps(two)


def test_the_stream_is_the_answer_in_pieces(assistant):
    events = list(assistant.stream(Question("Who mediated the ferry talks?")))
    assert events[0].type == EventType.SOURCES
    assert events[-1].type == EventType.DONE
    text = "".join(e.data["text"] for e in events if e.type == EventType.TEXT)
    assert text == events[-1].data["answer"]["answer"]


def test_without_the_model_words_are_searched(assistant, tmp_path):
    settings = Settings(index=assistant._library.settings.index, model=str(tmp_path / "absent"))
    answer = Assistant(Library(settings)).ask(Question("Who mediated the ferry talks in Lagoda?"))
    assert (*answer.citations, *answer.nearest)[0].article_id == "ferries"


def test_search_ranks_passages(assistant, tmp_path: Path):
    results = assistant.search(Question("prisoners at the crossing"), k=2)
    assert results[0].article_id == "prisoners"
    assert results[0].score >= results[1].score
