"""`earmark service`: have the agent start by itself at login, and stay."""

from __future__ import annotations

import time

import click

from earmark import service as services
from earmark import stopped
from earmark.logs import log_file
from earmark.service import ServiceStatus
from earmark.settings import Home

from .here import here
from .homes import with_home
from .streams import printable

STARTING_SECONDS = 20.0
POLL_SECONDS = 0.1


@click.group()
def service() -> None:
    """Have the agent start by itself at login (systemd, launchd).

    Example: earmark service install
    """


@service.command()
@with_home
def install(home: Home) -> None:
    """Start the agent at every login, and now unless one runs. Twice is harmless.

    Example: earmark service install
    """
    status = services.install(home)
    click.echo("Earmark starts by itself from now on, each time you log in.")
    if status.waiting and (agent := home.running()):
        click.echo(
            f"An agent that was started by hand is running (process {agent.pid}); "
            "the service takes over when that one stops."
        )
    else:
        _say_how_it_started(home)
    click.echo(f"Not any more: {here()} service remove")


@service.command()
@with_home
def remove(home: Home) -> None:
    """Stop the service and start it no more. What was captured stays.

    Example: earmark service remove
    """
    services.remove(home)
    click.echo("Earmark does not start by itself any more. What it heard stays in its folder.")
    click.echo(f"By hand: {here()} start. Back again: {here()} service install")


@service.command()
@with_home
def status(home: Home) -> None:
    """Whether it starts by itself, runs, what went wrong last, and where its log is.

    Exit code 1 where it is installed and does not run as it should.

    Example: earmark service status
    """
    found = services.status(home)
    for line in _lines(home, found):
        click.echo(printable(line))
    if found.problem or (found.installed and not (found.enabled and found.active)):
        raise click.exceptions.Exit(1)


def _say_how_it_started(home: Home) -> None:
    """Wait until it answers, or has said why it does not."""
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline:
        if agent := home.running():
            click.echo(f"It runs now (process {agent.pid}, port {agent.port}).")
            return
        if word := stopped.read(home):
            click.echo(printable(f"It could not start yet: {word.message} {word.hint}"))
            click.echo("It tries again by itself.")
            return
        time.sleep(POLL_SECONDS)
    click.echo(f"It has not answered yet. See: {here()} service status")


def _lines(home: Home, found: ServiceStatus) -> list[str]:
    if not found.kind:
        return ["No service manager of your login answers here.", services.autostart(home)]
    if not found.installed:
        offer = f"To have it start at login: {here()} service install"
        return ["Not installed.", found.problem or offer]
    at_login = "starts when you log in" if found.enabled else "does not start at login"
    lines = [f"Installed ({found.kind}); {at_login}.", _what_runs(home, found)]
    if found.problem:
        lines.append(f"Last failure: {found.problem}")
    return [*lines, f"Log: {log_file(home)}"]


def _what_runs(home: Home, found: ServiceStatus) -> str:
    agent = home.running()
    if found.waiting and agent:
        by_hand = f"An agent started by hand runs (process {agent.pid})"
        return f"{by_hand}; the service takes over when it stops."
    if found.active and agent:
        return f"Running (process {agent.pid}, port {agent.port})."
    return "Starting." if found.active else "Not running."


COMMANDS = {"service": service}
