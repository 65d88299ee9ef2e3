"""The log, opened so that nothing can be changed: a running agent goes on undisturbed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from earmark.settings import Home
from earmark.store.log import Log, open_log


def log_path(home: Home) -> Path:
    """Where the log of `home` is: where its running agent keeps it, else where the home says."""
    agent = home.running()
    return Path(agent.store) if agent and agent.store else home.database


@contextmanager
def reading(home: Home) -> Iterator[Log]:
    """The log of `home`, for reading only; EarmarkError where there is none yet."""
    with closing(open_log(log_path(home), read_only=True)) as log:
        yield log
