"""The service under a systemd user manager: `~/.config/systemd/user/earmark.service`."""

from __future__ import annotations

import os
from pathlib import Path

from .command import StartCommand, under_service
from .program import ManagerRefused, ask, demand, found, reason_against
from .state import State
from .unit_file import command_in, unit_text

UNIT_NAME = "earmark.service"
SYSTEMCTL = ("systemctl", "--user")
ASKED = ("LoadState", "FragmentPath", "UnitFileState", "ActiveState", "SubState")
ASKED_WHY = ("Result", "ExecMainStatus", "MainPID", "NeedDaemonReload")
# Exit codes of systemd itself, before any of our code runs: systemd.exec(5).
NEVER_RAN = {"200": "its folder is gone", "203": "its program cannot be started"}


class Systemd:
    """The user manager of the login this process belongs to."""

    kind = "systemd"

    @property
    def unit(self) -> Path:
        """Where the unit is kept: what the person set up, not what a package brings."""
        configured = os.environ.get("XDG_CONFIG_HOME", "")
        folder = Path(configured)
        if not folder.is_absolute():  # as the XDG base directories say
            folder = Path.home() / ".config"
        return folder / "systemd" / "user" / UNIT_NAME

    def cause(self) -> str:
        """Why it cannot be used here: no such program, or no manager of this login answers."""
        if not found(SYSTEMCTL[0]):
            return "There is no systemctl."
        return reason_against(*SYSTEMCTL, "show", "--property=Version")

    def installed(self) -> bool:
        """Whether the unit is there."""
        return self.unit.is_file()

    def command(self) -> StartCommand | None:
        """What the unit starts."""
        try:
            return command_in(self.unit.read_text(encoding="utf-8"))
        except (OSError, UnicodeError):
            return None

    def install(self, command: StartCommand) -> None:
        """Write, enable and start the unit; a running one is started anew only when changed."""
        text = unit_text(command)
        before = self.unit.read_text("utf-8", "replace") if self.installed() else ""
        self._write(text)
        demand(*SYSTEMCTL, "daemon-reload")
        self._see_that_it_is_found()
        demand(*SYSTEMCTL, "enable", UNIT_NAME)
        # A failed or waiting unit is started at once; the agent must not end itself.
        anew = text != before and not under_service()
        demand(*SYSTEMCTL, "restart" if anew else "start", UNIT_NAME)

    def remove(self, *, stop: bool) -> None:
        """Disable it and delete the unit."""
        if self.installed():
            demand(*SYSTEMCTL, "disable", *(["--now"] if stop else []), UNIT_NAME)
            self.unit.unlink(missing_ok=True)
        elif stop and self.state().active:
            demand(*SYSTEMCTL, "stop", UNIT_NAME)
        demand(*SYSTEMCTL, "daemon-reload")
        # Fails where nothing had failed, which is as well.
        ask(*SYSTEMCTL, "reset-failed", UNIT_NAME)

    def state(self) -> State:
        """From `systemctl show`."""
        told = self._show()
        active = told.get("ActiveState") == "active"
        return State(
            enabled=told.get("UnitFileState") == "enabled",
            active=active,
            pid=int(told.get("MainPID") or 0),
            problem="" if active else _why(told),
        )

    def _show(self) -> dict[str, str]:
        properties = ",".join((*ASKED, *ASKED_WHY))
        said = demand(*SYSTEMCTL, "show", UNIT_NAME, f"--property={properties}")
        return dict(line.split("=", 1) for line in said.splitlines() if "=" in line)

    def _write(self, text: str) -> None:
        try:
            self.unit.parent.mkdir(parents=True, exist_ok=True)
            draft = self.unit.with_name(f".{UNIT_NAME}.{os.getpid()}")
            draft.write_text(text, encoding="utf-8")
            draft.replace(self.unit)
        except OSError as error:
            raise ManagerRefused(
                f"{self.unit} cannot be written: {error.strerror}.",
                "The folder must belong to you and be writable.",
            ) from error

    def _see_that_it_is_found(self) -> None:
        told = self._show()
        if told.get("LoadState") != "loaded" or told.get("FragmentPath") != str(self.unit):
            self.unit.unlink()
            demand(*SYSTEMCTL, "daemon-reload")
            raise ManagerRefused(
                f"systemd does not read {self.unit.parent}.",
                "Run it with the XDG_CONFIG_HOME of your desktop, or without one.",
            )


def _why(told: dict[str, str]) -> str:
    code = told.get("ExecMainStatus", "0")
    if told.get("Result", "success") == "success" and code == "0":
        return ""
    reason = NEVER_RAN.get(code, f"{told.get('Result')}, exit code {code}")
    again = "; it is tried again by itself" if told.get("SubState") == "auto-restart" else ""
    return f"The service could not run: {reason}{again}."
