"""The page of paired browsers and sign-ins."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from .credentials import CODE_SECONDS, Browser, Session
from .guard import CALLER
from .i18n import Words
from .operations import AGENT, Access, operation
from .pages_act import form_page
from .pages_data import count_problems
from .pages_shown import parse_moment
from .prepared_pairing import PREPARED_PAIRING
from .render import render, words_for


@operation("The paired browsers and sign-ins.", access=Access.OWNER, produces="text/html")
async def browsers(request: web.Request) -> web.Response:
    return await show_access(request)


@form_page("Show a pairing code.")
async def show_code(request: web.Request) -> web.Response:
    """The code stands only in this answer; asking again makes another and voids this one."""
    await request.app[PREPARED_PAIRING].end()
    return await show_access(request, new_pairing(request))


def new_pairing(request: web.Request) -> dict[str, Any]:
    """A new code, and until when it can be used."""
    agent = request.app[AGENT]
    ends = datetime.now(UTC) + timedelta(seconds=CODE_SECONDS)
    return {
        "code": agent.credentials.new_code(agent.port),
        "expires_in": CODE_SECONDS,
        "until": words_for(request).time(ends.astimezone()),
    }


@form_page("Revoke a browser's token or a session.")
async def revoke(request: web.Request) -> web.Response:
    form = await request.post()
    credentials = request.app[AGENT].credentials
    take_away = credentials.unpair if form.get("kind") == "browser" else credentials.sign_out
    await asyncio.to_thread(take_away, str(form.get("id", "")))
    return web.Response(status=303, headers={"Location": "/browsers"})


async def show_access(request: web.Request, pairing: dict[str, Any] | None = None) -> web.Response:
    agent, words = request.app[AGENT], words_for(request)
    return render(
        request,
        "browsers.html",
        section="browsers",
        problem_count=await count_problems(agent),
        pairing=pairing,
        browsers=[_browser(words, each) for each in agent.credentials.browsers()],
        sessions=[_session(words, each, request) for each in agent.credentials.sessions()],
    )


def _browser(words: Words, browser: Browser) -> dict[str, str]:
    return {
        "id": browser.id,
        "name": browser.name,
        "origin": browser.origin,
        "since": words.exactly(parse_moment(browser.paired_at)),
        "used": words.ago(parse_moment(browser.last_seen)),
    }


def _session(words: Words, session: Session, request: web.Request) -> dict[str, Any]:
    caller = request[CALLER]
    own = caller.session if caller else None
    return {
        "id": session.id,
        "client": session.client,
        "this": own is not None and own.id == session.id,
        "since": words.exactly(parse_moment(session.created_at)),
        "used": words.ago(parse_moment(session.last_seen)),
    }


ROUTES = [
    web.get("/browsers", browsers),
    web.post("/browsers/pair", show_code),
    web.post("/browsers/revoke", revoke),
]
