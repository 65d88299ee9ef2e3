"""`earmark doctor`: what is wrong, and the fix, in words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import asdict

import click

from earmark.errors import EarmarkError
from earmark.settings import Home

from . import checks
from .checks import Finding
from .homes import with_home
from .plugin_hooks import loaded_plugins
from .reading import reading
from .streams import printable


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object with everything looked at.")
@with_home
def doctor(home: Home, as_json: bool) -> None:
    """Say what is wrong and how to put it right. Exit code 1 where something is.

    Example: earmark doctor
    """
    findings = list(_examine(home))
    problems = [finding for finding in findings if finding.is_problem]
    if as_json:
        body = {"ok": not problems, "findings": [asdict(finding) for finding in findings]}
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
    else:
        _tell(findings, len(problems))
    if problems:
        raise click.exceptions.Exit(1)


def _examine(home: Home) -> Iterator[Finding]:
    yield from checks.check_home(home)
    yield from checks.check_disk(home)
    running, told = asyncio.run(checks.ask_agent(home))
    yield running
    with loaded_plugins() as (loaded, _):
        yield from checks.check_plugins(loaded, told)
    if not home.database.exists() and home.running() is None:
        return
    try:
        with reading(home) as log:
            yield from checks.check_browsers(log)
            yield from checks.check_understood(log)
    except EarmarkError as error:
        yield Finding("log", error.message, error.hint or "Restore a backup: earmark restore FILE")


def _tell(findings: list[Finding], problems: int) -> None:
    for finding in findings:
        mark = "problem" if finding.is_problem else "ok"
        click.echo(f"{mark:8}{finding.check:9}{printable(finding.message)}")
        if finding.fix:
            click.echo(f"{'':17}{printable(finding.fix)}")
    click.echo("Everything is in order." if not problems else f"To put right: {problems}.")


COMMANDS = {"doctor": doctor}
