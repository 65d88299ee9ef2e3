"""The form of one rule: tried on what is there before it is saved, and told where it is wrong."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from ..errors import EarmarkError, Told
from ..keeping import rules_edit
from ..keeping.rules_edit import ChangedMeanwhile
from ..keeping.rules_messages import told as said
from ..keeping.rules_text import BadRules, checked_rules, write_rules
from ..keeping.tag_rules import refuse_failing
from ..listening.rule_preview import preview
from ..model import STATES, Json
from ..query.parse import parse_query
from ..query.tree import BadQuery
from .i18n import N_, Words
from .operations import AGENT, Access, operation
from .pages_act import form_page
from .pages_data import count_problems
from .pages_rules import to
from .pages_rules_examples import example
from .pages_rules_form import as_typed, rule_in, shown_of
from .pages_rules_undo import delete
from .pages_setup_keep import platforms
from .render import render, with_query, words_for

if TYPE_CHECKING:
    from ..agent import Agent

LONGEST_QUERY = 2000  # characters taken from an address
LANGUAGES = ("en", "fa", "tr", "ro", "ar", "de", "es", "fr", "id", "it", "ja", "pt", "ru", "zh")
# How the form calls what a rule says.
LABELS = {
    "name": N_("Name"),
    "when": N_("Looks for"),
    "add_tags": N_("Tags"),
    "state": N_("State"),
    "assignee": N_("For whom"),
    "effort": N_("Effort"),
    "priority": N_("Priority"),
    "note": N_("Note"),
    "matches": N_("Must catch"),
    "not": N_("Must not catch"),
}


@operation("A new rule.", access=Access.OWNER, produces="text/html")
async def new(request: web.Request) -> web.Response:
    rule = example(request.query.get("example", ""), words_for(request))
    if when := request.query.get("when", "")[:LONGEST_QUERY]:
        rule = {"when": when}
    told = await _tried(request.app[AGENT], rule, None) if rule else {}
    return await show(request, None, shown_of(rule), **told)


@operation("One rule.", access=Access.OWNER, produces="text/html")
async def one(request: web.Request) -> web.Response:
    rule = find(request)
    told = await _tried(request.app[AGENT], rule, None)
    return await show(request, rule, shown_of(rule), **told)


@form_page("Save a new rule, or only try it.")
async def save_new(request: web.Request) -> web.Response:
    return await save(request, None)


@form_page("Save a rule, or only try it, or delete it.")
async def save_old(request: web.Request) -> web.Response:
    form = await request.post()
    name = str(form.get("was", ""))
    kept = request.app[AGENT].rules.rules()
    before = next((rule for rule in kept if rule["name"] == name), None)
    return await save(request, before)


async def save(request: web.Request, before: Json | None) -> web.Response:
    """What the form's button says: `do` is save, try or delete.

    `was` and `seen` in the form say which rule it began with; where that is another one by now,
    nothing is saved, and what was typed is shown beside it.
    """
    form, agent = await request.post(), request.app[AGENT]
    typed, wish = as_typed(form, before), form.get("do", "save")
    name, seen = str(form.get("was", "")), str(form.get("seen", ""))
    try:
        if wish == "try":
            told = await _tried(agent, rule_in(form, before), before)
            return await show(request, before, typed, seen=seen, **told)
        if wish == "delete":
            await delete(request, name, seen)
            return to(with_query("/rules", {"left": "1"}))
        rule = rule_in(form, before)
        await asyncio.to_thread(_keep, agent, rule, name, seen)
    except ChangedMeanwhile as error:
        return await show(request, before, typed, error=error)
    except EarmarkError as error:
        return await show(request, before, typed, error=error, seen=seen)
    saved = " ".join(rule["name"].split())
    was = name if name != saved else ""
    return to(with_query("/rules", {"saved": saved, "was": was}))


def _keep(agent: Agent, rule: Json, name: str, seen: str) -> None:
    """Save a rule in place of the one that was seen, or as a new one; blocking."""

    def edit(text: str, kept: list[Json]) -> str:
        if not name:
            return rules_edit.with_new(text, kept, rule)
        place = rules_edit.place_of(kept, name, seen)
        return rules_edit.with_changed(text, kept, place, rule)

    agent.rules.change(edit)


async def _tried(agent: Agent, rule: Json, before: Json | None) -> Json:
    """What a rule would do, as far as it can be told: `{preview?, error?}`."""
    wrong: EarmarkError | None = None
    try:
        parse_query(rule["when"])
        [rule] = checked_rules([rule])
        refuse_failing([rule])
    except BadRules as error:
        wrong, rule = error, {"name": "", "when": rule.get("when", "")}
        if error.key == "when" and not _is_case(error):
            return {"error": error}
    except BadQuery as error:
        return {"error": error}
    told = await asyncio.to_thread(preview, agent.log, rule, before)
    return {"preview": told, "error": wrong if wrong and _is_case(wrong) else None}


def _is_case(error: EarmarkError) -> bool:
    return isinstance(error.message, Told) and error.message.code in ("misses_case", "catches_case")


async def show(
    request: web.Request,
    before: Json | None,
    typed: Json,
    preview: Json | None = None,
    error: EarmarkError | None = None,
    seen: str = "",
) -> web.Response:
    """The form of a rule; `before` is the one that it changes, `seen` stands for how it was when
    the form was opened."""
    agent, words = request.app[AGENT], words_for(request)
    trying = request.method == "GET" or (await request.post()).get("do") == "try"
    return render(
        request,
        "rule.html",
        status=error.status if error and not trying else 200,
        section="rules",
        problem_count=await count_problems(agent),
        before=before,
        place=_place(agent, before),
        seen=seen or (rules_edit.mark_of(before) if before else ""),
        typed=typed,
        platforms=platforms(agent.plugins.entries, []),
        languages=[(tag, words.language_name(tag)) for tag in LANGUAGES],
        states=[state for state in STATES if state != "new"],
        preview=preview,
        wrong=problem(error, words) if error else None,
        now=write_rules([before]) if before and isinstance(error, ChangedMeanwhile) else "",
    )


def problem(error: EarmarkError, words: Words) -> Json:
    """What is wrong: `{key, message, hint, query?, start?, end?}`; of a query also the spot."""
    if isinstance(error, BadQuery):
        spot = {"query": error.query, "start": error.start, "end": error.end}
        return {"key": "when", "message": words.told(error.told), "hint": "", **spot}
    told, key = (error.problem, error.key) if isinstance(error, BadRules) else (error.message, "")
    if isinstance(told, Told) and "key" in told.values and key in LABELS:
        told = Told(told.code, told.template, told.values | {"key": words(LABELS[key])})
    gone = isinstance(error, ChangedMeanwhile)
    return {"key": key, "message": words.told(told), "hint": words.told(error.hint), "gone": gone}


def find(request: web.Request) -> Json:
    """The rule at the place in the address."""
    kept, place = request.app[AGENT].rules.rules(), int(request.match_info["place"])
    if not 1 <= place <= len(kept):
        raise EarmarkError(said("no_such_rule"), said("perhaps_moved"), status=404)
    return kept[place - 1]


def _place(agent: Agent, rule: Json | None) -> int:
    names = [each["name"] for each in agent.rules.rules()]
    return names.index(rule["name"]) + 1 if rule and rule["name"] in names else 0


ROUTES = [
    web.get("/rules/new", new),
    web.post("/rules/new", save_new),
    web.get(r"/rules/{place:\d{1,6}}", one),
    web.post(r"/rules/{place:\d{1,6}}", save_old),
]
