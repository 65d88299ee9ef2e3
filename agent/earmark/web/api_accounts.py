"""The person's own accounts over HTTP, and those that are seen and may be theirs."""

from __future__ import annotations

import asyncio

from aiohttp import web

from ..keeping import my_accounts
from ..listening import suggested
from ..model import Json
from .api_choices import ACCOUNT
from .bodies import answer, read_json
from .operations import AGENT, Access, operation

AN_ACCOUNT = "`{id, handle, platform?, name?, brand?, support?}`"


@operation(
    "The person's own accounts.",
    access=Access.OWNER,
    answers={200: f"`{{accounts: [{AN_ACCOUNT[1:-1]}]}}`."},
)
async def accounts(request: web.Request) -> web.Response:
    return answer({"accounts": request.app[AGENT].choices.accounts()})


@operation(
    "Enter an account of one's own; one that is known gets what is given.",
    access=Access.OWNER,
    body=ACCOUNT,
    answers={201: f"{AN_ACCOUNT}.", 400: "It cannot be; nothing was changed."},
)
async def add(request: web.Request) -> web.Response:
    given = my_accounts.account_of(await read_json(request, ACCOUNT))
    return answer(await entered(request, given), status=201)


async def entered(request: web.Request, account: Json) -> Json:
    """Enter an account; how it is kept."""
    change = request.app[AGENT].choices.change_accounts
    kept = await asyncio.to_thread(change, lambda known: my_accounts.added(known, account))
    key = my_accounts.key_of(account)
    return next(each for each in kept if my_accounts.key_of(each) == key)


@operation(
    "An account is no longer one's own.",
    access=Access.OWNER,
    answers={
        200: f"{AN_ACCOUNT}, as it was.",
        404: "No such account.",
        409: "It is the last name by which pages about us are known.",
    },
)
async def forget(request: web.Request) -> web.Response:
    return answer(await forgotten(request, int(request.match_info["account"])))


async def forgotten(request: web.Request, id: int) -> Json:
    """Delete an account; how it was."""
    choices = request.app[AGENT].choices
    account = next((each for each in choices.accounts() if each["id"] == id), {})
    await asyncio.to_thread(choices.change_accounts, lambda known: my_accounts.without(known, id))
    return account


@operation(
    "Accounts that are seen and called like a term of one's own.",
    access=Access.OWNER,
    answers={200: "`{accounts: [{platform, handle, brand, items}]}`, the most frequent first."},
)
async def suggestions(request: web.Request) -> web.Response:
    agent = request.app[AGENT]
    known = (agent.choices.terms(), agent.choices.accounts())
    found = await asyncio.to_thread(suggested.accounts, agent.log, *known)
    return answer({"accounts": found})


ROUTES = [
    web.get("/v1/accounts", accounts),
    web.post("/v1/accounts", add),
    web.get("/v1/accounts/suggestions", suggestions),
    web.delete(r"/v1/accounts/{account:\d{1,15}}", forget),
]
