"""`earmark start`: the agent and its inbox, until Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from pathlib import Path

import click

from earmark.settings import DEFAULT_PORT, AlreadyRunning, Home

from .agent_client import AgentClient
from .homes import home_option
from .local_agent import running_elsewhere
from .opener import has_display, open_in_browser
from .signals import stop_signal
from .streams import printable


@click.command()
@click.option(
    "--port",
    default=DEFAULT_PORT,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="0 takes any that is free.",
)
@home_option
@click.option("--store", default="", metavar="URL", help="Another SQLite file, or sqlite:///path.")
@click.option("--no-open", is_flag=True, help="Do not open the inbox in your browser.")
def start(port: int, home: str | None, store: str, no_open: bool) -> None:
    """Start the agent and open its inbox; runs until Ctrl-C.

    Where it runs already, only its inbox is opened.

    \b
    Examples:
      earmark start
      earmark start --no-open --port 47651
    """
    asyncio.run(_start(Home(home, store), port, show=not no_open and has_display()))


async def _start(home: Home, port: int, *, show: bool) -> None:
    stop = stop_signal()
    other = await running_elsewhere(home)
    if other is None:
        try:
            await _serve(home, port, stop, show=show)
            return
        except AlreadyRunning:  # another start was quicker
            if (other := await running_elsewhere(home)) is None:
                raise
    click.echo(f"Earmark is running already (process {other.pid}).")
    await _show_inbox(home, show=show)


async def _serve(home: Home, port: int, stop: asyncio.Event, *, show: bool) -> None:
    # Imported here: opening the inbox of a running agent needs none of it.
    from earmark.agent import running

    async with running(home, port):
        await _show_inbox(home, show=show)
        await _say_what_next(home)
        await stop.wait()
        click.echo("Stopping …")


async def _show_inbox(home: Home, *, show: bool) -> None:
    async with AgentClient(home) as agent:
        link = await agent.sign_in_link()
    address = link.partition("/sign-in/")[0]
    click.echo(f"Your inbox: {address}/")
    opened = show and await asyncio.to_thread(open_in_browser, link)
    if not opened:
        click.echo(f"Sign in once, within a minute, at:\n  {link}")


async def _say_what_next(home: Home) -> None:
    async with AgentClient(home) as agent:
        browsers = (await agent.get("/v1/browsers"))["browsers"]
    if browsers:
        click.echo(f"Paired browsers: {', '.join(map(_name, browsers))}.")
    else:
        click.echo(
            "No browser is paired yet. In another terminal:\n"
            f"  {command_here()} try    hears a first thread in a throw-away browser\n"
            f"  {command_here()} pair   shows the code that connects your own"
        )
    click.echo("Stop with Ctrl-C.")


def command_here() -> str:
    """How this very command is called from this folder: it may not be on the PATH."""
    called = Path(sys.argv[0])
    if called.stem != "earmark":
        return "python -m earmark"
    return "earmark" if shutil.which("earmark") else os.path.relpath(called)


def _name(browser: dict[str, str]) -> str:
    return printable(browser.get("name") or browser["id"])


COMMANDS = {"start": start}
