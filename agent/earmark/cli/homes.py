"""The options with which every command finds its home."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

from earmark.settings import Home

home_option = click.option(
    "--home",
    metavar="FOLDER",
    help="Folder of the log; default: $EARMARK_HOME, else your user-data folder.",
)


def with_home(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` the option --home and, as its first argument, the Home it means."""

    @home_option
    @functools.wraps(command)
    def run(home: str | None, **options: Any) -> Any:
        return command(Home(home), **options)

    return run
