"""How many visits to a site gave nothing, one after the other: a site may break within a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    barren = sa.Column("barren", sa.Integer, nullable=False, server_default="0")
    op.add_column("site_yields", barren)
