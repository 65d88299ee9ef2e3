"""Homes, ports and logins with a service manager."""

from __future__ import annotations

import socket
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from logins import Login, RealSystemd, StandIn, logged_in
from person import Person

from earmark.service.command import StartCommand
from earmark.service.unit_file import unit_text
from earmark.settings import Home


@pytest.fixture
def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "Ayşe's 100% $HOME" / "log")


@pytest.fixture(scope="session")
def manager(tmp_path_factory: pytest.TempPathFactory) -> type[Login]:
    """systemd itself where it can run beside the machine's own; else what obeys the same unit."""
    try:
        with contextmanager(logged_in)(RealSystemd(tmp_path_factory.mktemp("login"))):
            return RealSystemd
    except pytest.skip.Exception as why:
        warnings.warn(f"A stand-in takes the place of systemd: {why}", stacklevel=1)
        return StandIn


@pytest.fixture
def login(manager: Callable[[Path], Login], tmp_path: Path) -> Iterator[Login]:
    """A person who is logged in, with a user manager."""
    yield from logged_in(manager(tmp_path))


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[StandIn]:
    """For what needs no real manager."""
    yield from logged_in(StandIn(tmp_path))


@pytest.fixture
def person(login: Login, home: Home, free_port: int) -> Iterator[Person]:
    """Who types commands in that login."""
    yield from typing(Person(login, home, free_port))


@pytest.fixture
def someone(stand_in: StandIn, home: Home, free_port: int) -> Iterator[Person]:
    """The same with a stand-in for systemd alone."""
    yield from typing(Person(stand_in, home, free_port))


def typing(person: Person) -> Iterator[Person]:
    # The default port may be in use on the machine of whoever runs the tests; a service that is
    # there keeps its port when it is installed again.
    unit = person.login.unit
    unit.parent.mkdir(parents=True, exist_ok=True)
    unit.write_text(unit_text(StartCommand(str(person.home.path), person.port)), encoding="utf-8")
    yield person
    person.stop_all()
