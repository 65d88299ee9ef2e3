"""`earmark plugin`: what plugins there are, which are used, and the kit of their authors."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import quote

import click
from rich.table import Table

from earmark import plugins
from earmark.errors import EarmarkError
from earmark.model import Json
from earmark.plugin_desk import described, no_such_plugin
from earmark.policy import read_system_policy
from earmark.settings import Home
from earmark.switches import Switches

from .agent_client import AgentClient
from .homes import with_home
from .plugin_check import check
from .plugin_dev import dev
from .plugin_hooks import loaded_plugins
from .plugin_new import new
from .plugin_record import record
from .streams import printable, words
from .tables import show_table

COLUMNS = ("name", "state", "label", "kind", "level", "cases", "version", "package", "built from")


@click.group()
def plugin() -> None:
    """Plugins: the platforms, languages and tags that Earmark knows."""


@plugin.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(as_json: bool) -> None:
    """Show every installed plugin: whether it is used, how well it is founded, and on what.

    A plugin is on, off, new (installed by you and not enabled yet: nothing of it is run) or left
    out, with the reason. Levels: real (built from saved pages), documented, unverified.

    \b
    Example:
      earmark plugin list
    """
    with loaded_plugins() as (loaded, _):
        rows = described(loaded)
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    _print(rows)


def _print(rows: list[Json]) -> None:
    table = Table(*(column.capitalize() for column in COLUMNS), box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(printable, _cells(row)))
    show_table(table)
    for row in rows:
        if row["problem"]:
            told = f"{row['problem']} {row['hint']}".rstrip()
            click.echo(f"\n{printable(row['name'])}: {printable(told)}")
        elif row["state"] == "new":
            name = printable(row["name"])
            click.echo(f"\n{name}: new; use it with: earmark plugin enable {name}")


def _cells(row: Json) -> list[str]:
    platforms = row["platforms"]
    cases = sum(platform["cases"] for platform in platforms)
    return [
        row["name"],
        row["state"],
        row["label"],
        row["kind"],
        ", ".join(dict.fromkeys(platform["level"] for platform in platforms)),
        str(cases) if platforms else "",
        row["version"],
        row["distribution"],
        "; ".join(dict.fromkeys(filter(None, (each["built_from"] for each in platforms)))),
    ]


@plugin.command()
@click.argument("name", type=words)
@with_home
def enable(home: Home, name: str) -> None:
    """Use the plugin NAME from now on; a running Earmark takes it up at once.

    The sites it reads are still asked for in the browser, one by one.

    \b
    Example:
      earmark plugin enable talk
    """
    row = _switch(home, name, True)
    if row["problem"]:
        raise EarmarkError(f"{name} is enabled and cannot be used: {row['problem']}", row["hint"])
    click.echo(f"{printable(name)} is on. Allow its sites in the extension's popup.")


@plugin.command()
@click.argument("name", type=words)
@with_home
def disable(home: Home, name: str) -> None:
    """Use the plugin NAME no more; what was heard with it stays.

    \b
    Example:
      earmark plugin disable talk
    """
    _switch(home, name, False)
    click.echo(f"{printable(name)} is off.")


def _switch(home: Home, name: str, on: bool) -> Json:
    if home.running():
        return asyncio.run(_switch_in_agent(home, name, on))
    source = next((each for each in plugins.discover() if each.name == name), None)
    if source is None:
        raise no_such_plugin(name)
    policy, _ = read_system_policy()
    plugins.refuse_forbidden(name, policy.plugins if on else None)
    with home.lock("earmark plugin"):
        Switches(home).set(source, "on" if on else "off")
    with loaded_plugins(home, only=[name]) as (loaded, _):
        return next(row for row in described(loaded) if row["name"] == name)


async def _switch_in_agent(home: Home, name: str, on: bool) -> Json:
    async with AgentClient(home) as agent:
        return await agent.patch(f"/v1/plugins/{quote(name, safe='')}", {"enabled": on})


for command in (new, dev, record, check):
    plugin.add_command(command)

COMMANDS = {"plugin": plugin}
