"""`earmark start`: the agent and its inbox, until Ctrl-C."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import click

from earmark import stopped, upgrades
from earmark.errors import EarmarkError
from earmark.service import can_be_installed, under_service
from earmark.settings import DEFAULT_PORT, AlreadyRunning, Home

from .agent_client import AgentClient
from .here import here
from .homes import home_option
from .local_agent import running_elsewhere
from .opener import has_display, open_in_browser
from .signals import stop_signal, until
from .streams import printable

if TYPE_CHECKING:
    from earmark.agent import Agent


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
    at = Home(home, store)
    with stopped.explained(at):
        if under_service():
            _start_as_service(at, port)
        else:
            show = not no_open and at_a_terminal() and has_display()
            asyncio.run(_start(at, port, show=show))


def _start_as_service(home: Home, port: int) -> None:
    # Imported here, as below: opening the inbox of a running agent needs none of it.
    from .as_service import serve

    try:
        code = asyncio.run(serve(home, port))
    except EarmarkError:
        raise
    except Exception as error:
        # The text of an error may quote a page; what is said here stays in the system's journal.
        raise stopped.in_words(error) from error
    if code:
        raise click.exceptions.Exit(code)


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
    from earmark.agent import running

    async with running(home, port) as agent:
        await _show_inbox(home, show=show)
        await _say_what_next(home)
        await until(stop, _tell_of_upgrade(agent))
        await stop.wait()
        click.echo("Stopping …")


async def _tell_of_upgrade(agent: Agent) -> None:
    agent.upgraded_to = await upgrades.noticed(agent.version)
    click.echo(
        f"Earmark was upgraded to {printable(agent.upgraded_to)}; stop it and start it again."
    )


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
            f"  {here()} try         hears a first thread in a throw-away browser\n"
            f"  {here()} extension   puts it into the browser you use every day"
        )
    if at_a_terminal() and await asyncio.to_thread(can_be_installed):
        click.echo(f"To have it start by itself at login: {here()} service install")
    click.echo("Stop with Ctrl-C.")


def at_a_terminal() -> bool:
    """Whether somebody reads along, or types: only then a window of a browser is expected."""
    return sys.stdin.isatty() or sys.stdout.isatty()


def _name(browser: dict[str, str]) -> str:
    return printable(browser.get("name") or browser["id"])


COMMANDS = {"start": start}
