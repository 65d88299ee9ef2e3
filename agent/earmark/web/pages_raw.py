"""The page about data: how much is kept as it came and for how long, and what was done at once."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from ..errors import EarmarkError
from ..model import Json
from ..store import runs
from ..store.archive import held
from ..store.log import Log
from .i18n import N_, Words
from .operations import AGENT, Access, operation
from .pages_act import form_page
from .pages_data import count_problems
from .pages_shown import parse_moment
from .render import render, words_for

MEGABYTE = 1_000_000  # bytes
RUN_NAMES = {
    "reparse": N_("Read again"),
    "import": N_("Taken in"),
    "rules": N_("Rules applied"),
    "terms": N_("Names and accounts applied"),
    "corrections": N_("Corrections applied"),
}


@operation("What is kept as it came.", access=Access.OWNER, produces="text/html")
async def data(request: web.Request) -> web.Response:
    return await show(request)


@form_page("Say how much is kept as it came.")
async def save(request: web.Request) -> web.Response:
    form = await request.post()
    limits = {name: number_in(form.get(name)) for name in ("days", "megabytes")}
    try:
        await asyncio.to_thread(request.app[AGENT].choices.change, {"raw": limits})
    except EarmarkError as error:
        return await show(request, error)
    return web.Response(status=303, headers={"Location": "/data"})


@form_page("Undo a reparse or an import.")
async def undo(request: web.Request) -> web.Response:
    number = number_in((await request.post()).get("run"))
    try:
        await request.app[AGENT].runs.undo(number or 0)
    except EarmarkError as error:
        return await show(request, error)
    return web.Response(status=303, headers={"Location": "/data"})


def number_in(value: Any) -> int | None:
    """The whole number that was typed, in any digits; None for anything else."""
    text = str(value or "").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else None


async def show(request: web.Request, error: EarmarkError | None = None) -> web.Response:
    agent, words = request.app[AGENT], words_for(request)
    kept, listed = await asyncio.to_thread(look, agent.log, words)
    return render(
        request,
        "data.html",
        status=error.status if error else 200,
        section="data",
        problem_count=await count_problems(agent),
        kept=kept,
        limits=agent.choices.raw_limits,
        runs=listed,
        error=error,
    )


def look(log: Log, words: Words) -> tuple[Json, list[Json]]:
    """How much is kept raw, and the newest runs; blocking."""
    with log.reading() as connection:
        now, listed = held(connection), runs.every(connection, 20)
    since = words.date(parse_moment(now.since).astimezone()) if now.since else ""
    kept = {"pieces": now.fragments, "megabytes": round(now.bytes / MEGABYTE, 1), "since": since}
    return kept, [shown(run, words) for run in listed if run["status"] in SHOWN]


SHOWN = (runs.DONE, runs.UNDONE, runs.UNDOING, runs.BROKEN_OFF, runs.FAILED)


def shown(run: Json, words: Words) -> Json:
    when = words.exactly(parse_moment(run["began_at"]))
    return {
        "number": run["run"],
        "name": RUN_NAMES[run["kind"]],
        "file": run["asked"].get("name", ""),
        "when": when,
        "undoable": run["undoable"] and run["status"] != runs.UNDOING,
        "undone": run["status"] == runs.UNDONE,
    }


ROUTES = [web.get("/data", data), web.post("/data", save), web.post("/data/undo", undo)]
