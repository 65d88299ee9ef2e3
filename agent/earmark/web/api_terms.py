"""Whom and what to listen for: watch terms over HTTP, what they would do and are worth."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from aiohttp import web

from ..keeping import watch_terms
from ..keeping.term_lines import MOST_CHARACTERS, terms_in
from ..listening import suggested
from ..listening.noise import Use, may_be_retired, uses
from ..listening.preview import preview
from ..model import Json
from ..store.changes import now
from .bodies import answer, read_json
from .operations import AGENT, Access, operation
from .shapes import Flag, ListOf, Number, Record, Shape, Text

HANDLE = Record({"handle": Text(), "platform": Text()}, required=("handle",), closed=True)
NAMES = ListOf(Text(), watch_terms.MOST_NAMES)
FIELDS: dict[str, Shape] = {
    "name": Text(),
    "kind": Text(),
    "ours": Flag(),
    "can_act": Flag(),
    "common": Flag(),
    "retired": Flag(),
    "aliases": NAMES,
    "handles": ListOf(HANDLE, watch_terms.MOST_NAMES),
    "hashtags": NAMES,
    "exclusions": NAMES,
    "purpose": Text(),
    "owner": Text(),
}
# How a term looks; what it may say is known by `earmark.keeping.watch_terms` alone.
TERM = Record(FIELDS, required=("name",), closed=True)
PATCH = Record(FIELDS, closed=True)
TRIED = Record({"id": Number(1, 2**53), "term": PATCH}, required=("term",), closed=True)
LINES = Record({"text": Text(most=4 * MOST_CHARACTERS), "kind": Text()}, ("text",), closed=True)
A_TERM = "`{id, name, kind, ours, can_act, aliases?, handles?, hashtags?, exclusions?, …}`"
CANNOT_BE = "It cannot be; nothing was changed."
LAST_NAME = "It is the last name by which pages about us are known."
NO_TERM = "No such term."


@operation(
    "All watch terms, each with what people made of its items.",
    access=Access.OWNER,
    answers={
        200: f"`{{terms: [{A_TERM[1:-1]}]}}`; `use: {{items, decided, noise, acted, noise_rate?, "
        "may_be_retired}` tells of the items of each."
    },
)
async def terms(request: web.Request) -> web.Response:
    return answer({"terms": await asyncio.to_thread(_with_use, request)})


def _with_use(request: web.Request) -> list[Json]:
    agent = request.app[AGENT]
    found, today = agent.choices.terms(), datetime.now(UTC)
    used = uses(agent.log, found, today)
    return [term | {"use": told(term, used[term["id"]], today)} for term in found]


def told(term: Json, use: Use, today: datetime) -> Json:
    """What people made of a term's items."""
    counts: Json = {"items": use.items, "decided": use.decided, "noise": use.noise}
    counts |= {"acted": use.acted, "may_be_retired": may_be_retired(term, use, today)}
    rate = use.noise_rate
    return counts | ({} if rate is None else {"noise_rate": round(rate, 4)})


@operation(
    "Watch one more term.",
    access=Access.OWNER,
    body=TERM,
    answers={201: f"{A_TERM}.", 400: CANNOT_BE},
)
async def add(request: web.Request) -> web.Response:
    new = watch_terms.term_of(await read_json(request, TERM))
    return answer((await added(request, [new]))[0], status=201)


async def added(request: web.Request, new: list[Json]) -> list[Json]:
    """Add terms; how they are kept."""
    change, at = request.app[AGENT].choices.change_terms, now()
    kept = await asyncio.to_thread(change, lambda known: watch_terms.added(known, new, at))
    return kept[len(kept) - len(new) :]


@operation("One watch term.", access=Access.OWNER, answers={200: f"{A_TERM}.", 404: NO_TERM})
async def one(request: web.Request) -> web.Response:
    return answer(find_term(request, _id(request)))


@operation(
    "Change what is given of a watch term; what is empty is taken away.",
    access=Access.OWNER,
    body=PATCH,
    answers={200: f"{A_TERM}.", 400: CANNOT_BE, 404: NO_TERM, 409: LAST_NAME},
)
async def change(request: web.Request) -> web.Response:
    patch = watch_terms.patch_of(await read_json(request, PATCH))
    return answer(await changed(request, _id(request), patch))


async def changed(request: web.Request, id: int, patch: Json) -> Json:
    """Change a term; how it is kept."""
    change = request.app[AGENT].choices.change_terms
    await asyncio.to_thread(change, lambda known: watch_terms.changed(known, id, patch))
    return find_term(request, id)


@operation(
    "Watch a term no longer. Tags stay until terms are applied to old items.",
    access=Access.OWNER,
    answers={200: f"{A_TERM}, as it was.", 404: NO_TERM, 409: LAST_NAME},
)
async def forget(request: web.Request) -> web.Response:
    return answer(await forgotten(request, _id(request)))


async def forgotten(request: web.Request, id: int) -> Json:
    """Delete a term; how it was."""
    term = find_term(request, id)
    change = request.app[AGENT].choices.change_terms
    await asyncio.to_thread(change, lambda known: watch_terms.without(known, id))
    return term


@operation(
    "What a new or changed term would catch in the archive and what it would lose.",
    access=Access.OWNER,
    body=TRIED,
    answers={
        200: "`{newly, lost, kept, looked_at, candidates, is_all}`; newly and lost are `{count, "
        "samples: [{platform, id, text, because, start, end}]}`.",
        400: "It cannot be a term.",
        404: NO_TERM,
    },
)
async def try_term(request: web.Request) -> web.Response:
    given = await read_json(request, TRIED)
    before = find_term(request, given["id"]) if "id" in given else None
    return answer(await tried(request, given["term"], before))


async def tried(request: web.Request, given: Json, before: Json | None) -> Json:
    """What a term as it is given would do; `before` is the one that it changes."""
    patch = watch_terms.patch_of(given)
    changed = before and watch_terms.without_nothing(before | patch)
    term = changed or watch_terms.term_of(given)
    return await asyncio.to_thread(preview, request.app[AGENT].log, term, before)


@operation(
    "Watch many terms, given as a table or one on each line.",
    access=Access.OWNER,
    body=LINES,
    answers={200: "`{added, known}`: how many are new, and how many were there.", 400: CANNOT_BE},
)
async def add_lines(request: web.Request) -> web.Response:
    given = await read_json(request, LINES)
    return answer(await taken_in(request, given["text"], given.get("kind", "brand")))


async def taken_in(request: web.Request, text: str, kind: str) -> Json:
    """Add the terms of a text that are not there: `{added, known}`."""
    found = await asyncio.to_thread(terms_in, text, kind)
    new = watch_terms.unknown(request.app[AGENT].choices.terms(), found)
    await added(request, new)
    return {"added": len(new), "known": len(found) - len(new)}


@operation(
    "Aliases that people keep writing, and terms that nobody acts on.",
    access=Access.OWNER,
    answers={
        200: "`{aliases: [{term, name, alias, items, authors, is_found}]}`; is_found: whether it "
        "is taken for a misspelling already."
    },
)
async def suggestions(request: web.Request) -> web.Response:
    agent = request.app[AGENT]
    found = await asyncio.to_thread(suggested.aliases, agent.log, agent.choices.terms())
    return answer({"aliases": found})


def find_term(request: web.Request, id: int) -> Json:
    """The term of that id; raises NoSuchTerm."""
    found = (term for term in request.app[AGENT].choices.terms() if term["id"] == id)
    if (term := next(found, None)) is None:
        raise watch_terms.NoSuchTerm
    return term


def _id(request: web.Request) -> int:
    return int(request.match_info["term"])


ONE = r"/v1/terms/{term:\d{1,15}}"
ROUTES = [
    web.get("/v1/terms", terms),
    web.post("/v1/terms", add),
    web.get(ONE, one),
    web.patch(ONE, change),
    web.delete(ONE, forget),
    web.post("/v1/terms/preview", try_term),
    web.post("/v1/terms/import", add_lines),
    web.get("/v1/terms/suggestions", suggestions),
]
