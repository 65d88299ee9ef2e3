"""What every page of the setup has in common: its steps, its place in them, and where it leads."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from ..model import Json
from .operations import AGENT
from .pages_data import count_problems
from .pages_setup_facts import Facts, facts_of
from .pages_setup_steps import Steps, steps_of
from .pages_setup_undo import take_left
from .render import render


async def show_step(
    request: web.Request, name: str, *, status: int = 200, **context: Any
) -> web.Response:
    """The page of one step; `facts` and `steps` are in its context."""
    facts = context.pop("facts", None) or await facts_of(request.app[AGENT])
    steps = steps_of(facts)
    more = {"step": steps[name], "number": steps.number(name), **context}
    return await show(request, f"setup_{name}.html", facts, steps, status=status, **more)


async def show(
    request: web.Request,
    template: str,
    facts: Facts,
    steps: Steps,
    *,
    status: int = 200,
    **context: Any,
) -> web.Response:
    """A page of the setup."""
    return render(
        request,
        template,
        status=status,
        section="setup",
        problem_count=await count_problems(request.app[AGENT]),
        facts=facts,
        steps=steps,
        settled=is_settled(facts, steps),
        flash=take_left(request),
        **context,
    )


def is_settled(facts: Facts, steps: Steps) -> bool:
    """Whether the first run is over, and the pages are settings."""
    return facts.passed or steps.next is None


async def note_seen(request: web.Request, step: str) -> None:
    """Remember that the person has been at a step that leaves no other trace."""
    choices = request.app[AGENT].choices
    first_run: Json = choices.document()["first_run"]
    if step not in first_run["seen"]:
        first_run = {**first_run, "seen": [*first_run["seen"], step]}
        await asyncio.to_thread(choices.change, {"first_run": first_run})


async def go_on(request: web.Request, name: str) -> web.Response:
    """Away from a step that was saved: to the next one, or back to it where this is a setting."""
    facts = await facts_of(request.app[AGENT])
    steps = steps_of(facts)
    follows = None if is_settled(facts, steps) else steps.after(name)
    return web.Response(status=303, headers={"Location": (follows or steps[name]).path})
