"""Writes down what a run changes, row by row, so that `undo` can put every one of them back.

Triggers do it, for a run changes rows in many ways: what the database changed is the one thing
that leaves nothing out. They live in the writer's connection for the length of one job.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from .schema import ALIASES, FRAGMENTS, ITEMS, PLACEMENTS, SIGHTINGS, VERSIONS

# What is put back of each table. Of items the document says it all; of a fragment, what became
# of it. Tags and the search index follow the documents.
KEPT: dict[str, tuple[str, ...]] = {
    table.name: tuple(column.name for column in table.columns)
    for table in (ALIASES, VERSIONS, SIGHTINGS, PLACEMENTS)
} | {FRAGMENTS.name: ("platform", "status", "result", "error", "plugin", "plugin_version")}
KEYS = {
    table.name: tuple(column.name for column in table.primary_key)
    for table in (ALIASES, VERSIONS, SIGHTINGS, PLACEMENTS, FRAGMENTS)
}

NOTE = """
INSERT INTO run_rows(run, tbl, key, item, before)
SELECT {run}, '{table}', {key}, {item}, {before}
WHERE NOT EXISTS (SELECT 1 FROM run_rows WHERE run = {run} AND tbl = '{table}' AND key = {key});
"""
LEFT = """
UPDATE run_rows SET after = {after} WHERE run = {run} AND tbl = 'items' AND key = {key};
"""


@contextmanager
def recording(connection: sa.Connection, run: int) -> Iterator[None]:
    """Have everything that is written to items and what hangs on them noted for the run."""
    triggers = [*of_items(run), *(each for table in KEPT for each in of_table(table, run))]
    names = [f"noted_{number}" for number in range(len(triggers))]
    for name, trigger in zip(names, triggers, strict=True):
        connection.exec_driver_sql(f"CREATE TEMP TRIGGER {name} {trigger}")
    try:
        yield
    finally:
        for name in names:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS temp.{name}")


def of_items(run: int) -> list[str]:
    """A new, changed or deleted item, with the document that is left."""
    was, new, gone = "OLD.doc", "NULL", "OLD.doc"
    return [
        trigger("INSERT", ITEMS.name, item_steps(run, "NEW", new, "NEW.doc")),
        trigger("UPDATE", ITEMS.name, item_steps(run, "NEW", was, "NEW.doc")),
        trigger("DELETE", ITEMS.name, item_steps(run, "OLD", gone, "NULL")),
    ]


def item_steps(run: int, side: str, before: str, after: str) -> str:
    key = f"json_array({side}.id)"
    noted = NOTE.format(run=run, table=ITEMS.name, key=key, item=f"{side}.id", before=before)
    return noted + LEFT.format(run=run, key=key, after=after)


def of_table(table: str, run: int) -> list[str]:
    """A row that came, changed or went; with another key it went, and another one came."""
    went = note(table, run, "OLD", row_of(table, "OLD"))
    came = note(table, run, "NEW", "NULL")
    return [
        trigger("INSERT", table, came),
        trigger("UPDATE", table, went + came),
        trigger("DELETE", table, went),
    ]


def note(table: str, run: int, side: str, before: str) -> str:
    item = "NULL" if table == FRAGMENTS.name else f"{side}.item"
    key = f"json_array({', '.join(f'{side}.{name}' for name in KEYS[table])})"
    return NOTE.format(run=run, table=table, key=key, item=item, before=before)


def row_of(table: str, side: str) -> str:
    pairs = ", ".join(f"'{name}', {side}.{name}" for name in KEPT[table])
    return f"json_object({pairs})"


def trigger(event: str, table: str, steps: str) -> str:
    return f"AFTER {event} ON main.{table} BEGIN {steps} END"
