"""Texts of scraped pages: articles apart, the page's own lines out, nothing of an article lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from index.reading.boilerplate import Boilerplate, find_boilerplate, strip_more
from index.reading.bylines import read_byline
from index.reading.scraped import split_scraped_text

FIRST = "Delegates from both banks of the river met on Monday for the first time in three years."
SECOND = "Nobody expected a breakthrough, the chief mediator said, but the channel is open again."
THIRD = "A further round was set for the spring, when the passes are free of snow."


def titles(text: str) -> list[str]:
    return [article.title for article in split_scraped_text(text, "page.txt")]


def test_a_title_and_text_is_one_article() -> None:
    (article,) = split_scraped_text(
        f"River talks resume after long silence\n\n{FIRST}\n\n{SECOND}\n", "a.txt"
    )
    assert article.title == "River talks resume after long silence"
    assert article.text == f"{FIRST}\n\n{SECOND}"


def test_text_alone_comes_out_whole_under_its_first_words() -> None:
    (article,) = split_scraped_text(f"{FIRST}\n{SECOND}", "744bcece01083608.txt")
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert article.title == "Delegates from both banks of the river met on Monday for the…"


def test_repeated_headlines_captions_and_link_residue() -> None:
    text = (
        f"Follow us on social\n\nRiver talks resume after long silence\n\nRiver talks resume after long silence\n\n"
        f"{FIRST}\n\n{SECOND}\nA bare teaser of another story\nSnow closes the northern passes\n\n"
        f"Snow closes the northern passes\n\n{THIRD}\n\nkeep readingShow less\n"
        "Soldiers clear a road on Sunday. Lena Brandt/Pool via REUTERS\n"
        "Soldiers clear a road on Sunday. Lena Brandt/Pool via REUTERS\n\nOpposition names a new envoy to the talks\n\n"
        f"Politics\n\n{SECOND}\n\nkeep readingShow less\n\nRiver Crisis\n"
    )
    articles = split_scraped_text(text, "page.txt")
    assert [(a.title, a.text) for a in articles] == [
        ("River talks resume after long silence", f"{FIRST}\n\n{SECOND}"),
        ("Snow closes the northern passes", THIRD),
        ("Opposition names a new envoy to the talks", SECOND),
    ]


def test_bylines_become_metadata_and_datelines_stay() -> None:
    text = (
        f"River talks resume after long silence\nBy Ann Lee, Example News, 3 May 2022\nPORT ADAIR (AP) — {FIRST}\n"
        f"Snow closes the northern passes\nBy BO CHEN and Ida Roe | May 4, 2022 | World\nMÉRIDA – {THIRD}\n"
    )
    first, second = split_scraped_text(text, "page.txt")
    assert (first.authors, first.published.iso, first.text) == (
        ("Ann Lee",),
        "2022-05-03",
        f"PORT ADAIR (AP) — {FIRST}",
    )
    assert (second.authors, second.published.iso, second.text) == (
        ("Bo Chen", "Ida Roe"),
        "2022-05-04",
        f"MÉRIDA – {THIRD}",
    )


def test_sub_headings_and_a_chronology_stay_in_their_article() -> None:
    body = [
        FIRST,
        "What the monitors saw:",
        SECOND,
        "10 April 2019",
        THIRD,
        "3 May 2020",
        FIRST,
        "Next steps",
        SECOND,
    ]
    (article,) = split_scraped_text("\n\n".join(["River talks resume after long silence", *body]), "a.txt")
    assert article.text == "\n\n".join(body)


def test_newsletter_box_comments_and_footer_are_left_out() -> None:
    text = (
        f"We use cookies to improve your experience. Accept\nRiver talks resume after long silence\n{FIRST}\n{SECOND}\n"
        "Sign Up To Our Daily Digest\nGood reporting costs money. Sign up for our email digest and miss nothing.\n"
        "2 Comments\nanna says:\nMay 4, 2022 at 3:12 pm\nI was there and it was cold.\n© 2022 Example News\n"
    )
    (article,) = split_scraped_text(text, "page.txt")
    assert article.text == f"{FIRST}\n\n{SECOND}"


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "River talks resume after long silence\n\nDelegates from both banks of the river met on Monday for\nthe first time in three years of silence between the two\nsides, and they agreed to meet again before the summer.\n\n"
        + SECOND
    )
    (article,) = split_scraped_text(text, "a.txt")
    assert "\n" not in article.text.split("\n\n")[0]
    assert article.text.endswith(SECOND)


@settings(deadline=None)  # the first call compiles the patterns
@given(
    st.lists(st.sampled_from([FIRST, SECOND, THIRD]), min_size=1, max_size=12),
    st.sampled_from(["\n", "\n\n"]),
)
def test_prose_is_never_lost(paragraphs: list[str], spacing: str) -> None:
    unique = [
        p.replace("on Monday", f"on day {n}").replace(" the ", f" the {n} ") for n, p in enumerate(paragraphs)
    ]
    articles = split_scraped_text(
        "River talks resume after long silence" + spacing + spacing.join(unique), "a.txt"
    )
    assert "\n\n".join(a.text for a in articles) == "\n\n".join(unique)


@settings(deadline=None)  # the first call compiles the patterns
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for article in split_scraped_text(text, "a.txt"):
        assert article.text
        assert article.title


def test_boilerplate_is_told_from_headlines_that_use_its_words() -> None:
    kinds = {
        "Skip to content": Boilerplate.CHROME,
        "keep readingShow less": Boilerplate.MORE,
        "Most read": Boilerplate.RELATED,
        "3 Comments": Boilerplate.COMMENTS,
        "Subscribe to our newsletter": Boilerplate.BOX,
        "© 2024 Example News. All rights reserved.": Boilerplate.FOOTER,
        "A convoy at dusk. (Lena Brandt/AP)": Boilerplate.CAPTION,
    }
    assert {line: find_boilerplate(line) for line in kinds} == kinds
    for headline in (
        "Order restored in the capital after talks", "Share of seats decides the accord", "Support for the truce grows",
        "More talks next week", "Next round set for May", "Latest from the river: no deal yet, envoys say",
        "Accept the deal, urges bishop", "Read the full text of the agreement", "Sources: rebels agree to terms",
    ):  # fmt: skip
        assert find_boilerplate(headline) is None, headline


def test_read_more_is_cut_only_where_it_is_a_link() -> None:
    assert strip_more(f"{FIRST} Read more") == (FIRST, True)
    assert strip_more("The talks went on…Continue reading →") == ("The talks went on…", True)
    assert strip_more("They asked for 3,000 tents and more.") == (
        "They asked for 3,000 tents and more.",
        False,
    )


def test_lines_that_are_no_bylines() -> None:
    for line in (
        "By morning the guns fell silent", "What happened on 3 May 2022", "— Ann Lee (@annlee) 3 May 2022",
        "GENEVA (AP) — Envoys met on 3 May 2022.", "Minsk Summit February 2015", "By Sea and Land: The Long Road",
    ):  # fmt: skip
        assert read_byline(line) is None, line
