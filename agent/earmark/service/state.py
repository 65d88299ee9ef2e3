"""What the two managers are asked, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from .command import StartCommand


@dataclass(frozen=True)
class State:
    """Of our service, as its manager tells it.

    enabled: it starts at login. active: its process runs. pid: of that process, 0 where none
    does. problem: why it does not run, in the manager's terms; empty where nothing is wrong.
    """

    enabled: bool
    active: bool
    pid: int = 0
    problem: str = ""


class Manager(Protocol):
    """A service manager of one login."""

    kind: str

    def cause(self) -> str:
        """Why it cannot be used here; empty where it can."""

    def installed(self) -> bool:
        """Whether our service is set up in it."""

    def command(self) -> StartCommand | None:
        """What it starts; None where nothing is set up, or not by us."""

    def install(self, command: StartCommand) -> None:
        """Have it start `command` now and at every login; EarmarkError where it refuses."""

    def remove(self, *, stop: bool) -> None:
        """Start it no more, and `stop` what runs; the log is left alone."""

    def state(self) -> State:
        """How it is doing."""
