"""What is wrong, for programs; the inbox shows the same to people."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

from aiohttp import web

from ..model import Json
from ..store import queries, raw
from ..store.log import Log
from .bodies import answer
from .credentials import listed
from .operations import AGENT, Access, operation


@operation(
    "What is wrong: plugins left out, pages not understood; who is paired; what was stored last.",
    access=Access.OWNER,
    answers={
        200: "`{version, plugins: [{plugin, message, hint?}], not_understood, browsers, "
        "turned_away, stats}`."
    },
)
async def doctor(request: web.Request) -> web.Response:
    agent = request.app[AGENT]
    plugins = [
        {name: text for name, text in asdict(problem).items() if text}
        for problem in agent.plugins.problems
    ]
    found = {
        "version": agent.version,
        "plugins": plugins,
        "browsers": [listed(browser) for browser in agent.credentials.browsers()],
        "turned_away": agent.credentials.turned_away.listed(),
    }
    return answer(found | await asyncio.to_thread(of_the_log, agent.log))


def of_the_log(log: Log) -> Json:
    """What the log knows of problems; blocks."""
    stats = {name: value for name, value in queries.stats(log).items() if value is not None}
    return {"not_understood": raw.not_understood(log), "stats": stats}


ROUTES = [web.get("/v1/doctor", doctor)]
