"""Counts as platforms show them: “1,2 B”, “1.2K”, “۱۲ هزار”, “3,4 mil”, “1 234”, “1.2万”."""

from __future__ import annotations

import re

from .count_words import EAST_ASIAN, factor, plain

_COMMA_IS_DECIMAL = frozenset({
    "tr", "ro", "es", "pt", "it", "de", "fr", "ru", "nl", "pl", "el", "cs", "hu", "sv", "da", "nb",
    "fi", "id", "uk", "bg", "vi",
})  # fmt: skip
_NUMBER = (
    r"(?P<number>(?>"
    r"\d{1,3}(?:(?P<group>[ .,'’])\d{3})(?:(?P=group)\d{3})*(?!\d)(?:(?!(?P=group))[.,]\d+)?"
    r"|(?P<indian>\d{1,2}(?:,\d\d)+,\d{3})"
    r"|\d+(?:[.,]\d+)?"
    r"))(?![.,]?\d)"
)
_WORD = r"[^\W\d_]+(?![-'’]\w)"  # “5 T-shirts” are not five trillion
_UNSPACED = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # “返信3件”, “共87条评论”
_COUNT = re.compile(
    rf"(?:(?<![\w.,])|(?<=[{_UNSPACED}]))(?P<minus>(?:(?<!\S)[-−])?){_NUMBER}"
    rf"\s*(?:de\s+(?=m))?(?P<word>{_WORD})?"
)
_EAST_ASIAN = "".join(EAST_ASIAN)
# Behind “12 هزار” or “1万”: the rest of the number, as in «۱۲ هزار و ۳۴۵» and “1만 2천”.
_REST = re.compile(
    rf"(?:\s*و\s*(?P<added>\d+)\s*(?P<word>{_WORD})?"
    rf"|(?P<adjoined>(?<=[{_EAST_ASIAN}])(?:\d+|\s\d+(?=[{_EAST_ASIAN}])))(?P<times>[{_EAST_ASIAN}])?)"
)
_THOUSANDS_OF = re.compile(rf"\.?\s(?P<word>{_WORD})")  # “2 mil millones”, “1,2 mil M”
_PERSIAN_SLASH = re.compile(r"(?<=\d)/(?=\d{1,2}\s?[همک])")  # «۱/۲ هزار»
_LARGEST = 10**15
LONGEST = 80


def parse_count(shown: str | int | float | None, lang: str = "") -> int | None:
    """The number meant by `shown` in the page's language (BCP 47); None where there is none.

    Rounded counts stay as shown: “1,2 B” on a Turkish page is 1200. A score may be negative.
    """
    if isinstance(shown, bool) or not isinstance(shown, str | int | float):
        return None  # in a response, anything may stand where a count was
    if not isinstance(shown, str):
        return int(shown) if abs(shown) <= _LARGEST and shown == int(shown) else None
    language = lang.lower().replace("_", "-").split("-")[0]
    text = plain(shown[:LONGEST])
    if language == "fa":
        text = _PERSIAN_SLASH.sub(".", text)
    found = _COUNT.search(text)
    if not found:
        return None
    number = _meant(found, text, language)
    if number is None or number > _LARGEST:
        return None
    return -number if found["minus"] else number


def _meant(found: re.Match[str], text: str, language: str) -> int | None:
    times = factor(found["word"], language)
    number = _value(found, language, scaled=times != 1)
    if times == 1:
        return None if number % 1 else int(number)  # a grade is no count
    end = found.start("word") + 1 if found["word"][0] in EAST_ASIAN else found.end()
    if times == 1000 and (more := _THOUSANDS_OF.match(text, end)):
        times *= _larger(more["word"], times, language)
    whole = round(number * times)
    return whole if number % 1 else whole + _rest(text, end, times, language)


def _larger(word: str, than: int, language: str) -> int:
    times = factor(word, language)
    return times if times > than else 1


def _rest(text: str, at: int, below: int, language: str) -> int:
    """What follows the first part of a number written in parts, each smaller than the last."""
    more = _REST.match(text, at)
    if not more:
        return 0
    times = factor(more["times"] or more["word"], language)
    part = int(more["added"] or more["adjoined"]) * times
    if part >= below:
        return 0
    return part + (_rest(text, more.end(), times, language) if times > 1 else 0)


def _value(found: re.Match[str], language: str, *, scaled: bool) -> float:
    """The digits as a number; “1.234” with a word behind is a decimal where the point is."""
    digits, group = found["number"], found["group"]
    if found["indian"]:
        return float(digits.replace(",", ""))
    if group and not (scaled and digits.count(group) == 1 and group == _decimal_sign(language)):
        digits = digits.replace(group, "")
    return float(digits.replace(",", "."))


def _decimal_sign(language: str) -> str:
    return "," if language in _COMMA_IS_DECIMAL else "."
