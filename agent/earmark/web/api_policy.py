"""What an organisation allows, and who says so."""

from __future__ import annotations

import asyncio

from aiohttp import web

from ..model import Json
from ..policy import Policies
from .bodies import answer
from .operations import AGENT, Access, operation


@operation(
    "What an organisation allows on this computer, and who says so.",
    access=Access.OWNER,
    answers={
        200: "`{policy, set_by, problems}`: the strictest of all that is said; for each of its "
        "keys a list of `{kind: file|browser, name}`; what could not be understood, in words."
    },
)
async def policy(request: web.Request) -> web.Response:
    return answer(await asyncio.to_thread(told, request.app[AGENT].policy))


def told(policies: Policies) -> Json:
    """The answer; blocks."""
    return {
        "policy": policies.effective().to_json(),
        "set_by": policies.set_by(),
        "problems": policies.problems,
    }


ROUTES = [web.get("/v1/policy", policy)]
