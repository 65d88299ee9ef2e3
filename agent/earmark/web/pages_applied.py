"""Terms or rules applied to what is there: how far that is, and whether it can be undone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from ..errors import EarmarkError
from ..model import Json
from ..store import runs
from .operations import AGENT
from .render import fragment

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


async def part(request: web.Request, kind: str, page: str) -> web.Response:
    """The card of the newest run of a kind alone, as scripts follow it; `page` holds it."""
    run = await last_run(request.app[AGENT], kind)
    body = fragment(request, "_applied_part.html", run=run, page=page)
    return web.Response(text=body, content_type="text/html")


async def carried_out(
    request: web.Request,
    work: Awaitable[object],
    page: str,
    show: Callable[[web.Request, EarmarkError], Awaitable[web.Response]],
) -> web.Response:
    """Back to a page's card once `work` (applying, taking back) has begun, or why it did not."""
    try:
        await work
    except EarmarkError as error:
        return await show(request, error)
    return web.Response(status=303, headers={"Location": f"{page}#applied"})


async def taken_back(
    request: web.Request,
    page: str,
    show: Callable[[web.Request, EarmarkError], Awaitable[web.Response]],
) -> web.Response:
    """The same with undoing the run that a form's button names."""
    form = await request.post()
    work = request.app[AGENT].runs.undo(number_of(form.get("run")))
    return await carried_out(request, work, page, show)


def is_part(request: web.Request) -> bool:
    """Whether only that card is asked for."""
    return request.query.get("part") == "applied"


def number_of(value: Any) -> int:
    """The id that a form's button carries; 0, which is nobody's, for anything else."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0
