"""Stretches of time, and the clock of the page they were shown on."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Span = tuple[datetime, datetime]

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
MONTHS = {"month": 1, "year": 12}
_WESTERNMOST, _EASTERNMOST = timedelta(hours=12), timedelta(hours=14)


@dataclass(frozen=True)
class PageClock:
    """The moment of capture (UTC) and the zone in which the page shows its times, where known."""

    now: datetime
    zone: tzinfo | None
    lang: str

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone or UTC).date()

    def span(self, start: datetime, end: datetime) -> Span:
        """Local times as UTC bounds; without a zone they widen to what any zone allows."""
        if self.zone is None:
            return (
                start.replace(tzinfo=UTC) - _EASTERNMOST,
                end.replace(tzinfo=UTC) + _WESTERNMOST,
            )
        return self._in_utc(start), self._in_utc(end)

    def _in_utc(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.zone).astimezone(UTC)

    def day(self, day: date, clock: time | None, unit: str = "minute") -> Span:
        """A whole local day, or the minute (or second, or hour) of it that was shown."""
        if clock is None:
            start = datetime.combine(day, time())
            return self.span(start, start + timedelta(days=1))
        start = datetime.combine(day, clock)
        length = 0 if unit == "second" else SECONDS[unit]
        return self.span(start, start + timedelta(seconds=length))

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
