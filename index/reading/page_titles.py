"""A page's title and publisher: what the headline is, and what is only the site's name glued to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from index.reading.structured import Structured

_SEPARATOR = re.compile(r"\s+(?:[|•·–—»«›‹:⋆~]|-{1,2}|::|//)\s+|\s*[|»]\s*")
_NO_TITLES = frozenset(
    ("home", "homepage", "news", "article", "untitled", "untitled document", "index", "blog", "menu")
)
_HEADED = (
    "//h2 | //h3 | //*[@itemprop='headline']"
    " | //*[contains(@class, 'title') or contains(@class, 'headline')][not(*)]"
)
_SMALL = "the of and for le la les el los der die das il lo de du o a"
"""Words that a domain may leave out of its site's name."""
_BRANDS = (
    "//a[@href='/' or @rel='home'] "
    "| //*[contains(@class, 'logo') or contains(@id, 'logo') or contains(@class, 'brand')"
    " or contains(@class, 'site-title') or contains(@class, 'site-name') or contains(@class, 'masthead')]"
)


def key_of(text: str) -> str:
    """Letters and digits only, without case, to compare names by."""
    return "".join(c for c in text.casefold() if c.isalnum())


def domain_of(url: str | None) -> str:
    """The address's host without "www." and the like, or ""."""
    try:
        host = (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return ""
    return re.sub(r"^(?:www\d?|m|amp|mobile|edition|beta)\.(?=[^.]+\.)", "", host)


def find_publisher(tree: HtmlElement, metas: dict[str, str], data: Structured, url: str | None) -> str | None:
    """The site's name, or its domain.

    A name that the domain bears out is better than one that it does not (a section's, a template's), and a
    name in words is better than an address. Handles of social networks count only when the domain bears
    them out.
    """
    domain = domain_of(url)
    label = key_of(domain.rsplit(".", 1)[0])
    handle = (metas.get("twitter:site") or "").lstrip("@")
    candidates = [
        metas.get("og:site_name", ""),
        data.publisher,
        metas.get("application-name", ""),
        metas.get("apple-mobile-web-app-title", ""),
        metas.get("dc.publisher", "") or metas.get("dcterms.publisher", "") or metas.get("publisher", ""),
        metas.get("citation_journal_title", ""),
        _name_in_title(tree, domain),
    ]
    names = [name for c in candidates if (name := _clean_name(c))]
    borne_out = [n for n in names if label and (_same_site(n, label) or key_of(n) == key_of(domain))]
    in_words = [n for n in borne_out if not _is_address(n) and n != label]
    handles = [handle] if label and _same_site(handle, label) and not re.search(r"com$|_", handle) else []
    others = [n for n in names if not _is_address(n)]
    return next(
        iter([*in_words, *others, *borne_out, *names, *handles]), _shown_name(tree, label) or domain or None
    )


def _is_address(name: str) -> bool:
    return bool(re.fullmatch(r"\S+\.[a-z]{2,}", name.lower()))


def _clean_name(name: str) -> str:
    if name.startswith(("http://", "https://", "//")) or len(name) > 80:
        return ""
    return _SEPARATOR.split(name.strip(" -|@"))[0].strip()


def _name_in_title(tree: HtmlElement, domain: str) -> str:
    """The part of the page's title that the domain's name repeats."""
    parts = _SEPARATOR.split(_title_tag(tree))
    if len(parts) == 1:
        parts = re.split(r":\s+", parts[0], maxsplit=1)
    label = key_of(domain.rsplit(".", 1)[0])
    for part in (*reversed(parts[1:]), *parts[:1]):
        if len(parts) > 1 and label and len(key_of(part)) > 2 and _same_site(part, label):
            return part.strip()
    return ""


def _shown_name(tree: HtmlElement, label: str) -> str:
    """The site's name as the page shows it, on its logo or the way home, where the domain bears it out."""
    for element in tree.xpath(_BRANDS)[:40]:
        for text in (
            " ".join(element.text_content().split()),
            *(i.get("alt") or "" for i in element.iter("img")),
        ):
            words = [key_of(w) for w in text.split() if key_of(w)]
            if label and 2 < len(text) <= 60 and ("".join(words) == label or _abbreviates(label, words)):
                return text
    return ""


def _same_site(part: str, label: str) -> bool:
    """Whether a name and a domain's own part are the same: "The New York Times" and "nytimes"."""
    key = key_of(part).removeprefix("the")
    if key == label or (len(key) > 3 and len(label) > 2 and (key in label or label in key)):
        return True
    words = [key_of(w) for w in part.split() if key_of(w)]
    if any(len(w) > 3 and w in label and len(w) >= 0.4 * len(label) for w in words):
        return True
    return len(words) > 1 and (_abbreviates(label, words) or _abbreviates(label.removeprefix("the"), words))


def _abbreviates(label: str, words: Sequence[str]) -> bool:
    """Whether `label` is made of the beginnings of `words`, in order; "the", "of", "and" may be left out."""
    if not words:
        return not label
    if words[0] in _SMALL.split() and _abbreviates(label, words[1:]):
        return True
    return any(
        label.startswith(words[0][:n]) and _abbreviates(label[n:], words[1:])
        for n in range(len(words[0]), 0, -1)
    )


def _title_tag(tree: HtmlElement) -> str:
    element = tree.find(".//head/title")
    if element is None:
        element = tree.find(".//title")
    return " ".join((element.text_content() if element is not None else "").split())


def find_titles(tree: HtmlElement, metas: dict[str, str], data: Structured, site: Sequence[str]) -> list[str]:
    """Ways in which the page gives its title, best first, without the site's names, which `site` holds.

    The best is the heading that the page shows, if what it tells machines agrees; else the latter.
    """
    told = [data.headline, metas.get("og:title", ""), metas.get("twitter:title", "")]
    told += [
        metas.get(name, "")
        for name in ("headline", "dc.title", "dcterms.title", "parsely-title", "citation_title")
    ]
    sites = {key_of(name) for name in site if name}
    shown = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    shown = [h for h in shown if len(h) > 2 and key_of(h) not in sites and len(h) < 400]
    headed = shown + [
        t for h in tree.xpath(_HEADED)[:20] if len((t := " ".join(h.text_content().split())).split()) > 2
    ]
    machine = [strip_site(t, site, headed) for t in (*told, _title_tag(tree)) if t.strip()]
    machine = [t for t in machine if t.casefold() not in _NO_TITLES and key_of(t) not in sites]
    agreed = [h for h in headed if 2 < len(h) < 400 and any(_agree(h, t) for t in machine)]
    lone = shown if len(shown) == 1 and (not machine or len(shown[0].split()) >= 4) else []
    ordered = [*agreed, *(machine[:1] if not lone else []), *lone, *machine, *shown]
    return list(dict.fromkeys(t for t in ordered if t))


def _agree(shown: str, told: str) -> bool:
    one, two = key_of(shown), key_of(told)
    return bool(one) and (one == two or (len(two) > 15 and len(one) > 15 and (one in two or two in one)))


def strip_site(title: str, site: Sequence[str], shown: Sequence[str]) -> str:
    """`title` without a site's name before or after it."""
    title = " ".join(title.split())
    keys = {key_of(h) for h in shown}
    while True:
        if key_of(title) in keys:
            return title
        separators = list(_SEPARATOR.finditer(title))
        if not separators:
            return title
        first, last = separators[0], separators[-1]
        if key_of(title[: last.start()]) in keys or _is_site(
            title[last.end() :], site, last.group(), title[: last.start()]
        ):
            title = title[: last.start()].strip()
        elif key_of(title[first.end() :]) in keys or _is_site(
            title[: first.start()], site, "", title[first.end() :]
        ):
            title = title[first.end() :].strip()
        else:
            return title


def _is_site(part: str, site: Sequence[str], separator: str, rest: str) -> bool:
    key = key_of(part).removeprefix("the")
    if not key:
        return True
    for name in site:
        label = key_of(name.rsplit(".", 1)[0] if re.fullmatch(r"\S+\.\w+", name) else name).removeprefix(
            "the"
        )
        if label and (
            key == label
            or key_of(name) == key
            or (len(key) > 3 and len(label) > 3 and (key in label or label in key))
        ):
            return True
    return "|" in separator and len(part.split()) <= 4 and len(rest.split()) >= 3
