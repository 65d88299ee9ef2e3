"""Counts as platforms show them: “1,2 B”, “1.2K”, “۱۲ هزار”, “3,4 mil”, “1 234”, “1.2万”."""

from __future__ import annotations

import re
import unicodedata

_MULTIPLIERS = {
    "": {"k": 1e3, "m": 1e6, "b": 1e9, "g": 1e9, "t": 1e12, "thousand": 1e3, "million": 1e6},
    "tr": {"b": 1e3, "bin": 1e3, "mn": 1e6, "m": 1e6, "milyon": 1e6, "mr": 1e9, "milyar": 1e9},
    "fa": {"هزار": 1e3, "ه": 1e3, "میلیون": 1e6, "م": 1e6, "میلیارد": 1e9},
    "ro": {"mii": 1e3, "mie": 1e3, "mil": 1e6, "milioane": 1e6, "milion": 1e6, "mld": 1e9},
    "es": {"mil": 1e3, "m": 1e6, "mill": 1e6, "millones": 1e6, "millón": 1e6},
    "pt": {"mil": 1e3, "mi": 1e6, "milhão": 1e6, "milhões": 1e6, "bi": 1e9},
    "it": {"mila": 1e3, "mln": 1e6, "mld": 1e9},
    "de": {"tsd": 1e3, "mio": 1e6, "mrd": 1e9},
    "fr": {"k": 1e3, "m": 1e6, "md": 1e9},
    "ru": {"тыс": 1e3, "млн": 1e6, "млрд": 1e9},
    "ar": {
        "ألف": 1e3,
        "آلاف": 1e3,
        "الاف": 1e3,
        "ك": 1e3,
        "مليون": 1e6,
        "ملايين": 1e6,
        "مليار": 1e9,
    },
}
# Written without a space before what is counted: “1.2万回視聴”.
_EAST_ASIAN = {
    "千": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "億": 1e8,
    "亿": 1e8,
    "천": 1e3,
    "만": 1e4,
    "억": 1e8,
}
_ANYWHERE = {
    "bin", "milyon", "milyar", "هزار", "میلیون", "میلیارد", "mii", "mie", "milioane", "mila", "mln",
    "mld", "tsd", "mio", "mrd", "тыс", "млн", "млрд", "mn", "ألف",
    "آلاف", "مليون", "ملايين", "مليار",
}  # fmt: skip
_COMMA_IS_DECIMAL = frozenset({
    "tr", "ro", "es", "pt", "it", "de", "fr", "ru", "nl", "pl", "el", "cs", "hu", "sv", "da", "nb",
    "fi", "id", "uk", "bg",
})  # fmt: skip
_COUNT = re.compile(r"(?<![\w.,])((?:(?<!\S)[-−])?)(\d[\d .,'’]*)\s*([^\W\d_]+)?")
_GROUPED = re.compile(r"\d{1,3}(?:([ .,'’])\d{3})(?:\1\d{3})*")
_SPACE = re.compile(r"\s")
_LARGEST = 10**15
LONGEST = 80


def parse_count(shown: str | int | float | None, lang: str = "") -> int | None:
    """The number meant by `shown` in the page's language (BCP 47); None where there is none.

    Rounded counts stay as shown: “1,2 B” on a Turkish page is 1200. A score may be negative.
    """
    if isinstance(shown, bool) or shown is None:
        return None
    if isinstance(shown, int | float):
        return int(shown) if abs(shown) <= _LARGEST else None
    found = _COUNT.search(_plain(shown[:LONGEST]))
    if not found:
        return None
    language = lang.lower().replace("_", "-").split("-")[0]
    factor = _factor(found[3], language)
    number = _number(found[2].strip(" .,'’"), language, scaled=factor != 1)
    if number is None or number * factor > _LARGEST:
        return None
    if factor == 1 and number % 1:  # a grade, not a count
        return None
    return round(number * factor) * (-1 if found[1] else 1)


def _plain(shown: str) -> str:
    """ASCII digits and separators; all spaces plain, no bidi marks."""
    if shown.isascii():
        return _SPACE.sub(" ", shown)
    text = unicodedata.normalize("NFKC", shown).replace("٬", ",").replace("٫", ".")
    kept = (c for c in text if unicodedata.category(c) != "Cf")
    digits = (str(unicodedata.digit(c)) if c.isdecimal() else c for c in kept)
    return _SPACE.sub(" ", "".join(digits))


def _factor(word: str | None, language: str) -> float:
    if not word:
        return 1
    if word[0] in _EAST_ASIAN:
        return _EAST_ASIAN[word[0]]
    word = word.casefold().rstrip(".")
    for known in (_MULTIPLIERS.get(language, {}), _MULTIPLIERS[""]):
        if word in known:
            return known[word]
    if word in _ANYWHERE:
        return next(known[word] for known in _MULTIPLIERS.values() if word in known)
    return 1


def _number(digits: str, language: str, *, scaled: bool) -> float | None:
    if digits.isdecimal():
        return float(digits)
    whole = _GROUPED.fullmatch(digits)
    if whole and not (scaled and whole[1] == _decimal_sign(language)):
        return float(re.sub(r"\D", "", digits))
    sign = _last_sign(digits)
    head, _, tail = digits.rpartition(sign) if sign else (digits, "", "")
    head = re.sub(r"\D", "", head)
    return float(f"{head}.{tail}") if head and tail.isdecimal() else None


def _decimal_sign(language: str) -> str:
    return "," if language in _COMMA_IS_DECIMAL else "."


def _last_sign(digits: str) -> str:
    return next((c for c in reversed(digits) if c in ".,"), "")
