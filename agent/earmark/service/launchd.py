"""The service under launchd: an agent of the login, `~/Library/LaunchAgents/….plist`."""

from __future__ import annotations

import os
import plistlib
import re
from pathlib import Path
from typing import Any

from .command import ENVIRONMENT, RESTART_SECONDS, StartCommand, under_service
from .program import ManagerRefused, ask, demand, found, reason_against
from .state import State

LABEL = "local.earmark.agent"
LAUNCHCTL = "launchctl"


class Launchd:
    """launchd, in the domain of the person who is logged in at the screen."""

    kind = "launchd"

    @property
    def plist(self) -> Path:
        """Where the agent's property list is kept."""
        return Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist"

    @property
    def _domain(self) -> str:
        return f"gui/{os.getuid()}"

    @property
    def _target(self) -> str:
        return f"{self._domain}/{LABEL}"

    def cause(self) -> str:
        """Why it cannot be used here: no such program, or nobody is logged in at the screen."""
        if not found(LAUNCHCTL):
            return "There is no launchctl."
        return reason_against(LAUNCHCTL, "print", self._domain)

    def installed(self) -> bool:
        """Whether the property list is there."""
        return self.plist.is_file()

    def command(self) -> StartCommand | None:
        """What the property list starts."""
        arguments = self._read().get("ProgramArguments")
        return StartCommand.read(list(map(str, arguments))) if arguments else None

    def install(self, command: StartCommand) -> None:
        """Write the list and load it; what is loaded is loaded anew only when it changed."""
        changed = self._read() != properties(command)
        self._write(properties(command))
        demand(LAUNCHCTL, "enable", self._target)
        loaded = ask(LAUNCHCTL, "print", self._target).returncode == 0
        if loaded and changed and not under_service():
            demand(LAUNCHCTL, "bootout", self._target)
            loaded = False
        if not loaded:
            demand(LAUNCHCTL, "bootstrap", self._domain, str(self.plist))
        demand(LAUNCHCTL, "kickstart", self._target)

    def remove(self, *, stop: bool) -> None:
        """Delete the property list, and unload what is loaded."""
        self.plist.unlink(missing_ok=True)
        if stop and ask(LAUNCHCTL, "print", self._target).returncode == 0:
            demand(LAUNCHCTL, "bootout", self._target)

    def state(self) -> State:
        """From `launchctl print`, which is written for people: only three lines are used."""
        disabled = ask(LAUNCHCTL, "print-disabled", self._domain).stdout
        off = re.search(rf'"{re.escape(LABEL)}" => (?:disabled|true)', disabled)
        said = ask(LAUNCHCTL, "print", self._target)
        running = _told(said.stdout, "state") == "running"
        code = _told(said.stdout, "last exit code") or "0"
        failed = not running and code not in ("0", "(never exited)")
        return State(
            enabled=self.installed() and not off,
            active=running,
            pid=int(_told(said.stdout, "pid") or 0) if running else 0,
            problem=f"The service could not run: exit code {code}." if failed else "",
        )

    def _read(self) -> dict[str, Any]:
        try:
            read = plistlib.loads(self.plist.read_bytes())
        except (OSError, ValueError, plistlib.InvalidFileException):
            return {}
        return read if isinstance(read, dict) else {}

    def _write(self, content: dict[str, Any]) -> None:
        try:
            text = plistlib.dumps(content)
            self.plist.parent.mkdir(parents=True, exist_ok=True)
            draft = self.plist.with_name(f".{LABEL}.{os.getpid()}")
            draft.write_bytes(text)
            draft.replace(self.plist)
        except (OSError, ValueError) as error:
            raise ManagerRefused(
                f"{self.plist} cannot be written: {error}.",
                "The folder must belong to you and be writable, and its name be plain text.",
            ) from error


def properties(command: StartCommand) -> dict[str, Any]:
    """The property list that starts `command` at login and again after every failure."""
    return {
        "Label": LABEL,
        "ProgramArguments": command.arguments,
        "EnvironmentVariables": dict(ENVIRONMENT),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": RESTART_SECONDS,
        "Umask": 0o077,
    }


def _told(text: str, name: str) -> str:
    line = re.search(rf"^\s*{re.escape(name)} = (.*)$", text, re.M)
    return line[1].strip() if line else ""
