"""The `earmark` command: what it offers, and how it says that something went wrong."""

from __future__ import annotations

import errno
import importlib
import os
from typing import IO, Any, NoReturn

import click

from earmark.errors import EarmarkError

from .streams import printable

# Each family is imported when one of its commands is called, so that a small one starts fast.
FAMILIES = {
    "start": "start",
    "extension": "extension",
    "try": "try_browser",
    "pair": "pair",
    "service": "service",
    "doctor": "doctor",
    "parse": "parse",
    "detect": "detect",
    "search": "read",
    "export": "read",
    "import": "import_files",
    "reparse": "reparse",
    "rules": "rules",
    "plugin": "plugin",
    "backup": "backup",
    "restore": "backup",
}


class Failure(click.ClickException):
    """An error in words on stderr: what happened, then what to do about it; exit code 1."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint

    def show(self, file: IO[Any] | None = None) -> None:
        """Write it down."""
        first, *more = [*self.message.splitlines(), *self.hint.splitlines()] or [""]
        click.echo(f"earmark: {printable(first)}", file=file, err=True)
        for line in more:
            click.echo(f"  {printable(line)}", file=file, err=True)


class Families(click.Group):
    """The commands of Earmark, then those that plugins add."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names: ours in the order a person needs them, then the plugins'."""
        from_plugins = set(_plugin_commands().commands) - set(FAMILIES)
        return [*FAMILIES, *sorted(from_plugins)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; plugins are asked only for names that are not ours."""
        if cmd_name not in FAMILIES:
            return _plugin_commands().commands.get(cmd_name)
        family = importlib.import_module(f"earmark.cli.{FAMILIES[cmd_name]}")
        command: click.Command = family.COMMANDS[cmd_name]
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever goes wrong is said in words."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except EarmarkError as error:
            raise Failure(error.message, error.hint) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            _raise_unexpected(error)
        except Exception as error:
            _raise_unexpected(error)


def _raise_unexpected(error: Exception) -> NoReturn:
    if os.environ.get("EARMARK_DEBUG"):
        raise error
    raise Failure(
        f"{type(error).__name__}: {error}",
        "This should not happen. Set EARMARK_DEBUG=1 to see where it came from.",
    ) from error


def _plugin_commands() -> click.Group:
    from earmark.cli.plugin_hooks import plugin_commands

    return plugin_commands()


@click.group(
    cls=Families,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Begin with: earmark start. Then, to hear a first thread: earmark try.",
)
@click.version_option(package_name="earmark", message="%(prog)s %(version)s")
def cli() -> None:
    """Hears what people say while you browse, and keeps it: one private log, one inbox."""
