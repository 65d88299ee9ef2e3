"""The agent of a home: the one that runs already, else one of our own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from earmark.settings import DEFAULT_PORT, Home, RunningAgent

STARTING_SECONDS = 60.0
POLL_SECONDS = 0.1


async def running_elsewhere(home: Home) -> RunningAgent | None:
    """The agent that another process runs, waited for where it is just starting."""
    try:
        async with asyncio.timeout(STARTING_SECONDS):
            while (agent := home.running()) is None and home.is_held():
                await asyncio.sleep(POLL_SECONDS)
    except TimeoutError:
        return None
    return agent


@asynccontextmanager
async def agent_at(home: Home, port: int = DEFAULT_PORT) -> AsyncIterator[None]:
    """Have an agent answer for `home`; one started here, on `port`, ends with the context."""
    if await running_elsewhere(home):
        yield
        return
    from earmark.agent import running

    async with running(home, port):
        yield
