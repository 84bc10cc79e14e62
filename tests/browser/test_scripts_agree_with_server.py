"""What script and server both word, address or cut must come out the same."""

from __future__ import annotations

from typing import Any

from web import page_words

QUOTES = (
    "Talks, twice-held & done",
    "“Nie!” 🕊️ said\u00a0she",
    " ".join(f"word-{n}" for n in range(30)),
    "مرحبا بالعالم",
)
DATES = ("2023-12-01", "2023-12", "2023", None)
ADDRESSES = (
    "https://a.example/x?y=1#z",
    "javascript:1",
    "//a.example/",
    "ftp://a.example/",
    "data:,x",
    "",
    None,
)


def test_dates_fragments_and_addresses(chat: Any) -> None:
    words = "import('/static/js/words.js')"
    got = chat.page.evaluate(f"(all) => {words}.then((w) => all.map((d) => w.day(d)))", list(DATES))
    assert got == [page_words.day(d) for d in DATES]
    url = "https://a.example/page#top"
    got = chat.page.evaluate(
        f"(all) => {words}.then((w) => all.map((q) => w.withFragment('{url}', q)))", list(QUOTES)
    )
    # encodeURIComponent leaves !'()* as they are; both forms name the same text
    wanted = [page_words.with_fragment(url, q) for q in QUOTES]
    assert got == [w.replace("%21", "!") for w in wanted]
    got = chat.page.evaluate(
        f"(all) => {words}.then((w) => all.map((a) => !!w.webAddress(a)))", list(ADDRESSES)
    )
    assert got == [bool(page_words.web_address(a)) for a in ADDRESSES]


def test_code_point_offsets(chat: Any) -> None:
    text = "a🕊️b 👩🏽‍⚕️ ﬁ é 𝓠 א\u00a0z"
    cuts = list(range(len(text) + 3))
    got = chat.page.evaluate(
        "([text, cuts]) => import('/static/js/codepoints.js')"
        ".then((m) => m.utf16Positions(text, cuts).map((u) => text.slice(0, u)))",
        [text, cuts],
    )
    assert got == [text[:cut] for cut in cuts]
