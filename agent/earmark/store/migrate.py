"""Brings a log's tables up to the schema of this version, and refuses logs of newer versions."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from ..errors import EarmarkError
from .schema import REVISION

MIGRATIONS = Path(__file__).parent / "migrations"


class LogTooNew(EarmarkError):
    """The log was written by a newer Earmark."""

    code = "log_too_new"
    status = 409


class LogTooOld(EarmarkError):
    """The log waits for a migration that a read-only command must not run."""

    code = "log_too_old"
    status = 409

    def __init__(self, revision: str | None) -> None:
        super().__init__(
            "This log was last used by an older Earmark.", "Run `earmark start` once, then again."
        )
        self.revision = revision


class NotALog(EarmarkError):
    """The file is not a log of Earmark."""

    code = "not_a_log"
    status = 422


def revision_of(connection: sa.Connection) -> str | None:
    """The revision the tables are at; None for an empty file."""
    tables = set(sa.inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        if tables:
            raise NotALog("This database belongs to another program.", "Give another file.")
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: sa.Connection) -> None:
    """Run the migrations this log still needs, inside the connection's transaction.

    Raises LogTooNew when the log was made by a newer version, NotALog for anything else.
    """
    current = revision_of(connection)
    if current == REVISION:
        return
    from alembic import command  # slow to import, and most starts have nothing to migrate
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise too_new()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def check(connection: sa.Connection) -> None:
    """Raise unless the log is exactly at this version's schema; for those who only read."""
    current = revision_of(connection)
    if current == REVISION:
        return
    if current is None or current < REVISION:
        raise LogTooOld(current)
    raise too_new()


def too_new() -> LogTooNew:
    return LogTooNew(
        "This log was written by a newer Earmark.",
        "Update Earmark, or give another home folder with --home.",
    )
