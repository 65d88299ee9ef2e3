"""Stretches of time, and the clock of the page they were shown on."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Span = tuple[datetime, datetime]

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
MONTHS = {"month": 1, "year": 12}
_JUST_NOW = timedelta(minutes=5)
_WESTERNMOST, _EASTERNMOST = timedelta(hours=12), timedelta(hours=14)
_YEARS_BETWEEN_LEAP_DAYS = 8  # from 2096 to 2104


@dataclass(frozen=True)
class PageClock:
    """The moment of capture (UTC) and the zone in which the page shows its times, where known.

    `sites_own` says that the zone is known to be the site's, and not only the reader's.
    """

    now: datetime
    zone: tzinfo | None
    lang: str
    sites_own: bool = False

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone or UTC).date()

    def span(self, start: datetime, end: datetime) -> Span:
        """Local times as UTC bounds; without a zone they widen to what any zone allows.

        An hour that clocks show twice, when they go back, is both.
        """
        if self.zone is None:
            return (
                start.replace(tzinfo=UTC) - _EASTERNMOST,
                end.replace(tzinfo=UTC) + _WESTERNMOST,
            )
        return min(self._in_utc(start)), max(self._in_utc(end))

    def _in_utc(self, local: datetime) -> tuple[datetime, datetime]:
        there = local.replace(tzinfo=self.zone)
        return there.astimezone(UTC), there.replace(fold=1).astimezone(UTC)

    def last(self, day_of: Callable[[int], date], this_year: int) -> date:
        """The last day up to today that `day_of` gives for a year, of the years that have it.

        ValueError where that is the day after today in the reader's zone, and today in another:
        then it is a year ago or just now, and nothing says which.
        """
        for year in range(this_year + 1, this_year - _YEARS_BETWEEN_LEAP_DAYS - 1, -1):
            try:
                day = day_of(year)
            except ValueError:
                continue
            if day <= self.today:
                return day
            if not self.sites_own and day <= (self.now + _EASTERNMOST).date():
                raise ValueError("a day that is today elsewhere")
        raise ValueError("a day that no year has")

    def day(self, day: date, clock: time | None, unit: str = "minute") -> Span:
        """A whole local day, or the minute (or second, or hour) of it that was shown."""
        if clock is None:
            start = datetime.combine(day, time())
            return self.span(start, start + timedelta(days=1))
        start = datetime.combine(day, clock)
        length = 0 if unit == "second" else SECONDS[unit]
        return self.span(start, start + timedelta(seconds=length))

    def month(self, year: int, month: int) -> Span:
        """A whole month there."""
        start = datetime(year, month, 1)
        return self.span(start, back(start, "month", -1))

    def began(self, unit: str) -> datetime:
        """The latest moment at which this day, week, month or year began.

        Weeks begin on whichever day, and Persian months and years on others than ours.
        """
        day = self.today
        if unit in MONTHS and not self.lang.startswith("fa"):
            day = day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)
        return self.day(day, None)[0]

    @property
    def just_now(self) -> Span:
        return self.now - _JUST_NOW, self.now

    def ago(self, unit: str, most: float, least: float) -> Span:
        """From `most` to `least` units before now."""
        return back(self.now, unit, most), back(self.now, unit, least)


def find_zone(name: str | None, utc_offset: int | None) -> tzinfo | None:
    """The zone by IANA name, else by minutes east of UTC, else None."""
    try:
        if name:
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass  # a page may claim any name; the offset still stands
    if utc_offset is None or abs(utc_offset) >= 24 * 60:
        return None
    return timezone(timedelta(minutes=utc_offset))


def back(moment: datetime, unit: str, number: float) -> datetime:
    """`number` units before `moment`; months and years by the calendar."""
    if unit in SECONDS:
        return moment - timedelta(seconds=SECONDS[unit] * number)
    months = moment.year * 12 + moment.month - 1 - int(MONTHS[unit] * number)
    year, month = months // 12, months % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
