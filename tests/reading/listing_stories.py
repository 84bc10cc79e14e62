"""Invented news items for made pages. Countries, people and outlets in them do not exist."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

_PLACES = [
    "Varosh",
    "Ternova",
    "Qasira",
    "Belmonte",
    "Ostrava-Lake",
    "Port_Adair",
    "San_Telmo",
    "Dushara",
    "Kelvin_Bay",
    "Almeira",
]
_SIDES = [
    "the Varosh government", "northern rebels", "the Coalition for Unity", "the Lake Front", "both armies",
    "opposition parties", "the transitional council", "coastal militias", "island authorities", "the junta",
]  # fmt: skip
_ENVOYS = [
    "Mira Oduya",
    "Tomas Hartel",
    "Leyla Karim",
    "Jonas Okafor",
    "Ana Prado",
    "Viktor Selan",
    "Ruth Amari",
    "Idris Bello",
]
_AUTHORS = [
    "Nadia Holm",
    "Peter Osei",
    "Clara Jensen",
    "Samuel Ortiz",
    "Ingrid Falk",
    "Yusuf Rahman",
    "Elena Costa",
    "Daniel Mbeki",
]
_HEADS = [
    "{Side} and {side2} agree to meet in {place}",
    "{envoy} returns to {place} with new truce proposal",
    "Ceasefire in {place} holds for {n} days",
    "Is the {place} peace process over?",
    "‘We are ready to sign’: {envoy} on the {place} accord",
    "{n} prisoners freed as {place} talks resume",
    "{Side} reject draft text, call for guarantees",
    "Why the {place} talks stalled – and what comes next",
    "Opinion: A lasting truce needs {side2} at the table",
    "Mediators: “Narrow window” for a deal in {place}",
    "{place} summit ends without joint statement",
    "Aid convoys reach {place} after {n}-day standoff",
    "Who speaks for {side2}?",
    "{envoy} named special envoy for {place}",
    "UN chief urges {side2} to extend truce",
    "Explainer: What the {place} memorandum says",
    "Families of the missing march in {place}",
    "{Side} release {n} detainees in goodwill gesture",
    "Borders, water, oil: The three knots of {place}",
    "Monitors report {n} violations around {place}",
]
_BLURBS = [
    "{Side} and {side2} will send delegations to {place} next week, {envoy} told reporters, after {n} days without contact.",
    "The proposal, seen by this newspaper, foresees a withdrawal in {n} stages and observers on the road to {place}.",
    "Talks had been suspended since a convoy was attacked near {place}. Mediators hope to restart them within {n} days.",
    "“Nobody wins if this drags on,” said {envoy}, who has mediated between {side2} and its rivals since last year.",
    "After {n} hours of closed-door meetings, {side2} left {place} without comment. A new round has not been scheduled.",
    "The agreement would free {n} prisoners and reopen the crossing at {place}; critics say that it leaves the hardest questions for later.",
    "Diplomats describe the mood in {place} as cautious. {envoy} is expected to brief the council on Thursday.",
    "In a statement, {side2} called the draft “unacceptable” but said that the channel in {place} remains open.",
    "{place} – Thousands took to the streets on Saturday to demand that {side2} return to the table, organisers said.",
    "A {n}-point plan drawn up by {envoy} has won backing from neighbours, yet {side2} wants changes to the clauses on amnesty.",
    "Observers counted {n} incidents in a week, the lowest number since monitoring around {place} began.",
]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a made listing page, as a reader of the page would note it down."""

    title: str
    text: str
    """The blurb; empty for an item that is a headline only."""
    date: date | None
    author: str
    url: str
    section: str


def make_items(rng: random.Random, count: int, *, undated: float = 0.0, paragraphs: int = 1) -> list[Item]:
    """`count` different items, newest first."""
    items: list[Item] = []
    day = date(2019 + rng.randrange(6), 1 + rng.randrange(12), 1 + rng.randrange(28))
    seen: set[str] = set()
    while len(items) < count:
        words = {
            "side": (side := rng.choice(_SIDES)),
            "Side": side[0].upper() + side[1:],
            "side2": rng.choice(_SIDES),
            "place": rng.choice(_PLACES).replace("_", " "),
            "envoy": rng.choice(_ENVOYS),
            "n": rng.randrange(2, 90),
        }
        title = rng.choice(_HEADS).format(**words)
        if title in seen:
            continue
        seen.add(title)
        blurbs = rng.sample(_BLURBS, paragraphs + rng.randrange(2))
        sentences = [b.format(**words) for b in blurbs]
        text = "\n\n".join(sentences) if paragraphs > 1 else " ".join(sentences)
        slug = "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())
        items.append(
            Item(
                title=title,
                text=text,
                date=None if rng.random() < undated else day,
                author=rng.choice(_AUTHORS),
                url=f"https://news.example/{rng.choice(['world', 'a', 'story'])}/{slug[:60]}-{rng.randrange(10**6)}",
                section=rng.choice(["World", "Politics", "Middle East", "Diplomacy", "Analysis"]),
            )
        )
        day -= timedelta(days=rng.randrange(0, 9))
    return items
