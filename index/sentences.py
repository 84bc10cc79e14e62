"""Splitting text into sentences that keep their exact offsets.

`sentencex` finds the ends; it knows the abbreviations of many languages. It treats a whole quotation as one
piece and knows little of how news is written, so the rules here let it look inside quotations, keep a
quotation with the words that attribute it ("… leave?” Lavrov asked."), keep ranks with names ("Lt. Gen.
Smith") and honour paragraphs, list items and lines that end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import sentencex

from index.types import Sentence

_LONGEST_PIECE = 20_000
"""sentencex takes quadratic time where a bracket never closes, so longer paragraphs go to it in pieces."""

_BREAK = re.compile(r"(?:\r\n?|\n|\u2028|\u2029)[^\S\n]*(?:\r\n?|\n|\u2028|\u2029)\s*|\u2029|\f|\v")
_LINE_END = re.compile(r"[^\S\n]*\n\s*")
_LINE_CLOSES = re.compile(r"[.!?:;…。！？؟۔।][\"'”’»)\]]*$")
_LIST_ITEM = re.compile(r"(?:[•◦▪‣⁃●○■*–—-]\s?|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s)\S")

_DOUBLE_QUOTES = '"“”„‟«»‹›＂「」『』'
_MASK = str.maketrans(dict.fromkeys(_DOUBLE_QUOTES, " ") | {"‘": " "})
_SURROGATE = re.compile("[\ud800-\udfff]")
_CLOSING = re.compile(r"[\"”’'»›“‟)\]」』＂]+(?:[.?!]+(?=\s|$))?")
_QUOTE_CLOSERS = frozenset("\"”’'»›“‟」』＂")

_NAME = r"(?:[A-Z][\w’'-]*\.?|de|da|del|der|di|al|el|bin|ibn|van|von|of|the)"
_VERB = (
    r"(?:said|says|asked|asks|added|adds|told|tells|wrote|writes|replied|replies|answered|exclaimed|shouted|declared"
    r"|demanded|wondered|insisted|tweeted|warned|concluded|continued|noted|recalled|remarked|posted|joked|quipped)"
)
_ATTRIBUTION = re.compile(
    rf"(?:(?:{_NAME},?\s+){{1,7}}{_VERB}|(?:He|She|They|I|We|It|One)\s+{_VERB}|(?:The|An?|One)\s(?:[\w’'-]+\s){{1,5}}{_VERB})"
    r"(?=\s*[.,;:?!]|\s+(?:in|on|at|during|when|as|to|after|before|him|her|them|me|us|reporters|journalists|Reuters|AFP|AP|CNN|the\sBBC)\b)"
)
_ATTRIBUTION_ALONE = re.compile(rf"(?:(?:{_NAME},?\s+){{1,5}}|(?:He|She|They)\s+){_VERB}\s*(?:\.|$)")
_LOWER_START = re.compile(r"[\s\"“‘'(\[–—-]*[a-zа-яёà-öø-ÿ]")

_TITLES = re.compile(
    r"(?:^|[\s(\[“\"‘'«—–-])(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Cpl|Pvt|Spc|Capt|Cmdr|Adm|Maj|Brig|Sen|Rep|Gov|Prof|Rev|Hon|Amb|Msgr"
    r"|Messrs|Mme|Mlle|Sra?|Fr|Pres|Supt|Insp|Atty|Secy|Sec|Rt|St|Ste|Ald|Dep|Asst|Lieut|Ayat|Sh|Ph|Mt|Ft)\.$"
)
_NUMBERED = re.compile(
    r"(?:^|[\s(\[“\"])(?:No|Nos|Art|Arts|para|paras|Res|Vol|Ch|Fig|pp?|Sec|Approx|approx|Para|Doc|Sect|Reg|cl|c|ca|cf|Cf|N°)\.$"
)
_MONTH = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$")
_JOINED_ON = re.compile(r"(?:^|\s)(?:vs?|viz|al|min|sq|est|incl|a\.k\.a)\.$")
_WORD_NO = re.compile(r"(?:^|[\s“\"])no\.[”\"’']*\s+(?=[“\"‘]?[A-Z])")
_BEFORE_QUOTATION = re.compile(r"(?<=[a-z0-9%)\]]{2})\.\s+(?=[“\"][A-Z])")
_IN_BRACKETS = re.compile(r"(?:^|[.!?”\"]\s)\([A-Z“\"][^()]{3,600}[.!?][”\"]?\)\s+(?=[“\"‘]?[A-Z])")
_SHORTENED = re.compile(r"(?:^|[\s(\d-])(?:[A-Za-z]{1,4}|\d{1,2})\.$")
_INITIAL = re.compile(r"(?:^|[\s(«“\"-])[A-ZÀ-ÞА-Я]\.$")
_HOUR = re.compile(r"\b[ap]\.m\.$")
_DAY_OR_ZONE = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[A-Z]{2,4}\b|[A-Z][a-z]+ time\b")
_ELLIPSIS = re.compile(r"(?<=\w)…[”\"’]?\s+(?=[“\"‘]?[A-Z](?!\s))")
_LOWER_WORD = re.compile(r"[a-z]+\b")
_OMISSION = re.compile(
    r"\[(?:\.\.\.|…)\]\s+(?=[“\"‘]?(?:The|A|An|It|He|She|They|We|I|This|That|These|Those|However|But|In|There)\b)"
)

_ENUMERATOR = re.compile(r"(?:[•⁃▪‣]\s?)?(?:(\d{1,2})(\.\)|\.|\))|([a-z])(\.\)|\.|\)))\s")


def split_sentences(text: str, language: str = "en") -> list[Sentence]:
    """The sentences of `text` in order, as code point offsets `[start, end)`.

    They do not overlap, have no white space at their ends, and together hold every character that is not
    white space. A paragraph (blank line) always ends one. `language` is an ISO 639-1 code; one that sentencex
    does not know is read by its nearest rules.
    """
    sentences: list[Sentence] = []
    for start, end in _pieces(text):
        piece = text[start:end]
        previous = 0
        for cut in [*_cuts(piece, language), len(piece)]:
            part = piece[previous:cut]
            stripped = part.strip()
            if stripped:
                first = start + previous + len(part) - len(part.lstrip())
                sentences.append(Sentence(first, first + len(stripped)))
            previous = cut
    return sentences


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs as (start, end), the longest of them in parts."""
    start = 0
    for end, following in [(m.start(), m.end()) for m in _BREAK.finditer(text)] + [(len(text), len(text))]:
        while end - start > _LONGEST_PIECE:
            stop = start + _LONGEST_PIECE
            cut = max(text.rfind(". ", start + 1, stop) + 1, text.rfind("\n", start + 1, stop))
            if cut <= start:
                cut = text.rfind(" ", start + 1, stop)
            cut = cut if cut > start else stop
            yield start, cut
            start = cut
        yield start, end
        start = following


def _cuts(piece: str, language: str) -> list[int]:
    """Offsets in `piece` at which one sentence ends and the next begins, ascending."""
    cuts = {_after_closers(piece, cut) for cut in _sentencex_cuts(piece, language)}
    cuts = {cut for cut in cuts if 0 < cut < len(piece) and not _continues(piece, cut, language)}
    cuts |= _further_cuts(piece)
    if item := _ENUMERATOR.match(piece):
        cuts = _enumeration_cuts(piece, item, cuts)
    return sorted(cuts)


def _sentencex_cuts(piece: str, language: str) -> Iterator[int]:
    """Sentence ends by sentencex, with quotation marks hidden from it so that it looks inside quotations."""
    masked = _SURROGATE.sub("\ufffd", piece.translate(_MASK))
    for boundary in sentencex.get_sentence_boundaries(language, masked):
        start, end = boundary["start_index"], boundary["end_index"]
        yield start + len(masked[start:end].rstrip())


def _after_closers(piece: str, cut: int) -> int:
    """`cut` moved behind the quotation marks and brackets that close there, and a stop behind them."""
    closed = _CLOSING.match(piece, cut)
    cut = closed.end() if closed else cut
    spaced = cut
    while spaced < len(piece) and piece[spaced] in " \u00a0\u202f":
        spaced += 1
    if spaced > cut and spaced < len(piece) and piece[spaced] in "»›":  # French: « … . »
        return spaced + 1
    return cut


def _continues(piece: str, cut: int, language: str) -> bool:
    """Whether the sentence goes on behind `cut`, against sentencex."""
    before, after = piece[max(0, cut - 40) : cut], piece[cut : cut + 120]
    following = after.lstrip()
    if before[-1] in _QUOTE_CLOSERS:
        if _LOWER_START.match(after):
            return True
        inner = before.rstrip("".join(_QUOTE_CLOSERS))
        if inner.endswith(("?", "!", ",")) and _ATTRIBUTION.match(following):
            return True
        if _ATTRIBUTION_ALONE.match(following):
            return True
    if not after[:1].isspace():
        return before[-1] == "." and after[:1].isalnum() and not before[-2:-1].islower()
    if before[-1] != ".":
        return False
    if _TITLES.search(before) or _JOINED_ON.search(before):
        return following[:1].isalnum()
    if _NUMBERED.search(before) or _MONTH.search(before):
        return following[:1].isdigit()
    if language != "en" and _INITIAL.search(before):  # English: "you and I. Did …"; sentencex knows
        return following[:1].isalpha()
    if _HOUR.search(before):
        return bool(_DAY_OR_ZONE.match(following))
    return bool(_SHORTENED.search(before) and _LOWER_WORD.match(following))


def _further_cuts(piece: str) -> set[int]:
    """Sentence ends that sentencex does not see: ended lines, list items, "no.", omissions in brackets."""
    cuts = {m.end() for rule in (_WORD_NO, _OMISSION, _ELLIPSIS, _IN_BRACKETS) for m in rule.finditer(piece)}
    for stop in _BEFORE_QUOTATION.finditer(piece):
        if not _TITLES.search(piece, max(0, stop.start() - 12), stop.start() + 1):
            cuts.add(stop.end())
    for line_end in _LINE_END.finditer(piece):
        if _LINE_CLOSES.search(piece, max(0, line_end.start() - 8), line_end.start()) or _LIST_ITEM.match(
            piece, line_end.end()
        ):
            cuts.add(line_end.end())
    return cuts


def _enumeration_cuts(piece: str, item: re.Match[str], cuts: set[int]) -> set[int]:
    """Cuts for an enumeration in one paragraph ("1. … 2. …"): before each number, none behind one."""
    cuts = {cut for cut in cuts if cut > item.end()}
    if piece[item.end() - 1 : item.end()] == "\n":
        return cuts
    number, style = item[1] or item[3], item[2] or item[4]
    while True:
        following = str(int(number) + 1) if number.isdigit() else chr(ord(number) + 1)
        mark = re.compile(rf"\s(?:[•⁃▪‣]\s?)?{re.escape(following + style)}\s")
        found = mark.search(piece, item.end())
        if not found:
            return cuts
        cuts = {cut for cut in cuts if not found.start() < cut <= found.end()} | {found.start() + 1}
        number, item = following, found
