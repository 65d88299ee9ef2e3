"""Signing in to the inbox: a link shows a button, and pressing it sets the session cookie."""

from __future__ import annotations

import asyncio
import re

from aiohttp import web

from .credentials import LinkSpent
from .guard import (
    give_session,
    inbox_origin,
    is_inbox,
    require_own_origin,
    session_of,
    to_the_inbox,
)
from .operations import AGENT, Access, operation
from .render import render

FORM = "application/x-www-form-urlencoded"
LONGEST_CLIENT = 200
# A plain path of ours: nothing in it can lead to another host.
PAGE = re.compile(r"(?:/[a-z0-9-]+)+(?:\?[a-z0-9=&-]*)?")


@operation("Show the button that signs in.", access=Access.OPEN, produces="text/html")
async def show(request: web.Request) -> web.StreamResponse:
    """Looking consumes nothing, so a preview or a prefetch does no harm."""
    agent = request.app[AGENT]
    if not is_inbox(request):
        return to_the_inbox(request, agent.port)
    if session_of(request):
        return web.Response(status=303, headers={"Location": page_after(request)})
    if not agent.credentials.link_is_good(request.match_info["secret"]):
        raise LinkSpent
    return render(request, "sign_in.html", action=request.rel_url.raw_path_qs)


@operation("Sign in.", access=Access.OPEN, consumes=FORM, produces="text/html")
async def consume(request: web.Request) -> web.StreamResponse:
    """The button: uses the link up and gives this browser a session."""
    agent = request.app[AGENT]
    require_own_origin(request)
    client = request.headers.get("User-Agent", "")[:LONGEST_CLIENT]
    secret = request.match_info["secret"]
    key = await asyncio.to_thread(agent.credentials.sign_in, secret, client)
    place = inbox_origin(agent.port) + page_after(request)
    response = web.Response(status=303, headers={"Location": place})
    give_session(request, response, key)
    return response


def page_after(request: web.Request) -> str:
    """The page of the inbox that the link leads to: what its `to` names, else the first."""
    page = request.query.get("to", "")
    return page if PAGE.fullmatch(page) else "/"


ROUTES = [web.get("/sign-in/{secret}", show), web.post("/sign-in/{secret}", consume)]
