"""Runs of the agent as a command watches them: begun, waited for, told."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import click

from earmark.errors import EarmarkError
from earmark.model import Json
from earmark.settings import Home

from .agent_client import AgentClient
from .local_agent import agent_at
from .streams import printable

ANY_PORT = 0
POLL_SECONDS = 0.2
SILENT_SECONDS = 2.0  # what ends sooner needs no progress
GOING = ("reading", "writing", "undoing")


@asynccontextmanager
async def asking(home: Home) -> AsyncIterator[AgentClient]:
    """The agent that runs, else one for as long as this command takes."""
    async with agent_at(home, ANY_PORT), AgentClient(home) as agent:
        yield agent


async def wait_for(agent: AgentClient, run: Json, word: str) -> Json:
    """The run when it is no longer under way; progress is told once it takes long. Raises
    EarmarkError where it failed."""
    told = Progress(word)
    while run["status"] in GOING:
        told.show(run.get("progress", {}))
        await asyncio.sleep(POLL_SECONDS)
        run = await agent.get(f"/v1/runs/{run['run']}")
    told.end()
    if run["status"] == "failed":
        error = run["told"]["error"]
        raise EarmarkError(error["message"], error["hint"])
    return run


async def undo(agent: AgentClient, kind: str, number: int) -> Json:
    """Undo a run, or with 0 the newest of its kind that can be."""
    if not number:
        listed = (await agent.get("/v1/runs"))["runs"]
        ours = [run["run"] for run in listed if run["kind"] == kind and run["undoable"]]
        if not ours:
            raise EarmarkError(f"There is no {kind} that can be undone.")
        number = ours[0]
    run = await agent.post(f"/v1/runs/{number}/undo")
    return await wait_for(agent, run, "Undoing")


def tell_undone(run: Json) -> None:
    """Say what an undo did."""
    undone = run["told"]["undone"]
    click.echo(
        f"Run {run['run']} is undone: {undone['restored']} items as they were before, "
        f"{undone['removed']} taken away again.",
        err=True,
    )
    if undone["kept"]:
        click.echo(f"{undone['kept']} changed since; what is theirs since then stays.", err=True)


class Progress:
    """One line on standard error that is written over, from two seconds on."""

    def __init__(self, word: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._word = word
        self._clock = clock
        self._began = clock()
        self._shown = ""

    def show(self, progress: Json) -> None:
        """Tell how far it is; on a terminal over the line before, else when it moved by a tenth."""
        if self._clock() - self._began < SILENT_SECONDS:
            return
        done, total = progress.get("done", 0), progress.get("total", 0)
        line = f"{self._word}: {done:,} of {total:,}" if total else f"{self._word}: {done:,}"
        on_terminal = sys.stderr.isatty()
        mark = line if on_terminal else str(done * 10 // total if total else done // 1000)
        if mark != self._shown:
            self._shown = mark
            click.echo(f"\r{line}" if on_terminal else line, err=True, nl=not on_terminal)

    def end(self) -> None:
        """Leave the line."""
        if self._shown and sys.stderr.isatty():
            click.echo("", err=True)


def short(value: Any) -> str:
    """A value on one line, for people."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {short(each)}" for name, each in value.items())
    if isinstance(value, list):
        return ", ".join(map(short, value))
    return "nothing" if value is None else printable(str(value))
