"""The home folder: it is there, it is private, and there is room in it."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Iterator

from ..settings import Home
from .finding import Finding

LOW_DISK_BYTES = 500 * 1024 * 1024
MEGABYTE = 1024 * 1024


def check_home(home: Home) -> Iterator[Finding]:
    """The folder is there, and nobody else can read it."""
    if not home.path.is_dir():
        yield Finding("home_missing", {"path": str(home.path)})
        return
    open_to_others = home.not_private()
    for path in open_to_others:
        command = f"chmod {'700' if path.is_dir() else '600'} {shlex.quote(os.fspath(path))}"
        yield Finding("home_not_private", {"path": str(path), "command": command})
    if not open_to_others:
        yield Finding("home_private", {"path": str(home.path)})


def check_disk(home: Home) -> Iterator[Finding]:
    """There is room for what will be heard."""
    folder = home.database.parent
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    code = "disk_low" if free < LOW_DISK_BYTES else "disk_roomy"
    yield Finding(code, {"megabytes": free // MEGABYTE})
