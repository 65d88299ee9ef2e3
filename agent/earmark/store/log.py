"""The log: where everything heard is kept, opened once by the agent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from ..errors import EarmarkError
from .changes import last_change
from .engine import create_private, database_path, make_engine
from .migrate import LogTooOld, NotALog, check, upgrade
from .rows import RowStorage, RowTable
from .writer import Work, Writer

Result = TypeVar("Result")


class ReadOnly(EarmarkError):
    """The log was opened for reading only."""

    code = "log_read_only"
    status = 409


class Log:
    """One log. Reading may happen in any thread; writing happens in one thread of its own."""

    def __init__(self, path: Path, reader: sa.Engine, writer: sa.Engine | None) -> None:
        self.path = path
        self._reader = reader
        self._writing = writer
        self._listeners: list[Callable[[int], None]] = []
        self._writer = Writer(writer, last_change, self._tell) if writer is not None else None

    def write(self, work: Work[Result]) -> Future[Result]:
        """Run `work(connection)` in the writer; the future resolves after its commit.

        A job that raises is rolled back whole, and its error is the future's.
        """
        return self._required_writer().submit(work)

    async def awrite(self, work: Work[Result]) -> Result:
        """Run `work(connection)` in the writer and wait for its commit."""
        return await asyncio.wrap_future(self.write(work))

    def call(self, work: Work[Result]) -> Result:
        """Run `work(connection)` and wait; inside a job it joins the job's transaction."""
        return self._required_writer().call(work)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees what is committed; inside a job, what the job wrote as well."""
        inside = self._writer.connection if self._writer is not None else None
        if inside is not None:
            yield inside
            return
        with self._reader.connect() as connection:
            yield connection

    def table(self, name: str) -> RowTable:
        """The documents called `name`, with TinyDB's API; `items` are the items themselves."""
        return RowTable(RowStorage(self), name)

    def on_commit(self, callback: Callable[[int], None]) -> None:
        """Have `callback(number of the last change)` called in the writer thread after commits
        that changed items; it must not wait for the log."""
        self._listeners.append(callback)

    def close(self) -> None:
        """Finish what is queued and let go of the file; calling it twice is harmless."""
        if self._writer is not None:
            self._writer.close()
        for engine in (self._reader, self._writing):
            if engine is not None:
                engine.dispose()

    def _required_writer(self) -> Writer:
        if self._writer is None:
            raise ReadOnly("This log was opened for reading only.")
        return self._writer

    def _tell(self, number: int) -> None:
        for listener in self._listeners:
            listener(number)


def open_log(url_or_path: str | Path, read_only: bool = False) -> Log:
    """Open the log at a path (or `sqlite:///path`), making it or migrating it when writable.

    Raises EarmarkError when the log was written by a newer version, when the file is no log, and
    for reading only when there is none yet or it waits for a migration.
    """
    path = database_path(url_or_path)
    with naming_problems(path):
        exists = path.is_file() and path.stat().st_size > 0
        if exists:
            inspect(path, read_only)
        elif read_only:
            raise EarmarkError(
                "There is no log yet.", "Run: earmark start", code="no_log", status=404
            )
        writer = None if read_only else open_writer(path)
    return Log(path, make_engine(path, write=False), writer)


@contextmanager
def naming_problems(path: Path) -> Iterator[None]:
    """Turn what the file system and the database say into words."""
    try:
        yield
    except OSError as error:
        raise cannot_open(path, error.strerror or str(error)) from error
    except sa.exc.OperationalError as error:
        raise cannot_open(path, str(error.orig)) from error
    except sa.exc.DatabaseError as error:
        raise NotALog(
            "The log's file cannot be read as a database.",
            "Restore a backup with: earmark restore FILE",
        ) from error


def cannot_open(path: Path, reason: str) -> EarmarkError:
    return EarmarkError(
        f"The log at {path} cannot be opened: {reason}.",
        "See that the folder is yours and that no other program uses the file.",
        code="log_unavailable",
        status=503,
    )


def inspect(path: Path, read_only: bool) -> None:
    """Refuse what is no log of ours before anything about the file is changed."""
    reader = make_engine(path, write=False)
    try:
        with reader.connect() as connection:
            check(connection)
    except LogTooOld:
        if read_only:
            raise
    finally:
        reader.dispose()


def open_writer(path: Path) -> sa.Engine:
    create_private(path)
    engine = make_engine(path, write=True)
    try:
        with engine.begin() as connection:
            upgrade(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine
