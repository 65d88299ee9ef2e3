"""What the letters alone say about a text's language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

ONE_LANGUAGE = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "HEBREW": "he", "GREEK": "el",
    "THAI": "th", "ARMENIAN": "hy", "GEORGIAN": "ka", "BENGALI": "bn", "GUJARATI": "gu",
    "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "GURMUKHI": "pa",
    "SINHALA": "si", "KHMER": "km", "LAO": "lo", "MYANMAR": "my", "ETHIOPIC": "am",
}  # fmt: skip
_SHARED = {
    "ARABIC": frozenset({"ar", "ckb", "fa", "ur"}),
    "CYRILLIC": frozenset({"bg", "mk", "ru", "uk"}),
    "DEVANAGARI": frozenset({"hi", "mr", "ne"}),
}
_NOT_ARABIC = frozenset({"ckb", "fa", "ur"})  # these write p, ch, zh and g
_NOT_LATIN = frozenset(ONE_LANGUAGE.values()).union(*_SHARED.values())

_SORANI = re.compile("[ەڵۆێڕڤ]")
_URDU = re.compile("[ٹڈڑےںہھۂ]")
_PERSIAN = frozenset("پچژگ")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_NOT_UKRAINIAN = re.compile("[ыэъёўЫЭЪЁЎ]")
_RUSSIAN = re.compile("[ыэёЫЭЁ]")
_NATS_A_LETTER, _LETTERS_MISSED = 0.3, 30
# How many nats letters speak for a language that others might still be written with.
_HINTS = [
    (frozenset("ğĞıİ"), {"tr": 4.0, "az": 2.0}),
    (frozenset("țȚăĂ"), {"ro": 4.0}),
    (frozenset("ñÑ¿¡"), {"es": 3.0}),
    (frozenset("ß"), {"de": 5.0}),
    (frozenset("ãõÃÕ"), {"pt": 2.0}),
    (frozenset("êîûÊÎÛ"), {"ku": 1.5}),
    (frozenset("یک"), {"fa": 2.0, "ur": 1.0, "ckb": 1.0}),
    (_PERSIAN, {"fa": 3.0}),
    (frozenset("\u200c"), {"fa": 3.0}),
]
_OF_ARABIC = re.compile(r"[ةىإأؤ]|\bال")
_ARABIC_NATS = 2.0


@dataclass(frozen=True)
class Letters:
    """What letters allow: `only` one language, or those of `allowed` (None: any Latin one).

    `nats` are log odds that single letters add for a language.
    """

    only: str = ""
    allowed: frozenset[str] | None = None
    nats: dict[str, float] = field(default_factory=dict)

    def allow(self, tag: str) -> bool:
        """Whether text with these letters can be in the language `tag`."""
        base = tag.split("-")[0]
        return base in self.allowed if self.allowed else base not in _NOT_LATIN


@lru_cache(maxsize=1024)
def read_letters(cleaned: str) -> Letters:
    """What the letters of a cleaned text say; `only` is `und` where there are none."""
    script = main_script(cleaned)
    if script and cleaned.isascii():  # no letter of the bare alphabet tells anything
        return Letters()
    only = ONE_LANGUAGE.get(script) or _only(cleaned, script)
    if only:
        return Letters(only)
    nats: dict[str, float] = {}
    signs = frozenset(cleaned)
    for telling, worth in _HINTS:
        if not telling.isdisjoint(signs):
            nats |= {tag: nats.get(tag, 0.0) + more for tag, more in worth.items()}
    if script == "ARABIC" and _OF_ARABIC.search(cleaned):
        nats["ar"] = _ARABIC_NATS
    if script == "ARABIC":  # the longer a text is, the less can Urdu and Sorani hide theirs
        missed = _NATS_A_LETTER * min(sum(map(str.isalpha, cleaned)), _LETTERS_MISSED)
        nats |= {tag: nats.get(tag, 0.0) - missed for tag in ("ckb", "ur")}
    return Letters("", _allowed(cleaned, script), nats)


def _allowed(cleaned: str, script: str) -> frozenset[str] | None:
    if script == "ARABIC" and not _PERSIAN.isdisjoint(cleaned):
        return _NOT_ARABIC
    return _SHARED.get(script)


def main_script(text: str) -> str:
    """The script most letters are of, by its Unicode name; empty without letters.

    Japanese with kana is HIRAGANA; a foreign script in a Latin text wins from three letters and
    30 % on, since names and brand words are Latin everywhere.
    """
    return main_of_scripts(text)[0]


@lru_cache(maxsize=64)  # a text is asked of before and after it is cleaned, often the same one
def main_of_scripts(text: str) -> tuple[str, int]:
    """The main script of a text, and how many scripts it is written in."""
    if text.isascii():
        return ("LATIN", 1) if any(map(str.isalpha, text)) else ("", 0)
    scripts = set(map(_script, set(text))) - {""}
    if len(scripts) < 2:  # nearly always, and then nothing needs to be counted
        return next(iter(scripts), ""), len(scripts)
    counts = count_scripts(text)
    total = counts.total()
    kana = counts["HIRAGANA"] + counts["KATAKANA"]
    if kana and counts["CJK"] + kana > 0.4 * total:
        return "HIRAGANA", len(scripts)
    foreign = total - counts["LATIN"]
    if foreign >= 3 and foreign >= 0.3 * total:
        del counts["LATIN"]
    return max(sorted(counts), key=lambda name: counts[name]), len(scripts)


def count_scripts(text: str) -> Counter[str]:
    """How many letters of each script `text` has."""
    scripts: Counter[str] = Counter()
    for sign, times in Counter(text).items():
        if script := _script(sign):
            scripts[script] += times
    return scripts


@lru_cache(maxsize=8192)
def _script(sign: str) -> str:
    """The script of a letter, by its Unicode name; nothing for other signs."""
    return re.split("[ -]", unicodedata.name(sign, "?"))[0] if sign.isalpha() else ""


def _only(text: str, script: str) -> str:
    if not script:
        return "und"
    if script == "ARABIC":
        return _arabic(text)
    if script == "CYRILLIC":
        if _UKRAINIAN.search(text) and not _NOT_UKRAINIAN.search(text):
            return "uk"
        return "ru" if _RUSSIAN.search(text) else ""
    return "az" if script == "LATIN" and ("ə" in text or "Ə" in text) else ""


def _arabic(text: str) -> str:
    urdu = len(_URDU.findall(text))
    if len(_SORANI.findall(text)) > urdu:
        return "ckb"
    return "ur" if urdu else ""
