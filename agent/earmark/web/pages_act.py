"""The forms on an item: state, tags, note. With scripts the same changes go to the API."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from ..errors import EarmarkError
from ..store.edit import RevisionConflict, patch_item
from .operations import AGENT, Access, Handler, operation
from .pages_data import find_item
from .pages_flash import leave_flash
from .pages_inbox import show_item
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
    response = _back(request, form)
    leave_flash(response, item_path(before), before["state"], state)
    return response


@form_page("Add a tag to an item, or remove one.")
async def change_tags(request: web.Request) -> web.Response:
    form = await request.post()
    patch = {"add_tags": _names(form.get("add")), "remove_tags": _names(form.get("remove"))}
    await _patch(request, {key: names for key, names in patch.items() if names})
    return _back(request, form)


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
    return _back(request, form)


async def _item(request: web.Request) -> dict[str, Any]:
    match = request.match_info
    log = request.app[AGENT].log
    return await asyncio.to_thread(find_item, log, match["platform"], match["id"])


async def _patch(request: web.Request, patch: dict[str, Any], if_match: int | None = None) -> None:
    platform, id = request.match_info["platform"], request.match_info["id"]
    await request.app[AGENT].log.awrite(
        lambda conn: patch_item(conn, platform, id, patch, if_match)
    )


def _names(value: Any) -> list[str]:
    name = " ".join(str(value or "").split())
    return [name] if name else []


def _revision(form: Any) -> int:
    try:
        return int(str(form.get("revision", "")))
    except ValueError as error:
        raise EarmarkError("This form is incomplete.", "Reload the page and try again.") from error


def _back(request: web.Request, form: Any) -> web.Response:
    """Back to the same view. Only a path of our own is followed."""
    target = str(form.get("back", ""))
    own = target.startswith("/") and not target.startswith(("//", "/\\"))
    return web.Response(status=303, headers={"Location": target if own else "/"})


ROUTES = [
    web.post("/items/{platform}/{id}/state", change_state),
    web.post("/items/{platform}/{id}/tags", change_tags),
    web.post("/items/{platform}/{id}/note", change_note),
]
