"""A log in a folder of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from new_logs import log_at
from store_samples import Saver

from earmark.store.log import Log


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    opened = log_at(tmp_path / "log.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def save(log: Log) -> Saver:
    return Saver(log)
