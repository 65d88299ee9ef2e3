"""What was just changed in the choices, told on the next page, with the way back."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field

from aiohttp import web

from ..errors import EarmarkError
from ..model import Json
from .guard import CALLER
from .operations import AGENT
from .pages_act import form_page
from .pages_flash import Flash, Undo
from .render import words_for


@dataclass(slots=True)
class Left:
    """A change to tell of once; `before` and `after` hold the keys of the choices it changed."""

    message: str
    before: Json
    after: Json
    told: bool = False
    key: str = field(default_factory=lambda: secrets.token_hex(8))


# The last change of each signed-in inbox; in memory, for the way back ends with the agent.
LEFT: web.AppKey[dict[str, Left]] = web.AppKey("left", dict[str, Left])


class UndoneTooLate(EarmarkError):
    """The choices are no longer as the change left them."""

    code = "changed_meanwhile"
    status = 409


async def change_choices(request: web.Request, patch: Json, message: str) -> Json:
    """Change the choices and have the next page say so; what is undone is exactly `patch`."""
    choices = request.app[AGENT].choices
    before = choices.document()
    after: Json = await asyncio.to_thread(choices.change, patch)
    left = Left(message, {key: before[key] for key in patch}, {key: after[key] for key in patch})
    request.app[LEFT][inbox_of(request)] = left
    return after


def take_left(request: web.Request) -> Flash | None:
    """What to tell on this page; one that only looks again (`?live`) is not told anything."""
    left = request.app[LEFT].get(inbox_of(request))
    if left is None or left.told or "live" in request.query:
        return None
    left.told = True
    undo = Undo("/setup/undo", "change", left.key) if left.before != left.after else None
    return Flash(left.message, request.path, undo)


@form_page("Take the last change of the choices back.")
async def undo(request: web.Request) -> web.Response:
    """Only where nothing was changed since: what somebody did meanwhile is not overwritten."""
    form = await request.post()
    words, choices = words_for(request), request.app[AGENT].choices
    left = request.app[LEFT].get(inbox_of(request))
    now = choices.document()
    if left is None or left.key != form.get("change") or not _stands(left, now):
        raise UndoneTooLate(
            words("This can no longer be undone: something was changed since."),
            words("The page shows how it stands now; change it there."),
        )
    await asyncio.to_thread(choices.change, left.before)
    request.app[LEFT][inbox_of(request)] = Left(words("Undone."), left.before, left.before)
    back = str(form.get("back", ""))
    target = back if back.startswith("/setup") else "/setup"
    return web.Response(status=303, headers={"Location": target})


def _stands(left: Left, now: Json) -> bool:
    return all(now[key] == value for key, value in left.after.items())


def inbox_of(request: web.Request) -> str:
    """Which signed-in inbox asks."""
    caller = request[CALLER]
    return caller.session.id if caller and caller.session else ""


ROUTES = [web.post("/setup/undo", undo)]
