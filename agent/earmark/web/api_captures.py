"""Takes captured fragments in: the door that the extension knocks at all day."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from ..errors import EarmarkError
from ..model import FRAGMENT_KINDS, Json
from .bodies import answer, read_json
from .operations import AGENT, operation
from .shapes import Anything, Flag, ListOf, Malformed, Moment, Number, Record, Text, WebAddress

MOST_FRAGMENTS = 500
MOST_MARKUP = 2 * 1024 * 1024  # bytes
NAME = Text(least=1, most=200)
SHORT = Text(clip=500)
POSITION = Number(-1_000_000_000, 1_000_000_000, fractions=True)

PAGE = Record(
    {
        "url": WebAddress(),
        "top_url": WebAddress(),
        "visit": Text(most=200),
        "title": Text(clip=2000),
        "lang": Text(clip=100),
        "ui_languages": ListOf(Text(clip=100), most=100),
        "time_zone": Text(clip=100),
        "utc_offset": Number(-24 * 60, 24 * 60),
        "translated": Flag(),
        "by_hand": Flag(),
        "markers": ListOf(SHORT, most=100),
        "plan": SHORT,
        "captured_at": Moment(),
    },
    required=("url", "captured_at"),
)
FRAGMENT = Record(
    {
        "id": Text(least=1, most=100, pattern=r"[0-9A-Za-z-]+", expected="a UUID"),
        "ref": Text(most=200),
        "kind": Text(choices=FRAGMENT_KINDS),
        "selector": Text(clip=2000),
        "url": WebAddress(),
        "markup": Text(most=MOST_MARKUP),
        "json": Anything(),
        "ancestors": ListOf(Text(clip=20_000), most=12),
        "parent_ref": Text(most=200),
        "order": POSITION,
        "outline": POSITION,
        "seen": Flag(),
        "complete": Flag(),
        "captured_at": Moment(),
    },
    required=("id", "kind"),
)
BATCH = Record(
    {
        "batch": NAME,
        "sent_at": Moment(),
        "page": PAGE,
        "fragments": ListOf(FRAGMENT, most=MOST_FRAGMENTS),
    },
    required=("batch", "page", "fragments"),
)
# Fragments are looked at one by one: a bad one must not take its neighbours with it.
ENVELOPE = Record({**BATCH.fields, "fragments": Anything()}, BATCH.required)


@operation(
    "Hand over fragments of one page.",
    body=BATCH,
    answers={
        200: "`{results: [{fragment, status, items: [{platform, id, change}], error?}]}`; all but "
        "`refused` are acknowledged and may be forgotten by the sender.",
        400: "The batch as a whole is malformed; nothing was taken.",
        413: "More than 500 fragments, or more than 8 MiB.",
    },
)
async def captures(request: web.Request) -> web.Response:
    body = await read_json(request, ENVELOPE)
    outcomes = [check(fragment) for fragment in listed(body["fragments"])]
    refuse_repeats(outcomes)
    taken = [outcome for outcome in outcomes if "status" not in outcome]
    results: dict[str, Json] = {}
    if taken:
        told = await request.app[AGENT].intake.capture({**body, "fragments": taken})
        results = {result["fragment"]: result for result in told["results"]}
    merged = [one if "status" in one else results[one["id"]] for one in outcomes]
    return answer({"results": merged})


def listed(fragments: Any) -> list[Any]:
    """The fragments, when they are a list that is not too long."""
    if not isinstance(fragments, list):
        raise Malformed("fragments", "a list")
    if len(fragments) > MOST_FRAGMENTS:
        raise EarmarkError(
            f"These are {len(fragments)} fragments; a batch holds {MOST_FRAGMENTS}.",
            "Send them in several batches.",
            code="too_many_fragments",
            status=413,
        )
    return fragments


def check(fragment: Any) -> Json:
    """The fragment, tidied; or the result that refuses it, told by its `status`."""
    try:
        good = FRAGMENT.check(fragment, "fragment")
        wanted = "json" if good["kind"] == "response" else "markup"
        if wanted not in good:
            raise Malformed(f"fragment.{wanted}", "given")
    except Malformed as error:
        return refused(fragment.get("id") if isinstance(fragment, dict) else None, error.message)
    good.pop("status", None)
    return good


def refuse_repeats(outcomes: list[Json]) -> None:
    """The id is the key under which a fragment is kept, so one batch has it once."""
    known: set[str] = set()
    for index, outcome in enumerate(outcomes):
        if "status" not in outcome:
            if outcome["id"] in known:
                outcomes[index] = refused(outcome["id"], "fragment.id must be used once.")
            known.add(outcome["id"])


def refused(fragment: Any, error: str) -> Json:
    """What is answered for a fragment that will never be taken."""
    name = fragment if isinstance(fragment, str) else ""
    return {"fragment": name[:100], "status": "refused", "items": [], "error": error}


ROUTES = [web.post("/v1/captures", captures)]
