"""Items as rules are asked about them: read some at a time, written where they are still the same.

What is written is noted for its run, so that it can be undone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ..model import Json
from .desk import Desk
from .journal import recording
from .log import Log
from .schema import ITEMS

DOCS = sa.select(ITEMS.c.id, ITEMS.c.doc).order_by(ITEMS.c.id)


@dataclass(frozen=True, slots=True)
class Read:
    """An item as it was read: its row, its text as it was stored, and its document."""

    row: int
    text: str
    doc: Json


def count(log: Log) -> int:
    """How many items there are."""
    with log.reading() as connection:
        return int(connection.execute(sa.select(sa.func.count(ITEMS.c.id))).scalar_one())


def start(log: Log, newest: int) -> int:
    """The row after which so many of the newest items stand; 0 for all."""
    if not newest:
        return 0
    rows = sa.select(ITEMS.c.id).order_by(ITEMS.c.id.desc()).offset(newest).limit(1)
    with log.reading() as connection:
        return int(connection.execute(rows).scalar() or 0)


def block(log: Log, after: int, limit: int) -> list[Read]:
    """The next items after a row."""
    with log.reading() as connection:
        return _read(connection, DOCS.where(ITEMS.c.id > after).limit(limit))


def one(log: Log, platform: str, id: str) -> Json | None:
    """The document of the item that answers to a key, as it is stored."""
    with log.reading() as connection:
        desk = Desk(connection)
        desk.load([(platform, id)])
        entry = desk.find((platform, id))
    return entry.doc if entry else None


def some(log: Log, rows: Sequence[int]) -> list[Read]:
    """The items of these rows, as far as they are there."""
    with log.reading() as connection:
        return _read(connection, DOCS.where(ITEMS.c.id.in_(rows)))


def write(
    connection: sa.Connection, run: int, new: Sequence[tuple[int, str, Json]]
) -> tuple[int, list[int]]:
    """Write documents for a run, each with the row and the text that it was made from.

    How many were written, and the rows of those that are others by now and were left alone.
    """
    with recording(connection, run):
        desk = Desk(connection)
        desk.load_where(ITEMS.c.id.in_([row for row, _, _ in new]))
        late, written = [], 0
        for row, text, document in new:
            entry = desk.entries.get(row)
            if entry is not None and entry.before == text:
                entry.doc = document
                written += 1
            elif entry is not None:
                late.append(row)
        desk.flush()
    return written, late


def _read(connection: sa.Connection, wanted: sa.Select[Any]) -> list[Read]:
    rows = connection.execute(wanted).all()
    return [Read(row.id, row.doc, json.loads(row.doc)) for row in rows]
