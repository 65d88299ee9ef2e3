"""The forms on an item: state, note, and what corrects how it was understood.

With scripts the same changes go to the API.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from ..errors import EarmarkError
from ..store.edit import RevisionConflict
from ..store.judged import YOU
from .api_items import patched
from .operations import AGENT, Access, Handler, operation
from .pages_data import find_item
from .pages_flash import Deed, leave_flash
from .pages_inbox import show_item
from .pages_judged import tag_meant
from .render import item_path, words_for

FORM = "application/x-www-form-urlencoded"


def form_page(summary: str) -> Callable[[Handler], Handler]:
    """What the guard has to know of a form's target."""
    return operation(summary, access=Access.OWNER, consumes=FORM, produces="text/html")


@form_page("Change an item's state.")
async def change_state(request: web.Request) -> web.Response:
    form = await request.post()
    state = str(form.get("state", ""))
    before = await _item(request)
    await _patch(request, {"state": state})
    return done(form, Deed(item_path(before), "state", state, before["state"]))


@form_page("Add a tag to an item, or remove one.")
async def change_tags(request: web.Request) -> web.Response:
    """`forget` takes back what was said of a tag."""
    form = await request.post()
    before, words = await _item(request), words_for(request)
    known = {tag["name"]: tag.get("by") for tag in before.get("tags", ())}
    for act, undo in (("remove", "add"), ("add", "forget"), ("forget", "")):
        name = tag_meant(words, str(form.get(act, "")))
        if not name:
            continue
        await _patch(request, {f"{act}_tags": [name]})
        undo = "forget" if act == "remove" and known.get(name) != YOU else undo
        return done(form, Deed(item_path(before), act, name, undo))
    return _back(form)


@form_page("Correct an item's language.")
async def change_language(request: web.Request) -> web.Response:
    """An empty one takes back what a person said."""
    form = await request.post()
    before, language = await _item(request), str(form.get("language", ""))
    known = before.get("language") or {}
    await _patch(request, {"language": language})
    said = known["tag"] if known.get("source") == YOU else ""
    return done(form, Deed(item_path(before), "language", language, said))


@form_page("Correct an item's feeling.")
async def change_feeling(request: web.Request) -> web.Response:
    """An empty one takes back what a person said."""
    form = await request.post()
    before, label = await _item(request), str(form.get("feeling", ""))
    known = before.get("sentiment") or {}
    await _patch(request, {"sentiment": {"label": label}})
    said = known["label"] if known.get("by") == YOU else ""
    return done(form, Deed(item_path(before), "feeling", label, said))


@form_page("Write an item's note.")
async def change_note(request: web.Request) -> web.Response:
    """A note that somebody else changed meanwhile is not overwritten; what was typed is kept."""
    form = await request.post()
    note = str(form.get("note", "")).replace("\r\n", "\n").strip()
    try:
        await _patch(request, {"note": note}, if_match=_revision(form))
    except RevisionConflict:
        words = words_for(request)
        conflict = words(
            "Somebody else changed this item meanwhile. What you typed is still in the note; "
            "save it again to keep it."
        )
        return await show_item(request, status=412, conflict=conflict, draft=note)
    return _back(form)


async def _item(request: web.Request) -> dict[str, Any]:
    match = request.match_info
    log = request.app[AGENT].log
    return await asyncio.to_thread(find_item, log, match["platform"], match["id"])


async def _patch(request: web.Request, patch: dict[str, Any], if_match: int | None = None) -> None:
    await patched(request, patch, if_match)


def _revision(form: Any) -> int:
    try:
        return int(str(form.get("revision", "")))
    except ValueError as error:
        raise EarmarkError("This form is incomplete.", "Reload the page and try again.") from error


def done(form: Any, deed: Deed | None, home: str = "/") -> web.Response:
    """Back to the view the form came from, which then says what was done; else `home`."""
    response = _back(form, home)
    if deed:
        leave_flash(response, deed)
    return response


def _back(form: Any, home: str = "/") -> web.Response:
    """Only a path of our own is followed."""
    target = str(form.get("back", ""))
    own = target.startswith("/") and not target.startswith(("//", "/\\"))
    return web.Response(status=303, headers={"Location": target if own else home})


ROUTES = [
    web.post("/items/{platform}/{id}/state", change_state),
    web.post("/items/{platform}/{id}/tags", change_tags),
    web.post("/items/{platform}/{id}/language", change_language),
    web.post("/items/{platform}/{id}/feeling", change_feeling),
    web.post("/items/{platform}/{id}/note", change_note),
]
