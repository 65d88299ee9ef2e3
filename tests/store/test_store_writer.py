from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from earmark.store.log import Log, ReadOnly, open_log
from earmark.store.writer import LogClosed, TransactionLost


def put(value: str):
    def job(connection: Connection) -> str:
        connection.execute(
            text("INSERT INTO documents(tbl, id, doc) VALUES ('t', :id, '{}')"), {"id": len(value)}
        )
        return value

    return job


def fail(connection: Connection) -> None:
    put("four")(connection)
    raise ValueError("no")


def ids(log: Log) -> list[int]:
    return [document.doc_id for document in log.table("t")]


def hold_writer(log: Log) -> threading.Event:
    """Keep the writer busy until the event is set, so that what follows shares a transaction."""
    go = threading.Event()
    log.write(lambda _: go.wait(20))
    return go


def test_a_raising_job_is_rolled_back_whole_and_spares_the_others(log: Log) -> None:
    go = hold_writer(log)
    first, second, third = log.write(put("a")), log.write(fail), log.write(put("bb"))
    go.set()
    assert (first.result(20), third.result(20)) == ("a", "bb")
    with pytest.raises(ValueError, match="no"):
        second.result(20)
    assert ids(log) == [1, 2]


def test_a_future_resolves_after_the_commit(log: Log) -> None:
    log.write(put("a")).result(20)
    assert ids(log) == [1]


def test_a_job_that_loses_the_transaction_fails_its_whole_group_and_no_other(log: Log) -> None:
    go = hold_writer(log)
    first = log.write(put("a"))
    second = log.write(lambda conn: conn.exec_driver_sql("ROLLBACK"))
    go.set()
    with pytest.raises(TransactionLost):
        first.result(20)
    assert second.exception(20) is not None
    assert log.write(put("bb")).result(20) == "bb"
    assert ids(log) == [2]


def test_a_cancelled_job_never_runs(log: Log) -> None:
    go = hold_writer(log)
    assert log.write(put("a")).cancel()
    go.set()
    log.write(put("bb")).result(20)
    assert ids(log) == [2]


def test_closing_finishes_what_is_queued_and_refuses_the_rest(tmp_path: Path) -> None:
    log = open_log(tmp_path / "log.sqlite3")
    go = hold_writer(log)
    queued = [log.write(put("x" * n)) for n in range(1, 200)]
    go.set()
    log.close()
    log.close()
    assert [len(job.result(0)) for job in queued] == list(range(1, 200))
    with pytest.raises(LogClosed):
        log.write(put("a"))


def test_commits_that_change_items_are_told_with_the_last_number(log: Log) -> None:
    told: list[int] = []
    log.on_commit(told.append)
    log.table("items").insert({"platform": "p", "id": "1"})
    log.write(put("a")).result(20)
    log.write(lambda _: None).result(20)  # what was told before is told by now
    assert told == [1]


def test_a_raising_listener_does_not_undo_the_commit(log: Log) -> None:
    log.on_commit(lambda _: 1 / 0)
    log.table("items").insert({"platform": "p", "id": "1"})
    assert len(log.table("items")) == 1


def test_a_table_used_inside_a_job_joins_its_transaction(log: Log) -> None:
    def job(connection: Connection) -> None:
        log.table("t").insert({"a": 1})
        assert len(log.table("t")) == 1
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        log.write(job).result(20)
    assert len(log.table("t")) == 0
    assert log.table("t").insert({"a": 2}) == 1


async def test_writing_is_awaited_without_blocking_the_loop(log: Log) -> None:
    assert await log.awrite(put("a")) == "a"


def test_a_log_opened_for_reading_cannot_be_written(log: Log) -> None:
    log.write(put("a")).result(20)
    reading = open_log(log.path, read_only=True)
    assert ids(reading) == [1]
    with pytest.raises(ReadOnly):
        reading.table("t").insert({})
    reading.close()
