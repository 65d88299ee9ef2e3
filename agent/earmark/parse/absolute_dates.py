"""Dates that name a day: machine-readable ones, Jalali ones, and those dateparser reads."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from persiantools.jdatetime import JalaliDate

from .date_words import CLOCK_WORDS, JALALI_MONTHS, LEADING
from .spans import MONTHS, SECONDS, PageClock, Span, back

_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})", re.ASCII)
_ISO = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})(?:[T ](?P<time>\d{2}:\d{2}(?P<seconds>:\d{2}(?:[.,]\d+)?)?)"
    r"\s?(?P<zone>Z|[+-]\d{2}:?(?:\d{2})?)?)?",
    re.IGNORECASE | re.ASCII,
)
HALF = (  # “am”, “p.m.”, “ÖS”, «ق.ظ», «بعد از ظهر», «عصر», «ص», «مساء»
    r"[ap]\.?\s?m\.?|ö[ös](?!\w)|[قب]\.\s?ظ\.?|(?:قبل|بعد)\s?از\s?ظهر|عصر|صبح|صباحا?|مساءا?"
    r"|[صم](?!\w)"
)
_AHEAD = "öö|ös|午前|午後|凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|오전|오후"
CLOCK = (
    rf"(?:(?P<ahead>{_AHEAD})\s?)?(?P<hour>\d{{1,2}})"
    r"(?:\s?[:.h時时点點시]\s?(?P<minute>\d{2})[分분]?(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"|(?=\s?(?:uhr|h(?!\w)|[ap]\.?\s?m)))"
    rf"\s*(?P<half>{HALF})?(?:\s*(?:uhr|hs|hrs|h)(?!\w)\.?)*"
)
_AFTER_DATE = rf"(?:\s*(?:{CLOCK_WORDS}\s*)*{CLOCK})?"
_WEEKDAY_BEHIND = r"(?:\s?\([^\W\d]{1,4}\.?\))?"
_NUMERIC = re.compile(
    rf"(\d{{1,4}})([./-])\s?(\d{{1,2}})\2\s?(\d{{2,4}}){_WEEKDAY_BEHIND}{_AFTER_DATE}"
)
_DAY_AND_MONTH = re.compile(rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.{_AFTER_DATE}")
_DOT_ENDS_NUMBERS = frozenset({"de", "cs", "sk", "da", "nb", "no", "fi", "hr", "sl", "sr", "et"})
_EAST_ASIAN_MONTH = re.compile(r"(\d{4})[年년]\s?(\d{1,2})[月월]")
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
    rf"(?<![\d.])(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?::(?P<second>\d{{2}}))?"
    rf"\s*(?:{HALF})?(?![\d.])"
)
_HAS_HOUR = re.compile(r"(?<!\d)\d{1,2}\s?[ap]\.?m\.?(?!\w)")
_LEADING = re.compile(LEADING)
_AFTERNOON = ("p", "ös", "ب", "م", "ع", "午後", "中午", "下午", "傍晚", "晚上", "오후")
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
    readers = (_jalali, _east_asian, _east_asian_month, _numeric, _day_and_month)
    return next(filter(None, (reads(text, clock) for reads in readers)), None)


def clock_time(found: re.Match[str]) -> tuple[time | None, str]:
    """The clock in a match, and the unit it is exact to."""
    if not found["hour"]:
        return None, "day"
    hour, half = int(found["hour"]), found["ahead"] or found["half"]
    if half:
        hour = hour % 12 + (12 if half.startswith(_AFTERNOON) else 0)
    at = time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    return at, "second" if found["second"] else "minute" if found["minute"] else "hour"


def _jalali(text: str, clock: PageClock) -> Span | None:
    found = _JALALI.fullmatch(text)
    if not found:
        return None
    month, day = JALALI_MONTHS[found["month"]], int(found["day"])
    this_year = JalaliDate(clock.today).year  # type: ignore[no-untyped-call]
    if found["year"]:
        shown = _gregorian(_jalali_year(int(found["year"])), month, day)
    else:
        shown = clock.last(lambda year: _gregorian(year, month, day), this_year)
    return clock.day(shown, *clock_time(found))


def _jalali_year(shown: int) -> int:
    return shown + (1400 if shown < 50 else 1300 if shown < 100 else 0)


def _east_asian(text: str, clock: PageClock) -> Span | None:
    """“2026年11月16日 10:30”, “11月16日”, “水曜日” and “午後3:05” behind; in Korean too."""
    found = _EAST_ASIAN.fullmatch(text)
    if not found:
        return None
    month, day = int(found["month"]), int(found["day"])
    if found["year"]:
        shown = date(int(found["year"]), month, day)
    else:
        shown = clock.last(lambda year: date(year, month, day), clock.today.year)
    return clock.day(shown, *clock_time(found))


def _east_asian_month(text: str, clock: PageClock) -> Span | None:
    """“2026年11月”."""
    found = _EAST_ASIAN_MONTH.fullmatch(text)
    return clock.month(int(found[1]), int(found[2])) if found else None


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
        days = [_in_its_calendar(first, second, last)]
    elif len(found[4]) == 2 and (year := _short_year_ahead(first, clock.lang)):
        days = [_in_its_calendar(year, second, last)]
    elif len(found[1]) <= 2 and len(found[4]) in (2, 4):
        year = last + (2000 if len(found[4]) == 2 else 0)
        orders = _orders(first, second, sign, clock.lang)
        days = [_in_its_calendar(year, m, d) for d, m in orders]
    else:
        return None
    spans = [clock.day(day, at, unit) for day in days]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _short_year_ahead(shown: int, lang: str) -> int | None:
    """The year of “26/11/16”, where dates begin with it; None where they do not."""
    if lang.startswith("fa"):
        return _jalali_year(shown)
    return 2000 + shown if lang.startswith(("ja", "ko", "zh")) else None


def _day_and_month(text: str, clock: PageClock) -> Span | None:
    """“16.11.” and “16. 11., 10:30”, in languages that put a dot behind such numbers."""
    found = _DAY_AND_MONTH.fullmatch(text)
    if not found or clock.lang.split("-")[0] not in _DOT_ENDS_NUMBERS:
        return None
    day, month = int(found[1]), int(found[2])
    shown = clock.last(lambda year: date(year, month, day), clock.today.year)
    return clock.day(shown, *clock_time(found))


def _in_its_calendar(year: int, month: int, day: int) -> date:
    if 1300 <= year < 1500:
        return _gregorian(year, month, day)
    return date(year, month, day)


def _orders(first: int, second: int, sign: str, lang: str) -> list[tuple[int, int]]:
    """The (day, month) readings of two numbers."""
    day_first, month_first = (first, second), (second, first)
    if first > 12:
        return [day_first]
    if second > 12 or lang == "en-us":
        return [month_first]
    if sign == "." or (lang and lang != "en"):
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
        return _relative_to(base, relative, text, clock)
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


def _relative_to(base: datetime, data: Any, text: str, clock: PageClock) -> Span | None:
    moment = data.date_obj.replace(tzinfo=None)
    if shown := _HAS_CLOCK.search(text):  # “ontem às 10:30”: a day, and not 13½ hours ago
        read = moment.minute == int(shown["minute"]) and moment.hour % 12 == int(shown["hour"]) % 12
        return clock.day(moment.date(), moment.time(), "minute") if read else None
    passed = base - moment
    if passed <= timedelta():
        return None if passed else clock.just_now
    unit, number = _in_units(passed, data.period)
    earliest, latest = clock.ago(unit, number + 1, number)
    if number == 1 and not re.search(r"\d", text) and unit in ("day", "week", "month", "year"):
        # “yesterday” and “last month” may have ended just before this day or month began.
        latest = max(latest, clock.began(unit))
    return earliest, latest


def _in_units(passed: timedelta, period: str) -> tuple[str, int]:
    if period in MONTHS:
        return period, round(passed.days / (30.44 * MONTHS[period]))
    unit = next(u for u in ("week", "day", "hour", "minute", "second") if _whole(passed, u))
    return unit, int(passed.total_seconds() // SECONDS[unit])


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
