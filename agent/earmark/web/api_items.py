"""Items over HTTP: pages of the inbox, one item, its thread and its versions, and changes to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from aiohttp import web

from ..errors import EarmarkError
from ..keeping.learning import Patched, patch_and_learn
from ..model import STATES, Json
from ..store import queries
from ..store.edit import SCORES
from ..store.facets import count_facets
from ..store.filters import Filters
from ..store.log import Log
from .api_corrections import shown as shown_correction
from .bodies import answer, read_json
from .operations import AGENT, operation
from .shapes import Flag, ListOf, Record, Text

Query = Callable[[Log, str, str], list[Json]]
MOST_ITEMS = 200
USUAL_ITEMS = 50
MOST_KEYS = 200
FILTERS = {
    "platform": "Name of a platform. Like every list below, may be given again: one must apply.",
    "language": "BCP 47 tag; `und` for unknown.",
    "tag": "Name of a tag; given again, all must apply.",
    "state": f"One of {', '.join(STATES)}.",
    "author": "Id, handle or name.",
    "page": "URL of the page it was seen on, or its beginning.",
    "kind": "Kind of item.",
    "since": "First day or moment of publication, or so long ago (`7d`).",
    "until": "Last day or moment of publication, or so long ago.",
    "text": "A query in the language of the inbox's search; an error points at the spot.",
    "spam": "`hide` (usual, unless the query says `is:spam` or `is:any`), `only` or `any`.",
}
TAG = Text(least=1, most=400)
PATCH = Record(
    {
        "state": Text(choices=STATES),
        "note": Text(most=100_000),
        "spam": Flag(),
        "assignee": Text(most=400),
        "language": Text(most=3),
        "sentiment": Record(
            {"label": Text(choices=(*SCORES, ""))}, required=("label",), closed=True
        ),
        "add_tags": ListOf(TAG, most=100),
        "remove_tags": ListOf(TAG, most=100),
        "forget_tags": ListOf(TAG, most=100),
    },
    closed=True,
)
KEY = Record(
    {"platform": Text(least=1, most=200), "id": Text(least=1, most=4000)},
    required=("platform", "id"),
)
LOOKUP = Record({"keys": ListOf(KEY, most=MOST_KEYS)}, required=("keys",))
NO_ITEM = {404: "There is no such item."}


@operation(
    "A page of items, newest arrival first.",
    query=FILTERS
    | {
        "limit": f"At most {MOST_ITEMS}, usually {USUAL_ITEMS}.",
        "cursor": "`next` or `previous` of another page; opaque.",
    },
    answers={200: "`{items, next?, previous?}`."},
)
async def items(request: web.Request) -> web.Response:
    log, filters = request.app[AGENT].log, Filters.from_query(request.query)
    limit, cursor = limit_asked(request), request.query.get("cursor") or None
    page = await asyncio.to_thread(queries.page, log, filters, cursor, limit)
    ends = {"next": page.next, "previous": page.previous}
    return answer({"items": page.items} | {name: end for name, end in ends.items() if end})


def limit_asked(request: web.Request) -> int:
    """How many items the caller wants."""
    given = request.query.get("limit", str(USUAL_ITEMS))
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= MOST_ITEMS):
        raise EarmarkError(f"limit must be 1 to {MOST_ITEMS}.", code="malformed")
    return int(given)


@operation(
    "How many items there are of each platform, language, tag and state.",
    query=FILTERS,
    answers={200: "For each field `[{value, count}]`, the most frequent first."},
)
async def facets(request: web.Request) -> web.Response:
    log, filters = request.app[AGENT].log, Filters.from_query(request.query)
    counted = await asyncio.to_thread(count_facets, log, filters)
    return answer(
        {
            name: [{"value": value, "count": count} for value, count in values]
            for name, values in counted.items()
        }
    )


@operation(
    "One item, also by an id it had before.",
    answers={200: "The item; its revision is the ETag.", **NO_ITEM},
)
async def item(request: web.Request) -> web.Response:
    return shown(await find(request))


@operation(
    "Change what people say about an item.",
    body=PATCH,
    headers={"If-Match": "The revision the change is based on; without it, the last one wins."},
    answers={
        200: "The item as it is now; `learned` is the correction that every item with the same "
        "text follows from now on, `learnable` are corrections of words that could be added.",
        412: "It was changed meanwhile.",
        **NO_ITEM,
    },
)
async def change_item(request: web.Request) -> web.Response:
    patch = await read_json(request, PATCH)
    changed = told(await patched(request, patch, revision_asked(request)))
    log = request.app[AGENT].log
    return shown(await asyncio.to_thread(queries.with_answer, log, changed))


async def patched(request: web.Request, patch: Json, revision: int | None = None) -> Patched:
    """Change the item in the address as a person asked, and learn from it. In another language it
    is judged again at once."""
    agent, (platform, id) = request.app[AGENT], key_of(request)
    known = agent.corrections
    came = await asyncio.to_thread(patch_and_learn, known, platform, id, patch, revision)
    if "language" not in patch:
        return came
    return replace(came, item=await agent.correcting.judge_again(platform, id))


def told(patched: Patched) -> Json:
    """An item that was changed, with what came of it."""
    learned = {"learned": shown_correction(patched.learned)} if patched.learned else {}
    offered = {"learnable": patched.learnable} if patched.learnable else {}
    return patched.item | learned | offered


@operation(
    "The texts an item had before.",
    answers={200: "`{versions: [{text, seen_at, replaced_at}]}`, oldest first.", **NO_ITEM},
)
async def versions(request: web.Request) -> web.Response:
    return answer({"versions": await read(request, queries.versions)})


@operation(
    "The thread an item belongs to.",
    answers={200: "`{items}`, parents before replies.", **NO_ITEM},
)
async def thread(request: web.Request) -> web.Response:
    return answer({"items": await read(request, queries.thread)})


@operation(
    "Which of these are in the log.",
    body=LOOKUP,
    answers={200: "`{items}`: those that are."},
)
async def lookup(request: web.Request) -> web.Response:
    keys = [(key["platform"], key["id"]) for key in (await read_json(request, LOOKUP))["keys"]]
    return answer({"items": await asyncio.to_thread(queries.lookup, request.app[AGENT].log, keys)})


def key_of(request: web.Request) -> tuple[str, str]:
    """Platform and id in the address; the id may hold anything, a slash as well."""
    return request.match_info["platform"], request.match_info["id"]


async def find(request: web.Request) -> Json:
    """The item in the address; raises EarmarkError where there is none."""
    platform, id = key_of(request)
    found = await asyncio.to_thread(queries.get, request.app[AGENT].log, platform, id)
    if found is None:
        raise EarmarkError("There is no such item.", code="not_found", status=404)
    return found


async def read(request: web.Request, query: Query) -> list[Json]:
    """What `query` says of the item in the address."""
    found = await find(request)
    log = request.app[AGENT].log
    return await asyncio.to_thread(query, log, found["platform"], found["id"])


def revision_asked(request: web.Request) -> int | None:
    """The revision in If-Match, as the item's ETag or field gave it."""
    given = request.headers.get("If-Match", "*").strip().removeprefix("W/").strip('"')
    if given == "*":
        return None
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise EarmarkError(
            "If-Match must be a revision.", "Take it from the item.", code="malformed"
        )
    return int(given)


def shown(found: Json) -> web.Response:
    """The item, with its revision as ETag."""
    return answer(found, etag=str(found["revision"]))


ITEM = "/v1/items/{platform}/{id:[^/]+}"
ROUTES = [
    web.get("/v1/items", items),
    web.get("/v1/facets", facets),
    web.post("/v1/items/lookup", lookup),
    web.get(ITEM, item),
    web.patch(ITEM, change_item),
    web.get(f"{ITEM}/versions", versions),
    web.get(f"{ITEM}/thread", thread),
]
