"""Every item's words as they are folded today, in an index that takes them as they are."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from earmark.store.derive import columns
from earmark.store.migrations.versions.r0001_first_schema import SEARCH, SEARCH_TRIGGERS

revision = "0005"
down_revision = "0004"

ITEMS_AT_ONCE = 500
TRIGGERS = ("items_search_new", "items_search_gone", "items_search_changed")
RENEWED = ("search", "author_handle", "author_name")
READ = "SELECT id, doc FROM items WHERE id > ? ORDER BY id LIMIT ?"
WRITE = "UPDATE items SET search = ?, author_handle = ?, author_name = ? WHERE id = ?"


def upgrade() -> None:
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP TABLE item_search")
    fold_again(op.get_bind())
    op.execute(SEARCH.replace("unicode61 remove_diacritics 0", "ascii"))
    op.execute("INSERT INTO item_search(item_search) VALUES ('rebuild')")
    for trigger in SEARCH_TRIGGERS:
        op.execute(trigger)


def fold_again(connection: sa.Connection) -> None:
    """Only what is folded is derived again; the documents stay as they are."""
    last = 0
    while rows := connection.exec_driver_sql(READ, (last, ITEMS_AT_ONCE)).all():
        renewed = [(columns(json.loads(text)), id) for id, text in rows]
        values = [(*(found[name] for name in RENEWED), id) for found, id in renewed]
        connection.exec_driver_sql(WRITE, values)
        last = rows[-1][0]
