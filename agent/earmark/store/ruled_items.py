"""Items as rules are asked about them: read some at a time, written where they are still the same.

What is written is noted for its run, so that it can be undone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ..model import Json
from ..query.tree import Amount, And, Field, Node, Not, Or, Query, every
from .answers import with_answers
from .desk import Desk
from .filters import Filters
from .journal import recording
from .log import Log
from .queries import row_of
from .schema import ITEMS
from .scope import ask

EVERYTHING = And(())
# What other items tell; a rule judges an item by itself.
OF_OTHERS = (Field("is", "answered"), Field("is", "unanswered"))
# The items on which anything of a rule stands: a tag of it, or a field that it set.
_MARKED = sa.text("""
SELECT rule, count(*) FROM (
  SELECT items.id, substr(json_extract(tag.value, '$.by'), 6) AS rule
  FROM items, json_each(items.doc, '$.tags') AS tag
  WHERE instr(items.doc, '"by":"rule:') > 0
    AND json_extract(tag.value, '$.by') LIKE 'rule:%'
    AND json_extract(tag.value, '$.removed') IS NOT 1
  UNION
  SELECT items.id, field.value AS rule
  FROM items, json_tree(items.doc, '$._by_rules') AS field
  WHERE instr(items.doc, '"_by_rules":') > 0 AND field.type = 'text'
) GROUP BY rule
""")

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


def marked(log: Log) -> dict[str, int]:
    """By the name of a rule, on how many items anything of it stands."""
    with log.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(_MARKED)}


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
    """The document of the item that answers to a key, as it is stored, with what answered it."""
    with log.reading() as connection:
        desk = Desk(connection)
        desk.load([(platform, id)])
        entry = desk.find((platform, id))
        return with_answers(connection, [entry.doc])[0] if entry else None


def with_answers_to(log: Log, documents: Sequence[Json]) -> list[Json]:
    """Documents with what answered them, which rules may ask."""
    with log.reading() as connection:
        return with_answers(connection, documents)


def some(log: Log, rows: Sequence[int]) -> list[Read]:
    """The items of these rows, as far as they are there."""
    with log.reading() as connection:
        return _read(connection, DOCS.where(ITEMS.c.id.in_(rows)))


def read(log: Log, platform: str, id: str) -> list[Read]:
    """The item that answers to a key, or nothing."""
    with log.reading() as connection:
        row = row_of(connection, platform, id)
        return [] if row is None else _read(connection, DOCS.where(ITEMS.c.id == row))


def write(
    connection: sa.Connection, run: int, new: Sequence[tuple[int, str, Json]]
) -> tuple[int, list[int]]:
    """Write documents for a run (0: for none), each with the row and the text that it was made
    from.

    How many were written, and the rows of those that are others by now and were left alone.
    """
    with recording(connection, run) if run else nullcontext():
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


def that_may_hold(connection: sa.Connection, query: Query, newest: int) -> list[int]:
    """The rows of the newest items that the query may hold for without what rules did to them,
    the newest first: at least those that it holds for."""
    asked = ask(connection, Filters(text=query.text, spam="any"), _wider(query.root))
    scope = asked.scope()
    rows = scope.select(ITEMS.c.id).order_by(scope.position.desc()).limit(newest)
    return list(connection.execute(rows).scalars())


def count_held(connection: sa.Connection, query: Query) -> int | None:
    """For how many items the query holds, where that can be told without looking at each: where
    nothing that it asks depends on what rules did."""
    if any(map(_is_of_rules, every(query.root))):
        return None
    scope = ask(connection, Filters(text=query.text, spam="any")).scope()
    return int(connection.execute(scope.select(sa.func.count())).scalar_one())


def _wider(node: Node) -> Node:
    """A part of a query, without what depends on what rules did: they add tags, and change what
    is new."""
    if isinstance(node, And):
        return And(tuple(part for each in node.parts if (part := _wider(each)) != EVERYTHING))
    if isinstance(node, Or):
        parts = tuple(map(_wider, node.parts))
        return EVERYTHING if EVERYTHING in parts else Or(parts)
    if isinstance(node, Not):
        return EVERYTHING if any(map(_is_of_rules, every(node.part))) else node
    return EVERYTHING if node == Field("state", "new") or node in OF_OTHERS else node


def _is_of_rules(node: Node) -> bool:
    """Whether it may hold for an item that rules did something to, and not by itself, or the other
    way round."""
    names = ("tag", "state", "assignee", "effort", "priority")
    of_a_field = isinstance(node, Field | Amount) and node.name in names
    return of_a_field or node == Field("is", "spam") or node in OF_OTHERS


def _read(connection: sa.Connection, wanted: sa.Select[Any]) -> list[Read]:
    rows = connection.execute(wanted).all()
    return [Read(row.id, row.doc, json.loads(row.doc)) for row in rows]
