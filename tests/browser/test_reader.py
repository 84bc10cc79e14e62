"""The article beside the answer: what is highlighted is what was quoted, and the focus is where it should be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

MARKED = """(number) => [...document.querySelectorAll('#reader-text mark')]
  .filter((m) => m.dataset.numbers.includes(` ${number} `)).map((m) => m.textContent).join('')"""
SHOWN = "document.getElementById('reader-text').textContent"


def questions(collection: Any) -> list[str]:
    """The collection's questions, then one about each of its sentences."""
    sentences = [
        s for a in collection.ARTICLES for s in a["text"].replace("\n\n", " ").split(". ") if len(s) > 40
    ]
    return [*collection.QUESTIONS, *(f"Is it true that {s.rstrip('.')}?" for s in sentences)]


def test_highlighted_text_equals_the_quote_for_every_citation_of_fifty_answers(
    chat: Any, collection: Any
) -> None:
    page, answered, checked = chat.page, 0, 0
    texts = {a["id"]: a["text"] for a in collection.ARTICLES}
    for question in questions(collection):
        page.evaluate("localStorage.clear()")
        page.evaluate("document.getElementById('new-conversation').click()")
        chat.ask(question)
        [turn] = chat.stored()[0]["turns"]
        citations = turn["answer"]["citations"] or turn["answer"]["nearest"]
        answered += turn["answer"]["answered"]
        place = ".answer .cite" if turn["answer"]["answered"] else ".source-numbers .cite"
        for number, citation in enumerate(citations, 1):
            page.locator(f".turn {place}[data-number='{number}']").first.click()
            page.wait_for_selector(f"#reader-text mark.current[data-numbers*=' {number} ']")
            assert page.evaluate(MARKED, number) == citation["quote"]
            assert page.evaluate(SHOWN) == texts[citation["article_id"]]
            checked += 1
        if answered == 50:
            break
    assert answered == 50
    assert checked >= 50


def test_reader_shows_every_cited_sentence_and_steps_through_them(chat: Any, several: str) -> None:
    page = chat.page
    turn = chat.ask(several)
    count = turn.locator(".answer .cite").count()
    assert count >= 2
    turn.locator(".answer .cite").first.click()
    expect(page.locator("#reader-count")).to_have_text(f"1 of {count}")
    expect(page.locator("#reader-previous")).to_be_disabled()
    here = list(chat.stored()[0]["turns"][0]["answer"]["citations"])
    first = here[0]["article_id"]
    page.wait_for_selector("#reader-text mark.current")
    assert page.locator("#reader-text mark").count() == sum(c["article_id"] == first for c in here)
    for number in range(2, count + 1):
        page.click("#reader-next")
        page.wait_for_selector(f"#reader-text mark.current[data-numbers*=' {number} ']")
        expect(page.locator("#reader-text mark.current")).to_be_in_viewport()
        expect(page.locator("#reader-title")).to_have_text(here[number - 1]["title"])
    expect(page.locator("#reader-next")).to_be_disabled()


def test_link_to_the_original_carries_the_quote(chat: Any) -> None:
    turn = chat.ask("When did Veldia and the Northern Marches sign the ceasefire?")
    turn.locator(".answer .cite").first.click()
    link = chat.page.locator("#reader-original")
    expect(link).to_have_attribute(
        "href",
        "https://courier.example/2022/ceasefire?id=7&x=a-b#:~:text=Veldia%20and%20the%20Northern%20Marches%20signed,"
        "in%20Lindholm%20on%204%20May%202022.",
    )
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_no_link_without_an_address(chat: Any) -> None:
    turn = chat.ask("Who leads the observer mission of the Lake Union?")
    turn.locator(".answer .cite").first.click()
    chat.page.wait_for_selector("#reader-text mark.current")
    expect(chat.page.locator("#reader-original")).to_be_hidden()


def test_preview_of_the_quote_on_hover_and_on_focus(chat: Any) -> None:
    page = chat.page
    turn = chat.ask("Who mediated the ceasefire in Lindholm?")
    quote = turn.locator(".sentence").first.inner_text()
    cite = turn.locator(".answer .cite").first
    cite.hover()
    preview = page.locator("#preview")
    expect(preview).to_be_visible()
    expect(preview.locator("q")).to_have_text(quote)
    expect(preview).to_contain_text("The Lake Courier · 4 May 2022")
    preview.hover()  # it stays while the pointer is over it
    page.wait_for_timeout(300)
    expect(preview).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    page.mouse.move(5, 5)
    page.keyboard.press("Shift+Tab")
    cite.focus()
    expect(preview).to_be_visible()
    expect(cite).to_have_attribute("aria-describedby", "preview")


def test_keyboard_alone_asks_opens_reads_and_returns(open_chat: Callable[..., Any], several: str) -> None:
    chat = open_chat(width=1280).open()
    page = chat.page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_until(page, "#question")
    page.keyboard.type(several)
    page.keyboard.press("Enter")
    turn = chat.finished()
    expect(page.locator("#question")).to_be_focused()
    cite = turn.locator(".answer .cite").first
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if cite.evaluate("(e) => e === document.activeElement"):
            break
    expect(cite).to_be_focused()
    assert cite.evaluate("(e) => getComputedStyle(e).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.locator("mark.current")).to_be_focused()
    expect(page.locator("#preview")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(cite).to_be_focused()


def test_on_a_phone_the_reader_is_a_sheet_that_keeps_the_focus(
    open_chat: Callable[..., Any], several: str
) -> None:
    chat = open_chat(width=390, height=844, has_touch=True, is_mobile=True).open()
    page = chat.page
    turn = chat.ask(several)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    cite = turn.locator(".answer .cite").first
    cite.tap()
    expect(page.locator("mark.current")).to_be_focused()
    box = page.locator("#reader").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('#reader')"
        )
    page.locator("#reader-close").tap()
    expect(cite).to_be_focused()


def test_reader_follows_when_the_window_changes_its_width(chat: Any, several: str) -> None:
    page = chat.page
    chat.ask(several).locator(".answer .cite").first.click()
    page.wait_for_selector("mark.current")
    assert page.evaluate("document.querySelector('#reader').matches(':modal')") is False
    page.set_viewport_size({"width": 500, "height": 800})
    expect(page.locator("#reader:modal")).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator("#reader:modal")).to_have_count(0)
    expect(page.locator("#reader")).to_be_visible()


def tab_until(page: Any, selector: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(selector).evaluate("(e) => e === document.activeElement"):
            return
    raise AssertionError(f"{selector} cannot be reached with the Tab key")
