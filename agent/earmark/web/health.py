"""What is wrong, as the running agent knows it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from ..health.finding import Finding
from ..health.inside import Inside, examine
from .credentials import listed

if TYPE_CHECKING:
    from ..agent import Agent


async def found_by(agent: Agent) -> list[Finding]:
    """Everything that was looked at, what is in order included."""
    return await asyncio.to_thread(_found_by, agent)


def _found_by(agent: Agent) -> list[Finding]:
    inside = Inside(
        agent.home,
        agent.log,
        agent.version,
        [listed(browser) for browser in agent.credentials.browsers()],
        agent.policy,
        agent.plugins.problems,
        agent.credentials.turned_away.listed(),
    )
    return list(examine(inside))
