"""Who read what is kept raw, how large it is, and runs that can be undone."""

from __future__ import annotations

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

PAGES_AT_ONCE = 500


def upgrade() -> None:
    know_the_reader()
    fill_in()
    op.create_index("fragments_by_age", "fragments", ["status", "received_at", "size"])
    create_runs()


def know_the_reader() -> None:
    whole = [("format", "1"), ("size", "0")]
    for name, default in whole:
        op.add_column(
            "fragments", sa.Column(name, sa.Integer, nullable=False, server_default=default)
        )
    for name in ("plan", "plugin", "plugin_version"):
        op.add_column("fragments", sa.Column(name, sa.Text, nullable=False, server_default=""))


def fill_in() -> None:
    """The size is known, and the plan by the page. Which version read it, nobody noted."""
    connection = op.get_bind()
    connection.exec_driver_sql("UPDATE fragments SET size = length(body)")
    last = 0
    while rows := connection.exec_driver_sql(
        "SELECT id, body FROM pages WHERE id > ? ORDER BY id LIMIT ?", (last, PAGES_AT_ONCE)
    ).all():
        plans = [(str(json.loads(zlib.decompress(body)).get("plan", "")), id) for id, body in rows]
        for plan, id in plans:
            connection.exec_driver_sql("UPDATE fragments SET plan = ? WHERE page = ?", (plan, id))
        last = rows[-1][0]


def create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "status", "began_at")),
        sa.Column("ended_at", sa.Text),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("asked", "told")),
        sqlite_autoincrement=True,
    )
    of_run = sa.ForeignKey("runs.number", ondelete="CASCADE")
    op.create_table(
        "run_rows",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("run", sa.Integer, of_run, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("tbl", "key")),
        sa.Column("item", sa.Integer),
        *(sa.Column(name, sa.Text) for name in ("before", "after")),
    )
    op.create_index("run_rows_by_key", "run_rows", ["run", "tbl", "key"], unique=True)
    op.create_index("run_rows_by_item", "run_rows", ["item"])
