"""What the person chose, and the sets of sites to choose from."""

from __future__ import annotations

import asyncio
from functools import partial

from aiohttp import web

from ..keeping import checked, my_accounts, watch_terms
from ..keeping.choices import KEEPS
from ..keeping.of_page import patch_for, refuse_elsewhere
from ..keeping.site_sets import sets_for
from .bodies import answer, read_json
from .operations import AGENT, Access, operation
from .shapes import Flag, ListOf, Number, Record, Text, WebAddress

KEEP = Text(choices=KEEPS)
SITE = Record(
    {"site": Text(most=8_000), "keep": KEEP, "responses": Flag(), "messages": Flag()},
    required=("site", "keep"),
    closed=True,
)
CONVERSATION = Record(
    {"site": Text(most=8_000), "url": WebAddress()}, required=("site", "url"), closed=True
)
ACCOUNT = Record(
    {"handle": Text(), "platform": Text(), "name": Text(), "brand": Text(), "support": Flag()},
    required=("handle",),
    closed=True,
)
FIRST_RUN = Record({"seen": ListOf(Text(), checked.MOST_STEPS), "done": Flag()}, closed=True)
RAW = Record(
    {"days": Number(1, checked.MOST_DAYS), "megabytes": Number(1, checked.MOST_MEGABYTES)},
    required=("days", "megabytes"),
    closed=True,
)
# How the parts look; what each may say is known by `earmark.keeping.checked` alone.
CHOICES = Record(
    {
        "sites": ListOf(SITE, checked.MOST_SITES),
        "conversations": ListOf(CONVERSATION, checked.MOST_CONVERSATIONS),
        "elsewhere": KEEP,
        "accounts": ListOf(ACCOUNT, my_accounts.MOST),
        "terms": ListOf(Text(), watch_terms.MOST),
        "first_run": FIRST_RUN,
        "raw": RAW,
    },
    closed=True,
)
# What a person says of the page in front of them, in the popup of a paired browser.
OF_PAGE = Record(
    {"url": WebAddress(), "responses": Flag(), "messages": Flag(), "conversation": Flag()},
    required=("url",),
    closed=True,
)


@operation(
    "What the person chose: sites, what to keep of each, own accounts and watch terms.",
    access=Access.OWNER,
    answers={200: "`{sites, conversations, elsewhere, accounts, terms, first_run, raw}`."},
)
async def choices(request: web.Request) -> web.Response:
    return answer(request.app[AGENT].choices.document())


@operation(
    "Replace the parts of the choices that are given.",
    access=Access.OWNER,
    body=CHOICES,
    answers={
        200: "The choices after it.",
        400: "Something that cannot be chosen; nothing was changed.",
        409: "Pages about us are wanted, and neither an account nor a term says who we are.",
    },
)
async def change_choices(request: web.Request) -> web.Response:
    patch = await read_json(request, CHOICES)
    return answer(await asyncio.to_thread(request.app[AGENT].choices.change, patch))


@operation(
    "Switch on or off what is off by default for one site or one conversation: the popup asks.",
    body=OF_PAGE,
    answers={
        200: "`{choices}`, as the plan tells them.",
        409: "The organisation forbids it, or no messages stand at that address.",
    },
)
async def choose_for_page(request: web.Request) -> web.Response:
    agent = request.app[AGENT]
    wishes = await read_json(request, OF_PAGE)
    url = wishes.pop("url")
    refuse_elsewhere(url, wishes, agent.plugins.entries, agent.policy.effective())
    await asyncio.to_thread(agent.choices.change_by, partial(patch_for, url, wishes))
    return answer({"choices": agent.choices.for_plan()})


@operation(
    "Sets of sites to choose from, and how well each site is read.",
    access=Access.OWNER,
    answers={200: "`{sets: [{name, sites: [{site, label, read}]}]}`."},
)
async def site_sets(request: web.Request) -> web.Response:
    return answer({"sets": sets_for(request.app[AGENT].plugins.entries)})


ROUTES = [
    web.get("/v1/choices", choices),
    web.patch("/v1/choices", change_choices),
    web.post("/v1/page-choices", choose_for_page),
    web.get("/v1/site-sets", site_sets),
]
