"""How rows of documents lie in SQL: plain documents, and items with their derived columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from ..model import Json
from .changes import record_changes
from .derive import Derived, derive, tag_keys
from .schema import COUNTERS, DOCUMENTS, ITEM_TAGS, ITEMS

BLOCK = 500

TAKE = insert(COUNTERS)
TAKE = TAKE.on_conflict_do_update(
    index_elements=["name"], set_={"last": COUNTERS.c.last + TAKE.excluded.last}
).returning(COUNTERS.c.last)  # type: ignore[assignment]


@dataclass(slots=True)
class Row:
    """One row to write: its document now and, when it was there before, its text as read."""

    id: int
    doc: Json
    text: str
    before: str | None


class Layout(Protocol):
    """The statements a mapping of rows needs; `name` is the table as TinyDB knows it."""

    name: str

    def one(self, connection: sa.Connection, id: int) -> str | None: ...

    def block(self, connection: sa.Connection, start: int) -> dict[int, str]: ...

    def some(self, connection: sa.Connection, ids: Sequence[int]) -> list[tuple[int, str]]: ...

    def every(self, connection: sa.Connection) -> Iterator[tuple[int, str]]: ...

    def ids(self, connection: sa.Connection) -> list[int]: ...

    def count(self, connection: sa.Connection) -> int: ...

    def put(self, connection: sa.Connection, rows: Sequence[Row]) -> None: ...

    def delete(self, connection: sa.Connection, ids: Iterable[int]) -> None: ...

    def clear(self, connection: sa.Connection) -> None: ...

    def next_id(self, connection: sa.Connection) -> int: ...


def take_ids(connection: sa.Connection, name: str, count: int) -> range:
    """The next `count` ids of a table, never given out before."""
    last: int = connection.execute(TAKE, {"name": name, "last": count}).scalar_one()
    return range(last - count + 1, last + 1)


def raise_counter(connection: sa.Connection, name: str, last: int) -> None:
    """See to it that ids up to `last`, which a caller chose, are not given out again."""
    fresh = insert(COUNTERS).values(name=name, last=last)
    higher = sa.case((COUNTERS.c.last < last, last), else_=COUNTERS.c.last)
    connection.execute(fresh.on_conflict_do_update(index_elements=["name"], set_={"last": higher}))


class SqlLayout:
    """The statements both layouts share; `where` picks the table's rows."""

    def __init__(self, name: str, table: sa.Table, where: Sequence[sa.ColumnElement[bool]]) -> None:
        self.name = name
        self.table = table
        rows = sa.select(table.c.id, table.c.doc).where(*where).order_by(table.c.id)
        at = table.c.id == sa.bindparam("row")
        self._one = sa.select(table.c.doc).where(*where, at)
        self._block = rows.where(table.c.id >= sa.bindparam("row")).limit(BLOCK)
        self._some = rows.where(table.c.id.in_(sa.bindparam("rows", expanding=True)))
        self._every = rows.execution_options(yield_per=BLOCK)
        self._ids = sa.select(table.c.id).where(*where).order_by(table.c.id)
        self._count = sa.select(sa.func.count()).select_from(table).where(*where)
        self._delete = sa.delete(table).where(*where, at)
        self._clear = sa.delete(table).where(*where)

    def one(self, connection: sa.Connection, id: int) -> str | None:
        text: str | None = connection.execute(self._one, {"row": id}).scalar()
        return text

    def block(self, connection: sa.Connection, start: int) -> dict[int, str]:
        return dict(rows_of(connection.execute(self._block, {"row": start})))

    def some(self, connection: sa.Connection, ids: Sequence[int]) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for start in range(0, len(ids), BLOCK):
            block = {"rows": ids[start : start + BLOCK]}
            found.extend(rows_of(connection.execute(self._some, block)))
        return sorted(found)

    def every(self, connection: sa.Connection) -> Iterator[tuple[int, str]]:
        return rows_of(connection.execute(self._every))

    def ids(self, connection: sa.Connection) -> list[int]:
        return list(connection.execute(self._ids).scalars())

    def count(self, connection: sa.Connection) -> int:
        return connection.execute(self._count).scalar_one()

    def delete(self, connection: sa.Connection, ids: Iterable[int]) -> None:
        if rows := [{"row": id} for id in ids]:
            connection.execute(self._delete, rows)

    def next_id(self, connection: sa.Connection) -> int:
        return take_ids(connection, self.name, 1)[0]


class DocumentLayout(SqlLayout):
    """Documents without columns of their own, all in one table."""

    def __init__(self, name: str) -> None:
        super().__init__(name, DOCUMENTS, [DOCUMENTS.c.tbl == name])
        put = insert(DOCUMENTS)
        self._put = put.on_conflict_do_update(
            index_elements=["tbl", "id"], set_={"doc": put.excluded.doc}
        )

    def put(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        if not rows:
            return
        values = [{"tbl": self.name, "id": row.id, "doc": row.text} for row in rows]
        connection.execute(self._put, values)
        if new := [row.id for row in rows if row.before is None]:
            raise_counter(connection, self.name, max(new))

    def clear(self, connection: sa.Connection) -> None:
        connection.execute(self._clear)
        empty = insert(COUNTERS).values(name=self.name, last=0)
        connection.execute(empty.on_conflict_do_update(index_elements=["name"], set_={"last": 0}))


class ItemLayout(SqlLayout):
    """Items: every write renews the derived columns and tag keys in the same transaction."""

    def __init__(self) -> None:
        super().__init__("items", ITEMS, [])
        put = insert(ITEMS)
        renewed = {
            column.name: put.excluded[column.name] for column in ITEMS.c if column.name != "id"
        }
        self._put = put.on_conflict_do_update(index_elements=["id"], set_=renewed)
        self._untag = sa.delete(ITEM_TAGS).where(ITEM_TAGS.c.item == sa.bindparam("row"))
        self._tag = sa.insert(ITEM_TAGS)

    def put(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        """Write rows that people changed as documents, and say so in `changes`."""
        if not rows:
            return
        self.write(connection, rows)
        if new := [row.id for row in rows if row.before is None]:
            raise_counter(connection, self.name, max(new))
        record_changes(
            connection,
            [(row.id, row.doc, "updated" if row.before else "new") for row in rows],
        )

    def write(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        """Write rows with everything derived from them."""
        derived = [(row, derive(row.doc)) for row in rows]
        connection.execute(self._put, [values(row, d) for row, d in derived])
        self._renew_tags(connection, derived)

    def _renew_tags(
        self, connection: sa.Connection, derived: Sequence[tuple[Row, Derived]]
    ) -> None:
        changed = [(row, d) for row, d in derived if tags_before(row) != d.tags]
        if stale := [{"row": row.id} for row, _ in changed if tags_before(row)]:
            connection.execute(self._untag, stale)
        if tags := [{"tag": tag, "item": row.id} for row, d in changed for tag in sorted(d.tags)]:
            connection.execute(self._tag, tags)

    def delete(self, connection: sa.Connection, ids: Iterable[int]) -> None:
        gone = [(id, json.loads(text), "removed") for id, text in self.some(connection, list(ids))]
        record_changes(connection, gone)
        super().delete(connection, [id for id, _, _ in gone])

    def clear(self, connection: sa.Connection) -> None:
        self.delete(connection, self.ids(connection))


def rows_of(result: Iterable[Any]) -> Iterator[tuple[int, str]]:
    return ((id, text) for id, text in result)


def tags_before(row: Row) -> frozenset[str]:
    return tag_keys(json.loads(row.before)) if row.before else frozenset()


def values(row: Row, derived: Derived) -> dict[str, Any]:
    return {"id": row.id, "doc": row.text, **derived.columns}


@lru_cache(maxsize=64)
def layout_of(name: str) -> Layout:
    """The layout of the table that TinyDB calls `name`; made once, for it is only statements."""
    return ItemLayout() if name == "items" else DocumentLayout(name)
