"""The log can be read, and its time goes forward."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa

from ..errors import EarmarkError
from ..store.log import Log
from ..store.schema import CHANGES, FRAGMENTS
from .finding import Finding

TOLERANCE = timedelta(minutes=2)


def unreadable(error: EarmarkError) -> Finding:
    """What it means that the log could not be opened."""
    if error.code in ("log_too_old", "log_too_new"):
        return Finding(error.code)
    return Finding("log_unreadable", {"reason": f"{error.message} {error.hint}".strip()})


def check_log(log: Log, now: datetime) -> Iterator[Finding]:
    """It is open, and nothing in it is of a time to come; blocks."""
    yield Finding("log_readable")
    newest = max(map(datetime.fromisoformat, _newest(log)), default=now)
    if newest - now > TOLERANCE:
        yield Finding("clock_set_back", {"at": newest.isoformat()})


def _newest(log: Log) -> list[str]:
    """When this computer's clock said that the last change and the last fragment came."""
    lasts = (
        sa.select(CHANGES.c.at).order_by(CHANGES.c.number.desc()).limit(1),
        sa.select(FRAGMENTS.c.received_at).order_by(FRAGMENTS.c.number.desc()).limit(1),
    )
    with log.reading() as connection:
        found = [connection.execute(last).scalar() for last in lasts]
    return [moment for moment in found if moment]
