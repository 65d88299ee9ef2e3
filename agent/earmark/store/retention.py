"""Forgets what was last seen before a moment: items, all that is kept of them, raw fragments.

What is old is looked for beside the writer, and deleted a few rows a time, so that captures are
never kept waiting. Each deletion asks once more: what was seen again meanwhile stays.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa

from . import raw
from .changes import record_changes
from .log import Log
from .runs import forget_of_items, forget_undone
from .schema import ABOUT_US, CHANGES, FRAGMENTS, ITEMS, PLACEMENTS, SIGHTINGS, VERSIONS

AT_ONCE = 100  # rows deleted in one turn of the writer
# Some pages of the index in one turn; below zero, until all of it is one piece.
MERGE = sa.text("INSERT INTO item_search(item_search, rank) VALUES ('merge', -16)")

Key = tuple[Any, ...]
Find = Callable[[sa.Connection, str, Key | None], list[Key]]
Delete = Callable[..., int]  # (connection, moment, rows): how many rows


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted."""

    items: int
    versions: int
    sightings: int
    fragments: int


async def forget_before(log: Log, moment: str) -> Forgotten:
    """Delete what was last seen before `moment` (UTC, ISO 8601).

    Live views are told of each item that goes. Fragments that wait to be read stay until they are.
    """
    items = await _each(log, moment, old_items, delete_items)
    while items and await log.awrite(tidy_index):
        pass
    versions = await _each(log, moment, old_versions, delete_versions)
    sightings = await _each(log, moment, old_sightings, delete_sightings)
    fragments = await _each(log, moment, old_fragments, delete_fragments)
    await _each(log, moment, old_changes, delete_changes)
    await forget_undone(log, moment)
    await log.awrite(lambda conn: _delete(conn, ABOUT_US, ABOUT_US.c.seen_at < moment))
    return Forgotten(items, versions, sightings, fragments)


async def _each(log: Log, moment: str, find: Find, delete: Delete) -> int:
    """Delete everything that `find` finds, a few rows a turn; how many rows."""

    def found(after: Key | None) -> list[Key]:
        with log.reading() as connection:
            return find(connection, moment, after)

    deleted = 0
    after: Key | None = None
    while rows := await asyncio.to_thread(found, after):
        deleted += await log.awrite(partial(delete, moment=moment, rows=rows))
        after = rows[-1]
    return deleted


def seen_before(moment: str) -> sa.ColumnElement[bool]:
    return sa.func.coalesce(ITEMS.c.last_seen, ITEMS.c.first_seen) < moment


def old_items(connection: sa.Connection, moment: str, after: Key | None) -> list[Key]:
    return _keys(connection, [ITEMS.c.id], seen_before(moment), after)


def delete_items(connection: sa.Connection, moment: str, rows: Sequence[Key]) -> int:
    """The items with all that hangs on them; of their changes, that they were removed stays."""
    still = sa.and_(ITEMS.c.id.in_(_firsts(rows)), seen_before(moment))
    gone = connection.execute(sa.select(ITEMS.c.id, ITEMS.c.doc).where(still)).all()
    ids = [id for id, _ in gone]
    connection.execute(sa.delete(CHANGES).where(CHANGES.c.item.in_(ids)))
    record_changes(connection, [(id, json.loads(doc), "removed") for id, doc in gone])
    connection.execute(sa.delete(ITEMS).where(ITEMS.c.id.in_(ids)))
    forget_of_items(connection, ids)
    return len(ids)


def tidy_index(connection: sa.Connection) -> bool:
    """Merge a little of the search index, where words of deleted items lie until then.

    False when there is nothing left to merge.
    """
    before = _changes(connection)
    connection.execute(MERGE)
    return _changes(connection) - before > 1


def _changes(connection: sa.Connection) -> int:
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())


def old_versions(connection: sa.Connection, moment: str, after: Key | None) -> list[Key]:
    return _keys(connection, [VERSIONS.c.id], VERSIONS.c.replaced_at < moment, after)


def delete_versions(connection: sa.Connection, moment: str, rows: Sequence[Key]) -> int:
    return _delete(connection, VERSIONS, VERSIONS.c.id.in_(_firsts(rows)))


def old_sightings(connection: sa.Connection, moment: str, after: Key | None) -> list[Key]:
    key = [SIGHTINGS.c.item, SIGHTINGS.c.visit]
    return _keys(connection, key, SIGHTINGS.c.seen_at < moment, after)


def delete_sightings(connection: sa.Connection, moment: str, rows: Sequence[Key]) -> int:
    """The sightings, and where on the page the item stood in those visits."""
    for table in (PLACEMENTS, SIGHTINGS):
        at = sa.and_(table.c.item == sa.bindparam("at_item"), table.c.visit == sa.bindparam("in"))
        connection.execute(
            sa.delete(table).where(at), [{"at_item": item, "in": visit} for item, visit in rows]
        )
    return len(rows)


def old_fragments(connection: sa.Connection, moment: str, after: Key | None) -> list[Key]:
    old = sa.and_(FRAGMENTS.c.received_at < moment, FRAGMENTS.c.status != raw.PENDING)
    return _keys(connection, [FRAGMENTS.c.number, FRAGMENTS.c.id], old, after)


def delete_fragments(connection: sa.Connection, moment: str, rows: Sequence[Key]) -> int:
    """The fragments as they were received, and their pages where nothing else is kept of them."""
    waiting = FRAGMENTS.c.status == raw.PENDING
    wanted = sa.select(FRAGMENTS.c.id).where(FRAGMENTS.c.number.in_(_firsts(rows)), ~waiting)
    ids = list(connection.execute(wanted).scalars())
    raw.forget(connection, ids)
    return len(ids)


def old_changes(connection: sa.Connection, moment: str, after: Key | None) -> list[Key]:
    """All but the newest: numbers must go on growing from it."""
    newest = sa.select(sa.func.max(CHANGES.c.number)).scalar_subquery()
    old = sa.and_(CHANGES.c.at < moment, CHANGES.c.number < newest)
    return _keys(connection, [CHANGES.c.number], old, after)


def delete_changes(connection: sa.Connection, moment: str, rows: Sequence[Key]) -> int:
    return _delete(connection, CHANGES, CHANGES.c.number.in_(_firsts(rows)))


def _keys(
    connection: sa.Connection,
    key: Sequence[sa.Column[Any]],
    old: sa.ColumnElement[bool],
    after: Key | None,
) -> list[Key]:
    """The next keys of old rows, in their order."""
    wanted = sa.select(*key).where(old).order_by(*key).limit(AT_ONCE)
    if after is not None:
        wanted = wanted.where(sa.tuple_(*key) > sa.tuple_(*map(sa.literal, after)))
    return [tuple(row) for row in connection.execute(wanted)]


def _delete(connection: sa.Connection, table: sa.Table, which: sa.ColumnElement[bool]) -> int:
    return connection.execute(sa.delete(table).where(which)).rowcount


def _firsts(rows: Sequence[Key]) -> list[Any]:
    return [row[0] for row in rows]
