"""What pages and sites gave, so that one that stops giving is noticed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "page_health",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("platform", sa.Text, primary_key=True),
        sa.Column("visit", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("elements", sa.Integer),
        sa.Column("empty", sa.Integer, nullable=False),
        sa.Column("heard", sa.Integer, nullable=False),
        sa.Column("updated", sa.Integer, nullable=False),
        sa.Column("not_understood", sa.Integer, nullable=False),
        sa.Column("items", sa.Integer, nullable=False),
        sa.Column("expected", sa.Integer),
        sa.Column("fields", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("page_health_by_time", "page_health", ["at"])
    op.create_table(
        "site_yields",
        sa.Column("platform", sa.Text, primary_key=True),
        sa.Column("host", sa.Text, primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("items", sa.Integer, nullable=False),
        sa.Column("silent", sa.Integer, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
