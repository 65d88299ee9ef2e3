"""How the next command is called from the folder that this one was called in."""

from __future__ import annotations

from pathlib import Path

from earmark.called import earmark_command


def here() -> str:
    """What to type instead of `earmark`."""
    return earmark_command(Path.cwd())
