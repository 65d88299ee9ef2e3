"""The agent about itself: who answers here, the capture plan, and what is wrong."""

from __future__ import annotations

import hashlib
import json

from aiohttp import web

from ..errors import EarmarkError
from ..model import Json
from .bodies import answer
from .guard import note_turned_away
from .operations import AGENT, Access, operation

API = 1
LONGEST_NONCE = 200
NOT_PAIRED = (
    "No browser is paired yet. Run `earmark pair` and type the code into the extension's options."
)
READY = "Ready: open a page with comments in a paired browser."


@operation(
    "Say that Earmark answers here, and what to do next.",
    access=Access.OPEN,
    query={
        "nonce": "Anything, at most 200 signs; with `browser` it asks for a proof.",
        "browser": "The id a browser paired under.",
    },
    answers={200: "`{product, api, ready, hint}`, and `proof` where it was asked for."},
)
async def status(request: web.Request) -> web.Response:
    agent = request.app[AGENT]
    hint = READY if agent.credentials.browsers() else NOT_PAIRED
    shown: Json = {"product": "earmark", "api": API, "ready": True, "hint": hint}
    nonce, browser = request.query.get("nonce", ""), request.query.get("browser", "")
    if len(nonce) > LONGEST_NONCE:
        raise EarmarkError("The nonce is too long.", "Send at most 200 signs.", code="malformed")
    proof = agent.credentials.proof(browser, nonce, agent.port) if nonce else None
    if nonce and browser and proof is None:
        note_turned_away(request, "unknown_browser")
    return answer(shown | ({"proof": proof} if proof else {}))


@operation(
    "The capture plan: what to look for on which page.",
    headers={"If-None-Match": "The ETag of the plan at hand."},
    answers={
        200: "`{plan, api, platforms, choices}`, platforms by precedence.",
        304: "The plan at hand is current.",
    },
)
async def plan(request: web.Request) -> web.Response:
    agent = request.app[AGENT]
    current = agent.plugins.plan() | {"choices": agent.choices.for_plan()}
    etag = _digest(current)
    known = request.if_none_match or ()
    if any(tag.value in (etag, "*") for tag in known):
        return web.Response(status=304, headers={"ETag": f'"{etag}"'})
    return answer(current, etag=etag)


def _digest(shown: Json) -> str:
    """A name for exactly this plan with these choices; its `plan` names the platforms alone."""
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:32]


ROUTES = [web.get("/v1/status", status), web.get("/v1/plan", plan)]
