"""`earmark plugin`: what plugins there are, and what is wrong with them."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.table import Table

from earmark import plugins
from earmark.model import Json
from earmark.plugins import Plugins, PluginSource

from .plugin_hooks import loaded_plugins
from .streams import printable

COLUMNS = ("name", "label", "kind", "version", "distribution", "state")


@click.group()
def plugin() -> None:
    """Plugins: the platforms, languages and tags that Earmark knows."""


@plugin.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_(as_json: bool) -> None:
    """Show every installed plugin, tried now; a broken one with its reason.

    Example: earmark plugin list
    """
    sources = plugins.discover()
    with loaded_plugins() as (loaded, _):
        rows = [_described(source, loaded) for source in sources]
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    table = Table(*(column.capitalize() for column in COLUMNS), box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(printable(row[column]) for column in COLUMNS))
    Console(markup=False, highlight=False).print(table)
    for row in rows:
        if row["problem"]:
            click.echo(f"\n{printable(row['name'])}: {printable(row['problem'])}")


def _described(source: PluginSource, loaded: Plugins) -> Json:
    problems = {problem.plugin: problem for problem in loaded.problems}
    problem = problems.get(source.name)
    labels = [
        entry["label"] for entry in loaded.entries if loaded.plugin_of(entry["name"]) == source.name
    ]
    return {
        "name": source.name,
        "label": ", ".join(labels),
        "kind": ", ".join(_kinds(source.name, loaded)),
        "version": source.version,
        "distribution": source.distribution,
        "state": "left out" if problem else "ok",
        "problem": f"{problem.message} {problem.hint}".rstrip() if problem else "",
    }


def _kinds(name: str, loaded: Plugins) -> list[str]:
    """What the plugin does, by the hooks it answers."""
    roster = loaded.roster
    answered = {
        "platform": name in roster.platforms.values(),
        "language": name in dict(roster.languages),
        "tags": name in roster.taggers,
        "sentiment": name in roster.sentiment,
        "listener": name in loaded.listeners,
    }
    return [kind for kind, answers in answered.items() if answers]


COMMANDS = {"plugin": plugin}
