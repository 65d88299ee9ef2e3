"""Writes what a second reading showed: what was shown, where it still is as shown, and no more.

Each slice is one transaction, and notes for its run what it takes to undo it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from ..model import Json
from .compare import take
from .desk import Desk, Entry, Key
from .journal import recording
from .log import Log
from .merge import leave_thread, merge_people, take_meaning
from .reread import FATES, MATCHES, Read, gets_key, name_threads
from .save import PUT_SIGHTING
from .schema import ALIASES, FRAGMENTS, ITEMS, PLACEMENTS, SIGHTINGS

AT_ONCE = 100  # items, or fragments, written in one turn of the writer
PUT_PLACE = insert(PLACEMENTS).on_conflict_do_nothing()


def todo(scratch: Log) -> Iterator[list[Any]]:
    """What is to be done to items, some at a time."""
    after = 0
    while True:
        wanted = sa.select(MATCHES).where(MATCHES.c.read > after).order_by(MATCHES.c.read)
        with scratch.reading() as connection:
            rows = connection.execute(wanted.limit(AT_ONCE)).all()
        if not rows:
            return
        yield list(rows)
        after = rows[-1].read


def write_some(
    connection: sa.Connection, scratch: Log, run: int, rows: Sequence[Any], other: Mapping[Key, str]
) -> None:
    """Write what is to be done to some items."""
    reads = opened(scratch, rows)
    for read in reads.values():
        name_threads(read.doc, other)
    with recording(connection, run):
        desk = Desk(connection)
        desk.load(name for read in reads.values() for name in (read.key, *read.names))
        joined = [item for row in rows for item in json.loads(row.joined)]
        desk.load_where(ITEMS.c.id.in_([*joined, *(row.real for row in rows if row.real)]))
        new = [(row.read, settle(desk, row, reads)) for row in rows]
        desk.flush()
        for read, added in new:
            if added is not None and added.row is not None:
                copy_history(connection, scratch, read, added.row)


def settle(desk: Desk, row: Any, reads: Mapping[int, Read]) -> Entry | None:
    """Bring one item up to date; the entry of a new one, which has all its history to come."""
    read = reads[row.read]
    if row.real is None:
        if desk.find(read.key) is not None:  # it came from a page meanwhile
            return None
        entry = desk.add(new_document(read.doc, json.loads(row.meaning)))
        answer_to(desk, entry, read)
        return entry
    known = desk.entries.get(row.real)
    if known is not None:
        bring_up_to_date(desk, known, read, row)
        answer_to(desk, known, read)
    return None


def new_document(read: Json, meaning: Json) -> Json:
    document = dict(read) | {"state": "new", "revision": 1}
    take_meaning(document, meaning, same=False)
    return document


def bring_up_to_date(desk: Desk, entry: Entry, read: Read, row: Any) -> None:
    for item in json.loads(row.joined):
        if other := desk.entries.get(item):
            leave_thread(other.doc)
            merge_people(entry.doc, other.doc)
            desk.absorb(entry, other)
    changes = {name: tuple(pair) for name, pair in json.loads(row.changes).items()}
    said_before = entry.doc.get("text")
    take(entry.doc, changes, read.doc)
    if gets_key(entry.doc, read.doc) and desk.find(read.key) in (None, entry):
        desk.rename(entry, *read.key)
        entry.doc["id_source"] = read.doc["id_source"]
    if entry.doc.get("text") != said_before:
        take_meaning(entry.doc, json.loads(row.meaning), same=False)
    if read.doc.get("read_by") and entry.key[0] == read.key[0]:
        entry.doc["read_by"] = read.doc["read_by"]


def answer_to(desk: Desk, entry: Entry, read: Read) -> None:
    """Let it be found by every name that the second reading gave it."""
    for name in (read.key, *read.names):
        desk.alias(name, entry)


def copy_history(connection: sa.Connection, scratch: Log, read: int, item: int) -> None:
    """When and where a new item was seen, as the second reading has it."""
    for table, put in ((SIGHTINGS, PUT_SIGHTING), (PLACEMENTS, PUT_PLACE)):
        with scratch.reading() as reading:
            rows = reading.execute(sa.select(table).where(table.c.item == read)).mappings().all()
        if rows:
            connection.execute(put, [dict(row) | {"item": item} for row in rows])


def opened(scratch: Log, rows: Sequence[Any]) -> dict[int, Read]:
    """The items of the second reading, by their rows there."""
    ids = [row.read for row in rows]
    names = sa.select(ALIASES.c.item, ALIASES.c.platform, ALIASES.c.alias)
    with scratch.reading() as connection:
        found = connection.execute(sa.select(ITEMS.c.id, ITEMS.c.doc).where(ITEMS.c.id.in_(ids)))
        reads = {id: Read(id, json.loads(doc)) for id, doc in found}
        for item, platform, alias in connection.execute(names.where(ALIASES.c.item.in_(ids))):
            reads[item].names.append((platform, alias))
    return reads


def fates(scratch: Log) -> Iterator[list[Json]]:
    """What becomes of fragments, some at a time."""
    after = ""
    while True:
        wanted = sa.select(FATES).where(FATES.c.fragment > after).order_by(FATES.c.fragment)
        with scratch.reading() as connection:
            rows = connection.execute(wanted.limit(AT_ONCE)).all()
        if not rows:
            return
        yield [{"at": row.fragment} | json.loads(row.told) for row in rows]
        after = rows[-1].fragment


OF_FATE = ("platform", "status", "error", "plugin", "plugin_version", "result")
TELL = (
    sa.update(FRAGMENTS)
    .where(FRAGMENTS.c.id == sa.bindparam("at"))
    .values({name: sa.bindparam(f"to_{name}") for name in OF_FATE})
)


def tell_some(connection: sa.Connection, run: int, rows: Sequence[Json]) -> None:
    """Note of some fragments what became of them now."""
    named = [{"at": row["at"]} | {f"to_{name}": row[name] for name in OF_FATE} for row in rows]
    with recording(connection, run):
        connection.execute(TELL, named)


def new_texts(scratch: Log, at_once: int) -> Iterator[list[tuple[int, Json]]]:
    """Items that are new here or have another text, some at a time: row there, document."""
    after = 0
    while True:
        wanted = (
            sa.select(MATCHES.c.read, ITEMS.c.doc)
            .join_from(MATCHES, ITEMS, ITEMS.c.id == MATCHES.c.read)
            .where(MATCHES.c.read > after)
            .where(sa.or_(MATCHES.c.real.is_(None), MATCHES.c.changes.contains('"text": [')))
        )
        with scratch.reading() as connection:
            rows = connection.execute(wanted.order_by(MATCHES.c.read).limit(at_once)).all()
        if not rows:
            return
        yield [(row, json.loads(doc)) for row, doc in rows]
        after = rows[-1][0]


def note_meanings(scratch: Log, rows: Sequence[int], meanings: Sequence[Json]) -> None:
    """Write down what plugins say of new texts."""
    change = (
        sa.update(MATCHES)
        .where(MATCHES.c.read == sa.bindparam("at"))
        .values(meaning=sa.bindparam("told"))
    )
    told = [{"at": r, "told": json.dumps(m)} for r, m in zip(rows, meanings, strict=True)]
    scratch.write(lambda connection: connection.execute(change, told)).result()
