"""What a page says about itself to machines: JSON-LD and meta tags, as plain values."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(
    r"(?:Article|BlogPosting|Report|LiveBlogPosting|Review|CreativeWork|WebPage|NewsItem)$"
)
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
LARGEST_BLOCK = 2_000_000


@dataclass(frozen=True, slots=True)
class Structured:
    """An article's JSON-LD, flattened. Texts are unescaped; empty when the page has none."""

    headline: str = ""
    published: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    url: str = ""
    language: str = ""
    body: str = ""


def read_structured(tree: HtmlElement) -> Structured:
    """The page's article as JSON-LD describes it; the most specific kind of article wins."""
    nodes = [n for block in _blocks(tree) for n in _nodes(block)]
    by_id = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and len(n) > 2}
    articles = sorted((n for n in nodes if _rank(n) is not None), key=lambda n: _rank(n) or 0)
    if not articles:
        return Structured()
    first = articles[0]

    def value(*names: str) -> Any:  # noqa: ANN401  # JSON
        for name in names:
            for node in articles if _rank(first) == 9 else [n for n in articles if _rank(n) != 9] or articles:
                if node.get(name):
                    return node[name]
        return None

    return Structured(
        headline=_plain(value("headline", "name")),
        published=_plain(value("datePublished", "dateCreated")),
        publisher=next(iter(_names(value("publisher", "sourceOrganization"), by_id)), ""),
        authors=tuple(_names(value("author", "creator"), by_id)),
        url=_address(value("url", "mainEntityOfPage", "@id")),
        language=_plain(value("inLanguage")),
        body=_plain(value("articleBody")),
    )


def _blocks(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iter("script"):
        kind = (script.get("type") or "").split(";")[0].strip().lower()
        text = script.text or ""
        if kind != "application/ld+json" or not text.strip() or len(text) > LARGEST_BLOCK:
            continue
        text = re.sub(r"^\s*(?://)?<!(?:\[CDATA\[|--)|(?://)?(?:\]\]>|-->)\s*$", "", text.strip())
        for candidate in (text, _TRAILING_COMMA.sub("", text), html.unescape(text)):
            try:
                yield json.loads(candidate, strict=False)
                break
            except (ValueError, RecursionError):
                continue


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    if depth > 6:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in (
            "@graph",
            "mainEntity",
            "mainEntityOfPage",
            "itemListElement",
            "publisher",
            "author",
            "item",
        ):
            yield from _nodes(value.get(key), depth + 1)


def _rank(node: dict[str, Any]) -> int | None:
    """0 for a news article, up to 9 for a mere web page; None for anything else."""
    kinds = node.get("@type")
    found = [k for k in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(k, str)]
    if any(k.endswith("WebPage") for k in found):
        return 9
    if any(k.endswith("NewsArticle") for k in found):
        return 0
    return 1 if any(_ARTICLE_TYPES.search(k) for k in found) else None


def _names(value: Any, by_id: dict[str, dict[str, Any]], depth: int = 0) -> Iterator[str]:  # noqa: ANN401
    if depth > 3:
        return
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield _plain(item)
        elif isinstance(item, list):
            yield from _names(item, by_id, depth + 1)
        elif isinstance(item, dict):
            known = item if item.get("name") else by_id.get(str(item.get("@id")), {})
            yield from _names(known.get("name"), by_id, depth + 1)


def _address(value: Any) -> str:  # noqa: ANN401
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    text = _plain(value)
    return text if text.startswith(("http://", "https://")) else ""


def _plain(value: Any) -> str:  # noqa: ANN401
    while isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str | int):
        return ""
    return " ".join(html.unescape(html.unescape(str(value))).split())


def read_metas(tree: HtmlElement) -> dict[str, str]:
    """The meta tags' contents by lower-cased name, property or itemprop; the first of each counts."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = " ".join(html.unescape(meta.get("content") or "").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (meta.get(attribute) or "").lower().split():
                if content:
                    metas.setdefault(name, content)
    return metas
