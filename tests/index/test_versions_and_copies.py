"""Changed texts keep their older versions; near-identical articles are found once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from index import Article, BuildReport, DatePrecision, Filters, Library, NotFoundError, PublishedDate

from .conftest import CEASEFIRE, articles, day  # type: ignore[import-not-found]

Build = Callable[..., BuildReport]


def test_unchanged_articles_keep_their_vectors(build_index: Build):
    first = build_index()
    again = build_index()
    assert (first.reused, again.embedded) == (0, 0)
    assert again.reused == first.embedded == again.passages


def test_only_what_changed_goes_through_the_model(build_index: Build, library: Library):
    build_index()
    changed = [replace(a, text=a.text + " A new sentence.") if a.id == "press" else a for a in articles()]
    report = build_index(changed)
    assert report.embedded == 1
    with library.lease() as current:
        assert [a.id for a in current.articles() if a.changed] == ["press"]
        hit = current.search("a new sentence of the press", None)[0]
        assert hit.article_id == "press"


def test_old_texts_can_still_be_cited(build_index: Build, library: Library):
    build_index()
    texts = ["First text of all.", "Second text of all.", "Third text of all."]
    for text in texts:
        build_index([Article("a", "Title", text)])
    with library.lease() as current:
        info = current.info("a")
        assert len(info.versions) == 3
        assert info.versions[-1] == info.text_sha256 == current.article("a").text_sha256
        assert [current.article("a", sha256).text for sha256 in info.versions] == texts
        assert current.article("a").text == texts[-1]
        with pytest.raises(NotFoundError, match="no article 'a' with the text"):
            current.article("a", "0" * 64)


def test_going_back_to_an_older_text_makes_it_current_again(build_index: Build, library: Library):
    for text in ("One text.", "Other text.", "One text."):
        build_index([Article("a", "Title", text)])
    with library.lease() as current:
        info = current.info("a")
        assert current.article("a").text == "One text."
        assert info.versions[-1] == info.text_sha256
        assert len(info.versions) == 2
        assert info.changed


def test_a_removed_article_is_gone(build_index: Build, library: Library):
    build_index()
    build_index(articles()[1:])
    with library.lease() as current, pytest.raises(NotFoundError):
        current.article("cease")


def test_two_articles_with_one_id_are_both_kept(build_index: Build, library: Library):
    build_index([Article("a", "One", "One text here."), Article("a", "Two", "Another text here.")])
    with library.lease() as current:
        assert [(a.id, a.title) for a in current.articles()] == [("a", "One"), ("a-2", "Two")]
        assert current.article("a-2").text == "Another text here."


def copies() -> list[Article]:
    wire = CEASEFIRE.replace("on Saturday", "Saturday")
    return [
        Article("late", "Truce", CEASEFIRE, "Late Daily", (), day(2023, 5, 23)),
        Article("first", "Truce agreed", CEASEFIRE, "Nile Post", (), day(2023, 5, 21)),
        Article("wire", "Truce in Jeddah", wire, "Gulf Wire", (), day(2023, 5, 22)),
        *[a for a in articles() if a.id != "cease"],
    ]


def test_near_identical_articles_are_found_once_through_the_earliest(build_index: Build, library: Library):
    report = build_index(copies())
    assert report.copies == 2
    with library.lease() as current:
        hits = current.search("ceasefire in Jeddah", None)
        assert [h.article_id for h in hits if h.article_id in ("late", "first", "wire")] == ["first"]
        assert set(current.info("first").copies) == {"late", "wire"}
        assert current.info("wire").copy_of == "first"
        assert {current.info(i).publisher for i in current.info("first").copies} == {
            "Late Daily",
            "Gulf Wire",
        }
        assert current.info("prison").copies == ()


def test_a_limit_that_hides_the_earliest_leaves_another_copy(build_index: Build, library: Library):
    build_index(copies())
    with library.lease() as current:
        wire = current.search("ceasefire in Jeddah", None, Filters(publishers=("Gulf Wire",)))
        assert wire[0].article_id == "wire"
        later = current.search("ceasefire in Jeddah", None, Filters(since=date(2023, 5, 22)))
        assert [h.article_id for h in later] == ["wire"], "the earlier of those that are left"


def test_short_and_merely_similar_texts_are_no_copies(build_index: Build):
    short = [Article(f"s{i}", "Note", "Talks resumed in Doha today.") for i in range(3)]
    rewritten = CEASEFIRE.replace("Envoys of the army", "Generals").replace("signed", "initialled")
    different = [
        Article("one", "One", CEASEFIRE),
        Article(
            "two",
            "Two",
            "The mediators spoke about it again. " + rewritten[140:] + " Nothing else was agreed on.",
        ),
    ]
    assert build_index(short).copies == 0
    assert build_index(different).copies == 0


def test_undated_articles_are_counted(build_index: Build):
    dated = Article("d", "D", "Dated text.", published=PublishedDate(date(2020, 1, 1), DatePrecision.YEAR))
    assert build_index([dated, Article("u", "U", "Undated text.")]).undated == 1
