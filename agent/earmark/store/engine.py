"""Connections to the log's database, and the only place that knows SQLite's settings."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import make_url

from ..errors import EarmarkError
from .judging import allow_judging

BUSY_MILLISECONDS = 10_000


def database_path(url_or_path: str | Path) -> Path:
    """The file a log lives in, given as a path or as `sqlite:///path`."""
    if isinstance(url_or_path, Path) or "://" not in url_or_path:
        return Path(url_or_path)
    url = make_url(url_or_path)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise EarmarkError(
            f"Earmark cannot keep its log in {url.get_backend_name()}.",
            "Give a file path, or sqlite:///path/to/log.sqlite3.",
            code="store_unsupported",
        )
    return Path(url.database)


def create_private(path: Path) -> None:
    """Make the file, readable and writable by its owner only; SQLite's side files follow it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


def make_engine(path: Path, *, write: bool) -> sa.Engine:
    """An engine for the writer, or one whose connections cannot write."""
    url = sa.URL.create("sqlite", database=str(path))
    if not write:
        address = f"{path.absolute().as_uri()}?mode=ro"
        url = sa.URL.create("sqlite", database=address, query={"uri": "true"})
    engine = sa.create_engine(url, pool_size=8, max_overflow=32)
    event.listen(engine, "connect", set_up_writer if write else set_up_reader)
    event.listen(engine, "begin", begin_immediate if write else begin_deferred)
    return engine


def set_up_reader(connection: sqlite3.Connection, _record: Any) -> None:
    # Transactions are begun by the events below; the driver must not begin its own.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys=ON")
    allow_judging(connection)


def set_up_writer(connection: sqlite3.Connection, record: Any) -> None:
    set_up_reader(connection, record)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    # What is deleted must not be left lying in the file; only some builds of SQLite see to it.
    connection.execute("PRAGMA secure_delete=ON")


def begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def begin_deferred(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")
