"""`earmark plugin check`: all cases of a plugin, or of all plugins."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.table import Table

from earmark.errors import EarmarkError
from earmark.kit.case import Case
from earmark.kit.check import FIELDS, Outcome, outcome, shares
from earmark.kit.project import is_project, sources_at
from earmark.model import Json
from earmark.plugin_desk import cases_beside, no_such_plugin
from earmark.plugins import Plugins, PluginSource
from earmark.settings import Home
from earmark.worker_tasks import parse_with
from earmark.workers import PluginWorkers

from .homes import with_home
from .plugin_hooks import loaded_plugins
from .streams import printable, words
from .tables import show_table

CASE_SECONDS = 60.0
NAMES = {"published": "time", "parent_id": "parent", "url": "link"}


@click.command()
@click.argument("plugin", required=False, default="", type=words, metavar="[NAME|PATH]")
@click.option("--update", is_flag=True, help="Expect from now on what the cases give now.")
@with_home
def check(home: Home, plugin: str, update: bool) -> None:
    """Run the cases of a plugin, each in a worker process, and show the fields they give.

    NAME is a plugin in use, PATH a module or a project's folder; without either it is the project
    you are in, else every plugin in use. Cases lie beside the module, in the project's or in the
    home's folder cases, as cases/PLATFORM/CASE. Exit code 1 where one differs.

    \b
    Examples:
      earmark plugin check
      earmark plugin check hackernews
      earmark plugin check earmark_mysite.py --update
    """
    path = _path(plugin)
    project = sources_at(path) if path else []
    only = [source.name for source in project] or [plugin] * bool(plugin)
    with loaded_plugins(home, project, only) as (loaded, workers):
        chosen = _chosen(loaded, project, plugin)
        outcomes = [
            outcome(case, [entry], _Run(loaded, workers), update=update)
            for entry in chosen
            for case in _cases(entry, loaded, path, home)
        ]
    _show(chosen, outcomes)
    failed = [each for each in outcomes if not each.passed]
    for each in outcomes:
        _tell(each)
    if outcomes:
        passed = len(outcomes) - len(failed)
        click.echo(f"\n{passed} of {len(outcomes)} cases give what they must.")
    else:
        click.echo("\nThere is no case yet. Make one: earmark plugin record FILE --url URL")
    if failed or not outcomes:
        raise click.exceptions.Exit(1)


def _tell(each: Outcome) -> None:
    """How a case differs, and what went wrong in it, if anything."""
    lines = [*each.lines, *(f"! {error}" for error in each.errors)]
    if lines:
        click.echo(f"\n{printable(each.case.name)}{'' if each.lines else ' (as expected)'}")
    for line in lines:
        click.echo(f"  {printable(line)}")


def _path(plugin: str) -> Path | None:
    """The module or folder that is meant; None for an installed plugin."""
    if plugin:
        named = Path(plugin)
        return named if named.exists() and (named.suffix == ".py" or is_project(named)) else None
    return Path() if is_project(Path()) else None


def _chosen(loaded: Plugins, project: Sequence[PluginSource], plugin: str) -> list[Json]:
    """The plan entries to check."""
    names = {source.name for source in project}
    if not names and plugin:
        names = {plugin}
        if plugin not in {source.name for source in loaded.found}:
            raise no_such_plugin(plugin)
    for problem in loaded.problems:
        if problem.plugin in names:
            raise EarmarkError(problem.message, problem.hint)
    if names and not names & {source.name for source in loaded.sources}:
        raise EarmarkError(f"{plugin} is not in use.", f"Run: earmark plugin enable {plugin}")
    entries = loaded.entries
    return [e for e in entries if not names or loaded.plugin_of(e["name"]) in names]


def _cases(entry: Json, loaded: Plugins, path: Path | None, home: Home) -> list[Case]:
    name = entry["name"]
    places = [loaded.files[loaded.plugin_of(name)], home.path / "agent"]
    places += [path / "module"] if path and path.is_dir() else []
    folders = [folder.resolve() for place in places for folder in cases_beside(place, name)]
    return [Case(folder) for folder in dict.fromkeys(folders)]


class _Run:
    """Reads fragments in a worker process."""

    def __init__(self, loaded: Plugins, workers: PluginWorkers) -> None:
        self._loaded = loaded
        self._workers = workers

    def __call__(self, platform: str, page: Json, fragments: list[Json]) -> list[Json]:
        plugin = self._loaded.plugin_of(platform)
        work = (parse_with, platform, page, fragments)
        results: list[Json] = self._workers.call_sync(*work, timeout=CASE_SECONDS, plugin=plugin)
        return results


def _show(entries: Sequence[Json], outcomes: Sequence[Outcome]) -> None:
    """One row a platform: how many of its items have which field."""
    heads = ("Platform", "Cases", "Items", *(NAMES.get(n, n).capitalize() for n in FIELDS))
    table = Table(*heads, box=None, pad_edge=False)
    for entry in entries:
        of_it = [each for each in outcomes if each.case.platform == entry["name"]]
        items = sum(len(each.items) for each in of_it)
        cells = [f"{share:.0%}" if share else "–" for share in shares(of_it).values()]
        table.add_row(printable(entry["name"]), str(len(of_it)), str(items), *cells)
    show_table(table)
