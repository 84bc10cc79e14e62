"""The language of a text, by its script or its commonest words: enough to tell articles apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

SAMPLE = 4_000
"""Characters that are looked at."""
_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "ARABIC": "ar", "HEBREW": "he",
    "GREEK": "el",
    "THAI": "th", "DEVANAGARI": "hi", "BENGALI": "bn", "GEORGIAN": "ka", "ARMENIAN": "hy", "ETHIOPIC": "am",
}  # fmt: skip
_WORDS = {
    "en": "the of and to in that is was for on with as by at from has have it his said were which not are be",
    "es": "el la de que y en los las del se por con una un para es al su más como pero sus fue no lo",
    "fr": "le la les de des et en du un une que est dans pour qui sur au par pas il plus avec ce sont ne",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an",
    "pt": "o a de que e do da em um para com não uma os no se na por mais as dos como mas foi ao",
    "it": "il di che la e un a per in una sono del non si con da le della i al dei come nel alla ha",
    "nl": "de van het een en in is dat op te zijn met voor die niet aan er om door als bij ook naar",
    "pl": "w i na z się że do nie jest to o jak za od po przez oraz dla który są być",
    "tr": "ve bir bu için ile da de olarak olan daha çok gibi kadar sonra ancak ise en ki ne",
    "sv": "och att det i en som på är av för med den till inte om har de ett från var",
    "id": "yang dan di ini itu dengan untuk dari pada dalam tidak akan oleh ke juga telah ada",
    "ro": "și de în la a cu pe un o că pentru din nu care mai este au fost să",
    "cs": "a v na se že je s z do o k i jako ale by pro za po který podle",
    "ru": "и в не на что с по как это из у за от его для о к он но",
    "uk": "і в не на що з та як це до у за від його для про він але є й",
}
_LISTS = {language: frozenset(words.split()) for language, words in _WORDS.items()}


def guess_language(text: str) -> str | None:
    """ISO 639-1 code, or None when the text is too short or in a language unknown here."""
    sample = text[:SAMPLE]
    scripts = Counter(unicodedata.name(c, "?").split()[0].split("-")[0] for c in sample[:800] if c.isalpha())
    total = sum(scripts.values())
    if total < 20:
        return None
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.1 * total:
        return "ja"
    main, count = scripts.most_common(1)[0]
    if main in _SCRIPTS:
        return _SCRIPTS[main] if count > 0.4 * total else None
    words = re.findall(r"\w+", sample.casefold())
    scores = {language: sum(w in common for w in words) for language, common in _LISTS.items()}
    best, second = sorted(scores, key=lambda k: -scores[k])[:2]
    enough = scores[best] >= 0.12 * len(words) and scores[best] > 1.15 * scores[second]
    return best if len(words) >= 8 and enough else None
