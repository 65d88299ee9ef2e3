"""Puts back what a run changed: exactly where nothing happened since, else what is still its own.

Written in slices, the items first, for the rest hangs on them. Each slice takes its rows off the
run, so that an undo that was cut short goes on where it stopped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from . import raw
from .changes import record_changes
from .derive import dumps
from .journal import KEPT, KEYS
from .layouts import ItemLayout, Row
from .log import Log
from .schema import FRAGMENTS, ITEMS, METADATA, RUN_ROWS

AT_ONCE = 200  # rows put back in one turn of the writer
LAYOUT = ItemLayout()


@dataclass(slots=True)
class Undone:
    """How many items were put back as they were, taken away again, or kept in part because they
    changed since."""

    restored: int = 0
    removed: int = 0
    kept: int = 0

    def __iadd__(self, other: Undone) -> Undone:
        self.restored += other.restored
        self.removed += other.removed
        self.kept += other.kept
        return self


Step = Callable[[sa.Connection, Sequence[Any]], "Undone"]


async def undo(log: Log, run: int) -> Undone:
    """Put back everything that the run changed. What was done to an item since stays."""
    items = RUN_ROWS.c.tbl == ITEMS.name
    there = RUN_ROWS.c.before.is_not(None)
    done = await in_slices(log, run, sa.and_(items, there), undo_items)
    await in_slices(log, run, ~items, undo_rows)
    done += await in_slices(log, run, sa.and_(items, ~there), undo_new_items)
    return done


async def in_slices(log: Log, run: int, which: sa.ColumnElement[bool], step: Step) -> Undone:
    """Take a step with some rows of the run at a time, the last one first."""
    done, below = Undone(), 2**62

    def take(connection: sa.Connection) -> tuple[Undone, int]:
        rows = noted(connection, run, sa.and_(which, RUN_ROWS.c.id < below))
        if not rows:
            return Undone(), 0
        some = step(connection, rows)
        gone = [row.id for row in rows]
        connection.execute(sa.delete(RUN_ROWS).where(RUN_ROWS.c.id.in_(gone)))
        return some, gone[-1]

    while below:
        some, below = await log.awrite(take)
        done += some
    return done


def undo_items(connection: sa.Connection, rows: Sequence[Any]) -> Undone:
    """Put back items that were there before."""
    done, writes, changes = Undone(), [], []
    for row, text in zip(rows, documents(connection, rows), strict=True):
        back = put_back(row, text)
        if back is None:
            continue
        done.kept += text != row.after
        done.restored += text == row.after
        if back != text:
            doc = json.loads(back)
            writes.append(Row(row.item, doc, back, text))
            changes.append((row.item, doc, "updated" if text is not None else "new"))
    write(connection, writes)
    record_changes(connection, changes)
    return done


def write(connection: sa.Connection, rows: Sequence[Row]) -> None:
    """Write documents. Where two items change keys with one another, each must let go first."""
    standing = [row.id for row in rows if row.before is not None]
    if standing:
        free = sa.update(ITEMS).where(ITEMS.c.id.in_(standing)).values(key=None)
        connection.execute(free)
    if rows:
        LAYOUT.write(connection, rows)


def put_back(row: Any, text: str | None) -> str | None:
    """The document to have again; None for an item that was deleted since."""
    if text == row.after:
        return str(row.before)
    return None if text is None else without(row, text)


def without(row: Any, text: str) -> str:
    """A document that changed since, without what the run did to it."""
    now = json.loads(text)
    before, after = json.loads(row.before), json.loads(row.after or "{}")
    for key in {*before, *after} - {"revision"}:
        if before.get(key) == after.get(key) or now.get(key) != after.get(key):
            continue
        if key in before:
            now[key] = before[key]
        else:
            now.pop(key, None)
    now["revision"] = int(now.get("revision", 0)) + 1
    return dumps(now)


def undo_rows(connection: sa.Connection, rows: Sequence[Any]) -> Undone:
    """Put back rows of the other tables."""
    stays = still_there(connection, rows)
    for table in KEPT:
        mine = [row for row in rows if row.tbl == table]
        gone = [row for row in mine if row.before is None and row.item not in stays]
        delete(connection, table, [json.loads(row.key) for row in gone])
        put(connection, table, [row for row in mine if row.before is not None])
    return Undone()


def still_there(connection: sa.Connection, rows: Sequence[Any]) -> set[int]:
    """New items of the run that changed since, and keep what the run gave them."""
    items = {row.item for row in rows if row.item is not None}
    of_run = RUN_ROWS.c.run == rows[0].run
    new = sa.and_(of_run, RUN_ROWS.c.tbl == ITEMS.name, RUN_ROWS.c.before.is_(None))
    changed = ITEMS.c.doc.is_not(RUN_ROWS.c.after)
    found = sa.select(ITEMS.c.id).join(RUN_ROWS, RUN_ROWS.c.item == ITEMS.c.id)
    return set(connection.execute(found.where(new, changed, ITEMS.c.id.in_(items))).scalars())


def delete(connection: sa.Connection, table: str, keys: Sequence[list[Any]]) -> None:
    if not keys:
        return
    if table == FRAGMENTS.name:
        numbers = FRAGMENTS.c.number.in_([key[0] for key in keys])
        ids = sa.select(FRAGMENTS.c.id).where(numbers)
        raw.forget(connection, list(connection.execute(ids).scalars()))
        return
    of = METADATA.tables[table]
    at = sa.and_(*(of.c[name] == sa.bindparam(f"at_{name}") for name in KEYS[table]))
    rows = [{f"at_{n}": v for n, v in zip(KEYS[table], key, strict=True)} for key in keys]
    connection.execute(sa.delete(of).where(at), rows)


def put(connection: sa.Connection, table: str, rows: Sequence[Any]) -> None:
    """Write rows as they were; one whose item or fragment is gone by now is left out."""
    if not rows:
        return
    if table == FRAGMENTS.name:
        put_fragments(connection, rows)
        return
    of = METADATA.tables[table]
    values = [json.loads(row.before) for row in rows]
    items = {value["item"] for value in values}
    there = set(connection.execute(sa.select(ITEMS.c.id).where(ITEMS.c.id.in_(items))).scalars())
    wanted = [value for value in values if value["item"] in there]
    if wanted:
        again = insert(of)
        rest = {c.name: again.excluded[c.name] for c in of.c if c.name not in KEYS[table]}
        connection.execute(again.on_conflict_do_update(KEYS[table], set_=rest), wanted)


def put_fragments(connection: sa.Connection, rows: Sequence[Any]) -> None:
    """Let fragments say again what became of them; one that is gone by now stays gone."""
    change = (
        sa.update(FRAGMENTS)
        .where(FRAGMENTS.c.number == sa.bindparam("at"))
        .values({name: sa.bindparam(f"to_{name}") for name in KEPT[FRAGMENTS.name]})
    )
    told = [{f"to_{name}": value for name, value in json.loads(r.before).items()} for r in rows]
    numbers = [json.loads(row.key)[0] for row in rows]
    connection.execute(change, [t | {"at": n} for t, n in zip(told, numbers, strict=True)])


def undo_new_items(connection: sa.Connection, rows: Sequence[Any]) -> Undone:
    """Take away items that the run brought, unless they changed since."""
    gone = []
    done = Undone()
    for row, text in zip(rows, documents(connection, rows), strict=True):
        if text is not None and text == row.after:
            gone.append((row.item, json.loads(text), "removed"))
        done.kept += text is not None and text != row.after
    record_changes(connection, gone)
    connection.execute(sa.delete(ITEMS).where(ITEMS.c.id.in_([id for id, _, _ in gone])))
    done.removed = len(gone)
    return done


def noted(connection: sa.Connection, run: int, which: sa.ColumnElement[bool]) -> Sequence[Any]:
    # Not by the index that begins with the run: its rows would be sorted for every slice.
    of_run = sa.literal_column("+run_rows.run") == run
    wanted = sa.select(RUN_ROWS).where(of_run, which)
    return connection.execute(wanted.order_by(RUN_ROWS.c.id.desc()).limit(AT_ONCE)).all()


def documents(connection: sa.Connection, rows: Sequence[Any]) -> list[str | None]:
    """The documents of the rows' items as they are now, None for one that is gone."""
    found = dict(LAYOUT.some(connection, [row.item for row in rows]))
    return [found.get(row.item) for row in rows]
