"""The last step of reading: canonical text and ids that stay when the text changes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from index.reading.language import guess_language
from index.types import Article

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|igshid|cmpid|ocid|smid|ito|ns_\w+)$", re.IGNORECASE
)
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")


def finish(articles: Sequence[Article], relative: str, seen: Counter[str] | None = None) -> list[Article]:
    """`articles` of one file with clean text and an id each; those without text are left out.

    `relative` names the file inside the given folder; `seen` counts ids through the parts of a file.
    """
    kept = [replace(a, title=_line(a.title), text=clean_text(a.text)) for a in articles]
    kept = [a if a.language else replace(a, language=guess_language(a.text)) for a in kept if a.text]
    seen = Counter() if seen is None else seen
    urls = Counter(canonical_url(a.url) for a in kept if a.url)
    return [
        a if a.id else replace(a, id=_article_id(a, relative, urls, alone=len(kept) == 1, seen=seen))
        for a in kept
    ]


def clean_text(text: str) -> str:
    """NFC, line ends as \\n, no lone surrogates, no control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text)).strip()


def _line(text: str) -> str:
    return " ".join(clean_text(text).split())


def canonical_url(url: str) -> str:
    """The address without scheme, "www.", fragment, tracking parameters and closing slash: names one page."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url.strip()
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k)])
    return f"{host}{parts.path.rstrip('/')}{'?' + query if query else ''}"


def _article_id(
    article: Article, relative: str, urls: Counter[str], *, alone: bool, seen: Counter[str]
) -> str:
    url = canonical_url(article.url) if article.url else ""
    if url and urls[url] == 1:
        key = url
    elif alone:
        key = relative
    else:
        key = f"{relative}\n{_slug(article.title)}"
    seen[key] += 1
    if seen[key] > 1:
        key = f"{key}\n{seen[key]}"
    return "a" + hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:12]


def _slug(title: str) -> str:
    return "-".join(re.findall(r"\w+", title.casefold()))[:80]
