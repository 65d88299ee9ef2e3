"""The running agent: its parts put together, started and stopped in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from .intake import Intake
from .plugins import Plugins, discover, load
from .policy import Policies
from .settings import Home, new_secret
from .store.log import Log, open_log
from .web import serve
from .web.app import make_app
from .web.credentials import Credentials
from .workers import PluginWorkers


class Agent:
    """What the web application answers from. `port` is known once it is served."""

    def __init__(self, home: Home, log: Log, plugins: Plugins, workers: PluginWorkers) -> None:
        self.home = home
        self.log = log
        self.plugins = plugins
        self.workers = workers
        self.intake = Intake(log, plugins, workers)
        self.credentials = Credentials(log)
        self.policy = Policies(log)
        self.control_secret = new_secret()
        self.port = 0
        self.version = version("earmark")

    @classmethod
    def open(cls, home: Home) -> Agent:
        """Open the log of `home`, whose lock the caller holds, and try every plugin."""
        log = open_log(home.database)
        workers = PluginWorkers()
        try:
            plugins = load(discover(), workers)
        except BaseException:
            workers.close()
            log.close()
            raise
        workers.warm()
        return cls(home, log, plugins, workers)

    async def close(self) -> None:
        """Let running work finish for a moment, then let go of everything."""
        await self.intake.close()
        await asyncio.to_thread(self.workers.close)
        await asyncio.to_thread(self.log.close)


@asynccontextmanager
async def running(home: Home, port: int) -> AsyncIterator[Agent]:
    """Serve the log of `home` on `port` (0: any free one) while the context lasts.

    Raises AlreadyRunning where another process holds the home, PortTaken where the port is used.
    """
    with home.lock():
        agent = await asyncio.to_thread(Agent.open, home)
        try:
            runner, _ = await serve.start(make_app(agent), port)
            try:
                home.announce(agent.port, agent.control_secret)
                await agent.intake.resume()
                yield agent
            finally:
                await runner.cleanup()
        finally:
            await agent.close()
