"""The `earmark` command."""

from __future__ import annotations

from earmark.cli.app import cli
from earmark.cli.streams import use_utf8


def main() -> None:
    """Run the command line and leave with its exit code."""
    use_utf8()
    cli(prog_name="earmark")


if __name__ == "__main__":
    main()
