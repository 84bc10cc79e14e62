"""The README's pictures, from a running server: `python tests/browser/screenshots.py http://127.0.0.1:8000 docs`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

QUESTION = "When was the Black Sea grain deal signed and who brokered it?"
FINISHED = ".turn:last-child:not([aria-busy]) .actions:not([hidden])"


def ask(page: Any, url: str, question: str) -> None:
    page.goto(url)
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.wait_for_selector(FINISHED)


def read(page: Any) -> None:
    page.locator(".answer .cite").first.click()
    page.wait_for_selector("#reader-text mark.current")


def main(url: str, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])

        def page(width: int, height: int, theme: Any, scale: float = 1) -> Any:
            size: Any = {"width": width, "height": height}
            context = browser.new_context(
                viewport=size, color_scheme=theme, device_scale_factor=scale, reduced_motion="reduce"
            )
            return context.new_page()

        light = page(1440, 900, "light")
        ask(light, url, QUESTION)
        read(light)
        light.mouse.move(0, 0)
        light.screenshot(path=folder / "chat-light.png")
        dark = page(1440, 900, "dark")
        ask(dark, url, "Which talks took place in Istanbul?")
        dark.click(".timeline summary")
        dark.screenshot(path=folder / "chat-dark.png")
        phone = page(390, 844, "light", 2)
        ask(phone, url, QUESTION)
        phone.screenshot(path=folder / "chat-phone.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
