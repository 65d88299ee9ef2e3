"""When something was said, as bounds: from “3 gün önce”, «۱۳۹۸/۰۸/۲۳», ISO 8601 and the like.

Relative times are resolved against the moment of capture. What cannot be read with certainty is
left out: no date is better than a wrong one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from functools import cache

from . import absolute_dates
from .date_words import (
    ALONE_IS_ONE,
    AMBIGUOUS_SHORT,
    APPROXIMATE,
    CLOCK_WORDS,
    NOW,
    NUMBER_WORDS,
    PAST,
    TODAY,
    TWO,
    UNITS,
    WEEKDAYS,
    plainly_spelled,
    spelled,
)
from .named_months import named_month
from .spans import PageClock, Span, back, find_zone
from .text import clean

LONGEST = 80
_OLDEST = datetime(1970, 1, 2, tzinfo=UTC)
_AHEAD = timedelta(days=1)


def resolve_published(
    shown: str | datetime,
    captured_at: str,
    *,
    time_zone: str = "",
    utc_offset: int | None = None,
    lang: str = "",
    site_time_zone: str | None = None,
) -> dict[str, str] | None:
    """`{earliest, latest, shown}` in UTC (ISO 8601 with Z), or None for what cannot be read.

    `captured_at` is ISO 8601; `utc_offset` is in minutes east of UTC; `lang` is the page's BCP 47
    tag. The site's own zone goes before the page's. Bounds are equal where the time is exact; a
    date without a clock is a whole local day. A time more than a day after the capture is refused.
    """
    now = absolute_dates.iso_moment(captured_at)
    if now is None or not isinstance(shown, str | datetime):
        return None  # in a response, anything may stand where a time was
    own = find_zone(site_time_zone, None)
    zone = own or find_zone(time_zone, utc_offset)
    clock = PageClock(now, zone, lang.lower().replace("_", "-"), sites_own=own is not None)
    span = _believable(_span(shown, clock), now)
    if span is None:
        return None
    return {"earliest": _iso(span[0]), "latest": _iso(span[1]), "shown": _words(shown, span)}


def _span(shown: str | datetime, clock: PageClock) -> Span | None:
    try:
        if isinstance(shown, datetime):
            return clock.span(shown, shown) if shown.tzinfo is None else (shown, shown)
        if not shown or len(shown) > LONGEST:
            return None
        if exact := absolute_dates.machine_readable(shown.strip(" \t\n-–—·•|,"), clock):
            return exact
        text = spelled(shown)
        plain = absolute_dates.plainly(text)
        found = _by_hand(text, clock)
        if not found and plain != shown:
            found = absolute_dates.machine_readable(plain, clock) or _by_hand(plain, clock)
        return found or absolute_dates.by_dateparser(plainly_spelled(shown), clock)
    except (OverflowError, ValueError):  # numbers no calendar has
        return None


def _by_hand(text: str, clock: PageClock) -> Span | None:
    return (
        _now(text, clock)
        or _relative(text, clock)
        or _named_day(text, clock)
        or named_month(text, clock)
        or absolute_dates.by_hand(text, clock)
    )


def _believable(span: Span | None, now: datetime) -> Span | None:
    """The span without what lies after the capture; None when it is absurd."""
    if span is None or span[0] > now + _AHEAD or span[1] < _OLDEST:
        return None
    earliest, latest = span
    if earliest == latest:
        return span
    # A day that is not yet here has begun where the site is: it was said within the last one.
    return (earliest if earliest <= now else earliest - _AHEAD), min(latest, now)


def _words(shown: str | datetime, span: Span) -> str:
    """What the page says, on one line; a number of seconds says nothing to a person."""
    if isinstance(shown, datetime):
        return shown.isoformat()
    return _iso(span[0]) if shown.strip().isdecimal() else clean(" ".join(shown.split()))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _now(text: str, clock: PageClock) -> Span | None:
    return clock.just_now if text in NOW else None


def _relative(text: str, clock: PageClock) -> Span | None:
    own = clock.lang.split("-")[0]
    for lang in dict.fromkeys([own, *UNITS]):
        found = _relative_pattern(lang).fullmatch(text) if lang in UNITS else None
        if found and (_says_past(found) or _short_is_clear(found["unit"], lang, own)):
            return _ago(found, lang, clock)
    return None


def _says_past(found: re.Match[str]) -> bool:
    return bool(found["alone"] or found["past"] or found["later"])


def _ago(found: re.Match[str], lang: str, clock: PageClock) -> Span:
    """“n days ago” is from n+1 to n days ago: platforms round down."""
    if found["alone"]:
        unit, number = _alone(found["alone"], lang)
        return clock.ago(unit, number + 1, number)
    unit = UNITS[lang][found["unit"]]
    number = _number(found["number"], lang)
    if found["unit2"]:
        fine, more = UNITS[lang][found["unit2"]], _number(found["number2"], lang)
        coarse = back(clock.now, unit, number)
        return back(coarse, fine, more + 1), back(coarse, fine, more)
    return clock.ago(unit, number + 1, number - 1 if found["about"] else number)


def _alone(word: str, lang: str) -> tuple[str, int]:
    """The unit and the number of a word that needs none: «يومين» is two days, “час” one hour."""
    return (TWO[word], 2) if word in TWO else (UNITS[lang][word], 1)


def _short_is_clear(word: str, lang: str, own: str) -> bool:
    """Whether a bare “3 d” may be read: in the page's own language, or alike in all."""
    if lang == own:
        return True
    return lang == "en" and own not in UNITS and word not in AMBIGUOUS_SHORT


def _number(word: str, lang: str) -> int:
    return int(word) if word.isdecimal() else NUMBER_WORDS[lang][word]


@cache
def _relative_pattern(lang: str) -> re.Pattern[str]:
    def any_of(words: object) -> str:
        return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]

    # A word for a number needs a space behind it, where the language has spaces.
    after_word = "" if lang in ("ja", "zh", "fa") else r"(?=\s)"  # «یکسال پیش»
    number = rf"\d{{1,4}}|(?:{any_of(NUMBER_WORDS[lang])}){after_word}"
    unit = any_of(UNITS[lang])
    before, after = PAST[lang]
    past, later = f"(?P<past>{before or _NEVER})", f"(?P<later>{after or _NEVER})"
    amount = (
        rf"(?:(?P<about>{APPROXIMATE[lang]})\s*)?(?P<number>{number})\s*(?:de\s+)?(?P<unit>{unit})\.?"
        rf"(?:\s*(?:{_AND})?\s*(?P<number2>{number})\s*(?:de\s+)?(?P<unit2>{unit})\.?)?"
    )
    whole = rf"(?:{past}\s*)?{amount}(?:\s*{later})?"
    return re.compile(rf"{_unit_alone(lang)}|{whole}")


def _unit_alone(lang: str) -> str:
    """A unit that needs no number, with the word for past: in some languages only."""
    if lang not in ALONE_IS_ONE:
        return f"(?P<alone>{_NEVER})"
    words = "|".join(sorted(map(re.escape, [*UNITS[lang], *TWO]), key=len, reverse=True))
    before, after = PAST[lang]
    alone = f"(?P<alone>{words})"
    return rf"{before}\s+{alone}(?:\s+واحدة?)?" if before else rf"{alone}\s+{after}"


_NEVER = "(?!)"
_AND = ",|and|و|ve|și|şi|und|y|et|и"
_NAMED_DAY = re.compile(
    rf"(?:(?:on|am|el|a|le|la|в|во|у|em|na|no|om|op)\s+)?"
    rf"(?P<day>{'|'.join(sorted([*TODAY, *WEEKDAYS], key=len, reverse=True))})\.?"
    rf"(?:\s*(?:{CLOCK_WORDS}\s*)*{absolute_dates.CLOCK})?"
)


def _named_day(text: str, clock: PageClock) -> Span | None:
    """“yesterday at 10:30”, “Pazartesi 10:30”, «دیروز»."""
    found = _NAMED_DAY.fullmatch(text)
    if not found:
        return None
    at, unit = absolute_dates.clock_time(found)
    if found["day"] in TODAY:
        return clock.day(clock.today - timedelta(days=TODAY[found["day"]]), at, unit)
    days = (clock.today.weekday() - WEEKDAYS[found["day"]]) % 7
    if days:
        return clock.day(clock.today - timedelta(days=days), at, unit)
    return _today_or_a_week_ago(clock, at, unit)


def _today_or_a_week_ago(clock: PageClock, at: time | None, unit: str) -> Span:
    week_ago = clock.day(clock.today - timedelta(days=7), at, unit)
    today = clock.day(clock.today, at, unit)
    return (week_ago[0], today[1]) if today[0] <= clock.now else week_ago
