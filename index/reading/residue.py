"""What extraction leaves around a page's article: repeated titles, links to other pages, pleas, credits.

The share of links in a block tells more than its words: "Related:" before a sentence is the article's
own, before a link it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.reading.blocks import Block, Kind
from index.reading.boilerplate import Boilerplate, find_boilerplate
from index.reading.bylines import read_byline

LEAD = 4
"""Blocks at the start among which repeated titles, bylines and date lines are looked for."""
TAIL = 6
"""Blocks at the end among which credits, authors' notes and bare links are looked for."""
_POINTER = re.compile(
    r"\W*(?:(?:read|see|watch|listen|also|more|hear|view)(?: (?:more|also|next|this|now|on))?"
    r"|related(?: \w+)?|don[’']t miss"
    r"|previously|recommended|further reading|in (?:pictures|video)|you (?:may|might) (?:also )?like\W*"
    r"|must[- ]reads?"
    r"|le[ae] (?:tamb[ií][ée]n|m[áa]s)|ver tamb[ií][ée]n|leia (?:tamb[ée]m|mais)|veja (?:tamb[ée]m|mais)"
    r"|(?:à )?lire (?:aussi|plus)"
    r"|(?:voir|à voir) aussi|lesen sie auch|mehr (?:zum thema|dazu)|leggi anche|lees ook|zie ook"
    r"|czytaj (?:też|także)|läs (?:mer|även)"
    r"|читайте также|читайте також|смотрите также|по теме|اقرأ أيضا|إقرأ أيضا|baca juga|bunu da oku"
    r"|ayrıca)\s*(?:[:»>|\-–—\[]|\n|$)",
    re.IGNORECASE,
)
_PLEA = re.compile(
    r"\b(?:follow (?:\S+ ){1,4}coverage\b|follow (?:\S+ ){1,6}on (?:twitter|facebook|instagram|x\b"
    r"|linkedin|youtube|telegram)|on twitter,? (?:at )?@\w+|sign up (?:for|to)"
    r"|subscribe (?:to|now|today|here|and)|like this (?:story|article)|enjoyed this (?:article|story)"
    r"|share (?:it|this)\b|our newsletters?"
    r"|(?:to|in|into) your inbox|e-?mail (?:the author|\S+ at \S+@)|(?:reach"
    r"|contact)(?:ed)? (?:\S+ ){1,6}at \S+@\S+|have a tip\?"
    r"|tell us what you think|leave a comment|in the comments(?: below| section)|download (?:the"
    r"|our) (?:\S+ )?app|make a donation"
    r"|(?:your|a) donation|for your personal,? non-?commercial use|may not be (?:published|reproduced)"
    r"|click here (?:to|for)"
    r"|issues? for [£$€]\d|for as little as|listen to (?:\S+ ){1,5}(?:live|podcast)|support (?:our"
    r"|independent) (?:work|journalism)"
    r"|s[ií]guenos en|suscr[ií]b[ea]\w*|suivez-nous|abonnez-vous|folgen sie uns|abonnieren sie|iscriviti"
    r"|seguici su|siga-nos|inscreva-se"
    r"|подпи(?:сывайтесь|шитесь)|підпи(?:суйтесь|шіться)|تابعونا|اشترك)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"^\W*(?:(?:additional )?(?:reporting|writing|editing|edited|compiled|produced|translated|translation"
    r"|written|with reporting)(?: and (?:writing|editing))?"
    r" by\b|source\s*:|sources\s*:|with (?:files|reporting|inputs?|contributions?) (?:from|by)\b"
    r"|(?:the )?\S+(?: \S+){1,30} contributed to this (?:report|story|article)"
    r"|this (?:article|story|piece|post) (?:was|is|has been) (?:originally |first )?(?:published|adapted"
    r"|republished|updated|amended|corrected|produced)"
    r"|originally published|first published|(?:last )?(?:updated|modified)\b|correction\s*:"
    r"|editor[’']?s note\s*:|photo(?:s|graph)?s? by\b|\(?c\)? ?copyright|©"
    r"|\S+(?: \S+){0,3} is (?:a|an|the) (?:\S+ ){0,6}(?:reporter|correspondent|editor|writer|columnist"
    r"|journalist|contributor|fellow|professor|author of|producer|freelance\w*)\b"
    r"|about the author)",
    re.IGNORECASE,
)
_PRINTED_FROM = re.compile(
    r"\W*(?:published|printed|posted|saved|from)\s+(?:on|in|at|by|from)\b.{0,80}https?:", re.IGNORECASE
)


def clean_blocks(blocks: Sequence[Block], titles: Sequence[str]) -> list[Block]:
    """`blocks` without what is no part of the article, whose title the page gives in the ways of `titles`."""
    return _without_tail(list(_without_pointers(list(_without_lead(blocks, titles)))))


def _without_lead(blocks: Sequence[Block], titles: Sequence[str]) -> Iterator[Block]:
    keys = {Block(Kind.PARAGRAPH, title).key for title in titles} - {""}
    for number, block in enumerate(blocks):
        if number < LEAD and (block.key in keys or _is_stamp(block)):
            continue
        if block.kind is Kind.HEADING and block.key in keys:
            continue
        yield block


def _is_stamp(block: Block) -> bool:
    """Whether a block near the start is only a byline, a date line or a note of where it was printed."""
    if len(block.text) > 140 or "\n" in block.text:
        return False
    byline = read_byline(block.text)
    return (byline is not None and byline.telling) or bool(_PRINTED_FROM.match(block.text))


def _without_pointers(blocks: Sequence[Block]) -> Iterator[Block]:
    """Leave out links to other articles, headings over them, pleas and page furniture."""
    under_heading = False
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if under_heading and block.linked >= 0.6:
            continue
        under_heading = False
        found = find_boilerplate(block.text) if block.kind is not Kind.ROW else None
        if found is Boilerplate.RELATED or _points_at_links(block, following):
            under_heading = True
            continue
        if found is not None and _furniture(found, block):
            continue
        if _is_pointer(block) or _is_labelled_link(block) or _is_plea(block):
            continue
        yield block


def _furniture(found: Boilerplate, block: Block) -> bool:
    return block.kind is not Kind.QUOTE and (found is not Boilerplate.CAPTION or len(block.words) <= 25)


def _points_at_links(block: Block, following: Block | None) -> bool:
    """A short line ("Don't miss") over a link."""
    return (
        len(block.words) <= 6
        and following is not None
        and following.linked >= 0.6
        and bool(_POINTER.match(block.text))
    )


def _is_pointer(block: Block) -> bool:
    text = block.text.strip(" []()*")
    if not _POINTER.match(text) or len(block.words) > 40:
        return False
    return block.linked >= 0.4 or bool(
        re.match(r"\W*(?:related|read more|see more|read also)\b\W*:", text, re.I)
    )


def _is_plea(block: Block) -> bool:
    return len(block.words) <= 70 and block.kind is not Kind.QUOTE and bool(_PLEA.search(block.text))


def _is_labelled_link(block: Block) -> bool:
    """Whether a block is a few words, a colon and a link: "Most read: Harbour closed"."""
    label, colon, rest = block.text.partition(":")
    return (
        bool(colon)
        and block.kind is not Kind.ROW
        and block.linked >= 0.5
        and len(label.split()) <= 5
        and 3 <= len(rest.split()) <= 25
        and not re.search(r"[.!?][”\"’')]*$", rest)
    )


def _without_tail(blocks: list[Block]) -> list[Block]:
    """Cut credits, notes on authors, bare links and headings without text off the end."""
    end = len(blocks)
    while end > 1:
        last = blocks[end - 1]
        bare_link = last.linked >= 0.8 and len(last.words) <= 30
        credit = len(last.words) <= 60 and bool(_CREDIT.match(last.text))
        if not (bare_link or credit or last.kind is Kind.HEADING):
            break
        end -= 1
    start = max(1, end - TAIL)
    return [
        *blocks[:start],
        *(b for b in blocks[start:end] if not (len(b.words) <= 60 and _CREDIT.match(b.text))),
    ]
