"""What was just done, carried over one redirect in a cookie, with the way back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from aiohttp import web

from ..model import STATES
from .pages_shown import STATE_NAMES
from .render import words_for

COOKIE = "earmark_flash"
SECONDS = 60


@dataclass(slots=True)
class Undo:
    """The form that undoes: where it posts to, and what; `item` is an item's path, for scripts."""

    action: str
    name: str
    value: str
    item: str = ""


@dataclass(slots=True)
class Flash:
    """A line to show once; `back` is where undoing returns to."""

    message: str
    back: str
    undo: Undo | None


def leave_flash(response: web.Response, path: str, before: str, after: str) -> None:
    """Have the next page say that an item's state changed, and offer the old one."""
    value = quote(json.dumps({"path": path, "before": before, "after": after}))
    response.set_cookie(COOKIE, value, max_age=SECONDS, httponly=True, samesite="Strict")


def drop_flash(request: web.Request, response: web.Response) -> None:
    """Have what was shown not shown again."""
    if COOKIE in request.cookies:
        response.del_cookie(COOKIE)


def take_flash(request: web.Request) -> Flash | None:
    """What the last action left; anything that is not of our making is ignored."""
    value = request.cookies.get(COOKIE, "")
    try:
        left: Any = json.loads(unquote(value)) if value else None
    except ValueError:
        return None
    if not isinstance(left, dict):
        return None
    if left.get("before") not in STATES or left.get("after") not in STATES:
        return None
    path = str(left.get("path", ""))
    words = words_for(request)
    now = STATE_NAMES[left["after"]]
    message = words("Now: %(state)s") % {"state": words(now)}
    undo = Undo(f"{path}/state", "state", left["before"], path)
    return Flash(message, request.path_qs, undo if path.startswith("/items/") else None)
