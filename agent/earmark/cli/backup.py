"""`earmark backup` and `earmark restore`: the whole log as one file."""

from __future__ import annotations

from pathlib import Path

import click

from earmark.settings import Home
from earmark.store import backup as store_backup

from .homes import with_home
from .reading import log_path


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@with_home
def backup(home: Home, file: Path) -> None:
    """Copy the whole log to FILE, also while the agent runs.

    Example: earmark backup earmark-2026-01-31.sqlite3
    """
    store_backup.backup(log_path(home), file)
    click.echo(f"The log is copied to {file}.", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@with_home
def restore(home: Home, file: Path) -> None:
    """Put a backup in the place of the log, which is kept beside it.

    Stop the agent first. Example: earmark restore earmark-2026-01-31.sqlite3
    """
    with home.lock("earmark restore"):
        kept = store_backup.restore(file, home.database)
    click.echo(f"The log is now what {file} holds.", err=True)
    if kept:
        click.echo(f"The log that was there before is kept as {kept}.", err=True)


COMMANDS = {"backup": backup, "restore": restore}
