"""Which items the person's own accounts answered, and when first.

An answer stands anywhere below an item in its thread. What is below the first post of a thread is
known also where a page does not show who answers whom.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ..model import Json
from ..query.moments import stamp
from ..query.said import mapping
from .documents import in_rows
from .ours import rows_of_ours
from .pairs import PairSelect
from .schema import ITEMS

Key = tuple[str, str]  # platform and id

_PLACES = sa.select(ITEMS.c.id, ITEMS.c.platform, ITEMS.c.key, ITEMS.c.parent, ITEMS.c.root)
BY_KEY = PairSelect(_PLACES, ITEMS.c.platform, ITEMS.c.key)
BY_PARENT = PairSelect(_PLACES, ITEMS.c.platform, ITEMS.c.parent)
BY_ROOT = PairSelect(_PLACES, ITEMS.c.platform, ITEMS.c.root)
DEEPEST = 500  # steps up from an answer; a page may claim a thread without an end


def rows_answered(connection: sa.Connection) -> list[int]:
    """The rows of all items by others that the person's accounts answered."""
    ours = rows_of_ours(connection)
    if not ours:
        return []
    mine = in_rows(ITEMS.c.id, ours)
    above = _above(mine)
    here = sa.and_(ITEMS.c.platform == above.c.platform, ITEMS.c.key == above.c.key)
    rows = sa.select(ITEMS.c.id).join_from(above, ITEMS, here).where(sa.not_(mine)).distinct()
    return list(connection.execute(rows).scalars())


def _above(which: sa.ColumnElement[bool]) -> sa.CTE:
    """Platform and key of everything that some items stand below of."""
    columns = (ITEMS.c.parent, ITEMS.c.root)
    first, second = (
        sa.select(ITEMS.c.platform, column.label("key")).where(column.is_not(None), which)
        for column in columns
    )
    above = first.cte("above", recursive=True)
    up = sa.and_(ITEMS.c.platform == above.c.platform, ITEMS.c.key == above.c.key)
    further = (
        sa.select(ITEMS.c.platform, column).join_from(above, ITEMS, up).where(column.is_not(None))
        for column in columns
    )
    return above.union(second, *further)


def with_answers(connection: sa.Connection, items: Sequence[Json]) -> list[Json]:
    """Printed items; one that was answered has `answered: {id, published?, after?}`, the first
    answer. `after` is how long that took, `{least, most}` in seconds, where both times are known.
    """
    ours = rows_of_ours(connection)
    others = {_key(item): item for item in items if not item.get("ours")}
    if not ours or not others:
        return list(items)
    answers = _first_answers(connection, others, ours)
    return [
        item | {"answered": _told(item, answers[key])} if (key := _key(item)) in answers else item
        for item in items
    ]


def _key(item: Json) -> Key:
    return str(item.get("platform")), str(item.get("id"))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an item stands: its row, its key, and the keys of what it answers."""

    row: int
    key: Key
    above: tuple[Key, ...]

    @classmethod
    def of(cls, row: sa.Row[tuple[int, str, str, str, str]]) -> _Place:
        above = tuple((row.platform, each) for each in (row.parent, row.root) if each)
        return cls(row.id, (row.platform, row.key), above)


def _first_answers(
    connection: sa.Connection, items: dict[Key, Json], ours: frozenset[int]
) -> dict[Key, Json]:
    """The document of the first answer below each item that has one."""
    mine = list(_places_of_ours(connection, items, ours))
    above = _chains(connection, mine)
    below: dict[Key, list[int]] = {}
    for place in mine:
        for key in above[place.key] & items.keys():
            below.setdefault(key, []).append(place.row)
    wanted = {row for rows in below.values() for row in rows}
    documents = _documents(connection, wanted)
    return {key: min((documents[row] for row in rows), key=_said_at) for key, rows in below.items()}


def _places_of_ours(
    connection: sa.Connection, items: dict[Key, Json], ours: frozenset[int]
) -> Iterator[_Place]:
    """Those of ours that may stand below some of these."""
    roots = {(platform, str(items[platform, id].get("root_id") or id)) for platform, id in items}
    found = {
        row.id: row
        for rows in (BY_ROOT.rows(connection, roots), BY_PARENT.rows(connection, items))
        for row in rows
        if row.id in ours
    }
    return map(_Place.of, found.values())


def _chains(connection: sa.Connection, places: Sequence[_Place]) -> dict[Key, set[Key]]:
    """By the key of each, the keys of all that it stands below of."""
    above: dict[Key, tuple[Key, ...]] = {place.key: place.above for place in places}
    wanted = list(above)
    for _ in range(DEEPEST):
        unknown = {key for below in wanted for key in above[below]} - above.keys()
        if not unknown:
            break
        above |= dict.fromkeys(unknown, ())
        above |= {p.key: p.above for p in map(_Place.of, BY_KEY.rows(connection, unknown))}
        wanted = list(unknown)
    return {place.key: set(_all_above(place.key, above)) for place in places}


def _all_above(key: Key, above: dict[Key, tuple[Key, ...]]) -> Iterator[Key]:
    passed, waiting = {key}, list(above[key])
    while waiting:
        each = waiting.pop()
        if each not in passed:
            passed.add(each)
            yield each
            waiting += above.get(each, ())


def _documents(connection: sa.Connection, rows: Iterable[int]) -> dict[int, Json]:
    wanted = sa.select(ITEMS.c.id, ITEMS.c.doc).where(in_rows(ITEMS.c.id, rows))
    return {row.id: json.loads(row.doc) for row in connection.execute(wanted)}


def _said_at(document: Json) -> str:
    published = mapping(document.get("published"))
    return stamp(published.get("earliest")) or stamp(document.get("first_seen")) or ""


def _told(item: Json, answer: Json) -> Json:
    told: Json = {"id": answer["id"]}
    if answer.get("published"):
        told["published"] = answer["published"]
    after = _between(mapping(item.get("published")), mapping(answer.get("published")))
    return told | ({"after": after} if after else {})


def _between(asked: Mapping[str, Any], answered: Mapping[str, Any]) -> Json | None:
    """The seconds from one time to another, each of which may be only about known."""
    bounds = [stamp(when.get(end)) for when in (asked, answered) for end in ("earliest", "latest")]
    if not all(bounds):
        return None
    first, last, begin, end = (datetime.fromisoformat(str(bound)) for bound in bounds)
    least, most = (begin - last).total_seconds(), (end - first).total_seconds()
    return {"least": max(0, int(least)), "most": max(0, int(most))}
