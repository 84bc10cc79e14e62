"""How values are worded and addressed on the pages: the templates' filters. All pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Flask, url_for

from assistant import spoken

_FRAGMENT_WORDS = 6
"""Words at each end of a quote that a text fragment names; longer fragments are often not found."""


def install(app: Flask) -> None:
    """Give the templates their filters."""
    for function in (day, byline, place_of, limit_words, opening, asides, source_groups):
        app.add_template_filter(function)


def day(iso: str | None) -> str:
    """ "1 December 2023", "December 2023", "2023" or "undated", from ISO 8601 at any precision."""
    return spoken(iso) or "undated"


def byline(citation: Mapping[str, Any]) -> str:
    """Publisher, date and page of a citation in one line."""
    page = f"page {citation['page']}" if citation.get("page") else None
    return " · ".join(p for p in (citation["publisher"], day(citation["published"]), page) if p)


def place_of(citation: Mapping[str, Any]) -> str:
    """Address of the page that shows the citation in its article, highlighted."""
    address: str = url_for(
        "pages.article",
        article_id=citation["article_id"],
        start=citation["start"],
        end=citation["end"],
        version=citation["text_sha256"],
        _anchor="cited",
    )
    return address


def limit_words(limit: Mapping[str, str]) -> str:
    """An understood limit as its chip says it; outlets that a question names are preferred, not alone."""
    match limit["kind"]:
        case "publisher":
            return f"{limit['value']} first"
        case "since":
            return f"From {day(limit['value'])}"
        case "until":
            return f"Until {day(limit['value'])}"
        case "latest":
            return "Newest first"
        case other:
            return f"{other}: {limit['value']}"


def opening(answer: Mapping[str, Any]) -> str:
    """What an answer says before its first source sentence, in Parley's own words; mostly nothing."""
    if not answer["sentences"]:
        return ""
    before, found, _ = answer["answer"].partition(answer["sentences"][0]["text"])
    return before.strip() if found else ""


def asides(answer: Mapping[str, Any]) -> list[str]:
    """Notes that are not said already: by the answer's opening or by a section of their own."""
    said = opening(answer)
    return [n for n in answer["notes"] if n not in said and not (answer["groups"] and n == "Reports differ.")]


def source_groups(answer: Mapping[str, Any]) -> list[list[Mapping[str, Any]]]:
    """The citations of an answer by article, in order; of a refusal each near sentence stands alone."""
    if not answer["citations"]:
        return [[c] for c in answer["nearest"]]
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for c in answer["citations"]:
        groups.setdefault((c["article_id"], c["text_sha256"]), []).append(c)
    return list(groups.values())


def web_address(url: str | None) -> str | None:
    """The address if it may become a link: http or https with a host; else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def with_fragment(url: str, quoted: str) -> str:
    """`url` with a text fragment that makes browsers scroll to `quoted` (https://wicg.github.io/scroll-to-text-fragment)."""
    words = quoted.split()
    if len(words) > 2 * _FRAGMENT_WORDS:
        ends = [" ".join(words[:_FRAGMENT_WORDS]), " ".join(words[-_FRAGMENT_WORDS:])]
    else:
        ends = [" ".join(words)]
    directive = ",".join(quote(e, safe="").replace("-", "%2D") for e in ends)
    return f"{url.partition('#')[0]}#:~:text={directive}"


def since_built(built_at: str, now: datetime | None = None) -> str:
    """ "built today", "built yesterday" or "built on 3 May 2026"."""
    try:
        built = datetime.fromisoformat(built_at).astimezone(UTC).date()
    except ValueError:
        return "built at an unknown time"
    days = ((now or datetime.now(UTC)).date() - built).days
    return {0: "built today", 1: "built yesterday"}.get(days, f"built on {day(built.isoformat())}")


def freshness(articles: int, newest: str | None, built_at: str) -> str:
    """ "15 articles, newest 1 December 2023, built today"."""
    parts = [f"{articles:,} article{'' if articles == 1 else 's'}"]
    if newest:
        parts.append(f"newest {day(newest)}")
    return ", ".join([*parts, since_built(built_at)])


def iso_day(value: date | None) -> str:
    """A day for an HTML date field; empty when unknown."""
    return value.isoformat() if value else ""
