"""What each API handler is for and who may call it: read by the guard and by `/v1/openapi.json`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .shapes import Shape

if TYPE_CHECKING:
    from ..agent import Agent

AGENT: web.AppKey[Agent] = web.AppKey("agent")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Access(Enum):
    """Who may call a route."""

    OPEN = "open"
    """Anyone on this machine; such a route reads and changes nothing of the log."""
    PAIRED = "paired"
    """A paired browser, a signed-in inbox, or a command of the agent's owner."""
    OWNER = "owner"
    """A signed-in inbox or a command of the agent's owner, but no browser extension."""


@dataclass(frozen=True)
class Operation:
    """One handler's contract; `answers` maps a status to what it means."""

    summary: str
    access: Access = Access.PAIRED
    body: Shape | None = None
    consumes: str = "application/json"
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=lambda: {200: "Done."})
    produces: str = "application/json"


OPERATIONS: dict[Any, Operation] = {}


def operation(summary: str, **contract: Any) -> Callable[[Handler], Handler]:
    """Attach an `Operation` to the handler below."""

    def attach(handler: Handler) -> Handler:
        OPERATIONS[handler] = Operation(summary, **contract)
        return handler

    return attach


def operation_of(request: web.Request) -> Operation | None:
    """The contract of the route this request matched; None for pages, files and unknown paths."""
    return OPERATIONS.get(request.match_info.handler)
