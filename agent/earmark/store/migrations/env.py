"""Alembic's entry: the connection comes from `earmark.store.migrate`, there is no alembic.ini."""

from __future__ import annotations

from alembic import context

from earmark.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
