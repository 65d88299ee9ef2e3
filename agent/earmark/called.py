"""How the `earmark` command is called on this computer: it need not be on the PATH."""

from __future__ import annotations

import shlex
import shutil
import sys
from functools import cache
from pathlib import Path


@cache
def earmark_command(start: Path | None = None) -> str:
    """What somebody types instead of `earmark`, quoted for a shell; from the folder `start` where
    one is given, else from any. `earmark` itself where that means this installation.
    """
    script = _script()
    found = shutil.which("earmark")
    if found and (script is None or Path(found).resolve() == script.resolve()):
        return "earmark"
    if script is None:
        return f"{shlex.quote(sys.executable)} -m earmark"
    inside = start is not None and script.is_relative_to(start)
    return shlex.quote(str(script.relative_to(start) if start and inside else script))


def with_called(text: str) -> str:
    """`text` with the commands that stand between backticks called as they are on this computer."""
    return text.replace("`earmark ", f"`{earmark_command()} ")


def _script() -> Path | None:
    """The script that was installed beside this interpreter."""
    folder = Path(sys.executable).parent
    names = (folder / name for name in ("earmark", "earmark.exe"))
    return next((path for path in names if path.is_file()), None)
