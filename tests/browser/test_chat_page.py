"""Asking in the browser: streaming, follow-ups, limits, refusal, stop, edit, copies, conversations, export."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from assistant import Library, check_export

CEASEFIRE = "When did Veldia and the Northern Marches sign the ceasefire?"
PRISONERS = "How many prisoners did Veldia release over the Karst road?"
NOTHING = "Zwqv xplk brmgh"


def test_first_visit_says_what_it_is_and_offers_questions(chat: Any, site: Any) -> None:
    page = chat.page
    expect(page.locator(".freshness")).to_have_text("12 articles, newest March 2023, built today")
    examples = page.locator(".examples .ask-this")
    assert examples.count() == 3
    words = examples.first.inner_text()
    examples.first.click()
    turn = chat.finished()
    expect(turn.locator(".question")).to_have_text(words)
    expect(turn).to_have_attribute("data-state", "answered")


def test_answer_streams_in_sentence_by_sentence(open_chat: Callable[..., Any], several: str) -> None:
    chat = open_chat().open()
    chat.slow(0.15)
    chat.page.evaluate(
        """() => {
          window.seen = [];
          const note = () => {
            const turn = document.querySelector('.turn');
            if (turn) window.seen.push([turn.dataset.state, turn.querySelectorAll('.sentence').length]);
          };
          new MutationObserver(note).observe(
            document.getElementById('turns'), { childList: true, subtree: true, attributes: true });
        }"""
    )
    turn = chat.ask(several)
    count = turn.locator(".sentence").count()
    assert count >= 2
    seen = chat.page.evaluate("window.seen")
    assert ["pending", 0] in seen
    assert ["pending", 1] in seen  # the first sentence stood there before the answer was complete
    assert seen[-1] == ["answered", count]
    spoken = chat.page.locator("#announcer p").all_inner_texts()
    assert spoken[:count] == turn.locator(".sentence").all_inner_texts()  # whole sentences, never pieces
    assert spoken[count].startswith("Answer complete, ")


def test_answer_shown_is_the_answer_of_the_api(chat: Any) -> None:
    turn = chat.ask(CEASEFIRE)
    answer = chat.page.request.post(chat.url + "/api/ask", data={"question": CEASEFIRE}).json()
    assert turn.locator(".sentence").all_inner_texts() == [s["text"] for s in answer["sentences"]]
    numbers = [n for s in answer["sentences"] for n in s["citations"]]
    assert [int(t) for t in turn.locator(".answer .cite").all_inner_texts()] == numbers


def test_follow_up_carries_the_conversation(chat: Any) -> None:
    chat.ask(CEASEFIRE)
    with chat.page.expect_request("**/api/ask") as caught:
        turn = chat.ask("Who mediated it?")
    history = caught.value.post_data_json["history"]
    assert [h["question"] for h in history] == [CEASEFIRE]
    assert "Lindholm" in history[0]["answer"]
    expect(turn.locator(".understood")).to_contain_text("Asked as")
    expect(turn.locator(".answer")).to_contain_text("Lindholm")
    with chat.page.expect_request("**/api/ask") as caught:
        turn.get_by_role("button", name="Ask the words alone").click()
    assert caught.value.post_data_json["history"] == []


def test_publisher_filter_limits_the_answer(chat: Any) -> None:
    page = chat.page
    page.click("#filters summary")
    page.get_by_label("Harbour Post", exact=True).check()
    expect(page.locator("#active-filters")).to_contain_text("Only Harbour Post")
    turn = chat.ask(PRISONERS)
    expect(turn.locator(".answer")).to_contain_text("96 prisoners")
    expect(turn.locator(".answer")).not_to_contain_text("120 prisoners")
    assert set(turn.locator(".source-meta").all_inner_texts()) <= {
        "Harbour Post · 20 August 2022",
        "Harbour Post · 5 May 2022",
    }
    with page.expect_request("**/api/ask") as caught:
        turn.get_by_role("button", name="Ask without “Only Harbour Post”").click()
    assert caught.value.post_data_json["filters"] == {"publishers": []}
    expect(chat.finished().locator(".answer")).to_contain_text("120 prisoners")


def test_as_of_slider_hides_what_came_later(chat: Any) -> None:
    page = chat.page
    page.click("#filters summary")
    slider = page.locator("#as-of-slider")
    slider.focus()
    slider.press("Home")  # the oldest month; one step on is February 2021
    slider.press("ArrowRight")
    expect(page.locator("[name=as_of]")).to_have_value("2021-02-28")
    expect(slider).to_have_attribute("aria-valuetext", "As known on 28 February 2021")
    turn = chat.ask(CEASEFIRE)
    expect(turn).to_have_attribute("data-state", "refused")
    page.locator("#active-filters button").click()
    expect(page.locator("[name=as_of]")).to_have_value("")
    slider_value = slider.input_value()
    assert slider_value == slider.get_attribute("max")


def test_understood_limit_is_a_chip_that_can_be_taken_away(chat: Any) -> None:
    turn = chat.ask("How many prisoners did Veldia release according to Harbour Post?")
    chip = turn.locator(".chip.understood")
    expect(chip).to_have_text("Harbour Post first")
    with chat.page.expect_request("**/api/ask") as caught:
        chip.get_by_role("button").click()
    assert caught.value.post_data_json["understand"] is False
    expect(chat.finished().locator(".chip.understood")).to_have_count(0)


def test_refusal_looks_different_and_shows_the_nearest_evidence(chat: Any) -> None:
    turn = chat.ask(NOTHING)
    expect(turn).to_have_attribute("data-state", "refused")
    expect(turn.locator(".answer")).to_be_hidden()
    refusal = turn.locator(".refusal")
    expect(refusal).to_contain_text("12 articles")
    assert refusal.evaluate("(e) => getComputedStyle(e).borderTopStyle") == "dashed"
    if turn.locator(".source").count():
        expect(turn.get_by_role("heading", name="Nearest in the collection")).to_be_visible()
        expect(turn.locator(".source-quote").first).to_be_visible()


def test_stop_then_ask_again(open_chat: Callable[..., Any]) -> None:
    chat = open_chat().open()
    chat.slow(5)
    chat.page.fill("#question", CEASEFIRE)
    chat.page.press("#question", "Enter")
    chat.page.click("#stop")
    turn = chat.finished()
    expect(turn).to_have_attribute("data-state", "failed")
    expect(turn.locator(".failure")).to_contain_text("Stopped")
    expect(chat.page.locator("#send")).to_be_visible()
    chat.page.unroute("**/api/ask")
    turn.get_by_role("button", name="Ask again").click()
    expect(chat.finished()).to_have_attribute("data-state", "answered")


def test_lost_connection_is_said_and_mended(open_chat: Callable[..., Any]) -> None:
    chat = open_chat().open()
    chat.watch.expected = ("net::ERR_",)
    chat.page.route("**/api/ask", lambda route: route.abort())
    turn = chat.ask(CEASEFIRE)
    expect(turn.locator(".failure")).to_contain_text("cannot be reached")
    expect(chat.page.locator("#offline")).to_be_visible()
    chat.page.unroute("**/api/ask")
    expect(chat.page.locator("#offline")).to_be_hidden()  # it looks every three seconds
    turn.get_by_role("button", name="Ask again").click()
    expect(chat.finished()).to_have_attribute("data-state", "answered")


def test_stream_that_breaks_off_is_no_answer(open_chat: Callable[..., Any]) -> None:
    chat = open_chat().open()
    line = json.dumps({"type": "sources", "citations": [], "standalone_question": "x", "limits": []})
    for body in (
        line + "\n",
        line[:20],
        '{"type":"error","error":{"code":"internal","message":"it broke"}}\n',
    ):
        chat.page.unroute_all()
        chat.page.route("**/api/ask", partial(answer_with, body))
        expect(chat.ask(CEASEFIRE)).to_have_attribute("data-state", "failed")
    expect(chat.page.locator(".turn").last.locator(".failure")).to_contain_text("it broke")


def answer_with(body: str, route: Any) -> None:
    route.fulfill(body=body, status=200)


def test_edit_replaces_the_question_and_what_followed(chat: Any) -> None:
    first = chat.ask(CEASEFIRE)
    chat.ask("Who mediated it?")
    first = chat.page.locator(".turn").first
    first.get_by_role("button", name="Edit").click()
    box = first.get_by_label("Your question")
    box.fill(PRISONERS)
    box.press("Enter")
    turn = chat.finished()
    expect(chat.page.locator(".turn")).to_have_count(1)
    expect(turn.locator(".question")).to_have_text(PRISONERS)
    expect(turn.locator(".answer")).to_contain_text("prisoners")


def test_copy_takes_the_sources_along(open_chat: Callable[..., Any]) -> None:
    chat = open_chat(permissions=["clipboard-read", "clipboard-write"]).open()
    turn = chat.ask(CEASEFIRE)
    turn.get_by_role("button", name="Copy").click()
    expect(turn.get_by_role("button", name="Copied")).to_be_visible()
    text = chat.page.evaluate("navigator.clipboard.readText()")
    assert turn.locator(".sentence").first.inner_text() + " [1]" in text
    assert re.search(
        r"^\[1\] The Lake Courier, “Veldia and the Northern Marches sign .*”, 4 May 2022\. https://",
        text,
        re.M,
    )


def test_link_of_a_question_fills_it_in_and_asks_nothing(open_chat: Callable[..., Any]) -> None:
    chat = open_chat(permissions=["clipboard-read", "clipboard-write"]).open()
    chat.page.click("#filters summary")
    chat.page.get_by_label("Harbour Post", exact=True).check()
    turn = chat.ask(PRISONERS)
    turn.get_by_role("button", name="Link").click()
    expect(turn.get_by_role("button", name="Link copied")).to_be_visible()
    address = chat.page.evaluate("navigator.clipboard.readText()")
    asked: list[str] = []
    chat.page.on("request", lambda r: asked.append(r.url) if r.url.endswith("/api/ask") else None)
    chat.page.goto(address)
    expect(chat.page.locator("#question")).to_have_value(PRISONERS)
    expect(chat.page.get_by_label("Harbour Post", exact=True)).to_be_checked()
    expect(chat.page.locator("#permalink-note")).to_be_visible()
    expect(chat.page.locator("#send")).to_be_focused()
    assert asked == []
    chat.page.keyboard.press("Enter")
    expect(chat.finished().locator(".answer")).to_contain_text("96 prisoners")


def test_conversations_stay_in_this_browser(chat: Any) -> None:
    page = chat.page
    chat.ask(CEASEFIRE)
    chat.ask("Who mediated it?")
    page.click("#new-conversation")
    expect(page.locator(".welcome")).to_be_visible()
    chat.ask(PRISONERS)
    assert page.locator("#conversations li").count() == 2
    page.reload()
    expect(page.locator(".turn .question")).to_have_text([PRISONERS])
    page.get_by_role("link", name=CEASEFIRE).click()
    expect(page.locator(".turn .question")).to_have_text([CEASEFIRE, "Who mediated it?"])
    expect(page.locator(".turn").first.locator(".cite").first).to_be_visible()

    page.fill("#find-conversation", "WHO mediated")
    expect(page.locator("#conversations li")).to_have_count(1)
    page.fill("#find-conversation", "")

    row = page.locator("#conversations li").filter(has_text="ceasefire")
    row.hover()
    row.get_by_role("button", name="Rename").click()
    page.get_by_label("Name of the conversation").fill("The first one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="The first one")).to_be_focused()
    assert "The first one" in [c["title"] for c in chat.stored()]

    page.locator("#conversations li").filter(has_text="first one").hover()
    page.get_by_role("button", name="Delete “The first one”").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator("#conversations li")).to_have_count(1)
    expect(page.locator(".welcome")).to_be_visible()

    page.click("#clear-all")
    page.click("#confirm-yes")
    expect(page.locator("#conversations li")).to_have_count(0)
    assert chat.stored() == []


def test_nothing_about_a_conversation_is_kept_on_the_server(chat: Any, site: Any) -> None:
    before = {p: p.stat().st_mtime_ns for p in site.settings.index.rglob("*") if p.is_file()}
    chat.ask("Who leads the observer mission of the Lake Union?")
    after = {p: p.stat().st_mtime_ns for p in site.settings.index.rglob("*") if p.is_file()}
    assert after == before
    assert chat.page.context.cookies() == []


@pytest.mark.parametrize(
    ("name", "starts"),
    [("Markdown", "#"), ("JSON", "{"), ("BibTeX", "@"), ("CSL JSON", "[")],
)
def test_export_of_a_conversation(chat: Any, site: Any, tmp_path: Path, name: str, starts: str) -> None:
    chat.ask(CEASEFIRE)
    chat.ask("Who mediated it?")
    chat.page.click("#export summary")
    with chat.page.expect_download() as caught:
        chat.page.locator("#export").get_by_role("button", name=re.compile(f"^{name}")).click()
    path = tmp_path / caught.value.suggested_filename
    caught.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(starts)
    if name != "JSON":
        assert "Lindholm" in text
        return
    with Library(site.settings).lease() as generation:
        assert list(check_export(text, generation)) == []
        spoiled = text.replace("signed a ceasefire", "refused a ceasefire")
        assert spoiled != text
        assert list(check_export(spoiled, generation)) != []


def test_suggested_follow_up_is_asked(chat: Any) -> None:
    turn = chat.ask(CEASEFIRE)
    suggested = turn.locator(".next .ask-this")
    assert suggested.count() >= 1
    words = suggested.first.inner_text()
    suggested.first.click()
    expect(chat.page.locator(".turn .question")).to_have_text([CEASEFIRE, words])
    chat.finished()


def test_outlets_that_disagree_stand_side_by_side(chat: Any) -> None:
    turn = chat.ask(PRISONERS)
    expect(turn.get_by_role("heading", name="Reports differ")).to_be_visible()
    sides = turn.locator(".side")
    assert sides.count() == 2
    assert {"120", "96"} == set(re.findall(r"released (\d+) prisoners", turn.locator(".sides").inner_text()))


def test_timeline_tells_dates_without_colour(chat: Any) -> None:
    turn = chat.ask(PRISONERS)
    cited = turn.locator(".answer .cite").count()
    turn.locator(".timeline summary").click()
    picture = turn.locator(".timeline svg[role=img]")
    assert picture.locator("circle").count() == cited
    label = picture.get_attribute("aria-label") or ""
    listed = turn.locator(".timeline-list li").all_inner_texts()
    assert len(listed) == cited
    dates = [row.split("\n")[0].strip() for row in listed]
    assert all(re.match(r"\d{1,2} \w+ \d{4}|\w+ \d{4}|\d{4}", d) for d in dates)
    assert label.startswith("Reports by date. ")
