"""What an item asks with options, and what its replies answer: read, corrected, exported."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aiohttp import web

from ..asking import kept
from ..asking.asked import Asked, look, printed
from ..asking.coding import Code
from ..asking.offer import LONGEST, MOST
from ..asking.replies import ids_of
from ..asking.table import counts_table, replies_table
from ..errors import EarmarkError
from ..model import Json
from .api_items import ITEM, NO_ITEM, find
from .bodies import answer, read_json
from .operations import AGENT, Access, operation
from .shapes import Flag, ListOf, Number, Record, Text

BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheets take UTF-8 for something else
ID = Number(1, 2**31)
LABEL = Text(least=1, most=4 * LONGEST)
OPTION = Record(
    {"label": LABEL, "aliases": ListOf(LABEL, kept.MOST_ALIASES), "id": ID},
    required=("label",),
    closed=True,
)
OPTIONS = Record({"options": ListOf(OPTION, MOST), "dropped": Flag()}, closed=True)
LEARN = Record({"words": LABEL, "option": ID}, required=("words",), closed=True)
CODE = Record(
    {"options": ListOf(ID, MOST), "other": Flag(), "none": Flag(), "learn": LEARN}, closed=True
)
THE_ASK = (
    "`{asks, source, because, options: [{id, label, role?, aliases?, people, share, replies}], "
    "other, none, silent, people, answered, is_all, replies: [{platform, id, options, other?, "
    "none?, by, because?}]}`; `{asks: false, dropped?}` where nothing is asked with options."
)
NOT_ASKED = {409: "It asks nothing with options."}
TABLES = {"replies": replies_table, "counts": counts_table}


@operation(
    "What an item asks with options, and how many people answered what.",
    answers={200: THE_ASK, **NO_ITEM},
)
async def ask(request: web.Request) -> web.Response:
    return answer(printed(await looked(request)))


@operation(
    "Give the options by hand, or say that nothing is asked; all replies are coded again.",
    access=Access.OWNER,
    body=OPTIONS,
    answers={200: THE_ASK, 400: "It cannot be; nothing was changed.", **NO_ITEM},
)
async def change_options(request: web.Request) -> web.Response:
    given = await read_json(request, OPTIONS)
    return answer(printed(await offered(request, given)))


async def offered(request: web.Request, given: Json) -> Asked:
    """Have the options that a person gives: `{options?, dropped?}`."""

    def edit(before: Json, item: Json) -> Json:
        if given.get("dropped"):
            return kept.dropped(before)
        return kept.with_options(before, item, given.get("options", []))

    return await changed(request, edit)


@operation(
    "Forget all that was said of an ask: its options are found anew, its replies coded anew.",
    access=Access.OWNER,
    answers={200: THE_ASK, **NO_ITEM},
)
async def forget(request: web.Request) -> web.Response:
    return answer(printed(await changed(request, lambda *_: {})))


@operation(
    "Code a reply by hand, which then stands; `learn` takes words for an option from it, or for a "
    "new one, and all replies are coded with them.",
    access=Access.OWNER,
    body=CODE,
    answers={200: THE_ASK, 400: "It cannot be; nothing was changed.", **NOT_ASKED, **NO_ITEM},
)
async def change_code(request: web.Request) -> web.Response:
    given = await read_json(request, CODE)
    reply = await reply_of(request, request.match_info["reply"])
    return answer(printed(await coded(request, reply, given)))


async def coded(request: web.Request, reply: Json, given: Json) -> Asked:
    """Have a reply's code as the person gives it: `{options?, other?, none?, learn?}`."""
    learn = given.get("learn")

    def edit(before: Json, item: Json) -> Json:
        options = set(given.get("options", ()))
        after = kept.without_code(before, ids_of(reply))
        if learn:
            after, option = kept.learned(after, item, learn["words"], learn.get("option"))
            options.add(option)
        told = Code(frozenset(options), given.get("other", False), given.get("none", False))
        return kept.with_code(after, item, reply["id"], told)

    return await changed(request, edit)


@operation(
    "Take back what a person said of a reply: it is coded by its words again.",
    access=Access.OWNER,
    answers={200: THE_ASK, **NO_ITEM},
)
async def forget_code(request: web.Request) -> web.Response:
    reply = await reply_of(request, request.match_info["reply"])
    return answer(printed(await uncoded(request, reply)))


async def uncoded(request: web.Request, reply: Json) -> Asked:
    """Have a reply coded by its words again."""
    return await changed(request, lambda before, _: kept.without_code(before, ids_of(reply)))


@operation(
    "An ask as a table, CSV in UTF-8 with a byte order mark.",
    query={"of": "`replies` (usual): a row for each; or `counts`: a row for each answer."},
    answers={200: "The table; 400 for another.", **NOT_ASKED, **NO_ITEM},
    produces="text/csv",
)
async def table(request: web.Request) -> web.Response:
    of = request.query.get("of", "replies")
    if of not in TABLES:
        raise EarmarkError("of must be replies or counts.", code="malformed")
    asked = await looked(request)
    if asked.offer is None:
        raise kept.NotAsked
    name = {"Content-Disposition": f'attachment; filename="{of}.csv"'}
    text = BYTE_ORDER_MARK + TABLES[of](asked)
    return web.Response(text=text, content_type="text/csv", charset="utf-8", headers=name)


async def looked(request: web.Request) -> Asked:
    """The ask in the address."""
    item = await find(request)
    return await asyncio.to_thread(look, request.app[AGENT].log, item)


async def changed(request: web.Request, edit: Callable[[Json, Json], Json]) -> Asked:
    """Change what is said of the ask in the address; how it stands then."""
    log, item = request.app[AGENT].log, await find(request)
    await asyncio.to_thread(kept.change, log, item, lambda before: edit(before, item))
    return await asyncio.to_thread(look, log, item)


async def reply_of(request: web.Request, id: str) -> Json:
    """A reply to the ask in the address, by any id it has; raises NotAsked and EarmarkError."""
    asked = await looked(request)
    if asked.offer is None:
        raise kept.NotAsked
    found = (reply.item for reply in asked.replies if id in ids_of(reply.item))
    if (reply := next(found, None)) is None:
        raise EarmarkError("There is no such reply to it.", code="not_found", status=404)
    return reply


CODE_OF = f"{ITEM}/ask/codes/{{reply:[^/]+}}"
ROUTES = [
    web.get(f"{ITEM}/ask", ask),
    web.put(f"{ITEM}/ask", change_options),
    web.delete(f"{ITEM}/ask", forget),
    web.put(CODE_OF, change_code),
    web.delete(CODE_OF, forget_code),
    web.get(f"{ITEM}/ask.csv", table),
]
