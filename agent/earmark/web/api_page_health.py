"""How well a page is heard: what a browser finds on it, what it gave, and whether that is right."""

from __future__ import annotations

import asyncio

from aiohttp import web

from ..errors import EarmarkError
from .api_captures import PAGE
from .bodies import answer, read_json
from .operations import AGENT, operation
from .shapes import Flag, Number, Record, Text

REPORT = Record(
    {"page": PAGE, "elements": Number(0, 10**6), "empty": Flag()},
    required=("page", "elements", "empty"),
)
VERIFICATION = Record(
    {"url": Text(least=1, most=8_000), "platform": Text(least=1, most=100), "right": Flag()},
    required=("url", "platform", "right"),
)
HEALTH = (
    "`{platform, label, level, verdict, heard, updated, not_understood, captured, expected?, "
    "lost?, differs?, agrees?, last_good?, still_works?, verified_at?, ask, samples}`: what the "
    "page gave in its newest visit, in what a second reader differs, how many of its comments are "
    "in the log, and how many it says it has."
)


@operation(
    "Tell how many elements a page that has settled holds; for the extension itself.",
    body=REPORT,
    answers={200: HEALTH},
)
async def page_report(request: web.Request) -> web.Response:
    told = await read_json(request, REPORT)
    report = (told["page"], told["elements"], told["empty"])
    return answer(await asyncio.to_thread(request.app[AGENT].health.report, *report))


@operation(
    "How well a page is heard.",
    query={"url": "The address of the page."},
    answers={200: HEALTH, 400: "No address."},
)
async def page_health(request: web.Request) -> web.Response:
    url = request.query.get("url", "")
    if not url:
        raise EarmarkError("Which page?", "Give its address: ?url=https://…", code="no_url")
    return answer(await asyncio.to_thread(request.app[AGENT].health.of_page, url))


@operation(
    "Say whether what was heard on a site is right.",
    body=VERIFICATION,
    answers={200: "`{platform, host, right, at}`."},
)
async def verify(request: web.Request) -> web.Response:
    told = await read_json(request, VERIFICATION)
    about = (told["url"], told["platform"], told["right"])
    return answer(await asyncio.to_thread(request.app[AGENT].health.verify, *about))


ROUTES = [
    web.post("/v1/page-reports", page_report),
    web.get("/v1/page-health", page_health),
    web.post("/v1/verifications", verify),
]
