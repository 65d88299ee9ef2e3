"""What was just done to an item, carried over one redirect in a cookie, with the way back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from aiohttp import web

from ..model import STATES
from .i18n import N_, Words, without_bidi_controls
from .pages_shown import FEELING_NAMES, STATE_NAMES, isolated, tag_name
from .render import words_for

COOKIE = "earmark_flash"
SECONDS = 60
LONGEST = 400  # characters of what is said of an item
FEELINGS = (*FEELING_NAMES, "")


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, mostly to the item of a path, and what undoes it.

    what: `state`, `language` or `feeling`, with the value and the one before it (empty: nobody
    had said anything); or `add`, `remove` or `forget`, with a tag and which of these undoes it; or
    `learn` or `unlearn`, with the id of a correction, and a path only where it came of an item;
    `back` undoes what was learned in place of something else.
    """

    path: str
    what: str
    value: str
    undo: str


@dataclass(slots=True)
class Undo:
    """The form that undoes: where it posts to, and what.

    For scripts `item` is an item's path, and `act` what is done to it. more: fields beside.
    """

    action: str
    name: str
    value: str
    item: str = ""
    act: str = ""
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Flash:
    """A line to show once; `back` is where undoing returns to."""

    message: str
    back: str
    undo: Undo | None


LEARNING = {
    "learn": N_("Learned. It counts from now on."),
    "unlearn": N_("Forgotten. It counts no longer."),
}
TAG_DEEDS = {
    "add": N_("Tagged: %(tag)s"),
    "remove": N_("Taken off: %(tag)s"),
    "forget": N_("As it was: %(tag)s"),
}


def leave_flash(response: web.Response, deed: Deed) -> None:
    """Have the next page say what was done, and offer to undo it."""
    value = quote(json.dumps(asdict(deed)))
    response.set_cookie(COOKIE, value, max_age=SECONDS, httponly=True, samesite="Strict")


def drop_flash(request: web.Request, response: web.Response) -> None:
    """Have what was shown not shown again."""
    if COOKIE in request.cookies:
        response.del_cookie(COOKIE)


def take_flash(request: web.Request) -> Flash | None:
    """What the last action left; anything that is not of our making is ignored."""
    deed = _left(request.cookies.get(COOKIE, ""))
    if deed is None:
        return None
    return Flash(_message(words_for(request), deed), request.path_qs, _undo(deed))


def _left(value: str) -> Deed | None:
    try:
        left: Any = json.loads(unquote(value)) if value else None
        deed = Deed(**left) if isinstance(left, dict) else None
    except (ValueError, TypeError):
        return None
    return deed if deed and _is_ours(deed) else None


def _is_ours(deed: Deed) -> bool:
    said = (deed.path, deed.what, deed.value, deed.undo)
    if not all(isinstance(each, str) and len(each) <= LONGEST for each in said):
        return False
    if deed.what in LEARNING and not deed.path:
        return _is_number(deed.value)
    if not deed.path.startswith("/items/"):
        return False
    if deed.what in LEARNING:
        return _is_number(deed.value)
    if deed.what == "state":
        return deed.value in STATES and deed.undo in STATES
    if deed.what == "feeling":
        return deed.value in FEELINGS and deed.undo in FEELINGS
    if deed.what == "language":
        return all(each.isalnum() or not each for each in (deed.value, deed.undo))
    return deed.what in TAG_DEEDS and deed.undo in (*TAG_DEEDS, "") and bool(deed.value)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _message(words: Words, deed: Deed) -> str:
    match deed.what:
        case "state":
            return words("Now: %(state)s") % {"state": words(STATE_NAMES[deed.value])}
        case "language" | "feeling" if not deed.value:
            return words("Taken back")
        case "language":
            return words("Language: %(language)s") % {"language": language_named(words, deed.value)}
        case "feeling":
            return words("Feeling: %(feeling)s") % {"feeling": words(FEELING_NAMES[deed.value])}
        case "learn" | "unlearn":
            return words(LEARNING[deed.what])
    shown = isolated(without_bidi_controls(tag_name(words, deed.value)))
    return words(TAG_DEEDS[deed.what]) % {"tag": shown}


def language_named(words: Words, tag: str) -> str:
    """A language by its name, also the unknown one."""
    return words.language_name(tag) if tag != "und" else words("Not known")


def _undo(deed: Deed) -> Undo | None:
    if deed.what in ("state", "language", "feeling"):
        if deed.value == deed.undo or (not deed.value and not deed.undo):
            return None
        return Undo(f"{deed.path}/{deed.what}", deed.what, deed.undo, deed.path, deed.what)
    if deed.what in LEARNING:
        of = {"of": deed.path} if deed.path else {}
        is_gone = deed.what == "unlearn" or deed.undo == "back"
        action = "/learned/back" if is_gone else "/learned/forget"
        return Undo(action, "correction", deed.value, more=of)
    if not deed.undo:
        return None
    return Undo(f"{deed.path}/tags", deed.undo, deed.value, deed.path, "tags")
