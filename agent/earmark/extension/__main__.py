"""`python -m earmark.extension FOLDER`: packages of the extension for the browsers' stores."""

from __future__ import annotations

import sys
from pathlib import Path

from .files import source_folder
from .packages import build


def main(arguments: list[str]) -> int:
    """Build them and say where they are; the exit code."""
    if len(arguments) != 1:
        print("usage: python -m earmark.extension FOLDER", file=sys.stderr)
        return 2
    for package in build(source_folder(), Path(arguments[0])):
        print(package)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
