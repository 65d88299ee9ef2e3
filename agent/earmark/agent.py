"""The running agent: its parts put together, started and stopped in order."""

from __future__ import annotations

import asyncio
import logging
import platform
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import version
from socket import socket

from aiohttp.web import AppRunner

from . import logs, stopped
from .capture_health import CaptureHealth
from .entered import Entered
from .housekeeping import housekeeping
from .intake import Intake
from .keeping.choices import Choices
from .keeping.corrections import Corrections
from .keeping.tag_rules import TagRules
from .listening.apply import Listening
from .listening.correcting import Correcting
from .plugin_desk import PluginDesk, watching
from .plugins import Plugins
from .policy import Policies
from .reading import Reading
from .ruling import Ruling
from .runs import Runs
from .second_look import SecondLook
from .service import under_service
from .settings import Home, new_secret
from .store.language_hints import language_hints
from .store.log import Log, open_log
from .switches import Switches
from .web import serve
from .web.app import make_app
from .web.credentials import Credentials
from .workers import PluginWorkers

logger = logging.getLogger(__name__)


class Agent:
    """What the web application answers from. `port` is known once it is served."""

    def __init__(self, home: Home, log: Log, desk: PluginDesk, workers: PluginWorkers) -> None:
        self.home = home
        self.log = log
        self.desk = desk
        self.plugins = plugins = desk.plugins
        self.workers = workers
        self.choices = Choices(log)
        self.rules = TagRules(log)
        self.corrections = Corrections(log)
        self.policy = Policies(log)
        self.health = CaptureHealth(log, plugins, self.choices)
        self.entered = Entered(
            home.path,
            accounts=self.choices.accounts,
            terms=self.choices.terms,
            rules=self.rules.rules,
            corrections=self.corrections.all,
        )
        reading = Reading(plugins, workers, self.entered.path, partial(language_hints, log))
        second = SecondLook(plugins, workers, self.health)
        self.intake = Intake(log, plugins, reading, self.choices, self.policy, self.health, second)
        parts = (log, plugins, reading, self.choices, self.policy, self.intake)
        self.ruling = Ruling(log, workers)
        listening = Listening(log, workers, self.entered.path)
        self.correcting = Correcting(log, reading.correct)
        self.runs = Runs(home, *parts, self.ruling, listening, self.correcting)
        self.credentials = Credentials(log)
        self.control_secret = new_secret()
        self.port = 0
        self.version = version("earmark")
        self.upgraded_to = ""  # the version that is installed by now, where it is another

    @classmethod
    def open(cls, home: Home) -> Agent:
        """Open the log of `home`, whose lock the caller holds, and try what is to be used."""
        log = open_log(home.database)
        workers = PluginWorkers()
        try:
            desk = PluginDesk(Plugins(workers), Switches(home), Policies(log))
            desk.look()
        except BaseException:
            workers.close()
            log.close()
            raise
        return cls(home, log, desk, workers)

    async def close(self) -> None:
        """Let running work finish for a moment, then let go of everything."""
        await self.runs.close()
        await self.intake.close()
        await asyncio.to_thread(self.workers.close)
        await asyncio.to_thread(self.log.close)


@asynccontextmanager
async def running(home: Home, port: int) -> AsyncIterator[Agent]:
    """Serve the log of `home` on `port` (0: any free one) while the context lasts.

    Raises AlreadyRunning where another process holds the home, PortTaken where the port is used.
    """
    cut_off = home.agent_file.exists()
    with home.lock(), logs.kept_in(home), logs.end_noted():
        if cut_off:
            logger.info("The run before ended without a word: killed, or the computer went off.")
        # The port first: it costs nothing to find it taken, again and again until it is free.
        agent, runner = await _opened(home, serve.listen(port))
        try:
            try:
                stopped.forget(home)  # before anybody can ask
                home.announce(agent.port, agent.control_secret)
                await agent.runs.resume()
                await agent.intake.resume()
                _say_that_it_runs(agent)
                kept = (agent.choices, agent.corrections)
                chores = housekeeping(home, agent.log, agent.policy, agent.intake, *kept)
                async with chores, watching(agent.desk):
                    yield agent
            finally:
                await runner.cleanup()
        finally:
            await agent.close()


async def _opened(home: Home, sockets: list[socket]) -> tuple[Agent, AppRunner]:
    try:
        agent = await asyncio.to_thread(Agent.open, home)
    except BaseException:
        for each in sockets:
            each.close()
        raise
    try:
        runner, _ = await serve.start_on(make_app(agent), sockets)
    except BaseException:
        await agent.close()
        raise
    return agent, runner


def _say_that_it_runs(agent: Agent) -> None:
    logger.info(
        "Earmark %s runs on port %d; Python %s, %s %s; %s; plugins %d, left out %d.",
        agent.version,
        agent.port,
        platform.python_version(),
        platform.system(),
        platform.release(),
        logs.Fact("started by the service" if under_service() else "started by hand"),
        len(agent.plugins.entries),
        len(agent.plugins.problems),
    )
