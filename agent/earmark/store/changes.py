"""Every change of an item, numbered: what live views resume from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import sqlalchemy as sa

from ..model import Json
from .schema import CHANGES

INSERT = sa.insert(CHANGES)
LAST = sa.select(sa.func.coalesce(sa.func.max(CHANGES.c.number), 0))


def now() -> str:
    """This moment, as the log writes times."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}Z"


def record_changes(connection: sa.Connection, changes: Iterable[tuple[int, Json, str]]) -> None:
    """Number changes, given as (row id, document, change)."""
    at = now()
    rows = [
        {"item": id, "platform": text(doc, "platform"), "key": text(doc, "id")}
        | {"change": change, "at": at}
        for id, doc, change in changes
    ]
    if rows:
        connection.execute(INSERT, rows)


def text(document: Json, field: str) -> str | None:
    value = document.get(field)
    return value if isinstance(value, str) else None


def last_change(connection: sa.Connection) -> int:
    """The number of the newest change, 0 when there is none."""
    return int(connection.execute(LAST).scalar_one())
