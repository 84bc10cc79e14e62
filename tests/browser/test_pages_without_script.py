"""Asking, reading and looking around without JavaScript; the pages for when something is missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from index import Settings

CEASEFIRE = "When did Veldia and the Northern Marches sign the ceasefire?"


@pytest.fixture
def plain(open_chat: Callable[..., Any]) -> Any:
    return open_chat(java_script_enabled=False).open()


def test_ask_and_read_without_a_script(plain: Any, collection: Any) -> None:
    page = plain.page
    page.fill("#question", CEASEFIRE)
    page.click("#send")
    turn = page.locator(".turn")
    expect(turn).to_have_attribute("data-state", "answered")
    quote = turn.locator(".sentence").first.inner_text()
    turn.locator(".cite").first.click()
    expect(page).to_have_url(re.compile(r"/articles/ceasefire\?.*start=\d+.*#cited$"))
    expect(page.locator("mark")).to_have_text(quote)
    expect(page.locator("mark")).to_be_in_viewport()
    [article] = [a for a in collection.ARTICLES if a["id"] == "ceasefire"]
    assert page.evaluate("document.querySelector('.article-text').textContent.trim()") == article["text"]


def test_follow_up_and_limits_without_a_script(plain: Any) -> None:
    page = plain.page
    page.fill("#question", CEASEFIRE)
    page.click("#send")
    page.fill("#question", "Who mediated it?")
    page.click("#filters summary")
    page.get_by_role("checkbox", name="The Lake Courier").check()
    page.click("#send")
    expect(page.locator(".asked-as")).to_be_visible()
    expect(page.locator("[name=publisher][value='The Lake Courier']")).to_be_checked()
    for meta in page.locator(".source-meta").all_inner_texts():
        assert meta.startswith("The Lake Courier")


def test_refusal_without_a_script(plain: Any) -> None:
    plain.page.fill("#question", "Zwqv xplk brmgh")
    plain.page.click("#send")
    expect(plain.page.locator(".turn")).to_have_attribute("data-state", "refused")
    expect(plain.page.locator(".refusal")).to_contain_text("12 articles")


def test_nothing_that_needs_a_script_is_shown_without_it(plain: Any) -> None:
    assert plain.page.locator(".js-only:visible").count() == 0


def test_cited_text_in_the_page_is_the_quote_for_awkward_text(chat: Any, collection: Any) -> None:
    [article] = [a for a in collection.ARTICLES if a["id"] == "awkward"]
    text = article["text"]
    for words in ("🕊️", "👩🏽‍⚕️ care", "𝓠uill said", "footnote\u00a0of", "2022.\n\nThe"):
        start = text.index(words)
        chat.page.goto(f"{chat.url}/articles/awkward?start={start}&end={start + len(words)}#cited")
        marked = chat.page.evaluate(
            "[...document.querySelectorAll('mark')].map((m) => m.textContent).join('|')"
        )
        assert marked == words.replace("\n\n", "|")


def test_article_page_links_to_the_original_and_to_copies(chat: Any) -> None:
    page = chat.page
    page.goto(chat.url + "/articles/ceasefire?start=0&end=30")
    expect(page.get_by_role("link", name="courier.example")).to_have_attribute("rel", "noopener noreferrer")
    page.get_by_role("link", name=re.compile("^Harbour Post")).click()
    expect(page.locator("h1")).to_have_text("Ceasefire signed in Lindholm by Veldia and the Northern Marches")


@pytest.mark.parametrize(
    "query", ["start=9&end=3", "start=-1&end=4", "start=x&end=y", "start=0&end=99999999"]
)
def test_article_page_marks_nothing_for_a_wrong_place(chat: Any, query: str) -> None:
    chat.page.goto(f"{chat.url}/articles/water?{query}")
    expect(chat.page.locator("mark")).to_have_count(0)
    expect(chat.page.locator("h1")).to_have_text("Water treaty for the Karst valley")


def test_library_lists_sorts_and_searches(chat: Any, collection: Any) -> None:
    page = chat.page
    page.goto(chat.url + "/library")
    titles = page.locator(".articles .title a")
    assert titles.count() == len(collection.ARTICLES)
    expect(titles.first).to_have_text("Displaced families begin to return to Tarn")
    page.get_by_role("link", name="Publisher").click()
    publishers = [p for p in page.locator(".articles .publisher").all_inner_texts() if p != "–"]
    assert publishers == sorted(publishers, key=str.casefold)
    expect(page.locator("th[aria-sort=ascending]")).to_have_text(re.compile("Publisher"))
    page.fill("#library-q", "prisoners")
    page.get_by_role("button", name="Search").click()
    expect(titles).to_have_count(2)
    page.fill("#library-q", "zebra")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".nothing")).to_be_visible()


def test_coverage_picture_and_its_table_tell_the_same(chat: Any, collection: Any) -> None:
    page = chat.page
    page.goto(chat.url + "/library")
    dated = [a for a in collection.ARTICLES if a.get("published")]
    assert sum(int(t) for t in page.locator(".strip-total").all_inner_texts()) == len(dated)
    page.click(".figures summary")
    cells = [c for c in page.locator(".figures td").all_inner_texts() if c != "–"]
    assert sum(int(c) for c in cells) == len(dated)
    assert page.locator(".strip-bars rect").count() == len(cells)


def test_missing_index_says_what_to_do(open_chat: Any, running: Any, tmp_path: Path) -> None:
    with running(Settings(index=tmp_path / "none", model="hashing")) as site:
        chat = open_chat(at=site)
        chat.watch.expected = ("status of 503",)
        response = chat.page.goto(site.url)
        assert response is not None
        assert response.status == 503
        expect(chat.page.locator(".command")).to_have_text("parley rebuild articles")
        assert chat.page.goto(site.url + "/library").status == 503  # type: ignore[union-attr]
        expect(chat.page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("path", ["/nowhere", "/articles/nothing", "/articles/water?version=abc"])
def test_page_that_is_not_here(chat: Any, path: str) -> None:
    chat.watch.expected = ("status of 404",)
    response = chat.page.goto(chat.url + path)
    assert response.status == 404
    expect(chat.page.locator("h1")).to_have_text("This page is not here")
    chat.page.get_by_role("link", name="Ask a question").click()
    expect(chat.page.locator("#question")).to_be_visible()


def test_empty_form_is_refused_in_words(plain: Any) -> None:
    response = plain.page.request.post(
        plain.url + "/", form={"question": "  "}, headers={"Origin": plain.url}
    )
    assert response.status == 422
    assert "question" in response.text()
