"""Whether something that is not a child of ours has happened yet."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE_SECONDS = 60


def wait_until(true: Callable[[], object], what: str) -> None:
    """Poll: what another program does has no event to wait for."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < deadline, f"it did not happen: {what}"
        time.sleep(0.05)


def is_dead(pid: int) -> bool:
    """Whether the process has ended."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"
