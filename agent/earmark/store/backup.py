"""A whole log in one file, made while the agent runs; and back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from ..errors import EarmarkError
from .engine import create_private, make_engine
from .migrate import LogTooOld, NotALog, check

SIDE_FILES = ("-wal", "-shm")


class BadBackup(EarmarkError):
    """A file that cannot be restored."""

    code = "bad_backup"
    status = 422


def backup(log_path: Path, target: Path) -> None:
    """Copy the log into one private file, which appears only when it is whole and sound.

    Raises EarmarkError when there is no log, or when the copy does not pass the check.
    """
    if not log_path.is_file():
        raise EarmarkError("There is no log yet.", "Run: earmark start", code="no_log", status=404)
    with draft_of(target) as draft:
        copy(log_path, draft)
        if problem := find_damage(draft):
            raise EarmarkError(f"The log is damaged: {problem}", "Restore an earlier backup.")
        draft.replace(target)


def restore(source: Path, log_path: Path) -> Path | None:
    """Put a backup in the place of the log; where the replaced log is kept, None without one.

    Raises BadBackup when the file is no sound log, and leaves the log alone then. No agent may
    be running.
    """
    if not source.is_file():
        raise BadBackup(f"There is no file {source}.")
    with draft_of(log_path) as draft:
        try:
            copy(source, draft)
        except sqlite3.DatabaseError as error:
            raise not_a_backup(source) from error
        if find_damage(draft) or not is_log(draft):
            raise not_a_backup(source)
        replaced = set_aside(log_path)
        draft.replace(log_path)
    return replaced


def not_a_backup(source: Path) -> BadBackup:
    return BadBackup(f"{source} is not a sound backup of a log.", "Nothing was changed.")


@contextmanager
def draft_of(target: Path) -> Iterator[Path]:
    """A private file beside the target, gone afterwards unless it was moved."""
    draft = target.with_name(f"{target.name}.{os.getpid()}.part")
    create_private(draft)
    try:
        yield draft
    finally:
        for end in ("", "-journal", *SIDE_FILES):
            draft.with_name(draft.name + end).unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """SQLite's online copy: one consistent moment, whatever is written meanwhile."""
    with (
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")  # so that the copy is a single file


def find_damage(path: Path) -> str:
    """What is wrong with a database file; empty when it is sound."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as reading:
            told = [row[0] for row in reading.execute("PRAGMA integrity_check")]
            broken = reading.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    if told != ["ok"]:
        return str(told[0])
    return f"a row of {broken[0]} points nowhere" if broken else ""


def is_log(path: Path) -> bool:
    """Whether a database is a log that this version can open, if need be after a migration.

    Raises LogTooNew for the log of a newer version."""
    engine = make_engine(path, write=False)
    try:
        with engine.connect() as connection:
            check(connection)
    except LogTooOld as error:
        return error.revision is not None
    except (NotALog, sa.exc.DatabaseError):
        return False
    finally:
        engine.dispose()
    return True


def set_aside(log_path: Path) -> Path | None:
    """Move a log and its side files out of the way, under a name that tells when."""
    if not log_path.exists():
        return None
    aside = log_path.with_name(f"{log_path.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    for end in ("", *SIDE_FILES):
        side = log_path.with_name(log_path.name + end)
        if side.exists():
            side.rename(aside.with_name(aside.name + end))
    return aside
