"""The names of a page's authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from index.reading.bylines import read_byline
from index.reading.dates import find_date
from index.reading.page_places import under_heading
from index.reading.page_titles import key_of
from index.reading.structured import Structured

_BY = re.compile(
    r"^\W*(?:(?:written|reported|posted|published|story|words|text|analysis|opinion|review)\s+)?"
    r"(?:by|par|por|von|di|da|door|av|af|от|автор|author|autor|autore|auteur|بقلم)\b\s*:?\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:;|\||,|\s&\s|\b(?i:and|und|et)\b|\by\b|\be\b(?=\s+[A-ZÀ-Ý])|\bи\b|\bі\b)\s*")
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d{3}|^(?:admin(?:istrator)?|editor|staff|webmaster|user|author|guest|unknown|none|null|redaction|redaktion|"
    r"redacci[óo]n|desk|online|news|share|follow|updated?|published)$|\b(?:minutes?|ago|read|comments?|published|updated)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"^(?:(?:senior|staff|chief|special|foreign|political|diplomatic|associate|managing|deputy|guest|contributing|assistant|national"
    r"|international|business|world|security|defen[cs]e|europe|africa|asia|un)\s+)*(?:writers?|reporters?|correspondents?|editors?|contributors?|columnist|"
    r"analyst|journalist|\S+ editor-at-large|rdn|md|phd||producer|fellow|reporting|special to .*|for .*"
    r"|in [A-Z].*|(?:ap|afp|reuters) .*writer)$",
    re.IGNORECASE,
)
_PARTICLES = re.compile(
    r"\b(?:Van|De|Der|Den|Von|Zu|Di|Da|Del|La|Le|Bin|Al|El|Ibn|Y|E)\b(?!$)(?<!^..)(?<!^...)"
)
_PLACES = (
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@itemprop='author']",
    "//a[@rel='author']",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' author-name ')"
    " or contains(@class, 'reader-credits')]",
    "//*[contains(@class, 'byline') or contains(@class, 'Byline') or contains(@id, 'byline')]",
    "//*[contains(@class, 'author')"
    " and not(ancestor::*[contains(@class, 'comment') or contains(@class, 'related')])]",
)


def find_authors(
    tree: HtmlElement, metas: dict[str, str], data: Structured, site: Sequence[str]
) -> tuple[str, ...]:
    """Authors as printed, cleaned of "By", roles and addresses. The site itself is no author of its pages."""
    names = [
        metas.get(n, "")
        for n in ("author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")
    ]
    for candidate in (
        data.authors,
        [n for n in names if n][:1],
        [metas.get("article:author", "")],
        _shown(tree),
        _signed(tree),
    ):
        if found := clean_names(candidate, site):
            return found
    return ()


def _shown(tree: HtmlElement) -> list[str]:
    for place in _PLACES:
        texts = [" ".join(" ".join(e.itertext()).split()) for e in tree.xpath(place)[:6]]
        texts = [t for t in texts if 3 < len(t) < 120 and (place.startswith(_PLACES[:4]) or _BY.match(t))]
        if texts:
            return texts if place in _PLACES[:4] else texts[:1]
    return []


def _signed(tree: HtmlElement) -> list[str]:
    """The authors whom a line near the page's heading names."""
    for element in under_heading(tree):
        text = " ".join(" ".join(element.itertext()).split())
        byline = read_byline(text)
        if byline and byline.authors and byline.telling:
            return list(byline.authors)
    return []


def clean_names(raw: Iterable[str], site: Sequence[str] = ()) -> tuple[str, ...]:
    """Separate names, each once, in order."""
    sites = {key_of(name) for name in site}
    names: dict[str, str] = {}
    for text in raw:
        text = _BY.sub("", re.sub(r"\([^)]*\)|<[^>]*>|\S+@\S+", " ", text))
        for part in _SPLIT.split(text):
            name = " ".join(part.strip(" .•·-–—|/").split())
            if name.isupper() and len(name) > 5 and " " in name:
                name = _PARTICLES.sub(lambda m: m[0].lower(), name.title())
            if not 2 < len(name) < 60 or _NO_NAME.search(name) or _ROLE.match(name) or _is_site(name, sites):
                continue
            if len(name.split()) <= 5 and not find_date(f"{name} 2000").first:
                names.setdefault(key_of(name), name)
    return tuple(names.values())


def _is_site(name: str, sites: set[str]) -> bool:
    key = key_of(name)
    return any(key == site or (len(key) > 5 and key in site) for site in sites)
