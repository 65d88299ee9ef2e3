"""Fixtures that run the command on an empty home."""

from __future__ import annotations

import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cli_process import READY, Command, read_until

from earmark.plugins import PluginSource
from earmark.settings import Home
from earmark.store.log import open_log
from earmark.switches import Switches


@pytest.fixture
def earmark(tmp_path: Path) -> Command:
    """`earmark`, on an empty home."""
    return Command(Home(tmp_path / "home"))


@pytest.fixture
def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(
    earmark: Command, free_port: int
) -> Iterator[Callable[..., tuple[subprocess.Popen[str], str]]]:
    """Starts the agent and returns it with what it said until it was ready; stops it at the end."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, **settings: Any) -> tuple[subprocess.Popen[str], str]:
        process = earmark.begin("start", "--port", str(free_port), *arguments, **settings)
        started.append(process)
        return process, read_until(process, READY)

    yield begin
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


@pytest.fixture
def agent(start: Callable[..., tuple[subprocess.Popen[str], str]]) -> subprocess.Popen[str]:
    """A running agent."""
    process, _ = start("--no-open")
    return process


@pytest.fixture
def log_of(earmark: Command):
    """Puts items in the log of the home, without an agent."""

    def fill(*items: dict[str, object]) -> None:
        with earmark.home.lock():
            log = open_log(earmark.home.database)
            log.table("items").insert_multiple(items)
            log.close()

    return fill


@pytest.fixture
def with_plugin(tmp_path, earmark):
    """Installs a makeshift package with one plugin; the settings that make it found."""

    def install(name: str, source: str, *, enabled: bool = True) -> dict[str, str]:
        folder = tmp_path / "site"
        info = folder / f"{name}-1.2.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n", encoding="utf-8"
        )
        (info / "entry_points.txt").write_text(
            f"[earmark]\n{name} = {name}_plugin\n", encoding="utf-8"
        )
        (folder / f"{name}_plugin.py").write_text(source, encoding="utf-8")
        if enabled:
            switches = Switches(earmark.home)
            switches.set(PluginSource(name, f"{name}_plugin", name, "1.2"), "on")
        return {"PYTHONPATH": str(folder)}

    return install
