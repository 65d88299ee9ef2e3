"""An intake with its own log and workers, and room for plugins that misbehave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from intake_line import Line
from new_logs import log_at

import earmark.intake
from earmark.capture_health import CaptureHealth
from earmark.entered import Entered
from earmark.intake import Intake
from earmark.keeping.choices import Choices
from earmark.keeping.corrections import Corrections
from earmark.plugins import PluginSource, discover, load
from earmark.policy import Policies
from earmark.reading import Reading
from earmark.second_look import SecondLook
from earmark.store.language_hints import language_hints
from earmark.workers import PluginWorkers

Opener = Callable[..., Any]


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], PluginSource]:
    """Write a plugin that worker processes can import."""
    folder = tmp_path / "plugins"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))

    def write(name: str, code: str) -> PluginSource:
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
        return PluginSource(name, name, "made-up", "1")

    return write


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, what a test sends is answered once it is read."""
    monkeypatch.setattr(earmark.intake, "ANSWER_WITHIN", 60.0)


@pytest.fixture
def line(tmp_path: Path) -> Opener:
    """Open the path on the log of this test, with some of our plugins and some made up."""

    @asynccontextmanager
    async def open_line(
        *extra: PluginSource, only: tuple[str, ...] = ("webpage",)
    ) -> AsyncIterator[Line]:
        log = log_at(tmp_path / "log.sqlite3")
        workers = PluginWorkers()
        sources = [*extra, *discover(only=only)]
        plugins = await asyncio.to_thread(load, sources, workers)
        choices = Choices(log)
        policy = Policies(log, tmp_path / "policy.json")
        health = CaptureHealth(log, plugins, choices)
        corrections = Corrections(log)
        entered = Entered(
            tmp_path,
            accounts=choices.accounts,
            terms=choices.terms,
            corrections=corrections.all,
        )
        reading = Reading(plugins, workers, entered.path, partial(language_hints, log))
        second = SecondLook(plugins, workers, health)
        intake = Intake(log, plugins, reading, choices, policy, health, second)
        try:
            parts = (choices, health, policy, corrections, reading)
            yield Line(log, plugins, workers, intake, *parts)
        finally:
            await intake.close()
            await asyncio.to_thread(workers.close)
            log.close()

    return open_line
