"""`earmark plugin new`: a package to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from earmark.kit.new import write_project

from .streams import words


@click.command()
@click.argument("name", type=words)
def new(name: str) -> None:
    """Write the package of a new plugin into the folder earmark-NAME.

    It runs as it is: a module that reads a made-up site, its pyproject, a case and a test.

    \b
    Example:
      earmark plugin new mysite
    """
    files = write_project(name, Path())
    for path in files:
        click.echo(path)
    click.echo(f"Next: cd {files[0].parent}, then: pip install --editable '.[test]'")
