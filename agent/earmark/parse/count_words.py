"""The words for thousand, million and so on that stand behind a shortened count, by language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_THOUSAND, _MILLION, _BILLION = 10**3, 10**6, 10**9
_LAKH, _CRORE = 10**5, 10**7
# Folded they are one word: «ألف» and «الف», «ميليون» and «میلیون».
_LETTERS = str.maketrans({
    "ي": "ی", "ك": "ک", "أ": "ا", "آ": "ا", "٬": ",", "،": ",", "٫": ".", "\u200c": " ",
})  # fmt: skip

# Where a site shortens in English, whatever the page's language.
_ENGLISH = {
    _THOUSAND: "k thousand", _MILLION: "m million", _BILLION: "b g billion",
    _LAKH: "lakh lakhs lac", _CRORE: "cr crore crores",
}  # fmt: skip
_BY_LANGUAGE: dict[str, dict[int, str]] = {
    "tr": {_THOUSAND: "b bin", _MILLION: "mn m milyon", _BILLION: "mr milyar"},
    "fa": {_THOUSAND: "هزار ه", _MILLION: "میلیون م", _BILLION: "میلیارد"},
    "ro": {_THOUSAND: "mii mie", _MILLION: "mil milioane milion",
           _BILLION: "mld miliarde miliard"},
    "de": {_THOUSAND: "tsd tausend", _MILLION: "mio million millionen",
           _BILLION: "mrd milliarde milliarden"},
    "es": {_THOUSAND: "mil", _MILLION: "m mill millón millones"},
    "fr": {_THOUSAND: "k mille millier milliers", _MILLION: "m million millions",
           _BILLION: "md mds milliard milliards"},
    "ar": {_THOUSAND: "ألف آلاف ألفا ك", _MILLION: "مليون ملايين مليونا م",
           _BILLION: "مليار مليارات مليارا"},
    "ru": {_THOUSAND: "тыс тысяча тысячи тысяч к", _MILLION: "млн миллион миллиона миллионов м",
           _BILLION: "млрд миллиард миллиарда миллиардов"},
    "uk": {_THOUSAND: "тис тисяча тисячі тисяч",
           _MILLION: "млн мільйон мільйона мільйони мільйонів",
           _BILLION: "млрд мільярд мільярда мільярди мільярдів"},
    "pt": {_THOUSAND: "mil", _MILLION: "m mi milhão milhões", _BILLION: "bi mm bilhão bilhões"},
    "it": {_THOUSAND: "mila", _MILLION: "mln milione milioni",
           _BILLION: "mld mrd miliardo miliardi"},
    "nl": {_THOUSAND: "duizend", _MILLION: "mln miljoen", _BILLION: "mld miljard"},
    "pl": {_THOUSAND: "tys tysiąc tysiąca tysiące tysięcy",
           _MILLION: "mln milion miliona miliony milionów",
           _BILLION: "mld miliard miliarda miliardy miliardów"},
    "cs": {_THOUSAND: "tis tisíc tisíce", _MILLION: "mil milion milionu miliony milionů",
           _BILLION: "mld miliarda miliardy"},
    "hu": {_THOUSAND: "e ezer", _MILLION: "m millió", _BILLION: "mrd milliárd"},
    "sv": {_THOUSAND: "t tn tusen", _MILLION: "mn miljon miljoner",
           _BILLION: "md miljard miljarder"},
    "da": {_THOUSAND: "t tusind", _MILLION: "mio million millioner",
           _BILLION: "mia milliard milliarder"},
    "nb": {_THOUSAND: "tusen", _MILLION: "mill million millioner",
           _BILLION: "mrd milliard milliarder"},
    "fi": {_THOUSAND: "t tuhat tuhatta", _MILLION: "milj miljoona miljoonaa",
           _BILLION: "mrd miljardi miljardia"},
    "el": {_THOUSAND: "χιλ χιλιάδα χιλιάδες", _MILLION: "εκ εκατ εκατομμύριο εκατομμύρια",
           _BILLION: "δισ δισεκατομμύριο δισεκατομμύρια"},
    "he": {_THOUSAND: "אלף", _MILLION: "מיליון", _BILLION: "מיליארד"},
    "id": {_THOUSAND: "rb ribu", _MILLION: "jt juta", _BILLION: "m miliar"},
    "vi": {_THOUSAND: "n nghìn", _MILLION: "tr triệu", _BILLION: "t tỷ"},
    "hi": {_THOUSAND: "हज़ार", _LAKH: "लाख", _CRORE: "करोड़ क", _BILLION: "अरब अ"},
    "th": {_THOUSAND: "พัน", 10**4: "หมื่น", 10**5: "แสน", _MILLION: "ล้าน",
           _BILLION: "พันล้าน"},
    "zh": {10**4: "w"},
}  # fmt: skip
# Written without a space before what is counted: “1.2万回視聴”.
EAST_ASIAN = {
    "千": 10**3, "천": 10**3, "万": 10**4, "萬": 10**4, "만": 10**4, "億": 10**8, "亿": 10**8,
    "억": 10**8,
}  # fmt: skip


def plain(shown: str) -> str:
    """ASCII digits and separators, plain spaces, no bidi marks and no accents that stand alone."""
    if shown.isascii():
        return _SPACE.sub(" ", shown)
    text = "".join(" " if unicodedata.category(c) == "No" else c for c in shown)  # no “½”, no “²”
    text = unicodedata.normalize("NFKC", text).translate(_LETTERS)
    kept = (c for c in text if unicodedata.category(c) not in ("Cf", "Mn", "Mc"))
    digits = (str(unicodedata.digit(c)) if c.isdecimal() else c for c in kept)
    return _SPACE.sub(" ", "".join(digits))


_SPACE = re.compile(r"\s")


def factor(word: str | None, language: str) -> int:
    """What a number is times for the `word` behind it: 1000 for “mii” or 1 for “comments”.

    It is sought in the page's language (a BCP 47 primary tag), in English, and among the longer
    words that mean the same in all languages that know them.
    """
    if not word:
        return 1
    if word[0] in EAST_ASIAN:
        return EAST_ASIAN[word[0]]
    word = plain(word.casefold())
    own, english, anywhere = _words(language), _words(""), _words_anywhere()
    return own.get(word) or english.get(word) or anywhere.get(word, 1)


@cache
def _words(language: str) -> dict[str, int]:
    table = _BY_LANGUAGE.get(language, {}) if language else _ENGLISH
    return {
        plain(word.casefold()): times for times, words in table.items() for word in words.split()
    }


@cache
def _words_anywhere() -> dict[str, int]:
    meant: dict[str, set[int]] = {}
    for language in _BY_LANGUAGE:
        for word, times in _words(language).items():
            meant.setdefault(word, set()).add(times)
    # A letter or two may be anything, where the language is not the page's.
    return {word: min(times) for word, times in meant.items() if len(times) == 1 and len(word) > 2}
