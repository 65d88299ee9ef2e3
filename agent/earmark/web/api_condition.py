"""What a paired browser's extension says of itself, so that `earmark doctor` can judge it."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from ..called import earmark_command
from ..errors import EarmarkError
from .bodies import answer, read_json
from .guard import CALLER, Refused
from .operations import AGENT, operation
from .shapes import Anything, Flag, ListOf, Moment, Number, Record, Text

LARGEST = 64 * 1024  # characters of JSON: it is kept in the browser's row
COUNT = Number(0, 10**12)
SITES = ListOf(Text(most=2_000), most=1_000)
TROUBLE = Record({"code": Text(least=1, most=100), "detail": Text(clip=500)}, required=("code",))
CONDITION = Record(
    {
        "sent_at": Moment(),
        "extension": Text(least=1, most=50),
        "on_disk": Text(most=50),
        "temporary": Flag(),
        "browser": Record({"name": Text(clip=100), "version": Text(clip=50)}),
        "language": Text(clip=50),
        "sites": SITES,
        "not_granted": SITES,
        "policy": Anything(),
        "trouble": ListOf(TROUBLE, most=20),
        "waiting": COUNT,
        "dropped": COUNT,
    },
    required=("sent_at", "extension"),
)


@operation(
    "Tell how the extension of a paired browser is doing; for the extension itself.",
    body=CONDITION,
    answers={
        200: "`{extension, policy, start}`: the newest version of the extension, what is allowed, "
        "and the command that starts this agent.",
        403: "Somebody else than a paired browser asked.",
    },
)
async def condition(request: web.Request) -> web.Response:
    agent = request.app[AGENT]
    caller = request[CALLER]
    if caller is None or caller.browser is None:
        raise Refused("Only a paired browser can tell how it is doing.")
    told = await read_json(request, CONDITION)
    if len(json.dumps(told, ensure_ascii=False)) > LARGEST:
        raise EarmarkError(
            "That is more than a browser has to say of itself.",
            "Send at most 64 KiB.",
            code="too_large",
            status=413,
        )
    await asyncio.to_thread(agent.credentials.reported, caller.browser.id, told)
    policy = await asyncio.to_thread(agent.policy.effective)
    start = f"{earmark_command()} start"
    return answer({"extension": agent.version, "policy": policy.to_json(), "start": start})


ROUTES = [web.post("/v1/condition", condition)]
