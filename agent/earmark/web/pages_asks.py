"""The forms of an ask: its options, and what a reply answers. With scripts they are sent without
leaving the page."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from ..errors import EarmarkError
from ..model import Json
from . import api_asks
from .pages_act import form_page
from .pages_ask_shown import NONE, OTHER, options_in
from .pages_inbox import show_item
from .render import words_for


@form_page("Set the options of an ask, or say that nothing is asked.")
async def change_options(request: web.Request) -> web.StreamResponse:
    form = await request.post()
    do = str(form.get("do", "save"))
    given: Json = {"dropped": True} if do == "drop" else {}
    try:
        if do == "forget":
            await api_asks.changed(request, lambda *_: {})
        else:
            lines = str(form.get("lines", ""))
            await api_asks.offered(request, given or {"options": options_in(lines)})
    except EarmarkError as error:
        return await _refused(request, error)
    return _back(form)


@form_page("Code a reply to an ask by hand, or by its words again.")
async def change_code(request: web.Request) -> web.StreamResponse:
    form = await request.post()
    try:
        reply = await api_asks.reply_of(request, str(form.get("reply", "")))
        if form.get("do") == "forget":
            await api_asks.uncoded(request, reply)
        else:
            await api_asks.coded(request, reply, _given(form))
    except EarmarkError as error:
        return await _refused(request, error)
    return _back(form)


def _given(form: Any) -> Json:
    """A code as the form gives it."""
    ticked = [str(value) for value in form.getall("answer", [])]
    given: Json = {"options": [_number(value) for value in ticked if value not in (OTHER, NONE)]}
    given |= {name: True for name in (OTHER, NONE) if name in ticked}
    words = str(form.get("words", "")).strip()
    if form.get("do") == "learn" and words:
        option = str(form.get("option", ""))
        given = {"options": given["options"]}
        given["learn"] = {"words": words} | ({"option": _number(option)} if option else {})
    return given


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


async def _refused(request: web.Request, error: EarmarkError) -> web.StreamResponse:
    said = words_for(request).told
    conflict = f"{said(error.message)} {said(error.hint)}"
    return await show_item(request, status=error.status, conflict=conflict)


def _back(form: Any) -> web.Response:
    """Back to the panel; only a path of our own is followed. A script stays where it is."""
    if form.get("stay"):
        return web.Response(status=204)
    target = str(form.get("back", ""))
    own = target.startswith("/items/")
    return web.Response(status=303, headers={"Location": target if own else "/"})


ASK = "/items/{platform}/{id}/ask"
ROUTES = [web.post(f"{ASK}/options", change_options), web.post(f"{ASK}/code", change_code)]
