"""Install, remove and ask for the service, whichever manager this computer has."""

from __future__ import annotations

import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .. import stopped
from ..errors import EarmarkError
from ..settings import Home
from .command import StartCommand, lasting, under_service
from .launchd import Launchd
from .program import found
from .state import Manager
from .systemd import SYSTEMCTL, Systemd
from .unit_file import as_typed


@dataclass(frozen=True)
class ServiceStatus:
    """How the service of one home is doing.

    kind: "systemd", "launchd", or "" where neither is to be had. enabled: it starts at login.
    active: its process runs. waiting: it runs, and takes over when the agent that somebody
    started by hand stops. problem: what keeps it from running, in words, with what to do.
    """

    kind: str
    installed: bool = False
    enabled: bool = False
    active: bool = False
    problem: str = ""
    waiting: bool = False


class NoManager(EarmarkError):
    """Neither a systemd user manager nor launchd; the hint says what does as well."""

    code = "no_service_manager"
    status = 409

    def __init__(self, home: Home, cause: str) -> None:
        why = f" ({cause})" if cause else ""
        super().__init__(
            f"No service manager of your login answers here, neither systemd nor launchd{why}.",
            autostart(home),
        )


class OtherHome(EarmarkError):
    """The service is there, for another folder."""

    code = "service_of_another_home"
    status = 409

    def __init__(self, home: str) -> None:
        super().__init__(
            f"Earmark starts by itself already, with the folder {home}.",
            f"Use that folder with --home, or remove it first: "
            f"earmark service remove --home {shlex.quote(home)}",
        )


class NotLasting(EarmarkError):
    """This installation is a cache's, and may be gone tomorrow."""

    code = "not_lasting"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "This Earmark runs from a cache that is emptied now and then.",
            "Install it for good (uv tool install earmark, or pipx install earmark), "
            "then run: earmark service install",
        )


def install(home: Home) -> ServiceStatus:
    """Start the agent of `home` at every login, and now unless one runs; twice is harmless.

    Raises NoManager, OtherHome, NotLasting, or ManagerRefused with the manager's own words.
    """
    manager = _required_manager(home)
    installed = _own_command(manager, home)
    if not lasting(Path(sys.prefix)):
        raise NotLasting
    home.prepare()
    manager.install(StartCommand.of(home, installed))
    return status(home)


def remove(home: Home) -> ServiceStatus:
    """Start it no more at login and stop it; the log, the pairing and the choices stay.

    The agent that is asked by its own inbox goes on until the person logs out.
    Raises NoManager, OtherHome or ManagerRefused.
    """
    manager = _required_manager(home)
    _own_command(manager, home)
    manager.remove(stop=not under_service())
    return status(home)


def status(home: Home) -> ServiceStatus:
    """How the service of `home` is doing; asks the manager, which takes some milliseconds."""
    manager, _ = _manager()
    if manager is None:
        return ServiceStatus("")
    command = manager.command()
    if command and command.home != str(home.path):
        return ServiceStatus(manager.kind, problem=_sentence(OtherHome(command.home)))
    state, installed = manager.state(), manager.installed()
    agent = home.running()
    return ServiceStatus(
        manager.kind,
        installed,
        state.enabled,
        state.active,
        problem=_problem(home, command, state.problem) if installed else "",
        waiting=state.active and agent is not None and agent.pid != state.pid,
    )


def can_be_installed() -> bool:
    """Whether there is a manager, and no service yet."""
    manager, _ = _manager()
    return manager is not None and not manager.installed()


def autostart(home: Home) -> str:
    """What to do by hand where there is no service manager, in one or two sentences."""
    command = StartCommand.of(home, None)
    if sys.platform == "win32":
        return (
            "Press Windows+R, open shell:startup, and make a shortcut there to: "
            f"{subprocess.list2cmdline(command.arguments)}"
        )
    return (
        "Add this command to the programs that your desktop starts at login "
        f"(in a container: to what it starts): {as_typed(command)}"
    )


def _manager() -> tuple[Manager | None, str]:
    """The manager to be had here; else why not."""
    candidates: tuple[Manager, ...] = (Launchd(), Systemd())
    causes = {manager.kind: manager.cause() for manager in candidates}
    for manager in candidates:
        if not causes[manager.kind]:
            return manager, ""
    return None, causes["systemd"] if found(SYSTEMCTL[0]) else ""


def _required_manager(home: Home) -> Manager:
    manager, cause = _manager()
    if manager is None:
        raise NoManager(home, cause)
    return manager


def _own_command(manager: Manager, home: Home) -> StartCommand | None:
    """What is installed for `home`; OtherHome where it is for another."""
    command = manager.command()
    if command and command.home != str(home.path):
        raise OtherHome(command.home)
    return command


def _problem(home: Home, command: StartCommand | None, of_manager: str) -> str:
    if command and not Path(command.program).exists():
        return f"{command.program} is gone. Install it anew: earmark service install"
    word = stopped.read(home)
    return f"{word.message} {word.hint}".strip() if word else of_manager


def _sentence(error: EarmarkError) -> str:
    return f"{error.message} {error.hint}"
