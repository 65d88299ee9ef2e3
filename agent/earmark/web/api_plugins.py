"""The installed plugins, and whether each is used."""

from __future__ import annotations

import asyncio

from aiohttp import web

from ..plugin_desk import described
from .bodies import answer, read_json
from .operations import AGENT, Access, operation
from .shapes import Flag, Record

SWITCH = Record({"enabled": Flag()}, required=("enabled",), closed=True)


@operation(
    "The installed plugins, in order of precedence.",
    access=Access.OWNER,
    answers={
        200: "`{plugins: [{name, label, kind, version, distribution, state, problem, hint, "
        "platforms: [{name, label, level, built_from, cases}]}]}`; state: `on`, `off`, `new`, "
        "`left out`."
    },
)
async def plugins(request: web.Request) -> web.Response:
    return answer({"plugins": described(request.app[AGENT].plugins)})


@operation(
    "Enable a plugin, or switch it off.",
    access=Access.OWNER,
    body=SWITCH,
    answers={
        200: "The plugin after it; `problem` says why it cannot be used.",
        403: "The organisation does not allow it.",
        404: "No plugin of that name is installed.",
    },
)
async def switch_plugin(request: web.Request) -> web.Response:
    body = await read_json(request, SWITCH)
    desk, name = request.app[AGENT].desk, request.match_info["name"]
    return answer(await asyncio.to_thread(desk.switch, name, body["enabled"]))


ROUTES = [
    web.get("/v1/plugins", plugins),
    web.patch("/v1/plugins/{name}", switch_plugin),
]
