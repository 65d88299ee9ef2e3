"""What people corrected, over HTTP: read, entered, changed and taken back."""

from __future__ import annotations

import asyncio

from aiohttp import web

from ..keeping.corrections import LONGEST_PHRASE, LONGEST_TAG
from ..model import Json
from .bodies import answer, read_json
from .operations import AGENT, Access, operation
from .shapes import Flag, Number, Record, Shape, Text

FIELDS: dict[str, Shape] = {
    "tag": Text(most=8 * LONGEST_TAG),
    "language": Text(most=3),
    "phrase": Text(most=8 * LONGEST_PHRASE),
    "strength": Number(-3, 3, fractions=True),
    "holds": Flag(),
}
# How a correction looks; what it may say is known by `earmark.keeping.corrections` alone.
CORRECTION = Record(
    {"kind": Text(choices=("word", "tag")), **FIELDS}, required=("kind",), closed=True
)
PATCH = Record(FIELDS, closed=True)
NOTHING = Record({}, closed=True)
A_CORRECTION = "`{id, kind, at, …}`"
CANNOT_BE = "It cannot be; nothing was changed."
NO_CORRECTION = "No such correction."


@operation(
    "What people corrected, in the order it came.",
    access=Access.OWNER,
    answers={
        200: "`{corrections: [{id, kind, at, …}]}`: `word` with `phrase`, `strength` and "
        "`language?`; `tag` with `tag`, `phrase`, `holds` and `language?`; `item` with `platform`, "
        "`item`, `text`, `language?`, `sentiment?` and `tags?: {name: true|false}`."
    },
)
async def corrections(request: web.Request) -> web.Response:
    return answer({"corrections": [shown(one) for one in request.app[AGENT].corrections.all()]})


@operation(
    "Correct what a word feels like, or whether it means a tag; the same phrase again replaces it.",
    access=Access.OWNER,
    body=CORRECTION,
    answers={201: f"{A_CORRECTION}.", 400: CANNOT_BE},
)
async def add(request: web.Request) -> web.Response:
    given = await read_json(request, CORRECTION)
    kept = await asyncio.to_thread(request.app[AGENT].corrections.add, given)
    return answer(shown(kept), status=201)


@operation(
    "Change what is given of a correction.",
    access=Access.OWNER,
    body=PATCH,
    answers={200: f"{A_CORRECTION}.", 400: CANNOT_BE, 404: NO_CORRECTION},
)
async def change(request: web.Request) -> web.Response:
    patch = await read_json(request, PATCH)
    kept = await asyncio.to_thread(request.app[AGENT].corrections.change, _id(request), patch)
    return answer(shown(kept))


@operation(
    "Forget a correction. What it did to items stays until corrections are applied to old items.",
    access=Access.OWNER,
    answers={200: f"{A_CORRECTION}, as it was.", 404: NO_CORRECTION},
)
async def forget(request: web.Request) -> web.Response:
    gone = await asyncio.to_thread(request.app[AGENT].corrections.forget, _id(request))
    return answer(shown(gone))


@operation(
    "What applying corrections would do to the newest 50,000 items; nothing is written.",
    access=Access.OWNER,
    body=NOTHING,
    answers={
        200: "`{looked_at, items, would_change, samples: [{platform, id, text, gains?, loses?, "
        "language?, sentiment?}]}`; language and sentiment are `[was, is]`."
    },
)
async def test(request: web.Request) -> web.Response:
    await read_json(request, NOTHING)
    return answer(await request.app[AGENT].correcting.test())


def shown(correction: Json) -> Json:
    """A correction as it is printed."""
    return {name: each for name, each in correction.items() if name != "key"}


def _id(request: web.Request) -> int:
    return int(request.match_info["correction"])


ONE = r"/v1/corrections/{correction:\d{1,15}}"
ROUTES = [
    web.get("/v1/corrections", corrections),
    web.post("/v1/corrections", add),
    web.post("/v1/corrections/test", test),
    web.patch(ONE, change),
    web.delete(ONE, forget),
]
