"""The chat page is light, paints at once, does not jump while an answer arrives, and logs nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PRISONERS = "How many prisoners did Veldia release over the Karst road?"
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((e) => [e.value, e.hadRecentInput,
      e.sources.map((s) => [s.node?.className ?? s.node?.nodeName, s.previousRect.toJSON(), s.currentRect.toJSON()])])))
    .observe({ type: 'layout-shift', buffered: true });
}"""


def test_whole_page_is_at_most_a_hundred_kilobytes_on_the_wire(open_chat: Callable[..., Any]) -> None:
    chat = open_chat()
    session = chat.page.context.new_cdp_session(chat.page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    chat.page.goto(chat.url, wait_until="networkidle")
    assert len(received) > 10
    print(f"chat page: {sum(received) / 1024:.1f} KB in {len(received)} responses, headers included")
    assert sum(received) <= 100 * 1024


def test_first_paint_within_a_second(open_chat: Callable[..., Any]) -> None:
    chat = open_chat().open()
    chat.page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length === 1")
    paint = chat.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    print(f"first contentful paint: {paint:.0f} ms")
    assert paint < 1000


def test_nothing_jumps_while_an_answer_arrives(open_chat: Callable[..., Any]) -> None:
    for width, height in ((1280, 860), (390, 844)):
        chat = open_chat(width=width, height=height, reduced_motion="no-preference").open()
        chat.page.evaluate(SHIFTS)
        chat.slow(0.7)  # the pieces come later than the half second in which shifts are forgiven
        for question in (PRISONERS, "What did the teacher Jon Ferro say?"):
            chat.page.locator("#question").press_sequentially(
                question
            )  # as a person types: the box grows with it
            chat.page.keyboard.press("Enter")
            chat.finished()
        chat.page.wait_for_timeout(600)
        shifts = chat.page.evaluate("window.shifts")
        total = sum(value for value, forgiven, _ in shifts if not forgiven)
        print(f"layout shift while streaming at {width} px: {total:.4f}")
        assert total < 0.01, shifts


def test_first_event_is_shown_before_the_last_arrives(open_chat: Callable[..., Any]) -> None:
    chat = open_chat().open()
    chat.slow(0.3)
    chat.page.fill("#question", PRISONERS)
    chat.page.press("#question", "Enter")
    chat.page.wait_for_selector(".turn[aria-busy] .sentence")
    assert chat.page.locator(".turn .actions").is_hidden()
    chat.finished()


def test_scripts_load_as_modules_of_this_server_only(open_chat: Callable[..., Any]) -> None:
    chat = open_chat()
    asked: list[str] = []
    chat.page.on("request", lambda request: asked.append(request.url))
    chat.page.goto(chat.url, wait_until="networkidle")
    chat.ask(PRISONERS)
    assert asked
    assert all(url.startswith(chat.url) for url in asked)
    assert chat.page.locator("[style], script:not([src]), style").count() == 0
