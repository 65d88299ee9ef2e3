"""What is wrong, as the running agent knows it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..health.finding import Finding
from ..health.inside import Inside, examine
from .credentials import listed

if TYPE_CHECKING:
    from ..agent import Agent

STILL_TO_DO = frozenset({"no_browser"})
"""Told on the page of problems; where nothing was set up yet, nothing went wrong either."""


async def found_by(agent: Agent) -> list[Finding]:
    """Everything that was looked at, what is in order included."""
    return await asyncio.to_thread(_found_by, agent)


def count_wrong(found: Iterable[Finding]) -> int:
    """The number beside "Problems": what went wrong, and not what is still to be done."""
    return sum(each.is_problem and each.code not in STILL_TO_DO for each in found)


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
    return [*_upgraded(agent), *examine(inside)]


def _upgraded(agent: Agent) -> Iterator[Finding]:
    if agent.upgraded_to:
        versions = {"running": agent.version, "installed": agent.upgraded_to}
        yield Finding("agent_outdated", versions)
