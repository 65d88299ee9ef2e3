"""New logs by the hundred: making one runs every migration, copying one does not."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from earmark.store.log import Log, open_log


def log_at(path: Path) -> Log:
    """The log at `path`, open for writing; a new one where there is none yet."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(_new_log())
    return open_log(path)


@cache
def _new_log() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.sqlite3"
        open_log(path).close()
        return path.read_bytes()
