"""A TinyDB over a log, with which TinyDB's own tests can be run against our tables.

Unpack TinyDB's source archive anywhere, replace the `db` fixture of its tests/conftest.py by the
one below, and run `pytest tests/test_tables.py tests/test_tinydb.py tests/test_operations.py`:

    @pytest.fixture
    def db(tmp_path):
        db_ = tinydb_on(tmp_path / "log.sqlite3", table="_default")  # and with table="items"
        db_.insert_multiple({"int": 1, "char": c} for c in "abc")
        yield db_
"""

from __future__ import annotations

from pathlib import Path

from tinydb import TinyDB

from earmark.store.log import open_log
from earmark.store.rows import RowStorage, RowTable


class RowDB(TinyDB):
    """TinyDB whose tables are ours."""

    table_class = RowTable
    default_storage_class = RowStorage


def tinydb_on(path: Path, table: str = "_default") -> RowDB:
    """A TinyDB whose default table is the table `table` of the log at a path."""
    database = type("RowDB", (RowDB,), {"default_table_name": table})
    return database(open_log(path))
