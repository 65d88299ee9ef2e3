"""The page that says what is wrong, what it means, and when an item was last stored."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from .i18n import Words
from .operations import AGENT, Access, operation
from .pages_data import last_stored, pieces_not_understood
from .pages_inbox import platform_labels
from .pages_shown import parse_moment
from .render import render, words_for


@operation("What is wrong, in words.", access=Access.OWNER, produces="text/html")
async def problems(request: web.Request) -> web.Response:
    agent, words = request.app[AGENT], words_for(request)
    lost = await asyncio.to_thread(pieces_not_understood, agent.log)
    last = await asyncio.to_thread(last_stored, agent.log)
    return render(
        request,
        "problems.html",
        section="problems",
        problem_count=len(agent.plugins.problems) + len(lost),
        plugins=agent.plugins.problems,
        lost=[{**each, "last": words.ago(parse_moment(each["last"]))} for each in lost],
        last_stored=_last(words, last),
        platform_label=platform_labels(agent),
    )


def _last(words: Words, moment: str | None) -> dict[str, Any] | None:
    if moment is None:
        return None
    when = parse_moment(moment)
    return {"ago": words.ago(when), "exactly": words.exactly(when)}


ROUTES = [web.get("/problems", problems)]
