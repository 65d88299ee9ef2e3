"""Dates with a month's name in the page's own language: “3. März 2026”, “Nov 5, 10:30 am”.

The names are Unicode's (CLDR), so every language has them. Most dates that people are shown are of
this kind, and a date library takes milliseconds for each.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from .absolute_dates import CLOCK, clock_time
from .date_words import CLOCK_WORDS, spelled
from .spans import PageClock, Span

# Tried where neither the page's own language nor English knows a name.
COMMON = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "ro", "sv", "da", "nb", "fi",
    "cs", "hu", "el", "ar", "he", "fa", "id",
)  # fmt: skip
# Their months have other names in other countries, and pages seldom say which country's they are.
_VARIANTS = {"ar": ("ar-LB", "ar-MA", "ar-DZ"), "de": ("de-AT",)}
_DAY = r"(?P<day>\d{1,2})(?:\s?\.|st|nd|rd|th|er)?"  # 3. März, March 3rd, 1er mars
_OF = r"\s*(?:de\s|of\s|d'|ב)?\s*"
_YEAR = r"(?:,?\s*(?:del?\s+)?(?P<year>[12]\d{3})\b\.?(?:\s?г\.?)?)"
_MONTH_YEAR = r"\.?\s+(?:del?\s+)?(?P<year>[12]\d{3}|['’]\d\d)(?:\s?г\.?)?"
_ZONE = r"(?:\s?(?:gmt|utc)?(?P<zone>[+-]\d{2}:?\d{2}))?"
_AFTER = rf"(?:\s*(?:{CLOCK_WORDS}\s*)*{CLOCK}(?:\s?uhr)?{_ZONE})?"
_AHEAD = rf"{CLOCK}{_ZONE}\s*(?:{CLOCK_WORDS}\s*)*\s"  # 8:00 am · Nov 20, 2026


def named_month(text: str, clock: PageClock) -> Span | None:
    """The day that `text` (as `spelled`) names, with its clock if shown.

    It is read in the page's language, else in English, which machines write too, else in whichever
    knows it: many pages say no language, or not theirs. Without a year it is the last such day, up
    to today. Raises ValueError for a day no month has.
    """
    if not re.search(r"\d", text):
        return None
    languages = ((clock.lang,), ("en",), COMMON)
    return next(filter(None, (_in_languages(text, each, clock) for each in languages)), None)


def _in_languages(text: str, langs: tuple[str, ...], clock: PageClock) -> Span | None:
    patterns, months = _of_languages(langs)
    found = next(filter(None, (pattern.fullmatch(text) for pattern in patterns)), None)
    if found is None:
        return None
    month = months[found["month"]]
    if "day" not in found.groupdict():
        return clock.month(_whole_year(found["year"].strip("'")), month)
    day = int(found["day"])
    if found["year"]:
        shown = date(_whole_year(found["year"]), month, day)
    else:
        shown = clock.last(lambda year: date(year, month, day), clock.today.year)
    if found["zone"]:
        clock = replace(clock, zone=datetime.strptime(found["zone"], "%z").tzinfo)
    return clock.day(shown, *clock_time(found))


def _whole_year(shown: str) -> int:
    return int(shown) + (2000 if len(shown) == 2 else 0)


@cache
def _of_languages(langs: tuple[str, ...]) -> tuple[list[re.Pattern[str]], dict[str, int]]:
    """What dates look like in languages (BCP 47), and their months; nothing for ones not known.

    A name that is one month here and another there is left out.
    """
    months, weekdays = _agreed(langs, "months"), _agreed(langs, "days")
    months = (_cut_short(months) if len(langs) == 1 else {}) | months
    if not months:
        return [], {}
    month, weekday = _any_of(months), _any_of(weekdays)
    before = rf"(?:(?:{weekday})\.?,?\s+(?:(?:the|den|le|el|il|de|dnia|am)\s+)?)?"
    orders = (
        rf"{_DAY}-(?P<month>{month})-(?P<year>\d{{4}}|\d\d)",
        rf"{_DAY}{_OF}(?P<month>{month})\.?{_YEAR}?",
        rf"(?P<month>{month})\.?\s+{_DAY}{_YEAR}?",
        rf"(?P<year>[12]\d{{3}})\.?\s+(?P<month>{month})\.?\s+{_DAY}",
    )
    after = rf"(?:,?\s+(?:{weekday}))?"
    shapes = [f"{before}{order}{after}{_AFTER}" for order in orders]
    shapes += [f"{_AHEAD}{before}{order}{after}" for order in orders]
    shapes.append(f"(?P<month>{month}){_MONTH_YEAR}")
    return [re.compile(shape) for shape in shapes], months


def _agreed(langs: tuple[str, ...], kind: str) -> dict[str, int]:
    """The names that mean the same in all of the languages that know them."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for lang in langs:
        for name, number in dict(_names(lang, kind)).items():
            numbers[name].add(number)
    return {name: min(found) for name, found in numbers.items() if len(found) == 1}


def _names(lang: str, kind: str) -> Iterator[tuple[str, int]]:
    """The names of months or days in all their forms, with their numbers."""
    from babel import Locale, UnknownLocaleError

    plain = lang.split("-")[0]
    for tag in dict.fromkeys((plain, *_VARIANTS.get(plain, ()), lang)):
        try:
            locale = Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError, TypeError):
            continue
        forms = locale.months if kind == "months" else locale.days
        for widths in forms.values():
            for width in ("abbreviated", "wide"):
                for number, name in widths.get(width, {}).items():
                    plain = spelled(name).rstrip(".")
                    if not any(map(str.isdigit, plain)):
                        yield plain, number


def _cut_short(names: dict[str, int]) -> dict[str, int]:
    """Their first three letters, as many sites abbreviate («ноя»), where these tell them apart."""
    meant: dict[str, set[int]] = {}
    for name, number in names.items():
        meant.setdefault(name[:3], set()).add(number)
    return {short: min(numbers) for short, numbers in meant.items() if len(numbers) == 1}


def _any_of(names: dict[str, int]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)"
