"""The page of what was not understood, or perhaps wrongly: a case of it is one click away."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from ..errors import EarmarkError
from ..health.field_names import FIELD_NAMES
from ..model import Json
from ..store.unread import disputed_pages, unread_pages
from .api_cases import case_of_heard_page
from .i18n import Words
from .operations import AGENT, Access, operation
from .pages_act import form_page
from .pages_data import count_problems
from .pages_inbox import platform_labels
from .pages_shown import parse_moment
from .render import render, words_for

SHOWN = 4000  # characters of a piece: enough to see what it is


@operation("What was not understood, page by page.", access=Access.OWNER, produces="text/html")
async def not_understood(request: web.Request) -> web.Response:
    return await show(request)


@form_page("Make a case of a page that was not understood.")
async def make_case(request: web.Request) -> web.Response:
    form = await request.post()
    url, platform = str(form.get("url", "")), str(form.get("platform", ""))
    try:
        return await show(request, made=await case_of_heard_page(request.app[AGENT], url, platform))
    except EarmarkError as error:
        return await show(request, status=error.status, refused=f"{error.message} {error.hint}")


async def show(request: web.Request, status: int = 200, **more: Any) -> web.Response:
    agent, words = request.app[AGENT], words_for(request)
    pages = await asyncio.to_thread(unread_pages, agent.log)
    disputed = await asyncio.to_thread(disputed_pages, agent.log)
    return render(
        request,
        "not_understood.html",
        status=status,
        section="problems",
        problem_count=await count_problems(agent),
        pages=[_shown(page, words) for page in pages],
        disputed=[_shown(page, words) for page in disputed],
        platform_label=platform_labels(agent),
        **more,
    )


def _shown(page: Json, words: Words) -> Json:
    ago = words.ago(parse_moment(page["last"]))
    names = [words(FIELD_NAMES[name]) for name in page.get("differs", ())]
    more = {"differs": words.listed(names)} if names else {}
    return page | more | {"ago": ago, "markup": [_piece(each) for each in page["fragments"]]}


def _piece(fragment: Json) -> str:
    """What came, as text; JSON with its lines."""
    text = fragment.get("markup") or json.dumps(fragment.get("json"), ensure_ascii=False, indent=1)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


ROUTES = [
    web.get("/not-understood", not_understood),
    web.post("/not-understood/case", make_case),
]
