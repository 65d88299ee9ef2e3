"""Looks at everything that `earmark doctor` tells of, with a running agent's help or without."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version

from earmark.errors import EarmarkError
from earmark.health import at_home
from earmark.health.finding import Finding, Said, Words, say
from earmark.health.inside import Inside, examine
from earmark.health.messages import CHECKS, MESSAGES
from earmark.health.not_running import check_not_running
from earmark.health.of_log import unreadable
from earmark.health.plugins import check_plugins
from earmark.health.service import check_service
from earmark.health.versions import Installed, LeastVersions, check_installed
from earmark.model import Json
from earmark.policy import Policies
from earmark.settings import DEFAULT_PORT, Home, RunningAgent

from .agent_client import AgentClient
from .browsers.installed import every_browser
from .plugin_hooks import loaded_plugins
from .reading import reading

PATIENCE_SECONDS = 20.0


@dataclass(frozen=True)
class _Told:
    """What was found inside, and whether a browser is paired."""

    said: list[Said] = field(default_factory=list)
    browsers: list[Json] = field(default_factory=list)


def look(home: Home, words: Words) -> list[Said]:
    """Everything that was found, in the language of `words`, by what was looked at."""
    agent = home.running()
    found, told = _ask(home, agent, words) if agent else _alone(home, words)
    found += check_service(home)
    found += check_installed(
        [Installed(each.kind.label, each.program) for each in every_browser()],
        LeastVersions.of_extension(),
        others_are_paired=bool(told.browsers),
    )
    every = told.said + [say(each, words) for each in found]
    every += [say(each, words) for each in _plugins(told.said)]
    return sorted(every, key=lambda each: CHECKS.index(each.check))


def _ask(home: Home, agent: RunningAgent, words: Words) -> tuple[list[Finding], _Told]:
    """What the running agent answers; where it does not, what can be seen without it."""
    try:
        told = asyncio.run(_doctor_of(home))
    except EarmarkError as error:
        silent = {"pid": str(agent.pid), "port": str(agent.port), "reason": error.message}
        _, alone = _read(home, words)
        return [Finding("agent_unreachable", silent)], alone
    where = {"pid": str(agent.pid), "port": str(agent.port)}
    found = [Finding("agent_running", where)]
    codes = [each["code"] for each in told.get("findings", [])]
    if told["version"] != version("earmark") and "agent_outdated" not in codes:
        versions = {"running": told["version"], "installed": version("earmark")}
        found.append(Finding("agent_outdated", versions))
    said = [_in_words(each, words) for each in told.get("findings", [])]
    return found, _Told(said, told["browsers"])


async def _doctor_of(home: Home) -> Json:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), AgentClient(home) as agent:
            return await agent.get("/v1/doctor")
    except TimeoutError as error:
        raise EarmarkError(f"no answer within {PATIENCE_SECONDS:.0f} seconds.") from error


def _in_words(finding: Json, words: Words) -> Said:
    """In our own words where we know the code; an agent of another version may know more."""
    if finding["code"] in MESSAGES and finding["check"] in CHECKS:
        return say(Finding(finding["code"], finding["values"]), words)
    return Said(**finding)


def _alone(home: Home, words: Words) -> tuple[list[Finding], _Told]:
    """What can be seen while no agent runs."""
    found, told = _read(home, words)
    return found + list(check_not_running(home, DEFAULT_PORT)), told


def _read(home: Home, words: Words) -> tuple[list[Finding], _Told]:
    outside = [*at_home.check_home(home), *at_home.check_disk(home)]
    if not home.database.exists():
        return outside, _Told()
    try:
        with reading(home) as log:
            browsers = [dict(row) for row in log.table("browsers").all()]
            policies = Policies(log)
            inside = Inside(home, log, version("earmark"), browsers, policies)
            return [], _Told([say(each, words) for each in examine(inside)], browsers)
    except EarmarkError as error:
        return [*outside, unreadable(error)], _Told()


def _plugins(told: list[Said]) -> Iterator[Finding]:
    """Plugins tried now, beside those that the agent left out already."""
    known = {each.values["plugin"] for each in told if each.code == "plugin_left_out"}
    with loaded_plugins() as (loaded, _):
        yield from check_plugins(each for each in loaded.problems if each.plugin not in known)
        if not loaded.problems and not known:
            yield Finding("plugins_ready", {"count": len(loaded.sources)})
