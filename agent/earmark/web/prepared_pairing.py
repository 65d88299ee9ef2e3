"""Keeps a fresh pairing code in the extension's folder while a browser is waited for.

What `earmark extension` does in a terminal, for whoever started from the inbox.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from ..extension.prepared import leave_code, take_code_away
from .credentials import CODE_SECONDS
from .operations import AGENT

if TYPE_CHECKING:
    from ..agent import Agent

PATIENCE_SECONDS = 20 * 60
LOOK_EVERY_SECONDS = 1.0
RENEW_SECONDS = CODE_SECONDS * 0.75


class PreparedPairing:
    """At most one folder has a code in it."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._task: asyncio.Task[None] | None = None

    async def begin(self, folder: Path) -> None:
        """Have the extension in `folder` pair by itself within the next minutes."""
        await self.end()
        await self._leave(folder)
        self._task = asyncio.create_task(self._keep_fresh(folder))

    async def end(self) -> None:
        """Wait no longer, and leave no code behind."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        self._task = None

    async def _leave(self, folder: Path) -> None:
        code = self._agent.credentials.new_code(self._agent.port)
        await asyncio.to_thread(leave_code, folder, code)

    async def _keep_fresh(self, folder: Path) -> None:
        known = self._paired()
        ends = time.monotonic() + PATIENCE_SECONDS
        renew = time.monotonic() + RENEW_SECONDS
        try:
            while self._paired() <= known and time.monotonic() < ends:
                if time.monotonic() >= renew:
                    await self._leave(folder)
                    renew = time.monotonic() + RENEW_SECONDS
                await asyncio.sleep(LOOK_EVERY_SECONDS)
        finally:
            take_code_away(folder)

    def _paired(self) -> set[tuple[str, str]]:
        """Who is paired since when: a browser that pairs anew counts as well."""
        return {(each.id, each.paired_at) for each in self._agent.credentials.browsers()}


PREPARED_PAIRING: web.AppKey[PreparedPairing] = web.AppKey("prepared_pairing", PreparedPairing)


async def prepared_pairing(app: web.Application) -> AsyncIterator[None]:
    """For `app.cleanup_ctx`: no code outlives the agent."""
    app[PREPARED_PAIRING] = PreparedPairing(app[AGENT])
    yield
    await app[PREPARED_PAIRING].end()
