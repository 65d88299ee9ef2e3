"""What is wrong, for programs; the inbox shows the same to people."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

from aiohttp import web

from ..health.finding import say
from ..model import Json
from ..store import queries, raw
from ..store.log import Log
from .bodies import answer
from .credentials import listed
from .health import found_by
from .operations import AGENT, Access, operation
from .render import words_for


@operation(
    "What is wrong and how to put it right; who is paired and was turned away; what was stored.",
    access=Access.OWNER,
    headers={"Accept-Language": "The language of messages and fixes: en, fa, tr or ro."},
    answers={
        200: "`{version, findings: [{code, check, problem, values, message, fix}], plugins, "
        "not_understood, browsers, turned_away, stats}`."
    },
)
async def doctor(request: web.Request) -> web.Response:
    agent, words = request.app[AGENT], words_for(request)
    plugins = [
        {name: text for name, text in asdict(problem).items() if text}
        for problem in agent.plugins.problems
    ]
    found = {
        "version": agent.version,
        "findings": [say(each, words).as_json() for each in await found_by(agent)],
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
