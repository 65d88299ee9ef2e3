"""Days and moments as people write them in a query, and as they are compared."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from ..folding import fold

AGO = re.compile(r"(\d{1,4})(h|d|w|m|y)")
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def stamp(value: object) -> str | None:
    """A time as it is compared: UTC, to the second; None when it is no time."""
    return _stamp_of(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)
def _stamp_of(value: str) -> str | None:
    try:
        moment = datetime.fromisoformat(value)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return f"{aware.astimezone(UTC):%4Y-%m-%dT%H:%M:%S}Z"
    except (ValueError, OverflowError):
        return None


def parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def beginning(text: str, now: datetime | None = None) -> str | None:
    """The first moment of a day, a moment itself, or the moment so long ago; None for no time."""
    text = fold(text)
    day = parse_day(text)
    if day is not None:
        return f"{day.isoformat()}T00:00:00Z"
    if ago := AGO.fullmatch(text):
        count, unit = int(ago[1]), ago[2]
        before = timedelta(hours=count) if unit == "h" else timedelta(days=count * DAYS[unit])
        return stamp(_earlier(now or datetime.now(UTC), before).isoformat())
    return stamp(text.upper())


def _earlier(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment - by
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)


def ending(text: str, now: datetime | None = None) -> str | None:
    """The first moment after a day, or after a moment to the second; None for no time."""
    day = parse_day(fold(text))
    found = beginning(text, now)
    if found is None:
        return None
    last = timedelta(days=1) if day is not None else timedelta(seconds=1)
    try:
        return stamp((datetime.fromisoformat(found) + last).isoformat())
    except OverflowError:
        return "~"
