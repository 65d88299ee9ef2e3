"""What was done to many items at once, numbered: reparses and imports, and where each stands."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa

from ..errors import EarmarkError
from ..model import Json
from .changes import now
from .log import Log
from .schema import RUN_ROWS, RUNS

# A run reads first, and with nothing written can still be dropped; `broken_off` is one that an
# end of the agent cut short. What was written can be undone.
READING, SHOWN, WRITING, DONE = "reading", "shown", "writing", "done"
UNDOING, UNDONE, DROPPED, FAILED, BROKEN_OFF = (
    *("undoing", "undone", "dropped", "failed", "broken_off"),
)
MAY_BE_UNDONE = (DONE, FAILED, BROKEN_OFF, UNDOING)
AT_ONCE = 500  # rows deleted in one turn of the writer


class NoSuchRun(EarmarkError):
    """No run has this number, or none can be undone."""

    code = "no_such_run"
    status = 404


def begin(connection: sa.Connection, kind: str, asked: Json) -> int:
    """Note a new run, which reads; its number."""
    row = {"kind": kind, "status": READING, "began_at": now(), "told": "{}"}
    put = sa.insert(RUNS).values(**row, asked=json.dumps(asked)).returning(RUNS.c.number)
    return int(connection.execute(put).scalar_one())


def mark(connection: sa.Connection, number: int, status: str, told: Json | None = None) -> None:
    """Note where a run stands, and what there is to tell of it."""
    values: dict[str, Any] = {"status": status, "ended_at": now()}
    if told is not None:
        values["told"] = json.dumps(told)
    connection.execute(sa.update(RUNS).where(RUNS.c.number == number).values(**values))


def every(connection: sa.Connection, limit: int = 50) -> list[Json]:
    """The newest runs: `{run, kind, status, began_at, ended_at?, asked, told, undoable}`."""
    rows = connection.execute(sa.select(RUNS).order_by(RUNS.c.number.desc()).limit(limit))
    return [opened(connection, row) for row in rows.all()]


def one(connection: sa.Connection, number: int) -> Json:
    """The run of that number; raises NoSuchRun."""
    row = connection.execute(sa.select(RUNS).where(RUNS.c.number == number)).first()
    if row is None:
        raise NoSuchRun(f"There is no run {number}.", "GET /v1/runs lists them.")
    return opened(connection, row)


def newest_to_undo(connection: sa.Connection, kind: str) -> int:
    """The number of the newest run of a kind that can be undone; raises NoSuchRun."""
    wanted = sa.select(RUNS.c.number).where(RUNS.c.kind == kind, RUNS.c.status.in_(MAY_BE_UNDONE))
    for number in connection.execute(wanted.order_by(RUNS.c.number.desc())).scalars().all():
        if has_rows(connection, number):
            return int(number)
    raise NoSuchRun(f"There is no {kind} that can be undone.")


def opened(connection: sa.Connection, row: Any) -> Json:
    run = {"run": row.number, "kind": row.kind, "status": row.status, "began_at": row.began_at}
    told = {"asked": json.loads(row.asked), "told": json.loads(row.told)}
    undoable = row.status in MAY_BE_UNDONE and has_rows(connection, row.number)
    ended = {"ended_at": row.ended_at} if row.ended_at else {}
    return run | ended | told | {"undoable": undoable}


def has_rows(connection: sa.Connection, number: int) -> bool:
    row = sa.select(RUN_ROWS.c.id).where(RUN_ROWS.c.run == number).limit(1)
    return connection.execute(row).first() is not None


def cut_short(log: Log) -> list[Json]:
    """Runs that were under way when the agent ended."""
    going = (READING, SHOWN, WRITING, UNDOING)
    with log.reading() as connection:
        rows = connection.execute(sa.select(RUNS).where(RUNS.c.status.in_(going)))
        return [opened(connection, row) for row in rows.all()]


async def forget_undone(log: Log, before: str) -> None:
    """Delete what runs that ended before a moment could be undone with, some rows a turn."""
    ended = sa.select(RUNS.c.number).where(RUNS.c.ended_at < before)

    def forget(connection: sa.Connection) -> int:
        some = sa.select(RUN_ROWS.c.id).where(RUN_ROWS.c.run.in_(ended)).limit(AT_ONCE)
        return connection.execute(sa.delete(RUN_ROWS).where(RUN_ROWS.c.id.in_(some))).rowcount

    while await log.awrite(forget):
        pass


def forget_of_items(connection: sa.Connection, items: list[int]) -> None:
    """Delete what runs remember of items that are deleted for good."""
    connection.execute(sa.delete(RUN_ROWS).where(RUN_ROWS.c.item.in_(items)))
