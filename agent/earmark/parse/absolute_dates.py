"""Dates that name a day: machine-readable ones, Jalali ones, and those dateparser reads."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from persiantools.jdatetime import JalaliDate

from .date_words import CLOCK_WORDS, JALALI_MONTHS, LEADING
from .spans import MONTHS, SECONDS, PageClock, Span, back

_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
_ISO = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})(?:[T ](?P<time>\d{2}:\d{2}(?P<seconds>:\d{2}(?:[.,]\d+)?)?)"
    r"\s?(?P<zone>Z|[+-]\d{2}:?(?:\d{2})?)?)?",
    re.IGNORECASE,
)
HALF = r"[ap]\.?\s?m\.?|[قب]\.\s?ظ\.?|[صم](?!\w)"  # “am”, “p.m.”, «ق.ظ», «ب.ظ», «ص», «م»
_AHEAD = "午前|午後|上午|下午|오전|오후"
CLOCK = (
    rf"(?:(?P<ahead>{_AHEAD})\s?)?(?P<hour>\d{{1,2}})"
    r"(?:\s?[:.h時时点點시]\s?(?P<minute>\d{2})[分분]?(?::(?P<second>\d{2}))?"
    r"|(?=\s?(?:uhr|h(?!\w)|[ap]\.?\s?m)))"
    rf"\s*(?P<half>{HALF})?(?:\s*(?:uhr|hs|hrs|h)(?!\w)\.?)*"
)
_AFTER_DATE = rf"(?:\s*(?:{CLOCK_WORDS}\s*)*{CLOCK})?"
_NUMERIC = re.compile(rf"(\d{{1,4}})([./-])(\d{{1,2}})\2(\d{{2,4}}){_AFTER_DATE}")
_JALALI = re.compile(
    rf"(?:[^\W\d]+\s?[^\W\d]*[،,]?\s+)?(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(JALALI_MONTHS)})(?!\w)"
    rf"(?:\s*(?:ماه)?[،,]?\s*(?P<year>1[34]\d\d|\d\d))?[،,]?{_AFTER_DATE}"
)
_EAST_ASIAN = re.compile(
    r"(?:(?P<year>\d{4})[年년]\s?)?(?P<month>\d{1,2})[月월]\s?(?P<day>\d{1,2})[日일]?"
    r"(?:\s?(?:\(\w\)?|\w曜日|\w요일|星期\w|[周週]\w))?"
    rf"(?:\s?(?:{CLOCK_WORDS}\s*)*{CLOCK})?"
)
_KOREAN_DOTS = re.compile(r"(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\.")
_CLOCK_FIRST = re.compile(rf"(?P<clock>{CLOCK})(?![.\d/-])\s*(?:{CLOCK_WORDS}\s*)*(?=\S)")
_HAS_CLOCK = re.compile(
    rf"(?<![\d.])\d{{1,2}}[:.]\d{{2}}(?::(?P<second>\d{{2}}))?\s*(?:{HALF})?(?![\d.])"
)
_HAS_HOUR = re.compile(r"(?<!\d)\d{1,2}\s?[ap]\.?m\.?(?!\w)")
_LEADING = re.compile(LEADING)
_AFTERNOON = ("p", "ب", "م", "午後", "下午", "오후")
_FALLBACK_LANGUAGES = ("en", "tr", "ro", "fa")


def iso_moment(text: str) -> datetime | None:
    """An ISO 8601 time with its zone, as UTC; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def machine_readable(shown: str, clock: PageClock) -> Span | None:
    """Unix time in seconds or milliseconds, and ISO 8601 with or without a zone."""
    if epoch := _EPOCH.fullmatch(shown):
        seconds = float(shown) if epoch[1] else int(shown) / 1000
        moment = datetime.fromtimestamp(seconds, UTC)
        return moment, moment
    iso = _ISO.fullmatch(shown)
    if not iso or iso["date"] < "1700":
        return None
    if iso["zone"]:
        moment = datetime.fromisoformat(shown.upper().replace(",", "."))
        return moment, moment
    day = date.fromisoformat(iso["date"])
    if not iso["time"]:
        return clock.day(day, None)
    at = time.fromisoformat(iso["time"].replace(",", "."))
    return clock.day(day, at, "second" if iso["seconds"] else "minute")


def plainly(text: str) -> str:
    """A date with its clock behind it and nothing in front: “schrieb am 3.5.2026 um 10 Uhr”."""
    text = _LEADING.sub("", text, count=1)
    clock = _CLOCK_FIRST.match(text)
    if clock and re.search(r"\d", text[clock.end() :]):
        text = f"{_LEADING.sub('', text[clock.end() :], count=1)} {clock['clock']}"
    return _KOREAN_DOTS.sub(r"\1.\2.\3", text)


def by_hand(text: str, clock: PageClock) -> Span | None:
    """Jalali, East Asian and numeric dates."""
    return _jalali(text, clock) or _east_asian(text, clock) or _numeric(text, clock)


def clock_time(found: re.Match[str]) -> tuple[time | None, str]:
    """The clock in a match, and the unit it is exact to."""
    if not found["hour"]:
        return None, "day"
    hour, half = int(found["hour"]), found["ahead"] or (found["half"] or "")[:1]
    if half:
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    at = time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    return at, "second" if found["second"] else "minute" if found["minute"] else "hour"


def _jalali(text: str, clock: PageClock) -> Span | None:
    found = _JALALI.fullmatch(text)
    if not found:
        return None
    month, day = JALALI_MONTHS[found["month"]], int(found["day"])
    this_year = JalaliDate(clock.today).year  # type: ignore[no-untyped-call]
    year = int(found["year"] or this_year)
    year += 1400 if year < 50 else 1300 if year < 100 else 0
    if not found["year"] and _gregorian(year, month, day) > clock.today:
        year -= 1
    return clock.day(_gregorian(year, month, day), *clock_time(found))


def _east_asian(text: str, clock: PageClock) -> Span | None:
    """“2026年11月16日 10:30”, “11月16日”, “水曜日” and “午後3:05” behind; in Korean too."""
    found = _EAST_ASIAN.fullmatch(text)
    if not found:
        return None
    month, day = int(found["month"]), int(found["day"])
    year = int(found["year"] or clock.today.year)
    if not found["year"] and date(year, month, day) > clock.today:
        year -= 1
    return clock.day(date(year, month, day), *clock_time(found))


def _gregorian(year: int, month: int, day: int) -> date:
    """A Jalali day in our calendar."""
    found: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    return found


def _numeric(text: str, clock: PageClock) -> Span | None:
    """“03.04.2026” is one day; “03/04/2026” both it may be, unless the language says which."""
    found = _NUMERIC.fullmatch(text)
    if not found:
        return None
    at, unit = clock_time(found)
    first, sign, second, last = int(found[1]), found[2], int(found[3]), int(found[4])
    if len(found[1]) == 4:
        days = [_year_first(first, second, last)]
    elif len(found[1]) <= 2 and len(found[4]) in (2, 4):
        year = last + (2000 if len(found[4]) == 2 else 0)
        days = [date(year, m, d) for d, m in _orders(first, second, sign, clock.lang)]
    else:
        return None
    spans = [clock.day(day, at, unit) for day in days]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _year_first(year: int, month: int, day: int) -> date:
    if 1300 <= year < 1500:
        return _gregorian(year, month, day)
    return date(year, month, day)


def _orders(first: int, second: int, sign: str, lang: str) -> list[tuple[int, int]]:
    """The (day, month) readings of two numbers."""
    day_first, month_first = (first, second), (second, first)
    if second > 12 or lang == "en-us":
        return [month_first]
    if first > 12 or sign == "." or (lang and lang != "en"):
        return [day_first]
    return list(dict.fromkeys([day_first, month_first]))


def by_dateparser(text: str, clock: PageClock) -> Span | None:
    """In the page's language; in ours only where a whole word says which it is."""
    own = clock.lang.split("-")[0]
    found = _in_languages(text, (own,), clock) if own else None
    if found is None and re.search(r"[^\W\d_]{3}", text):
        others = tuple(lang for lang in _FALLBACK_LANGUAGES if lang != own)
        found = _in_languages(text, others, clock)
    return found


def _in_languages(text: str, languages: tuple[str, ...], clock: PageClock) -> Span | None:
    base = datetime.combine(clock.today, time())
    if relative := _parsed(text, languages, "relative-time", base):
        return _back_from_now(base - relative.date_obj.replace(tzinfo=None), relative.period, clock)
    day_shown = _HAS_HOUR.sub("", _HAS_CLOCK.sub("", text))
    if not (re.search(r"\d", day_shown) and re.search(r"[^\W\d_]{2}", day_shown)):
        return None
    absolute = _parsed(text, languages, "absolute-time", base)
    return _as_shown(text, absolute, clock) if absolute else None


def _parsed(text: str, languages: tuple[str, ...], parser: str, base: datetime) -> Any:
    """dateparser's reading; `base` is a midnight, for it keeps every settings it ever saw."""
    from dateparser.date import DateDataParser  # loading it takes most of a second

    settings = {"PREFER_DATES_FROM": "past", "PARSERS": [parser], "RELATIVE_BASE": base}
    known = [lang for lang in languages if lang in _dateparser_languages()]
    if not known:
        return None
    data = DateDataParser(languages=known, settings=settings).get_date_data(text)
    return data if data.date_obj else None


@cache
def _dateparser_languages() -> frozenset[str]:
    from dateparser.data.languages_info import language_order

    return frozenset(language_order)


def _back_from_now(passed: timedelta, period: str, clock: PageClock) -> Span | None:
    if passed < timedelta():
        return None
    if period in MONTHS:
        number = round(passed.days / (30.44 * MONTHS[period]))
        return clock.ago(period, number + 1, number)
    unit = next(u for u in ("week", "day", "hour", "minute", "second") if _whole(passed, u))
    number = int(passed.total_seconds() // SECONDS[unit])
    return clock.ago(unit, number + 1, number)


def _whole(passed: timedelta, unit: str) -> bool:
    return passed.total_seconds() % SECONDS[unit] == 0


def _as_shown(text: str, data: Any, clock: PageClock) -> Span:
    """Exact to what the text shows: a year, a month, a day, an hour, a minute or a second."""
    moment: datetime = data.date_obj
    if data.period in MONTHS:
        start = moment.replace(tzinfo=None, day=1, hour=0, minute=0, second=0, microsecond=0)
        start = start.replace(month=1) if data.period == "year" else start
        return clock.span(start, back(start, data.period, -1))
    shown = _HAS_CLOCK.search(text)
    unit = "second" if shown and shown["second"] else "minute" if shown else "hour"
    if not shown and not _HAS_HOUR.search(text):
        return clock.day(moment.date(), None)
    if moment.tzinfo is None:
        return clock.day(moment.date(), moment.time(), unit)
    end = moment if unit == "second" else moment + timedelta(seconds=SECONDS[unit])
    return moment, end
