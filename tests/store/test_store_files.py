from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from store_samples import Saver, make_item

from earmark.errors import EarmarkError
from earmark.store.backup import BadBackup, backup, restore
from earmark.store.log import Log, open_log
from earmark.store.migrate import LogTooNew, LogTooOld, NotALog
from earmark.store.schema import METADATA


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def as_of(path: Path, revision: str) -> Path:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [revision])
    return path


def test_migrations_lead_to_the_schema(log: Log) -> None:
    with log.reading() as connection:
        different = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert [each for each in different if "item_search" not in str(each)] == []


def test_a_log_is_private_and_so_are_its_side_files(log: Log) -> None:
    log.table("t").insert({})
    assert {mode(path) for path in log.path.parent.glob("log.sqlite3*")} == {0o600}


def test_a_log_is_durable_and_checks_its_references(log: Log) -> None:
    def settings(connection):
        names = ("journal_mode", "synchronous", "foreign_keys")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert log.write(settings).result(20) == ["wal", 2, 1]


def test_a_log_survives_being_closed_and_opened(log: Log) -> None:
    log.table("t").insert({"a": "ş"})
    log.close()
    again = open_log(f"sqlite:///{log.path}")
    assert again.table("t").all() == [{"a": "ş"}]
    again.close()


def test_a_log_of_a_newer_version_is_refused_and_left_alone(log: Log) -> None:
    log.close()
    before = as_of(log.path, "9999").read_bytes()
    for read_only in (False, True):
        with pytest.raises(LogTooNew):
            open_log(log.path, read_only=read_only)
    assert log.path.read_bytes() == before


def test_a_log_that_waits_for_a_migration_is_not_read(log: Log) -> None:
    log.close()
    with pytest.raises(LogTooOld):
        open_log(as_of(log.path, "0000"), read_only=True)


def test_garbage_is_no_log(tmp_path: Path) -> None:
    garbage = tmp_path / "log.sqlite3"
    garbage.write_bytes(b"not a database at all" * 100)
    for read_only in (False, True):
        with pytest.raises(NotALog):
            open_log(garbage, read_only=read_only)
    assert garbage.read_bytes().startswith(b"not a database")


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(other)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks(x)")
    other.chmod(0o644)
    before = other.read_bytes()
    with pytest.raises(NotALog):
        open_log(other)
    assert (other.read_bytes(), mode(other)) == (before, 0o644)


def test_a_log_that_cannot_be_opened_is_told_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "log.sqlite3").mkdir()
    with pytest.raises(EarmarkError, match="cannot be opened"):
        open_log(tmp_path / "log.sqlite3")


def test_reading_makes_no_log(tmp_path: Path) -> None:
    with pytest.raises(EarmarkError, match="no log"):
        open_log(tmp_path / "none.sqlite3", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_an_engine_that_is_not_there_yet_is_refused() -> None:
    with pytest.raises(EarmarkError, match="postgresql"):
        open_log("postgresql://localhost/x")


# -- backup --------------------------------------------------------------------------------------


def texts(path: Path) -> list[str]:
    log = open_log(path)
    found = [item["text"] for item in log.table("items")]
    log.close()
    return found


def test_a_backup_is_one_private_file_made_while_the_log_is_open(
    save: Saver, tmp_path: Path
) -> None:
    save(make_item(text="kept"))
    target = tmp_path / "copy" / "log.backup"
    backup(save.log.path, target)
    assert [path.name for path in target.parent.iterdir()] == ["log.backup"]
    assert mode(target) == 0o600
    assert texts(target) == ["kept"]


def test_restoring_keeps_the_replaced_log_beside(save: Saver, tmp_path: Path) -> None:
    save(make_item("1", "kept"))
    backup(save.log.path, tmp_path / "saved")
    save(make_item("2", "later"))
    save.log.close()
    replaced = restore(tmp_path / "saved", save.log.path)
    assert texts(save.log.path) == ["kept"]
    assert replaced is not None
    assert texts(replaced) == ["kept", "later"]


def test_a_log_is_restored_where_there_is_none(save: Saver, tmp_path: Path) -> None:
    save(make_item(text="kept"))
    backup(save.log.path, tmp_path / "saved")
    assert restore(tmp_path / "saved", tmp_path / "home" / "log.sqlite3") is None
    assert texts(tmp_path / "home" / "log.sqlite3") == ["kept"]


def make_garbage(path: Path, log: Log) -> None:
    path.write_bytes(b"\x00garbage" * 1000)


def make_other(path: Path, log: Log) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE bookmarks(x)")


def make_torn(path: Path, log: Log) -> None:
    backup(log.path, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])


@pytest.mark.parametrize("make", [make_garbage, make_other, make_torn])
def test_what_is_no_sound_backup_changes_nothing(save: Saver, tmp_path: Path, make) -> None:
    save(make_item(text="kept"))
    make(tmp_path / "bad", save.log)
    save.log.close()
    with pytest.raises(BadBackup):
        restore(tmp_path / "bad", save.log.path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad", "log.sqlite3"]
    assert texts(save.log.path) == ["kept"]


def test_a_backup_of_a_newer_version_is_refused_as_such(save: Saver, tmp_path: Path) -> None:
    backup(save.log.path, tmp_path / "saved")
    save.log.close()
    with pytest.raises(LogTooNew):
        restore(as_of(tmp_path / "saved", "9999"), save.log.path)


def test_there_is_nothing_to_copy_without_a_log(tmp_path: Path) -> None:
    with pytest.raises(EarmarkError):
        backup(tmp_path / "none", tmp_path / "copy")
    with pytest.raises(BadBackup):
        restore(tmp_path / "none", tmp_path / "log.sqlite3")
