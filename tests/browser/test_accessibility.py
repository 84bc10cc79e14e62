"""WCAG 2.2 AA as far as a program can tell: axe on every page and state in both themes, reflow, zoom, motion."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from index import Settings

CEASEFIRE = "When did Veldia and the Northern Marches sign the ceasefire?"
PRISONERS = "How many prisoners did Veldia release over the Karst road?"
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}


def violations(page: Any) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("(options) => axe.run(document, options).then((r) => r.violations)", AXE)
    return [f"{v['id']}: {n['html'][:160]} {n['failureSummary'][:200]}" for v in found for n in v["nodes"]]


def state_first_visit(chat: Any) -> None:
    chat.open()


def state_answer(chat: Any) -> None:
    chat.open().ask(PRISONERS)
    chat.page.locator(".timeline summary").click()


def state_follow_up(chat: Any) -> None:
    chat.open().ask(CEASEFIRE)
    chat.ask("Who mediated it?")


def state_refusal(chat: Any) -> None:
    chat.open().ask("Zwqv xplk brmgh")


def state_reader(chat: Any) -> None:
    chat.open().ask(PRISONERS).locator(".cite").first.click()
    chat.page.wait_for_selector("mark.current")


def state_preview(chat: Any) -> None:
    chat.open().ask(PRISONERS).locator(".cite").first.hover()
    expect(chat.page.locator("#preview")).to_be_visible()


def state_waiting(chat: Any) -> None:
    chat.open().page.route("**/api/ask", lambda _: None)
    chat.page.fill("#question", PRISONERS)
    chat.page.press("#question", "Enter")
    expect(chat.page.locator(".waiting").first).to_be_visible()


def state_failure(chat: Any) -> None:
    chat.watch.expected = ("net::ERR_",)
    chat.open().page.route("**/api/ask", lambda route: route.abort())
    chat.ask(PRISONERS)


def state_filters(chat: Any) -> None:
    chat.open().page.click("#filters summary")
    chat.page.get_by_label("Harbour Post", exact=True).check()


def state_edit(chat: Any) -> None:
    chat.open().ask(PRISONERS).get_by_role("button", name="Edit").click()


def state_export_menu(chat: Any) -> None:
    chat.open().ask(PRISONERS)
    chat.page.click("#export summary")


def state_conversations(chat: Any) -> None:
    chat.open().ask(PRISONERS)
    if chat.page.locator("#open-rail").is_visible():
        chat.page.click("#open-rail")
    chat.page.hover("#conversations li")
    chat.page.get_by_role("button", name="Rename").click()


def state_confirmation(chat: Any) -> None:
    chat.open().ask(PRISONERS)
    if chat.page.locator("#open-rail").is_visible():
        chat.page.click("#open-rail")
    chat.page.click("#clear-all")


def state_permalink(chat: Any) -> None:
    chat.open("/?q=Who+mediated%3F")


def state_library(chat: Any) -> None:
    chat.open("/library").page.click(".figures summary")


def state_library_nothing(chat: Any) -> None:
    chat.open("/library?q=zebra")


def state_article(chat: Any) -> None:
    chat.open("/articles/water?start=0&end=80#cited")


def state_missing(chat: Any) -> None:
    chat.watch.expected = ("status of 404",)
    chat.open("/nowhere")


STATES = {name.removeprefix("state_"): f for name, f in list(globals().items()) if name.startswith("state_")}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(open_chat: Callable[..., Any], state: str, theme: str) -> None:
    # High enough that nothing lies half under the composer: axe would call that too small to hit.
    chat = open_chat(color_scheme=theme, height=2000)
    STATES[state](chat)
    assert not violations(chat.page)
    if theme == "light":  # on a phone the layout is another, the colours are not
        chat.page.set_viewport_size({"width": 390, "height": 2400})
        assert not violations(chat.page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_without_an_index(open_chat: Any, running: Any, tmp_path: Path, theme: str) -> None:
    with running(Settings(index=tmp_path / "none", model="hashing")) as site:
        chat = open_chat(at=site, color_scheme=theme)
        chat.watch.expected = ("status of 503",)
        for path in ("/", "/library"):
            chat.open(path)
            assert violations(chat.page) == []


def test_axe_notices_what_is_wrong(chat: Any) -> None:
    chat.page.evaluate("document.querySelector('#question').labels[0].remove()")
    chat.page.evaluate("document.querySelector('#question').removeAttribute('placeholder')")
    assert any(v.startswith("label:") for v in violations(chat.page))


@pytest.mark.parametrize(
    "state", ["first_visit", "answer", "reader", "refusal", "filters", "library", "article"]
)
def test_nothing_is_cut_at_twice_the_size_on_a_narrow_window(
    open_chat: Callable[..., Any], state: str
) -> None:
    """320 CSS pixels: a window of 640 at 200 %, or 1280 at 400 % (WCAG 1.4.10)."""
    chat = open_chat(width=320, height=512, reduced_motion="reduce")
    STATES[state](chat)
    assert chat.page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_text_at_twice_the_size_stays_usable(open_chat: Callable[..., Any]) -> None:
    chat = open_chat(width=1280).open()
    chat.page.evaluate("document.documentElement.style.fontSize = '200%'")
    turn = chat.ask(PRISONERS)
    assert chat.page.evaluate("document.scrollingElement.scrollWidth") <= 1280
    turn.locator(".cite").first.click()
    expect(chat.page.locator("mark.current")).to_be_in_viewport()


def test_theme_button_overrides_the_system_and_is_remembered(open_chat: Callable[..., Any]) -> None:
    page = open_chat(color_scheme="dark").open().page
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    button = page.get_by_role("button", name="Dark theme")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    light = page.evaluate(ground)
    assert light != dark
    page.reload()
    assert page.evaluate(ground) == light
    expect(button).to_have_attribute("aria-pressed", "false")


def test_reduced_motion_moves_nothing(open_chat: Callable[..., Any]) -> None:
    chat = open_chat(reduced_motion="reduce")
    state_waiting(chat)
    assert chat.page.evaluate("document.getAnimations().length") == 0


def test_focus_is_never_under_the_composer_or_the_bar(open_chat: Callable[..., Any]) -> None:
    chat = open_chat(width=1280, height=620).open()
    chat.ask(CEASEFIRE)
    chat.ask(PRISONERS)
    page = chat.page
    page.focus("#main")
    for _ in range(60):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => {
              const at = document.activeElement.getBoundingClientRect();
              if (!document.activeElement.closest('.turn')) return null;
              const over = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
              return document.activeElement.contains(over) || over?.contains(document.activeElement)
                ? null : document.activeElement.outerHTML;
            }"""
        )
        assert hidden is None
