"""Pairing, sign-in links, and the lists of who has access."""

from __future__ import annotations

import asyncio

from aiohttp import web

from ..errors import EarmarkError
from .bodies import answer, read_json
from .credentials import CODE_SECONDS, LINK_SECONDS, listed
from .guard import CALLER, EXTENSION_ORIGIN, Refused, inbox_origin
from .operations import AGENT, Access, operation
from .shapes import Record, Text

UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
PAIRING = Record(
    {
        "code": Text(least=1, most=100),
        "browser": Text(pattern=UUID, expected="a UUID"),
        "name": Text(clip=100),
    },
    required=("code", "browser"),
)


@operation(
    "Exchange a pairing code for the token of one browser.",
    access=Access.OPEN,
    body=PAIRING,
    answers={
        200: "`{token}`, bound to the Origin that paired.",
        403: "The wrong code; after five it is void.",
        409: "No code is outstanding.",
    },
)
async def pair(request: web.Request) -> web.Response:
    agent = request.app[AGENT]
    origin = request.headers.get("Origin", "")
    if origin and not EXTENSION_ORIGIN.fullmatch(origin):
        raise Refused("Only an extension or a program may pair.", code="wrong_origin")
    body = await read_json(request, PAIRING)
    token = await asyncio.to_thread(
        agent.credentials.pair, body["code"], body["browser"], origin, body.get("name", "")
    )
    return answer({"token": token})


@operation(
    "Make a pairing code; the one before is void.",
    access=Access.OWNER,
    answers={200: "`{code, expires_in}`, seconds."},
)
async def new_pairing_code(request: web.Request) -> web.Response:
    agent = request.app[AGENT]
    code = agent.credentials.new_code(agent.port)
    return answer({"code": code, "expires_in": CODE_SECONDS})


@operation(
    "Make an address that signs one browser in to the inbox, good once.",
    answers={200: "`{url, expires_in}`, seconds."},
)
async def new_sign_in_link(request: web.Request) -> web.Response:
    agent = request.app[AGENT]
    url = f"{inbox_origin(agent.port)}/sign-in/{agent.credentials.new_link()}"
    return answer({"url": url, "expires_in": LINK_SECONDS})


@operation(
    "List the paired browsers.",
    access=Access.OWNER,
    answers={200: "`{browsers: [{id, name, origin, paired_at, last_seen}]}`."},
)
async def browsers(request: web.Request) -> web.Response:
    return answer(
        {"browsers": [listed(each) for each in request.app[AGENT].credentials.browsers()]}
    )


@operation(
    "Revoke a browser's token.",
    access=Access.OWNER,
    answers={200: "`{revoked}`, its id.", 404: "There is no such browser."},
)
async def revoke_browser(request: web.Request) -> web.Response:
    browser = request.match_info["browser"]
    if not await asyncio.to_thread(request.app[AGENT].credentials.unpair, browser):
        raise _unknown("browser")
    return answer({"revoked": browser})


@operation(
    "List the signed-in inboxes.",
    access=Access.OWNER,
    answers={200: "`{sessions: [{id, client, created_at, last_seen, expires, current?}]}`."},
)
async def sessions(request: web.Request) -> web.Response:
    caller = request[CALLER]
    own = caller.session.id if caller and caller.session else ""
    every = request.app[AGENT].credentials.sessions()
    marked = [listed(each) | ({"current": True} if each.id == own else {}) for each in every]
    return answer({"sessions": marked})


@operation(
    "Sign an inbox out.",
    access=Access.OWNER,
    answers={200: "`{revoked}`, its id.", 404: "There is no such session."},
)
async def revoke_session(request: web.Request) -> web.Response:
    session = request.match_info["session"]
    if not await asyncio.to_thread(request.app[AGENT].credentials.sign_out, session):
        raise _unknown("session")
    return answer({"revoked": session})


def _unknown(what: str) -> EarmarkError:
    return EarmarkError(
        f"There is no such {what}.", "It may be revoked already.", code="not_found", status=404
    )


ROUTES = [
    web.post("/v1/pair", pair),
    web.post("/v1/pairing-codes", new_pairing_code),
    web.post("/v1/sign-in-links", new_sign_in_link),
    web.get("/v1/browsers", browsers),
    web.delete("/v1/browsers/{browser}", revoke_browser),
    web.get("/v1/sessions", sessions),
    web.delete("/v1/sessions/{session}", revoke_session),
]
