"""Made texts of scraped pages: what a browser's copy, a scraper or a reader mode leaves of listings and articles."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import lxml.html
from listing_dates import print_date
from listing_pages import EN, LANGUAGES, LAYOUTS, Page, Words, headlines_only, news_list
from listing_stories import Item, make_items

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
        "button",
    ]
)


def as_text(html: str, spacing: str) -> str:
    """`html` as text: "lines" (a line each block), "blank" (a blank line between) or "nodes" (each text its own line)."""
    body = lxml.html.document_fromstring(html).find("body")
    pieces: list[str] = []

    def walk(node: lxml.html.HtmlElement) -> None:
        if node.tag in ("script", "style", "input"):
            return
        if node.tag in _BLOCKS:
            pieces.append("\n")
        if node.text:
            pieces.append(" ".join(node.text.split(" ")) + ("\n" if spacing == "nodes" else ""))
        for child in node:
            walk(child)
            if (
                child.tag in ("span", "a", "time", "cite")
                and child.getnext() is not None
                and not (child.tail or "").strip()
            ):
                pieces.append(" ")
            if child.tail:
                pieces.append(child.tail + ("\n" if spacing == "nodes" else ""))
        if node.tag in _BLOCKS:
            pieces.append("\n")

    walk(body)
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    return ("\n\n" if spacing == "blank" else "\n").join(line for line in lines if line) + "\n"


def make_copies(seed: int = 1) -> Iterator[Page]:
    """Text copies of listing pages."""
    for number, layout in enumerate(LAYOUTS):
        rng = random.Random(f"{seed} text {layout.__name__}")
        words = LANGUAGES[(number + seed) % len(LANGUAGES)] if number % 2 else EN
        count = rng.choice((3, 4, 6, 8, 10, 14, 20))
        items = make_items(rng, count, undated=0.0)
        spacing = ("lines", "blank")[(number + seed) % 2]
        if layout is news_list:  # there the date is only in an attribute, which text does not show
            html, items = layout(rng, items, words), [replace(i, date=None) for i in items]
        else:
            html = layout(rng, items, words)
        yield Page(
            f"{layout.__name__}-{words.lang}-{count}-{spacing}",
            as_text(html, spacing),
            tuple(items),
            html=False,
        )


Telling = Callable[[random.Random, Words], tuple[str, list[Item]]]


def long_items(rng: random.Random, count: int) -> list[Item]:
    """Items with several paragraphs."""
    return [replace(i, text=i.text) for i in make_items(rng, count, paragraphs=4)]


def menu(words: Words) -> list[str]:
    return ["Skip to content", *words.nav, "Search", "Subscribe"]


def footer(words: Words) -> list[str]:
    return [words.newsletter, words.plea, "Follow us on social", *words.nav, "Privacy policy", words.rights]


def paragraphs(item: Item) -> list[str]:
    return item.text.split("\n\n")


def one_article(rng: random.Random, words: Words) -> tuple[list[str], list[Item]]:
    """One article with its furniture: title twice, byline, caption, sub-headings, related links, comments."""
    item = long_items(rng, 1)[0]
    body = paragraphs(item)
    item = replace(
        item,
        text="\n\n".join(
            [
                body[0],
                "A fragile calm",
                *body[1:],
                "What comes next for the region"[:16],
                body[0] + " So it goes.",
            ]
        ),
    )
    related = [i.title for i in make_items(rng, 4)]
    lines = [
        *menu(words), item.section, item.title, f"By {item.author}", print_date(item.date, "en", "long"), "Share on Facebook", "4 min read",
        "Delegates arrive for talks at the old customs house. Photo: Lena Brandt / Agency", item.title, body[0], "Advertisement",
        "A fragile calm", *body[1:], "What comes next "[:16].strip(), body[0] + " So it goes.",
        "Related stories", *related, "3 Comments", "anna92 says:", "May 4, 2022 at 3:12 pm", "Great article, thank you for writing it.", "Leave a comment",
        *footer(words),
    ]  # fmt: skip
    item = replace(item, text=item.text.replace("What comes next ", "What comes next"))
    return lines, [item]


def several_bylined(rng: random.Random, words: Words) -> tuple[list[str], list[Item]]:
    """Full articles one after the other, each with "By X, Y, date"."""
    items = long_items(rng, rng.randrange(2, 6))
    lines = []
    for item in items:
        lines += [
            item.title,
            f"By {item.author}, Example News, {print_date(item.date, 'en', 'long')}",
            *paragraphs(item),
            "Share on Facebook",
            "Read more",
        ]
    return [*menu(words), *lines, *footer(words)], items


def several_repeated(rng: random.Random, words: Words) -> tuple[list[str], list[Item]]:
    """A main article, then teasers with text and one without, headlines twice, captions, a section's name."""
    main, *teasers = [replace(i, date=None) for i in long_items(rng, 4)]
    teasers = [replace(t, text="\n\n".join(paragraphs(t)[:2])) for t in teasers]
    bare = make_items(rng, 1)[0].title
    lines = [words.nav[1], main.title, main.title, *paragraphs(main), bare]
    for teaser in teasers:
        caption = f"{rng.choice(['A convoy', 'Delegates', 'Soldiers'])} near the border on Monday. Lena Brandt/Pool via REUTERS"
        lines += [teaser.title, caption, teaser.title, "Analysis", *paragraphs(teaser), "Continue reading"]
    return [*menu(words), *lines, "Middle East"], [main, *teasers]


def datelined(rng: random.Random, words: Words) -> tuple[list[str], list[Item]]:
    """Agency copy: datelines stay in the text."""
    items = []
    lines: list[str] = []
    for item in long_items(rng, 3):
        first, *rest = paragraphs(item)
        first = f"{rng.choice(['PORT ADAIR (AP) —', 'QASIRA —', 'TERNOVA, Varosh (Reuters) -'])} {first}"
        items.append(replace(item, text="\n\n".join([first, *rest])))
        lines += [item.title, print_date(item.date, "en", "short"), first, *rest, "___" * 6]
    return lines, items


def with_fields(rng: random.Random, words: Words) -> tuple[list[str], list[Item]]:
    """Exports with named lines over each text."""
    items = long_items(rng, 3)
    lines = []
    for item in items:
        lines += [
            f"Title: {item.title}",
            f"Author: {item.author}",
            "Source: Example News",
            f"Date: {item.date}",
            f"URL: {item.url}",
            *paragraphs(item),
            "=" * 40,
        ]
    return lines, items


def plain_article(rng: random.Random, words: Words) -> tuple[list[str], list[Item]]:
    """A title and the text, nothing else; a sub-heading and a list stay where they are."""
    item = replace(long_items(rng, 1)[0], date=None)
    body = [
        *paragraphs(item),
        "Next steps",
        "The parties agreed on three points:",
        "- a truce on all fronts",
        "- an exchange of prisoners",
        *paragraphs(item)[:1],
    ]
    return [item.title, *body], [replace(item, text="\n\n".join(body))]


def explainer(rng: random.Random, words: Words) -> tuple[list[str], list[Item]]:
    """Questions as sub-headings make one article."""
    item = long_items(rng, 1)[0]
    first, *rest = paragraphs(item)
    asked = [
        "What do the two sides want from this round?",
        "Who is paying for the monitors in the north?",
        "Why did the earlier talks fail so quickly?",
        "What happens if nobody signs by the deadline?",
    ]
    body = [first]
    for question, answer in zip(asked, rest, strict=False):
        body += [question, answer]
    lines = [
        *menu(words),
        item.title,
        f"By {item.author}",
        print_date(item.date, "en", "long"),
        *body,
        *footer(words),
    ]
    return lines, [replace(item, text="\n\n".join(body))]


STORIES: tuple[Telling, ...] = (
    one_article, several_bylined, several_repeated, datelined, with_fields, plain_article, explainer,
)  # fmt: skip


def make_stories(seed: int = 1) -> Iterator[Page]:
    """Texts of pages with whole articles, with and without blank lines between the lines."""
    for story in STORIES:
        for spacing in ("\n", "\n\n"):
            rng = random.Random(f"{seed} {story.__name__} {len(spacing)}")
            lines, items = story(rng, EN)
            yield Page(
                f"{story.__name__}-{len(spacing)}", spacing.join(lines) + "\n", tuple(items), html=False
            )


def headline_list(seed: int = 1) -> Page:
    """A dated list of headlines without text."""
    rng = random.Random(seed)
    items = [replace(i, text="") for i in make_items(rng, 9)]
    return Page("headlines", as_text(headlines_only(rng, items, EN), "lines"), tuple(items), html=False)
