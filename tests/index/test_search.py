"""Search over a real generation: relevance, limits, and exact search as the oracle for Chroma."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index import (
    Article,
    DatePrecision,
    Filters,
    HashingEmbedder,
    Library,
    NotFoundError,
    PassageHit,
    PublishedDate,
    Settings,
    generation,
)

Build = Callable[..., object]
EMBEDDER = HashingEmbedder()


def find(library: Library, text: str, filters: Filters = Filters(), k: int = 10) -> list[PassageHit]:  # noqa: B008
    with library.lease() as current:
        return current.search(text, EMBEDDER.encode_questions([text])[0], filters, k)


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("How many prisoners were exchanged in Yemen?", "prison"),
        ("Which city did grain leave from?", "grain"),
        ("Where did the RSF and Sudan's army sign?", "cease"),
        ("Did Türkiye broker the grain deal?", "grain"),
        ("conference next spring", "plans"),
        ("Nile Post", "cease"),
    ],
)
def test_the_right_article_comes_first(collection: Library, question: str, article: str):
    hits = find(collection, question)
    assert hits[0].article_id == article
    assert 0 < hits[0].score <= 1
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_words_alone_are_enough(collection: Library):
    with collection.lease() as current:
        hits = current.search("prisoners in Yemen", None)
        assert hits[0].article_id == "prison"
        assert hits[0].dense == 0
        assert current.search("qwertyuiop", None) == []


def test_a_hit_names_its_place_in_the_article(collection: Library):
    with collection.lease() as current:
        for hit in current.search("truce", EMBEDDER.encode_questions(["truce"])):
            passage = current.passage(hit.row)
            text = current.article(hit.article_id).text
            assert passage.text == text[hit.start : hit.end]
            assert (passage.article_id, passage.start, passage.end) == (hit.article_id, hit.start, hit.end)
            assert passage.vector.shape == (EMBEDDER.dimensions,)
            assert passage.sentence_vectors.shape == (len(passage.sentences), EMBEDDER.dimensions)
            np.testing.assert_allclose(np.linalg.norm(passage.sentence_vectors, axis=1), 1, atol=1e-3)
            for sentence in passage.sentences:
                assert passage.start <= sentence.start < sentence.end <= passage.end
        with pytest.raises(NotFoundError):
            current.passage(current.passage_count)


def month(year: int, number: int) -> PublishedDate:
    return PublishedDate(date(year, number, 1), DatePrecision.MONTH)


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(), {"cease", "prison", "grain", "press", "plans"}),
        (Filters(publishers=("nile post", "Gulf Wire")), {"cease", "prison"}),
        (Filters(publishers=("Nobody",)), set()),
        (Filters(since=date(2023, 4, 16)), {"cease", "prison"}),
        (Filters(until=date(2022, 12, 14)), {"grain", "press"}),
        (Filters(as_of=date(2022, 12, 13)), {"grain"}),
        (Filters(since=date(2022, 12, 1), until=date(2023, 4, 30)), {"press", "prison"}),
        (Filters(language="en"), set()),
    ],
)
def test_filters_are_hard(collection: Library, filters: Filters, left: set[str]):
    with collection.lease() as current:
        assert current.visible(filters) == len(left)
        found = current.search("truce press grain prisoners conference", None, filters)
        assert {h.article_id for h in found} == left
    assert {h.article_id for h in find(collection, "talks", filters, 50)} <= left


def test_an_imprecise_date_passes_only_with_its_whole_period(build_index: Build, library: Library):
    article = Article("m", "Month", "The talks went on for weeks.", published=month(2023, 5))
    build_index(
        [article, replace(article, id="y", published=PublishedDate(date(2023, 1, 1), DatePrecision.YEAR))]
    )
    with library.lease() as current:
        assert current.visible(Filters(since=date(2023, 5, 1), until=date(2023, 5, 31))) == 1
        assert current.visible(Filters(since=date(2023, 5, 2))) == 0
        assert current.visible(Filters(until=date(2023, 5, 30))) == 0
        assert current.visible(Filters(until=date(2023, 12, 31))) == 2
        assert current.visible(Filters(as_of=date(2023, 12, 30))) == 1


def test_as_of_ranks_as_if_later_articles_had_never_been(collection: Library, tmp_path: Path):
    limit = date(2022, 12, 31)
    from index.build import build
    from index.publish import builder_lock

    from .conftest import articles, readings  # type: ignore[import-not-found]

    earlier = [a for a in articles() if a.published.last and a.published.last <= limit]
    alone = Settings(index=tmp_path / "alone", model="hashing")
    with builder_lock(alone.index):
        build(alone, readings(earlier), embedder=EMBEDDER)
    other = Library(alone, EMBEDDER)
    for question in ("the press and the deal", "grain of Ukraine", "talks in Jeddah", "57 journalists"):
        hidden = find(collection, question, Filters(as_of=limit))
        never = find(other, question)
        assert [(h.article_id, h.start, h.score, h.lexical) for h in hidden] == [
            (h.article_id, h.start, h.score, h.lexical) for h in never
        ]
    other.close()


def test_the_same_question_gets_the_same_hits(collection: Library):
    assert find(collection, "truce in Jeddah") == find(collection, "truce in Jeddah")


PLACES = ["Geneva", "Doha", "Oslo", "Cairo", "Havana", "Nairobi", "Astana", "Jeddah", "Minsk", "Vienna"]


def many(count: int) -> list[Article]:
    return [
        Article(
            f"n{i}",
            f"Round {i} in {PLACES[i % 10]}",
            f"Delegation {i} met delegation {i * 7 % count} in {PLACES[i % 10]}. They discussed point {i % 97}.",
            PLACES[i % 3],
        )
        for i in range(count)
    ]


def test_chroma_finds_what_exact_search_finds(build_index: Build, library: Library, settings: Settings):
    count = generation._EXACT_BELOW + 200
    build_index(many(count))
    questions = [f"delegation {i} in {PLACES[i % 10]}" for i in range(0, count, count // 40)]
    vectors = EMBEDDER.encode_questions(questions)
    with library.lease() as current:
        stored = np.stack([current.passage(row).vector for row in range(count)])
        agreed = []
        for question, vector in zip(questions, vectors, strict=True):
            hits = current.search(question, vector, k=10)
            similarity = stored @ vector
            for hit in hits:
                assert hit.dense == pytest.approx(float(similarity[hit.row]), abs=1e-5)
            near = current._nearest(vector, np.ones(count, np.bool_), False, 100)
            worst = np.sort(similarity)[-100]
            agreed.append(float((similarity[near] >= worst - 1e-6).mean()))
        assert current._store is not None, "Chroma was asked"
        assert current.degraded == ()
        assert np.mean(agreed) > 0.95


def test_damaged_chroma_files_give_way_to_exact_search(
    build_index: Build, library: Library, settings: Settings
):
    count = generation._EXACT_BELOW + 1
    report = build_index(many(count))
    folder = settings.index / "generations" / report.generation / "chroma"  # type: ignore[attr-defined]
    largest = max((p for p in folder.rglob("*") if p.is_file()), key=lambda p: p.stat().st_size)
    with largest.open("r+b") as file:
        file.seek(largest.stat().st_size // 2)
        file.write(b"\0\xff" * 64)
    hits = find(library, "delegation 4000 in Geneva")
    assert hits[0].article_id == "n4000"
    with library.lease() as current:
        assert "exact search" in current.degraded[0]
        assert "rebuild" in current.degraded[0]


def test_an_empty_collection_can_be_searched(build_index: Build, library: Library):
    build_index([])
    assert find(library, "anything") == []
    with library.lease() as current:
        assert (current.article_count, current.passage_count, current.visible(Filters())) == (0, 0, 0)
        assert current.newest.iso is None


def test_broken_characters_do_not_stop_a_build(build_index: Build, library: Library):
    build_index(
        [Article("broken", "Half \ud83d a pair", "The talks \udc80 went on.\0 They ended.", "P\ud800")]
    )
    with library.lease() as current:
        text = current.article("broken").text
        assert text == "The talks \ufffd went on.\0 They ended."
        hit = current.search("talks", None)[0]
        assert current.passage(hit.row).text == text[hit.start : hit.end]


def test_an_article_without_text_is_listed_and_not_found(build_index: Build, library: Library):
    build_index([Article("empty", "Only a title", "")])
    with library.lease() as current:
        assert [a.id for a in current.articles()] == ["empty"]
        assert current.article("empty").text == ""
    assert find(library, "title") == []
