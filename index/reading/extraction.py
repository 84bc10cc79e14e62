"""The main text of a single web page: trafilatura's, made whole and clean.

Steps on top of trafilatura, each from a failing seen on many sites: before it runs, embedded posts are kept
and hover cards dropped; what its precise mode loses between two kept paragraphs is put back; paragraphs that
stand in the same kind of box as the kept ones are added (a body split into several boxes), and the
standfirst; residue is cut.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from index.reading.blocks import Block, Kind, extract_blocks, free_spaces
from index.reading.page_places import find_standfirst
from index.reading.residue import clean_blocks

SHORTEST = 250
"""Characters; a precise extraction below this is compared with the balanced one."""
_HOVER = re.compile(
    r"(?:^|[\s_-])(?:tooltip|popover|hovercard|rollover|sr-only|visually-?hidden|screen-reader(?:-text)?)(?:$|[\s_-])",
    re.I,
)
_POST = " or ".join(f"contains(@class, '{c}')" for c in ("twitter-tweet", "instagram-media", "tiktok-embed"))


def extract_article(tree: HtmlElement, titles: Sequence[str]) -> list[Block]:
    """The blocks of the page's article, in order; empty when it has none. `tree` is changed."""
    standfirst = find_standfirst(tree)
    prepare(tree)
    precise = clean_blocks(extract_blocks(tree, precise=True), titles)
    balanced = clean_blocks(extract_blocks(tree, precise=False), titles)
    if _length(precise) < SHORTEST and _length(balanced) > 2 * _length(precise):
        return balanced
    found = clean_blocks(add_same_boxes(tree, put_back(precise, balanced)), titles)
    return _with_standfirst(found, standfirst)


def _with_standfirst(blocks: list[Block], standfirst: str) -> list[Block]:
    block = Block(Kind.PARAGRAPH, standfirst)
    said = "".join(b.key for b in blocks)
    return [block, *blocks] if blocks and block.key and block.key[:60] not in said else blocks


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(b.text) for b in blocks)


def prepare(tree: HtmlElement) -> None:
    """Drop hover cards and newsletter boxes, keep embedded posts, undo tables that only place parts."""
    for element in tree.xpath("//*[@class]"):
        if _HOVER.search(element.get("class")) and element.getparent() is not None and element.tag != "body":
            element.drop_tree()
    for post in tree.xpath(f"//blockquote[{_POST}]"):
        post.tag = "div"
        post.attrib.clear()
        for link in post.iter("a"):
            link.tag = "span"
            link.attrib.clear()
    for field in tree.xpath("//input[@type='email' or contains(@placeholder, 'mail')]"):
        _drop_box(field)
    for table in tree.xpath("//table[.//td[string-length(normalize-space(.)) > 400]]"):
        _unwrap_layout(table)
    free_spaces(tree)


def _drop_box(field: HtmlElement) -> None:
    """Drop the largest element around an input field that says little: the box of a newsletter."""
    box = None
    for element in field.iterancestors():
        if element.tag in ("body", "main", "article") or len(" ".join(element.text_content().split())) > 350:
            break
        box = element
    if box is not None and box.getparent() is not None:
        box.drop_tree()


def _unwrap_layout(table: HtmlElement) -> None:
    """Make a table that only places the page's parts ordinary boxes."""
    for element in table.iter("table", "tbody", "tr", "td"):
        if element is table or next(element.iterancestors("table"), None) is table:
            element.tag = "div"


def put_back(precise: Sequence[Block], balanced: Sequence[Block]) -> list[Block]:
    """`precise` with the whole sentences that `balanced` has between two of its blocks."""
    keys = {b.key for b in precise}
    places = [number for number, block in enumerate(balanced) if block.key in keys]
    if len(places) < 2 or len(places) < 0.6 * len(precise):
        return list(precise)
    between = balanced[places[0] : places[-1] + 1]
    return list(_merged([b for b in between if b.key in keys or _is_prose(b)], precise))


def _is_prose(block: Block) -> bool:
    return (
        len(block.words) >= 6
        and block.linked < 0.7
        and bool(re.search(r"[.!?…:。！？][”\"’')\]»]*$", block.text))
    )


def add_same_boxes(tree: HtmlElement, blocks: Sequence[Block]) -> list[Block]:
    """`blocks` with the page's paragraphs that stand in boxes of the same kind as most of them."""
    paragraphs = [(p, " ".join(p.text_content().split())) for p in tree.iter("p")]
    keyed = [(p, Block(Kind.PARAGRAPH, text)) for p, text in paragraphs if text]
    known = {b.key: b for b in blocks}
    kinds = Counter(kind for p, b in keyed if b.key in known and len(b.text) > 60 and (kind := _box_kind(p)))
    if not kinds:
        return list(blocks)
    usual, count = kinds.most_common(1)[0]
    if count < 3 or count < 0.5 * sum(kinds.values()):
        return list(blocks)
    return list(
        _merged([b for p, b in keyed if b.key in known or (_box_kind(p) == usual and _is_new(p, b))], blocks)
    )


def _box_kind(paragraph: HtmlElement) -> tuple[str, ...] | None:
    """The classes of the two elements around a paragraph, or None when the nearer has none."""
    parent = paragraph.getparent()
    if parent is None or not parent.get("class"):
        return None
    above = parent.getparent()
    return (parent.tag, parent.get("class"), above.get("class", "") if above is not None else "")


def _is_new(paragraph: HtmlElement, block: Block) -> bool:
    links = sum(len(a.text_content()) for a in paragraph.iter("a"))
    return len(block.words) >= 8 and links < 0.5 * len(block.text)


def _merged(page: Sequence[Block], blocks: Sequence[Block]) -> Iterator[Block]:
    """`blocks` in their order, with the further ones of `page` after the block that they follow there."""
    known = {b.key for b in blocks}
    said = "".join(b.key for b in blocks)
    after: dict[str, list[Block]] = {}
    place = ""
    for block in page:
        if block.key in known:
            place = block.key
        elif block.key not in said:
            after.setdefault(place, []).append(block)
    yield from after.pop("", [])
    for block in blocks:
        yield block
        yield from after.pop(block.key, [])
