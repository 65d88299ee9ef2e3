"""Makes a case of the page that the person has before them, with nobody in it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from ..errors import EarmarkError
from ..kit.heard_page import put_together
from ..kit.record_task import RECORD_SECONDS, record_here
from ..model import Json
from ..store.unread import heard_of_page
from .bodies import MAX_BODY, answer, read_json
from .operations import AGENT, operation
from .shapes import Moment, Record, Text, WebAddress

if TYPE_CHECKING:
    from ..agent import Agent

CASE = Record(
    {
        "url": WebAddress(),
        "html": Text(least=1, most=MAX_BODY),
        "captured_at": Moment(),
        "platform": Text(most=64),
        "name": Text(most=100),
    },
    required=("url", "html", "captured_at"),
)


@operation(
    "Make a case of a page: its structure, with everybody on it made up.",
    body=CASE,
    answers={
        200: "`{folder, platform, items, replaced, different}`: where it lies, how many items it "
        "gives, what was replaced (counted), and how it is read differently from the page itself.",
        404: "No plugin in use reads the platform that was named.",
        422: "Something personal could not be replaced; nothing was written.",
    },
)
async def make_case(request: web.Request) -> web.Response:
    body = await read_json(request, CASE)
    platform, name = body.get("platform", ""), body.get("name", "")
    seen = {"url": body["url"], "captured_at": body["captured_at"]}
    return answer(await recorded(request.app[AGENT], seen, body["html"], platform, name))


async def case_of_heard_page(agent: Agent, url: str, platform: str) -> Json:
    """A case of a page as it was last heard; the answer of `POST /v1/cases`.

    Raises EarmarkError where nothing of it is kept raw any more.
    """
    heard = await asyncio.to_thread(heard_of_page, agent.log, url, platform)
    if heard is None:
        raise EarmarkError(
            "Nothing of that page is kept raw any more.",
            "Open it again, and make a case of it in the popup.",
            code="not_kept",
            status=404,
        )
    page, fragments = heard
    seen = {"url": url, "captured_at": page["captured_at"]}
    return await recorded(agent, seen, put_together(page, fragments), platform, "")


async def recorded(agent: Agent, seen: Json, html: str, platform: str, name: str) -> Json:
    """Write a case of a page in a worker process; what was made of it."""
    entries = [e for e in agent.plugins.entries if platform in ("", e["name"])]
    if not entries:
        raise EarmarkError(
            f"No plugin in use reads the platform “{platform}”.",
            "Look at `earmark plugin list`.",
            code="no_such_platform",
            status=404,
        )
    folder = str(agent.home.cases_folder)
    work = (record_here, seen, html, folder, entries, name, platform)
    return await agent.workers.call(*work, timeout=RECORD_SECONDS)  # type: ignore[no-any-return]


ROUTES = [web.post("/v1/cases", make_case)]
