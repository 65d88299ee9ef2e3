"""Setting Earmark up: the steps of the first run, which stay as its settings."""

from __future__ import annotations

import asyncio
import shlex
import subprocess
import sys

from aiohttp import web

from .. import service
from ..errors import EarmarkError
from ..service.command import StartCommand
from .operations import AGENT, Access, operation
from .pages_act import form_page
from .pages_setup_facts import facts_of
from .pages_setup_show import go_on, note_seen, show, show_step
from .pages_setup_steps import steps_of

SERVICE_ACTIONS = {"install": service.install, "remove": service.remove}


@operation("The steps of setting Earmark up.", access=Access.OWNER, produces="text/html")
async def setup(request: web.Request) -> web.Response:
    facts = await facts_of(request.app[AGENT])
    rules = facts.policy.to_json()
    return await show(request, "setup.html", facts, steps_of(facts), rules=rules)


@form_page("Leave the first run.")
async def leave(request: web.Request) -> web.Response:
    """For whoever knows their way: the rest is there as settings."""
    choices = request.app[AGENT].choices
    first_run = {**choices.document()["first_run"], "done": True}
    await asyncio.to_thread(choices.change, {"first_run": first_run})
    return web.Response(status=303, headers={"Location": "/setup"})


@operation("What Earmark hears, and what not.", access=Access.OWNER, produces="text/html")
async def hears(request: web.Request) -> web.Response:
    return await show_step(request, "hears")


@form_page("Go on from what Earmark hears.")
async def hears_read(request: web.Request) -> web.Response:
    await note_seen(request, "hears")
    return await go_on(request, "hears")


@operation("Keep Earmark running.", access=Access.OWNER, produces="text/html")
async def keep_running(request: web.Request) -> web.Response:
    return await show_service(request)


@form_page("Have Earmark start by itself, or no longer.")
async def change_service(request: web.Request) -> web.Response:
    """The same as `earmark service install` and `remove`; a refusal is told on the page."""
    act = SERVICE_ACTIONS.get(str((await request.post()).get("action", "")))
    if act is None:
        raise EarmarkError("This form is incomplete.", "Reload the page and try again.")
    try:
        await asyncio.to_thread(act, request.app[AGENT].home)
    except EarmarkError as error:
        return await show_service(request, error)
    return web.Response(status=303, headers={"Location": "/setup/service"})


async def show_service(request: web.Request, error: EarmarkError | None = None) -> web.Response:
    """The page of the service; `command` is what to start by hand where there is none."""
    status = error.status if error else 200
    command = StartCommand.of(request.app[AGENT].home, None).arguments
    typed = subprocess.list2cmdline(command) if sys.platform == "win32" else shlex.join(command)
    return await show_step(request, "service", status=status, error=error, command=typed)


ROUTES = [
    web.get("/setup", setup),
    web.post("/setup/leave", leave),
    web.get("/setup/hears", hears),
    web.post("/setup/hears", hears_read),
    web.get("/setup/service", keep_running),
    web.post("/setup/service", change_service),
]
