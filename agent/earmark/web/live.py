"""Live events: each change of an item, told to whoever listens, from where they left off.

A listener has no queue. It has a position in the numbered changes, reads on from there when a
commit rings its bell, and so can neither miss a change nor fill the memory by being slow.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress

from aiohttp import web

from ..errors import EarmarkError
from ..model import Json
from ..store.changes import last_change
from ..store.log import Log
from ..store.queries import changes_since
from .guard import still_admitted
from .operations import AGENT, operation

HEARTBEAT_SECONDS = 15.0
SLOWEST_SECONDS = 30.0  # a listener that does not take a message within this is dropped
AT_ONCE = 200
MOST_MISSED = 1000  # whoever missed more had better read everything again
RETRY = b"retry: 2000\n\n"
HEARTBEAT = b": still here\n\n"
RESET = b"event: reset\ndata: {}\n\n"


class Bells:
    """One bell for each listener; `ring` may be called from any thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._bells: set[asyncio.Event] = set()
        self.closing = False

    def ring(self, _number: int = 0) -> None:
        """Wake every listener soon."""
        self._loop.call_soon_threadsafe(self._ring)

    def _ring(self) -> None:
        for bell in self._bells:
            bell.set()

    @contextmanager
    def bell(self) -> Iterator[asyncio.Event]:
        """A bell that rings until the block ends."""
        bell = asyncio.Event()
        self._bells.add(bell)
        try:
            yield bell
        finally:
            self._bells.discard(bell)


BELLS: web.AppKey[Bells] = web.AppKey("bells")


async def hang_bells(app: web.Application) -> AsyncIterator[None]:
    """The application's context: rung by the log, from its start to its end."""
    app[BELLS] = bells = Bells()
    app[AGENT].log.on_commit(bells.ring)
    yield


async def close_streams(app: web.Application) -> None:
    """At shutdown: let listeners go at once instead of waiting for them."""
    app[BELLS].closing = True
    app[BELLS].ring()


@operation(
    "Follow the changes as they happen (server-sent events).",
    headers={"Last-Event-ID": "The number of the last change already known."},
    query={"after": "The same, for a first connection by EventSource."},
    answers={
        200: "Events with data `{change, platform, id, kind}`; `kind` is `new`, `edited`, "
        "`updated`, `patched` or `removed`. After an event `reset` read everything again.",
    },
    produces="text/event-stream",
)
async def events(request: web.Request) -> web.StreamResponse:
    asked = position_asked(request)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
    await response.prepare(request)
    with suppress(ConnectionError):
        try:
            await follow(request, response, asked)
        except TimeoutError:
            if request.transport:
                request.transport.abort()
    return response


def position_asked(request: web.Request) -> int | None:
    """Where to go on from; None for "from now"."""
    given = request.headers.get("Last-Event-ID") or request.query.get("after")
    if given and not (given.isascii() and given.isdigit() and len(given) < 19):
        raise EarmarkError("Last-Event-ID must be a number.", "Leave it out.", code="malformed")
    return int(given) if given else None


async def follow(request: web.Request, response: web.StreamResponse, asked: int | None) -> None:
    """Tell changes until the listener, its credential or the agent is gone."""
    log, bells = request.app[AGENT].log, request.app[BELLS]
    with bells.bell() as bell:
        position, missed = await asyncio.to_thread(resume, log, asked)
        start = RESET if missed else b""
        await send(response, RETRY + start + f"id: {position}\n\n".encode())
        while not bells.closing and still_admitted(request):
            bell.clear()
            changes = await asyncio.to_thread(changes_since, log, position, AT_ONCE)
            if changes:
                position = changes[-1]["number"]
                await send(response, b"".join(map(event, changes)))
            elif not await rung(bell):
                await send(response, HEARTBEAT)


def resume(log: Log, asked: int | None) -> tuple[int, bool]:
    """The position to go on from, and whether what lies between cannot all be told."""
    with log.reading() as connection:
        newest = last_change(connection)
    if asked is None or asked == newest:
        return newest, False
    first = changes_since(log, asked, 1)
    unbroken = bool(first) and first[0]["number"] == asked + 1
    if unbroken and newest - asked <= MOST_MISSED:
        return asked, False
    return newest, True


async def rung(bell: asyncio.Event) -> bool:
    """Wait for the bell; False when it is time for a sign of life instead."""
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            await bell.wait()
    except TimeoutError:
        return False
    return True


async def send(response: web.StreamResponse, data: bytes) -> None:
    """Write; raises TimeoutError for a listener that does not read."""
    async with asyncio.timeout(SLOWEST_SECONDS):
        await response.write(data)


def event(change: Json) -> bytes:
    """One change as a server-sent event."""
    data = {
        "change": change["number"],
        "platform": change["platform"],
        "id": change["id"],
        "kind": change["change"],
    }
    text = json.dumps(data, ensure_ascii=False)
    return f"id: {change['number']}\ndata: {text}\n\n".encode()


ROUTES = [web.get("/v1/events", events, allow_head=False)]
