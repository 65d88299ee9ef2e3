"""The command line under which a service starts the agent."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from ..settings import DEFAULT_PORT, Home

ENVIRONMENT = {"EARMARK_SERVICE": "1"}
# After an upgrade the agent ends with this code, so that the new version is started in its place.
# It is EX_TEMPFAIL of sysexits.h: try again.
START_ME_AGAIN = 75
# Calm, because what stands in the way (a taken port, a full disk) rarely goes within seconds.
RESTART_SECONDS = 15


def under_service() -> bool:
    """Whether this very process was started by the service."""
    return all(os.environ.get(name) == value for name, value in ENVIRONMENT.items())


@dataclass(frozen=True)
class StartCommand:
    """`earmark start` for one home, with whole paths; `store` is empty where it is in the home."""

    home: str
    port: int = DEFAULT_PORT
    store: str = ""
    program: str = sys.executable

    @classmethod
    def of(cls, home: Home, installed: StartCommand | None) -> StartCommand:
        """What starts the agent of `home` as it runs now, else as it is installed already.

        Browsers are paired with a port: another one would have them paired again.
        """
        running = home.running()
        known = installed.port if installed else DEFAULT_PORT
        store = (running.store if running else "") or str(home.database)
        inside = store == str(home.path / "log.sqlite3")
        return cls(str(home.path), running.port if running else known, "" if inside else store)

    @property
    def arguments(self) -> list[str]:
        """All of it. `-P`: no file of the folder it starts in is taken for one of ours."""
        words = [self.program, "-P", "-m", "earmark", "start", "--no-open", "--home", self.home]
        words += ["--port", str(self.port)]
        return [*words, "--store", self.store] if self.store else words

    @classmethod
    def read(cls, arguments: list[str]) -> StartCommand | None:
        """The command that `arguments` are; None where no such command made them."""
        options = dict(zip(arguments[6::2], arguments[7::2], strict=False))
        if len(arguments) < 10 or not options.get("--port", "").isdecimal():
            return None
        home, store = options.get("--home", ""), options.get("--store", "")
        command = cls(home, int(options["--port"]), store, arguments[0])
        return command if command.arguments == arguments else None


def lasting(prefix: Path) -> bool:
    """Whether an installation at `prefix` stays: `uvx` and `pipx run` use caches that do not."""
    if prefix.parent.name == ".cache":
        return False
    # https://bford.info/cachedir/: what a cache's folder says of itself.
    return not any((folder / "CACHEDIR.TAG").exists() for folder in prefix.parents)
