"""How much is kept raw, and for how long.

What was read goes first, the oldest before the rest; what was not understood goes last, for it is
what a repaired plugin can still be tried on. What waits to be read never goes, and what is
withheld follows its own rule (see `withheld.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from . import raw
from .log import Log
from .schema import FRAGMENTS

AT_ONCE = 100  # fragments deleted in one turn of the writer
READ = ("stored", "unchanged", "refused", raw.NOT_KEPT)
IN_ORDER = ((*READ,), (raw.NOT_UNDERSTOOD,))  # what goes first, and what last


@dataclass(frozen=True, slots=True)
class Limits:
    """What is kept at most: what came since `since` (UTC, ISO 8601), and so many bytes of it."""

    since: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Held:
    """How many fragments there are, their bytes, and when the oldest came (None for none)."""

    fragments: int
    bytes: int
    since: str | None


def held(connection: sa.Connection) -> Held:
    """What is kept raw now; read from an index alone."""
    told = sa.select(
        sa.func.count(),
        sa.func.coalesce(sa.func.sum(FRAGMENTS.c.size), 0),
        sa.func.min(FRAGMENTS.c.received_at),
    ).select_from(FRAGMENTS)
    return Held(*connection.execute(told).one())


async def keep_within(log: Log, limits: Limits) -> int:
    """Delete what is too old, then what is too much, a few fragments a turn; how many."""
    deleted = 0
    for statuses in IN_ORDER:
        too_old = partial(forget_old, statuses=statuses, limits=limits)
        while some := await log.awrite(too_old):
            deleted += some
    for statuses in IN_ORDER:
        too_much = partial(forget_surplus, statuses=statuses, limits=limits)
        while some := await log.awrite(too_much):
            deleted += some
    return deleted


def forget_old(connection: sa.Connection, statuses: tuple[str, ...], limits: Limits) -> int:
    """Delete some of what came before the moment; how many, 0 when nothing is left to delete."""
    rows = oldest(connection, statuses)
    return forget(connection, [id for id, _, at in rows if at < limits.since])


def forget_surplus(connection: sa.Connection, statuses: tuple[str, ...], limits: Limits) -> int:
    """Delete some of what is over the bytes; how many, 0 when enough or nothing is left."""
    surplus = held(connection).bytes - limits.bytes
    chosen = []
    for id, size, _ in oldest(connection, statuses):
        if surplus <= 0:
            break
        chosen.append(id)
        surplus -= size
    return forget(connection, chosen)


def oldest(connection: sa.Connection, statuses: tuple[str, ...]) -> Iterator[tuple[str, int, str]]:
    """The oldest fragments of these statuses: id, bytes, when they came."""
    columns = (FRAGMENTS.c.id, FRAGMENTS.c.size, FRAGMENTS.c.received_at)
    wanted = sa.select(*columns).where(FRAGMENTS.c.status.in_(statuses))
    rows = connection.execute(wanted.order_by(FRAGMENTS.c.received_at).limit(AT_ONCE)).all()
    return ((id, size, at) for id, size, at in rows)


def forget(connection: sa.Connection, ids: list[str]) -> int:
    raw.forget(connection, ids)
    return len(ids)
