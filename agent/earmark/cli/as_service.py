"""`earmark start` as the service runs it: silent, patient, and gone when it was upgraded."""

from __future__ import annotations

import asyncio
import logging

from earmark import upgrades
from earmark.agent import running
from earmark.logs import Fact
from earmark.service.command import START_ME_AGAIN
from earmark.settings import AlreadyRunning, Home

from .signals import stop_signal, until

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_TRIES = 1.0


async def serve(home: Home, port: int) -> int:
    """Be the agent of `home` until told to stop; the exit code for the service manager.

    Where somebody started an agent by hand, wait until that one ends, and take over. Nothing is
    printed: it would be kept in the system's journal, links that sign in as well.
    """
    stop = stop_signal()
    while not stop.is_set():
        try:
            async with running(home, port) as agent:
                agent.upgraded_to = await _upgrade(agent.version, stop)
                return START_ME_AGAIN if agent.upgraded_to else 0
        except AlreadyRunning:
            await until(stop, _freed(home))
    return 0


async def _upgrade(current: str, stop: asyncio.Event) -> str:
    """The version installed meanwhile; empty where it was told to stop before."""
    found: list[str] = []

    async def look() -> None:
        found.append(await upgrades.noticed(current))
        logger.info("Earmark %s is installed: ending, to be started anew.", Fact(found[0]))

    await until(stop, look())
    return "".join(found)


async def _freed(home: Home) -> None:
    while home.is_held():
        await asyncio.sleep(SECONDS_BETWEEN_TRIES)
