"""`earmark plugin dev`: a plugin tried each time its file is saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from earmark.errors import EarmarkError
from earmark.kit.dev import Trying
from earmark.kit.heard import heard_by
from earmark.kit.record import Seen
from earmark.model import Json
from earmark.settings import Home

from .homes import with_home
from .reading import log_path, reading
from .streams import printable_lines


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--once", is_flag=True, help="Read everything once; exit code 1 if it goes wrong.")
@with_home
def dev(home: Home, file: Path, once: bool) -> None:
    """Try the plugin in FILE on the pages you heard and on its cases, again after each save.

    No package is needed. The module runs in this process: print and breakpoint() work in it. What
    was found, is missing (-), new (+) or changed (~) is told against the run before, the first
    time against the cases. Nothing is stored.

    \b
    Example:
      earmark plugin dev earmark_mysite.py
    """
    if file.suffix != ".py":
        raise EarmarkError(f"{file} is no Python module.", "Name the plugin's .py file.")
    trying = Trying(file, lambda entries: _heard(home, entries), _say)
    if not once:
        trying.for_ever()
    elif not trying.once():
        raise click.exceptions.Exit(1)


def _heard(home: Home, entries: Sequence[Json]) -> Iterator[Seen]:
    if log_path(home).exists():
        with reading(home) as log:
            yield from heard_by(log, entries)


def _say(text: str) -> None:
    click.echo(printable_lines(text))
