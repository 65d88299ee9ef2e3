"""The rules: what each does, on or off, in order; applied to what is there; as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from ..errors import EarmarkError
from ..keeping import rules_edit
from ..keeping.rules_messages import told
from ..keeping.rules_text import LONGEST_NAME
from ..listening.rule_preview import preview
from ..model import Json
from ..runs import RULES
from ..store import ruled_items
from .operations import AGENT, Access, operation
from .pages_act import form_page
from .pages_applied import carried_out, is_part, last_run, part, taken_back
from .pages_data import count_problems
from .pages_rules_examples import examples
from .pages_rules_undo import left, replace, undo
from .render import render, with_query, words_for

if TYPE_CHECKING:
    from ..agent import Agent

FILE = "multipart/form-data"
STEPS = {"up": -1, "down": 1}


class NoText(EarmarkError):
    """An uploaded file is no text."""

    code = "no_text"


@operation("The rules.", access=Access.OWNER, produces="text/html")
async def rules(request: web.Request) -> web.Response:
    if is_part(request):
        return await part(request, RULES, "/rules")
    return await show(request)


async def show(request: web.Request, error: EarmarkError | None = None) -> web.Response:
    """The page, with what could not be done."""
    agent, words = request.app[AGENT], words_for(request)
    shown = await asyncio.to_thread(look, agent, request.query.get("saved", ""))
    return render(
        request,
        "rules.html",
        status=error.status if error else 200,
        section="rules",
        problem_count=await count_problems(agent),
        examples=examples(words),
        error=error and {"message": words.told(error.message), "hint": words.told(error.hint)},
        was=request.query.get("was", "")[:LONGEST_NAME],
        left=left(request) if "left" in request.query else None,
        run=await last_run(agent, RULES),
        **shown,
    )


def look(agent: Agent, saved: str) -> Json:
    """What the page shows of the log; blocking."""
    kept, marked = agent.rules.rules(), ruled_items.marked(agent.log)
    rows = [rule | {"items": marked.get(rule["name"], 0)} for rule in kept]
    found = next((rule for rule in kept if rule["name"] == saved), None)
    return {
        "rules": rows,
        "marked": marked,
        "seen": rules_edit.digest(agent.rules.text),
        "saved": found,
        "would": preview(agent.log, found, None) if found else None,
    }


@form_page("Switch a rule on or off.")
async def switch(request: web.Request) -> web.Response:
    form = await request.post()
    on = form.get("on") == "yes"

    def edit(text: str, kept: list[Json]) -> str:
        place = rules_edit.place_of(kept, str(form.get("rule", "")))
        rule = {key: value for key, value in kept[place].items() if key != "enabled"}
        changed = rule if on else rule | {"enabled": False}
        return rules_edit.with_changed(text, kept, place, changed)

    return await changed(request, edit)


@form_page("Move a rule up or down.")
async def move(request: web.Request) -> web.Response:
    form = await request.post()
    by = STEPS.get(str(form.get("to", "")), 0)

    def edit(text: str, kept: list[Json]) -> str:
        place = rules_edit.place_of(kept, str(form.get("rule", "")))
        return rules_edit.with_moved(text, kept, place, by)

    return await changed(request, edit)


async def changed(request: web.Request, edit: Callable[[str, list[Json]], str]) -> web.Response:
    """Change the rules and show them."""
    try:
        await asyncio.to_thread(request.app[AGENT].rules.change, edit)
    except EarmarkError as error:
        return await show(request, error)
    return to("/rules")


@form_page("Apply rules to all that is there: one, one that is gone, or all of them.")
async def apply(request: web.Request) -> web.Response:
    form, agent = await request.post(), request.app[AGENT]
    given = (str(form.get(field, ""))[:LONGEST_NAME] for field in ("rule", "was"))
    names = list(dict.fromkeys(name for name in given if name))
    work = agent.runs.apply_rules(agent.rules.rules(), names)
    return await carried_out(request, work, "/rules", show)


@form_page("Take back what applying rules did.")
async def undo_run(request: web.Request) -> web.Response:
    return await taken_back(request, "/rules", show)


@form_page("Take back that a rule was deleted, or that all were replaced by a file.")
async def bring_back(request: web.Request) -> web.Response:
    try:
        await undo(request)
    except EarmarkError as error:
        return await show(request, error)
    return to("/rules")


@operation("The rules as a file.", access=Access.OWNER, produces="application/toml")
async def as_file(request: web.Request) -> web.Response:
    name = 'attachment; filename="earmark-rules.toml"'
    return web.Response(
        text=request.app[AGENT].rules.text,
        content_type="application/toml",
        headers={"Content-Disposition": name},
    )


@operation(
    "Have the rules of a file in place of those that are there.",
    access=Access.OWNER,
    consumes=FILE,
    produces="text/html",
)
async def from_file(request: web.Request) -> web.Response:
    form = await request.post()
    try:
        await replace(request, text_of(form.get("file")), str(form.get("seen", "")))
    except EarmarkError as error:
        return await show(request, error)
    return to(with_query("/rules", {"left": "1"}))


def text_of(file: Any) -> str:
    """The text of an uploaded file; raises NoText."""
    try:
        read: str = file.file.read().decode("utf-8-sig")
    except (AttributeError, UnicodeDecodeError) as error:
        raise NoText(told("no_text"), told("choose_a_file")) from error
    return read


def to(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address})


ROUTES = [
    web.get("/rules", rules),
    web.post("/rules/switch", switch),
    web.post("/rules/move", move),
    web.post("/rules/apply", apply),
    web.post("/rules/undo", undo_run),
    web.post("/rules/bring-back", bring_back),
    web.get("/rules/earmark-rules.toml", as_file),
    web.post("/rules/file", from_file),
]
