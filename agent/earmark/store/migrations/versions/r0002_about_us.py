"""What is about us, and what is withheld until it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_index("fragments_by_page", "fragments", ["page"])
    op.create_table(
        "about_us",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    of_fragment = sa.ForeignKey("fragments.number", ondelete="CASCADE")
    op.create_table(
        "withheld",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("fragment", sa.Integer, of_fragment, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("withheld_by_fragment", "withheld", ["fragment"])
