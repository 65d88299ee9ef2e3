"""The page that says what is wrong, what it means, and when an item was last stored."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from ..health.finding import Finding, say
from ..health.service import check_service
from .health import count_wrong, found_by
from .i18n import Words
from .operations import AGENT, Access, operation
from .pages_data import last_stored, pieces_not_understood
from .pages_inbox import platform_labels
from .pages_shown import parse_moment
from .render import render, words_for

IN_TABLES = ("plugin_left_out", "pieces_not_understood")
"""Shown with more than a sentence each."""


@operation("What is wrong, in words.", access=Access.OWNER, produces="text/html")
async def problems(request: web.Request) -> web.Response:
    agent, words = request.app[AGENT], words_for(request)
    lost = await asyncio.to_thread(pieces_not_understood, agent.log)
    last = await asyncio.to_thread(last_stored, agent.log)
    found = await found_by(agent)
    found += await asyncio.to_thread(lambda: list(check_service(agent.home)))
    told = [_told(each, words) for each in found if each.code not in IN_TABLES]
    return render(
        request,
        "problems.html",
        section="problems",
        problem_count=count_wrong(found),
        wrong=[each for each in told if each["fix"]],
        in_order=[each for each in told if not each["fix"]],
        plugins=agent.plugins.problems,
        lost=[{**each, "last": words.ago(parse_moment(each["last"]))} for each in lost],
        last_stored=_last(words, last),
        platform_label=platform_labels(agent),
    )


def _told(finding: Finding, words: Words) -> dict[str, Any]:
    said = say(finding, words)
    return {"code": said.code, "message": _pieces(said.message), "fix": _pieces(said.fix)}


def _pieces(text: str) -> list[tuple[bool, str]]:
    """A sentence in pieces, in order: whether each is a command to be typed, and its text."""
    split = [(bool(number % 2), piece) for number, piece in enumerate(text.split("`"))]
    return [(is_command, piece) for is_command, piece in split if piece]


def _last(words: Words, moment: str | None) -> dict[str, Any] | None:
    if moment is None:
        return None
    when = parse_moment(moment)
    return {"ago": words.ago(when), "exactly": words.exactly(when)}


ROUTES = [web.get("/problems", problems)]
