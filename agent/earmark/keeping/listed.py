"""A list of documents in a table: read once, written where it differs."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from typing import Any

from tinydb.table import Document, Table

from ..model import Json


def read_list(table: Table) -> list[Json]:
    """The documents in the order in which they came, each with its `id`."""
    return [dict(document) | {"id": document.doc_id} for document in table.all()]


def write_list(table: Table, before: Sequence[Json], after: Sequence[Json]) -> list[Json]:
    """Have the table hold what is in `after`; the list with the ids that new ones got.

    An id is never given twice.
    """
    known = {each["id"]: each for each in before}
    left = {each["id"] for each in after if "id" in each}
    if gone := [id for id in known if id not in left]:
        table.remove(doc_ids=gone)
    for each in after:
        if "id" in each and known.get(each["id"]) != each:
            put(table, each["id"], _kept(each))
    new = [each for each in after if "id" not in each]
    ids = iter(table.insert_multiple(map(_kept, new)) if new else ())
    return [each if "id" in each else each | {"id": next(ids)} for each in after]


def put(table: Table, doc_id: int, document: Json) -> None:
    """Have the table hold just this document; TinyDB's `upsert` leaves keys that are gone."""

    def write(old: MutableMapping[str, Any]) -> None:
        old.clear()
        old.update(document)

    if not table.update(write, doc_ids=[doc_id]):
        table.insert(Document(document, doc_id=doc_id))


def _kept(document: Json) -> Json:
    return {key: value for key, value in document.items() if key != "id"}
