"""Whether two readers of the same pages agree: the platform's own, and that of any site."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("page_health", sa.Column("compared", sa.Text))
    number = sa.Column("compared", sa.Integer, nullable=False, server_default="0")
    op.add_column("site_yields", number)
    op.add_column("site_yields", sa.Column("differs", sa.Text, nullable=False, server_default="{}"))
