"""The page of plugins: what is installed, and a switch for each."""

from __future__ import annotations

import asyncio

from aiohttp import web

from ..errors import EarmarkError
from ..model import Json
from ..plugin_desk import described
from .operations import AGENT, Access, operation
from .pages_act import form_page
from .pages_data import count_problems
from .render import render


@operation("The installed plugins.", access=Access.OWNER, produces="text/html")
async def plugins(request: web.Request) -> web.Response:
    return await show(request)


@form_page("Enable a plugin, or switch it off.")
async def switch(request: web.Request) -> web.Response:
    form = await request.post()
    name, on = str(form.get("name", "")), form.get("enabled") == "yes"
    try:
        await asyncio.to_thread(request.app[AGENT].desk.switch, name, on)
    except EarmarkError as error:
        return await show(request, refused=f"{error.message} {error.hint}", status=error.status)
    return web.Response(status=303, headers={"Location": "/plugins"})


async def show(request: web.Request, refused: str = "", status: int = 200) -> web.Response:
    agent = request.app[AGENT]
    rows = described(agent.plugins)
    return render(
        request,
        "plugins.html",
        status=status,
        section="plugins",
        problem_count=await count_problems(agent),
        refused=refused,
        new=[row for row in rows if row["state"] == "new"],
        plugins=[row | {"cases": _cases(row)} for row in rows if row["state"] != "new"],
    )


def _cases(row: Json) -> int:
    return sum(platform["cases"] for platform in row["platforms"])


ROUTES = [web.get("/plugins", plugins), web.post("/plugins", switch)]
