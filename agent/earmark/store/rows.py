"""TinyDB's own tables over rows in SQL.

`RowTable` overrides how a table is read and updated and how ids are given out, so every public
method is TinyDB's own; `get(doc_ids=…)` alone is answered by one statement instead of a scan.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar, cast

import sqlalchemy as sa
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from ..model import Json
from .derive import dumps
from .layouts import BLOCK, Layout, Row, layout_of
from .schema import COUNTERS

Result = TypeVar("Result")

# An updater that touches more documents than this has them written and let go.
HELD = 2000


class Access(Protocol):
    """How rows reach the database: reading connections, and work for the one writer."""

    def reading(self) -> AbstractContextManager[sa.Connection]: ...

    def call(self, work: Callable[[sa.Connection], Result]) -> Result: ...


class ReadRows(MutableMapping[str, Json]):
    """{id as text: document}, read when asked for; keys are text as TinyDB's readers expect."""

    def __init__(self, access: Access, layout: Layout) -> None:
        self._access = access
        self._layout = layout

    def __getitem__(self, key: Any) -> Json:
        id = row_id(key)
        if id is not None:
            with self._access.reading() as connection:
                text = self._layout.one(connection, id)
            if text is not None:
                return cast(Json, json.loads(text))
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        with self._access.reading() as connection:
            ids = self._layout.ids(connection)
        return iter([str(id) for id in ids])

    def __len__(self) -> int:
        with self._access.reading() as connection:
            return self._layout.count(connection)

    def items(self) -> Iterator[tuple[str, Json]]:  # type: ignore[override]
        """Every document in one streamed statement; the inherited view asks row by row."""
        with self._access.reading() as connection:
            for id, text in self._layout.every(connection):
                yield str(id), json.loads(text)

    def some(self, ids: Sequence[int]) -> list[tuple[int, Json]]:
        with self._access.reading() as connection:
            rows = self._layout.some(connection, ids)
        return [(id, json.loads(text)) for id, text in rows]

    def __setitem__(self, key: str, document: Json) -> None:
        raise TypeError("rows are written through the table's own methods")

    def __delitem__(self, key: str) -> None:
        raise TypeError("rows are removed through the table's own methods")


class WrittenRows(MutableMapping[int, Json]):
    """{id: document} for an updater, inside a transaction.

    An updater may change the documents it is handed in place: `flush` writes those whose text
    differs from the text read (comparing text tells 1, 1.0 and True apart).
    """

    def __init__(self, connection: sa.Connection, layout: Layout) -> None:
        self._connection = connection
        self._layout = layout
        self._held: dict[int, tuple[Json, str | None]] = {}
        self._gone: set[int] = set()
        self._scanning = False

    def __getitem__(self, key: Any) -> Json:
        document = self._find(key)
        if document is None:
            raise KeyError(key)
        return document

    def __contains__(self, key: object) -> bool:
        return self._find(key) is not None

    def __setitem__(self, id: int, document: Json) -> None:
        if len(self._held) >= HELD:
            self.flush()
            self._held.clear()
        before = self._held[id][1] if id in self._held else self._stored(id)
        self._held[id] = (document, before)
        self._gone.discard(id)

    def __delitem__(self, id: int) -> None:
        if self._find(id) is None:
            raise KeyError(id)
        if self._held.pop(id)[1] is not None:
            self._gone.add(id)

    def __iter__(self) -> Iterator[int]:
        self.flush()
        self._scanning = True
        return iter(self._layout.ids(self._connection))

    def __len__(self) -> int:
        self.flush()
        return self._layout.count(self._connection)

    def clear(self) -> None:
        self._held.clear()
        self._gone.clear()
        self._layout.clear(self._connection)

    def flush(self) -> None:
        """Write what was changed since the last time."""
        self._layout.delete(self._connection, sorted(self._gone))
        self._gone.clear()
        rows = [
            Row(id, document, text, before)
            for id, (document, before) in self._held.items()
            if (text := dumps(document)) != before
        ]
        self._layout.put(self._connection, rows)
        self._held.update({row.id: (row.doc, row.text) for row in rows})

    def _find(self, key: object) -> Json | None:
        id = row_id(key)
        if id is None or id in self._gone:
            return None
        if id not in self._held:
            self._read(id)
        return self._held[id][0] if id in self._held else None

    def _read(self, id: int) -> None:
        if self._scanning:  # a walk over all keys comes: read ahead, not row by row
            if len(self._held) >= BLOCK:
                self.flush()
                self._held.clear()
            texts = self._layout.block(self._connection, id)
        else:
            one = self._layout.one(self._connection, id)
            texts = {} if one is None else {id: one}
        for at, text in texts.items():
            if at not in self._held and at not in self._gone:
                self._held[at] = (json.loads(text), text)

    def _stored(self, id: int) -> str | None:
        return self._layout.one(self._connection, id)


def row_id(key: object) -> int | None:
    """A key as an id; a key that is no integer names no row."""
    try:
        return int(key)  # type: ignore[call-overload, no-any-return]
    except (ValueError, TypeError, OverflowError):
        return None


class RowStorage(Storage):
    """What TinyDB calls a storage: all tables of documents, by name."""

    def __init__(self, access: Access) -> None:
        self.access = access

    def read(self) -> dict[str, dict[str, Any]]:
        with self.access.reading() as connection:
            names = connection.execute(sa.select(COUNTERS.c.name)).scalars().all()
        rows = {name: ReadRows(self.access, layout_of(name)) for name in names}
        return cast(dict[str, dict[str, Any]], rows)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Make the tables be exactly `data`; tables that are still as `read` gave them stay."""

        def replace(connection: sa.Connection) -> None:
            for name in set(self.read()) - set(data):
                layout_of(name).clear(connection)
                connection.execute(sa.delete(COUNTERS).where(COUNTERS.c.name == name))
            for name, documents in data.items():
                if not isinstance(documents, ReadRows):
                    rows = WrittenRows(connection, layout_of(name))
                    rows.clear()
                    rows.update({int(id): document for id, document in documents.items()})
                    rows.flush()

        self.access.call(replace)


class RowTable(Table):
    """A TinyDB table whose documents are rows. Query results are never cached: others write."""

    def __init__(
        self, storage: RowStorage, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        self._access = storage.access
        self._layout = layout_of(name)
        super().__init__(storage, name, cache_size, persist_empty)

    def get(  # type: ignore[override]
        self,
        cond: QueryLike | None = None,
        doc_id: int | None = None,
        doc_ids: list[int] | None = None,
    ) -> Document | list[Document] | None:
        """As TinyDB's, with `doc_ids` read in one statement."""
        if doc_id is not None or doc_ids is None:
            return super().get(cond, doc_id, doc_ids)  # type: ignore[arg-type]
        ids = sorted({id for id in map(row_id, doc_ids) if id is not None})
        rows = ReadRows(self._access, self._layout).some(ids)
        return [self.document_class(document, id) for id, document in rows]

    def _read_table(self) -> dict[str, Any]:
        return cast(dict[str, Any], ReadRows(self._access, self._layout))

    def _update_table(self, updater: Callable[[dict[int, Any]], None]) -> None:
        def update(connection: sa.Connection) -> None:
            rows = WrittenRows(connection, self._layout)
            updater(cast(dict[int, Any], rows))
            rows.flush()

        self._access.call(update)
        self.clear_cache()

    def _get_next_id(self) -> int:
        return self._access.call(self._layout.next_id)
