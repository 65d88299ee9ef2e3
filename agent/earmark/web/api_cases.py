"""Makes a case of the page that the person has before them, with nobody in it."""

from __future__ import annotations

from aiohttp import web

from ..errors import EarmarkError
from ..kit.record_task import RECORD_SECONDS, record_here
from .bodies import MAX_BODY, answer, read_json
from .operations import AGENT, operation
from .shapes import Moment, Record, Text, WebAddress

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
    agent = request.app[AGENT]
    body = await read_json(request, CASE)
    platform = body.get("platform", "")
    entries = [e for e in agent.plugins.entries if platform in ("", e["name"])]
    if not entries:
        raise EarmarkError(
            f"No plugin in use reads the platform “{platform}”.",
            "Look at `earmark plugin list`.",
            code="no_such_platform",
            status=404,
        )
    recorded = await agent.workers.call(
        record_here,
        {"url": body["url"], "captured_at": body["captured_at"]},
        body["html"],
        str(agent.home.cases_folder),
        entries,
        body.get("name", ""),
        platform,
        timeout=RECORD_SECONDS,
    )
    return answer(recorded)


ROUTES = [web.post("/v1/cases", make_case)]
