"""What the agent sees to by itself: at its start, then every hour."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from .extension.unpacked import refresh
from .intake import Intake
from .keeping.choices import Choices
from .keeping.corrections import Corrections
from .logs import Fact, note_error
from .policy import Policies
from .settings import Home
from .store.archive import Limits, keep_within
from .store.log import Log
from .store.retention import forget_before
from .store.runs import forget_undone

logger = logging.getLogger(__name__)

HOUR = 3600.0  # seconds
DAY = 24 * HOUR
MEGABYTE = 1_000_000  # bytes

Chore = Callable[[], Awaitable[None]]


@asynccontextmanager
async def housekeeping(
    home: Home,
    log: Log,
    policy: Policies,
    intake: Intake,
    choices: Choices,
    corrections: Corrections,
) -> AsyncIterator[None]:
    """Do what is to be done now and every hour, in the background, while the context lasts.

    The unpacked extension is brought up to date; what is withheld for a day, what is older than
    the organisation allows and what is kept raw beyond its limits is deleted, as is what was
    learned of items that are deleted. What fails is noted, and tried again an hour later.
    """

    async def up_to_date() -> None:
        for folder in await asyncio.to_thread(refresh, home):
            logger.info("Brought the unpacked extension up to date: %s", folder.name)

    async def forget_lost() -> None:
        await asyncio.to_thread(corrections.forget_lost)

    chores = [
        *(up_to_date, intake.forget_withheld, Retention(log, policy).apply, forget_lost),
        Archive(log, choices).apply,
    ]
    working = asyncio.create_task(every_hour(chores))
    try:
        yield
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def every_hour(chores: Sequence[Chore]) -> None:
    """Do the chores one after another, then again an hour later, for ever."""
    while True:
        for chore in chores:
            await _do(chore)
        await asyncio.sleep(HOUR)


async def _do(chore: Chore) -> None:
    try:
        await chore()
    except Exception as error:
        name = getattr(chore, "__qualname__", "a chore")
        logger.error("Tried again in an hour: %s", Fact(f"{name}, {note_error(error)}"))


class Archive:
    """Keeps what is raw, and what runs can be undone with, within the limits a person set.

    clock: seconds since the epoch.
    """

    def __init__(self, log: Log, choices: Choices, clock: Callable[[], float] = time.time) -> None:
        self._log = log
        self._choices = choices
        self._clock = clock

    async def apply(self) -> None:
        """Delete what is too old or too much."""
        limits = self._choices.raw_limits
        since = moment_of(self._clock() - limits["days"] * DAY)
        gone = await keep_within(self._log, Limits(since, limits["megabytes"] * MEGABYTE))
        await forget_undone(self._log, since)
        if gone:
            logger.info("Forgot fragments kept raw beyond the limits: %d.", gone)


def moment_of(seconds: float) -> str:
    """Seconds since the epoch as the log writes a moment."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}Z"


class Retention:
    """Deletes what the organisation does not allow to be kept any longer.

    At the start, then once a day, and at once when the policy has changed. clock: seconds since
    the epoch.
    """

    def __init__(self, log: Log, policy: Policies, clock: Callable[[], float] = time.time) -> None:
        self._log = log
        self._policy = policy
        self._clock = clock
        self._applied: tuple[int, float] | None = None  # days, and when that was done

    async def apply(self) -> None:
        """Delete what is too old, where that was not done today."""
        days = (await asyncio.to_thread(self._policy.effective)).retention_days
        now = self._clock()
        if days is None or self._is_done(days, now):
            return
        gone = await forget_before(self._log, moment_of(now - days * DAY))
        self._applied = (days, now)
        logger.info(
            "Forgot what was last seen more than %d days ago: items %d, versions %d, sightings %d, "
            "fragments %d.",
            *(days, gone.items, gone.versions, gone.sightings, gone.fragments),
        )

    def _is_done(self, days: int, now: float) -> bool:
        if self._applied is None:
            return False
        before, at = self._applied
        return before == days and 0 <= now - at < DAY
