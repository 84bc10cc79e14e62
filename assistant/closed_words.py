"""Closed classes of English words that follow-up questions are read by."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP = _words(
    """
    a about above after again against all also am an and another any are aren as at be because been
    before being below between both but by can could d did didn do does doesn doing don done down during
    each else even ever few for from further had has have having he her here hers herself him himself
    his how i if in into is isn it its itself just let ll m many may me might mine more most much must
    my never no nor not now of off on once only onto or other others our ours out over own re s same
    shall she should so some still such t than that the their theirs them themselves then there these
    they this those through to too under until up us ve very was wasn we were weren what when where
    which while who whom whose why will with would yet you your yours
    """
)
"""Words that carry no subject; the words of a rewrite are counted without them."""

LIGHT = _words(
    """
    according actually addition also always anybody anyone anything article articles aside aspect
    aspects bad became become began begin besides best big born call called came change changed come
    cool day days describe die died difference differences different early end ended ever everyone
    everything explain famous favorite few find first five found four gave get getting give given go
    going good got great happen happened happens hello help hi however important included including
    information instead interested interesting join joined keep kind know last later lead learn leave
    led left like little live lived long look looked lot made main mainly major make many mean means
    meet met move moved much name named need needed new next nothing often oh ok okay old one part parts
    people perform performed person play played please popular put really record recorded release
    released said saw say says second see seen set show shown side sign signed somebody someone
    something sometimes sort start started sure take taken tell thank thanks thing things think third
    three time times took try two type types use used using usually want wanted way ways well went while
    win won work works wow write written wrote year years yes
    """
)
"""Words that say little about what a question is about."""

CONNECTING = _words("of the de von van & la le du al bin ibn")
"""Lower-case words inside a name."""

OPENERS = _words("what who when where why how which did was is does do are were tell")
"""Words that a question opens with."""

FORMS = {
    "he": frozenset(["he", "him", "his", "himself", "she", "her", "hers", "herself"]),
    "it": frozenset(["it", "its", "itself"]),
    "they": frozenset(["they", "them", "their", "theirs", "themselves"]),
    "one": frozenset(["one", "ones"]),
    "dem": frozenset(["this", "that", "these", "those"]),
    "other": frozenset(["other", "others", "another", "else", "more"]),
    "there": frozenset(["there"]),
    "so": frozenset(["so", "then"]),
}
"""What a question may lean on, by the words that show it."""
