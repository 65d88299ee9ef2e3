"""Terms or rules applied to what is there: how far that is, and whether it can be undone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from ..model import Json
from ..store import runs

if TYPE_CHECKING:
    from ..agent import Agent

UNDER_WAY = (runs.READING, runs.WRITING, runs.UNDOING)


async def last_run(agent: Agent, kind: str) -> Json | None:
    """The newest run of a kind, where it is under way or can be undone."""

    def newest() -> Json | None:
        with agent.log.reading() as connection:
            found = (run for run in runs.every(connection) if run["kind"] == kind)
            return next(found, None)

    run = await asyncio.to_thread(newest)
    if run is None or not (run["status"] in UNDER_WAY or run["undoable"]):
        return None
    if run["status"] in UNDER_WAY:
        run = await agent.runs.state(run["run"])
    return run | {"is_under_way": run["status"] in UNDER_WAY}


def number_of(value: Any) -> int:
    """The id that a form's button carries; 0, which is nobody's, for anything else."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
