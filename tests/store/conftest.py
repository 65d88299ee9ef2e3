"""A log in a folder of its own for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_samples import Saver

from earmark.store.log import Log, open_log


@pytest.fixture(scope="session")
def empty_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log with nothing in it, to copy: making one anew takes longer."""
    path = tmp_path_factory.mktemp("empty") / "log.sqlite3"
    open_log(path).close()
    return path


@pytest.fixture
def log(tmp_path: Path, empty_log: Path) -> Iterator[Log]:
    opened = open_log(shutil.copy(empty_log, tmp_path / "log.sqlite3"))
    yield opened
    opened.close()


@pytest.fixture
def save(log: Log) -> Saver:
    return Saver(log)
