"""What is kept raw, and what goes first when it is too much."""

from __future__ import annotations

import pytest
from store_samples import make_fragment, make_page

from earmark.store import raw
from earmark.store.archive import Limits, held, keep_within
from earmark.store.log import Log

EVER = "1970-01-01T00:00:00Z"
ENOUGH = 10**12


def keep(log: Log, id: str, at: str, status: str = "stored", page: str = "v1") -> None:
    fragment = {**make_fragment(), "id": id, "markup": f"<p>{id}"}

    def work(connection) -> None:
        raw.keep(connection, "b", make_page(visit=page, plan="p7"), [fragment], "forum", at)
        if status != raw.PENDING:
            reader = {"plugin": "forum", "version": "2.1"}
            raw.finish(connection, [raw.Outcome(id, status, reader=reader)])

    log.write(work).result(20)


def ids(log: Log) -> list[str]:
    with log.reading() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM fragments ORDER BY number")
        return list(rows.scalars())


def size(log: Log) -> int:
    with log.reading() as connection:
        return held(connection).bytes


def test_a_fragment_knows_its_format_its_plan_and_what_read_it(log: Log) -> None:
    keep(log, "a", "2026-01-01T00:00:00Z")
    with log.reading() as connection:
        asked = "SELECT format, plan, plugin, plugin_version, size, length(body) FROM fragments"
        *told, size, length = connection.exec_driver_sql(asked).one()
    assert told == [raw.FORMAT, "p7", "forum", "2.1"]
    assert size == length


def test_it_is_told_how_much_is_kept_and_since_when(log: Log) -> None:
    with log.reading() as connection:
        assert held(connection).since is None
    keep(log, "a", "2026-01-02T00:00:00Z")
    keep(log, "b", "2026-01-01T00:00:00Z")
    with log.reading() as connection:
        told = held(connection)
    assert (told.fragments, told.since) == (2, "2026-01-01T00:00:00Z")


async def test_what_is_too_old_goes_whether_understood_or_not(log: Log) -> None:
    for number, status in enumerate(["stored", "unchanged", raw.NOT_UNDERSTOOD]):
        keep(log, f"old{number}", "2026-01-01T00:00:00Z", status)
    keep(log, "young", "2026-03-01T00:00:00Z")
    assert await keep_within(log, Limits("2026-02-01T00:00:00Z", ENOUGH)) == 3
    assert ids(log) == ["young"]


@pytest.mark.parametrize("status", [raw.PENDING, raw.WITHHELD])
async def test_what_waits_follows_its_own_rule(log: Log, status: str) -> None:
    keep(log, "waits", "2020-01-01T00:00:00Z", status)
    assert await keep_within(log, Limits("2026-02-01T00:00:00Z", 0)) == 0
    assert ids(log) == ["waits"]


async def test_over_the_size_the_oldest_of_what_was_read_goes_first(log: Log) -> None:
    keep(log, "broken", "2026-01-01T00:00:00Z", raw.NOT_UNDERSTOOD)
    for day in (2, 3, 4):
        keep(log, f"read{day}", f"2026-01-0{day}T00:00:00Z")
    room = size(log) - 1
    assert await keep_within(log, Limits(EVER, room)) == 1
    assert ids(log) == ["broken", "read3", "read4"]


async def test_what_was_not_understood_goes_when_nothing_else_is_left(log: Log) -> None:
    keep(log, "broken", "2026-01-01T00:00:00Z", raw.NOT_UNDERSTOOD)
    keep(log, "read", "2026-01-02T00:00:00Z")
    assert await keep_within(log, Limits(EVER, 0)) == 2
    assert ids(log) == []


async def test_it_goes_in_slices_and_leaves_no_page_behind(log: Log) -> None:
    for number in range(250):
        keep(log, f"f{number}", "2026-01-01T00:00:00Z", page=f"v{number}")
    assert await keep_within(log, Limits(EVER, 0)) == 250
    with log.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM pages").scalar() == 0
