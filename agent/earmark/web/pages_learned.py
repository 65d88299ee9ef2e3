"""“What was learned”: every correction of a person, entered, looked up and taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from aiohttp import web

from ..enrich.corrections import ITEM, TAG, WORD
from ..errors import EarmarkError
from ..folding import fold
from ..keeping.corrections import Corrections
from ..model import Json
from ..runs import CORRECTIONS
from ..store.used_tags import tags_in_use
from .operations import AGENT, Access, operation
from .pages_act import done, form_page
from .pages_applied import carried_out, last_run, number_of, taken_back
from .pages_data import count_problems
from .pages_flash import Deed, drop_flash, take_flash
from .pages_judged import languages, tag_meant
from .pages_setup_undo import inbox_of
from .pages_shown import TAG_NAMES
from .render import render, words_for

if TYPE_CHECKING:
    from ..agent import Agent

SHOWN = 200  # corrections of one kind on one page, the newest
MOST_TYPED = 200  # characters of a search
# The last correction that each signed-in inbox forgot or replaced; in memory, until the agent ends.
LEFT_BEHIND: web.AppKey[dict[str, Json]] = web.AppKey("left_behind", dict[str, Json])


class PutBackTooLate(EarmarkError):
    """What was forgotten is not remembered here any more."""

    code = "changed_meanwhile"
    status = 409


@operation("What was learned from corrections.", access=Access.OWNER, produces="text/html")
async def learned(request: web.Request) -> web.Response:
    return await show(request)


async def show(
    request: web.Request,
    error: EarmarkError | None = None,
    typed: Json | None = None,
    tried: Json | None = None,
) -> web.Response:
    """The page, with what could not be done, what was typed for it, and what applying would do."""
    agent, words = request.app[AGENT], words_for(request)
    asked = request.query.get("q", "")[:MOST_TYPED]
    told = await asyncio.to_thread(look, agent, asked)
    response = render(
        request,
        "learned.html",
        status=error.status if error else 200,
        section="learned",
        problem_count=await count_problems(agent),
        asked=asked,
        error=error,
        typed=typed or {},
        tried=tried,
        run=await last_run(agent, CORRECTIONS),
        languages=languages(words, {})[1:],
        flash=take_flash(request),
        **told,
    )
    drop_flash(request, response)
    return response


def look(agent: Agent, asked: str) -> Json:
    """What the page shows of the corrections, the newest first; blocking."""
    every, wanted = agent.corrections.all(), fold(asked)
    found = [each for each in reversed(every) if not wanted or wanted in _searched(each)]
    kinds = {kind: [each for each in found if each["kind"] == kind] for kind in (WORD, TAG, ITEM)}
    return {
        "count": len(every),
        "kinds": {kind: some[:SHOWN] for kind, some in kinds.items()},
        "more": {kind: max(0, len(some) - SHOWN) for kind, some in kinds.items()},
        "known_tags": sorted({*TAG_NAMES, *tags_in_use(agent.log)}),
    }


def _searched(correction: Mapping[str, Any]) -> str:
    names = [correction.get(field) for field in ("phrase", "text", "tag", "language")]
    return fold(" ".join(str(name) for name in (*names, *correction.get("tags", {})) if name))


@form_page("Correct what a word feels like, or what it means.")
async def learn(request: web.Request) -> web.Response:
    form = await request.post()
    given = correction_in(form)
    given |= {"tag": tag_meant(words_for(request), given["tag"])} if "tag" in given else {}
    corrections = request.app[AGENT].corrections
    before = {each["id"]: each for each in corrections.all()}
    try:
        kept = await asyncio.to_thread(corrections.add, given)
    except EarmarkError as error:
        return await show(request, error, given)
    old = before.get(kept["id"])
    if old:
        request.app[LEFT_BEHIND][inbox_of(request)] = old
    path = await judged_again(request, form)
    return done(form, Deed(path, "learn", str(kept["id"]), "back" if old else ""), "/learned")


async def judged_again(request: web.Request, form: Any) -> str:
    """Have the item that a form speaks of follow what is learned; its path, empty without one."""
    path = str(form.get("of", ""))
    if not path.startswith("/items/") or path.count("/") != 3:
        return ""
    platform, id = (unquote(part) for part in path.split("/")[2:])
    await request.app[AGENT].correcting.judge_again(platform, id)
    return path


def correction_in(form: Any) -> Json:
    """The correction that a form holds, as the API takes it; nothing is checked yet."""
    fields = ("kind", "phrase", "tag", "language")
    given: Json = {key: str(form[key]).strip() for key in fields if str(form.get(key, "")).strip()}
    if "strength" in form:
        given["strength"] = strength_of(str(form["strength"]))
    if "holds" in form:
        given["holds"] = form["holds"] == "yes"
    return given


def strength_of(typed: str) -> float | str:
    """A strength as a number; whatever else was sent as it is, to be refused."""
    try:
        number = float(typed)
    except ValueError:
        return typed
    return int(number) if number.is_integer() else number


@form_page("Forget a correction.")
async def forget(request: web.Request) -> web.Response:
    form = await request.post()
    asked, corrections = number_of(form.get("correction")), request.app[AGENT].corrections
    try:
        gone = await asyncio.to_thread(corrections.forget, asked)
    except EarmarkError as error:
        return await show(request, error)
    request.app[LEFT_BEHIND][inbox_of(request)] = gone
    path = await judged_again(request, form)
    return done(form, Deed(path, "unlearn", str(asked), ""), "/learned")


@form_page("Have the correction that was forgotten or replaced last again.")
async def put_back(request: web.Request) -> web.Response:
    form, words = await request.post(), words_for(request)
    gone = request.app[LEFT_BEHIND].pop(inbox_of(request), None)
    if gone is None or gone["id"] != number_of(form.get("correction")):
        late = words("This can no longer be undone: something was changed since.")
        raise PutBackTooLate(late, words("Enter the correction again."))
    await asyncio.to_thread(_restore, request.app[AGENT].corrections, gone)
    await judged_again(request, form)
    return done(form, None, "/learned")


@form_page("What applying corrections to old items would change.")
async def test(request: web.Request) -> web.Response:
    return await show(request, tried=await request.app[AGENT].correcting.test())


@form_page("Apply corrections to all that is there.")
async def apply(request: web.Request) -> web.Response:
    work = request.app[AGENT].runs.apply_corrections()
    return await carried_out(request, work, "/learned", show)


@form_page("Take back what applying corrections did.")
async def undo(request: web.Request) -> web.Response:
    return await taken_back(request, "/learned", show)


def _restore(corrections: Corrections, old: Json) -> None:
    """Have a correction as it was, whether it was forgotten or says something else by now."""
    if any(each["id"] == old["id"] for each in corrections.all()):
        said: Json = {each: old[each] for each in ("phrase", "strength", "holds") if each in old}
        corrections.change(old["id"], said)
    else:
        corrections.put_back(old)


ROUTES = [
    web.get("/learned", learned),
    web.post("/learned", learn),
    web.post("/learned/forget", forget),
    web.post("/learned/back", put_back),
    web.post("/learned/test", test),
    web.post("/learned/apply", apply),
    web.post("/learned/undo", undo),
]
