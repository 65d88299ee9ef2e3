"""Starting by itself at login, for the inbox and for programs."""

from __future__ import annotations

import asyncio
from dataclasses import asdict

from aiohttp import web

from .. import service
from ..model import Json
from ..service import ServiceStatus
from ..settings import Home
from .bodies import answer
from .operations import AGENT, Access, operation

STATUS = (
    "`{kind, installed, enabled, active, waiting, problem?, instead?}`: `kind` is systemd, launchd "
    "or empty; `instead` says what to do where there is neither."
)


@operation("Whether the agent starts by itself.", access=Access.OWNER, answers={200: STATUS})
async def read_service(request: web.Request) -> web.Response:
    home = request.app[AGENT].home
    return answer(_shown(home, await asyncio.to_thread(service.status, home)))


@operation(
    "Have the agent start by itself at every login; twice is harmless.",
    access=Access.OWNER,
    answers={200: STATUS},
)
async def install_service(request: web.Request) -> web.Response:
    home = request.app[AGENT].home
    return answer(_shown(home, await asyncio.to_thread(service.install, home)))


@operation(
    "Start it by itself no more. An agent that the service started goes on until logging out.",
    access=Access.OWNER,
    answers={200: STATUS},
)
async def remove_service(request: web.Request) -> web.Response:
    home = request.app[AGENT].home
    return answer(_shown(home, await asyncio.to_thread(service.remove, home)))


def _shown(home: Home, status: ServiceStatus) -> Json:
    shown = {name: value for name, value in asdict(status).items() if value != ""}
    instead = {} if status.kind else {"instead": service.autostart(home)}
    return {"kind": status.kind} | shown | instead


ROUTES = [
    web.get("/v1/service", read_service),
    web.post("/v1/service", install_service),
    web.delete("/v1/service", remove_service),
]
