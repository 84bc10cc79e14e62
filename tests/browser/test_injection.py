"""Text of articles and questions is shown as text: nothing of it runs, becomes markup, or asks another origin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from index import Settings, rebuild

CLEAN = "() => window.smuggled === undefined && document.querySelectorAll('.smuggled').length === 0"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, payloads: Any, running: Any) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("hostile")
    settings = Settings(index=folder / "index", model="hashing")
    report = rebuild(settings, [payloads.write(folder / "articles")])
    assert report.articles == 40
    with running(settings) as site:
        yield site


@pytest.fixture(params=["policy", "no policy"])
def victim(request: pytest.FixtureRequest, open_chat: Any, hostile: Any) -> Any:
    """The chat over hostile articles. Without the security policy the page's own care must be enough."""
    chat = open_chat(at=hostile, bypass_csp=request.param == "no policy")
    chat.every = request.param == "no policy"  # with the policy, samples are enough
    chat.watch.expected = ("the server responded with a status of 404",)
    return chat


def test_payloads_are_two_hundred_and_would_run(open_chat: Any, payloads: Any) -> None:
    assert len(set(payloads.ALL)) == 200
    chat = open_chat(bypass_csp=True).open()
    chat.watch.expected = ("",)  # the other origin does not exist
    chat.watch.check = lambda: None  # this page is the proof that the others could fail
    chat.page.evaluate("(html) => document.body.insertAdjacentHTML('beforeend', html)", payloads.ALL[2])
    chat.page.wait_for_function("window.smuggled === 1")
    assert chat.page.evaluate(CLEAN) is False


def test_answers_reader_and_lists(victim: Any, payloads: Any) -> None:
    page = victim.open().page
    for number in range(0, 200, 5 if victim.every else 40):
        payload = payloads.ALL[number + number // 5 % 5]
        turn = victim.ask(f"What does Treaty{number} say to the envoys? {payload}")
        expect(turn.locator(".question")).to_have_text(
            f"What does Treaty{number} say to the envoys? {payload}"
        )
        cites = turn.locator(".source-numbers .cite")
        assert cites.count() >= 1
        cites.first.hover()
        cites.first.click()
        page.wait_for_selector("#reader-text mark.current")
        assert page.evaluate(CLEAN)
        for link in page.locator("a[href]").evaluate_all("(all) => all.map((a) => a.protocol)"):
            assert link in ("http:", "https:")
        page.keyboard.press("Escape")
        if number % 25 == 0:
            page.evaluate("document.getElementById('new-conversation').click()")
    page.reload()
    page.fill("#find-conversation", "envoys")
    assert page.locator("#conversations li").count() >= 2
    assert page.evaluate(CLEAN)


def test_shown_words_are_the_stored_words(victim: Any, payloads: Any) -> None:
    turn = victim.open().ask("What does Treaty50 say to the envoys?")
    shown = turn.locator(".sentence, .source-quote").all_inner_texts()
    assert any(p in words for words in shown for p in payloads.ALL)


def test_library_and_article_pages(victim: Any, payloads: Any) -> None:
    page = victim.page
    for path in (
        "/library",
        "/library?q=" + quote(payloads.ALL[0]),
        "/library?publisher=" + quote(payloads.ALL[1]),
    ):
        page.goto(victim.url + path)
        assert page.evaluate(CLEAN)
    page.goto(victim.url + "/library?sort=title")
    addresses = page.locator(".articles .title a").evaluate_all("(all) => all.map((a) => a.href)")
    assert len(addresses) == 40
    for address in addresses if victim.every else addresses[::8]:
        page.goto(address + "?start=0&end=30")
        expect(page.locator("h1")).to_contain_text("Treaty")
        assert page.evaluate(CLEAN)
        for link in page.locator("main a[href]").evaluate_all("(all) => all.map((a) => a.protocol)"):
            assert link in ("http:", "https:")


def test_addresses_and_forms(victim: Any, payloads: Any) -> None:
    page = victim.page
    for payload in payloads.ALL[:: 7 if victim.every else 50]:
        page.goto(f"{victim.url}/?q={quote(payload)}&publisher={quote(payload)}")
        expect(page.locator("#question")).to_have_value(payload)
        assert page.evaluate(CLEAN)
    for path in (
        "/articles/" + quote(payloads.ALL[2]),
        "/" + quote(payloads.ALL[2]),
        "/#c-" + payloads.ALL[2],
    ):
        page.goto(victim.url + path)
        assert page.evaluate(CLEAN)


def test_answers_without_a_script(open_chat: Any, hostile: Any, payloads: Any) -> None:
    page = open_chat(at=hostile, java_script_enabled=False, bypass_csp=True).open().page
    for number in range(0, 200, 20):
        page.goto(hostile.url)
        page.fill("#question", f"What does Treaty{number} say to the envoys? {payloads.ALL[number]}")
        page.click("#send")
        assert page.locator(".turn .cite").count() >= 1
        assert page.locator(".smuggled").count() == 0
