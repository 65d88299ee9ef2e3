"""What was just taken out of the rules, with the way back; in memory, it ends with the agent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import web

from ..keeping import rules_edit
from ..keeping.rules_edit import ChangedMeanwhile
from ..model import Json
from .operations import AGENT
from .pages_setup_undo import inbox_of


@dataclass(frozen=True, slots=True)
class Left:
    """The rules before and after a change; of one that was deleted its name, piece and place."""

    before: str
    after: str
    name: str = ""
    piece: str = ""
    place: int = 0

    def undone(self, text: str, rules: list[Json]) -> str:
        """The text without the change: exactly as it was, or with the deleted rule put back where
        others were changed meanwhile. Raises ChangedMeanwhile."""
        if text == self.after:
            return self.before
        if not self.piece:
            raise ChangedMeanwhile
        return rules_edit.with_piece(text, rules, self.place, self.piece)


# The last such change of each signed-in inbox.
RULES_LEFT: web.AppKey[dict[str, Left]] = web.AppKey("rules_left", dict[str, Left])


def left(request: web.Request) -> Left | None:
    return request.app[RULES_LEFT].get(inbox_of(request))


async def delete(request: web.Request, name: str, mark: str) -> None:
    """Delete a rule, if it is still the one of the mark. Raises ChangedMeanwhile."""
    taken: list[Left] = []

    def edit(text: str, rules: list[Json]) -> str:
        place = rules_edit.place_of(rules, name, mark)
        after, piece = rules_edit.without(text, rules, place)
        taken.append(Left(text, after, name, piece, place))
        return after

    await asyncio.to_thread(request.app[AGENT].rules.change, edit)
    request.app[RULES_LEFT][inbox_of(request)] = taken[0]


async def replace(request: web.Request, text: str, seen: str) -> None:
    """Have other rules, if those that are replaced are still those seen. Raises
    ChangedMeanwhile."""
    taken: list[Left] = []

    def edit(before: str, _: list[Json]) -> str:
        if rules_edit.digest(before) != seen:
            raise ChangedMeanwhile
        taken.append(Left(before, text))
        return text

    await asyncio.to_thread(request.app[AGENT].rules.change, edit)
    request.app[RULES_LEFT][inbox_of(request)] = taken[0]


async def undo(request: web.Request) -> None:
    """Take the last such change back. Raises EarmarkError where that cannot be."""
    change = left(request)
    if change is None:
        raise ChangedMeanwhile
    await asyncio.to_thread(request.app[AGENT].rules.change, change.undone)
    del request.app[RULES_LEFT][inbox_of(request)]
