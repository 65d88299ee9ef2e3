"""What was last seen too long ago is gone without a trace; what was seen again stays."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from store_samples import Saver, make_item, make_page

from earmark.store import queries, raw, retention, withheld
from earmark.store.filters import Filters
from earmark.store.log import Log
from earmark.store.retention import Forgotten, forget_before
from earmark.store.schema import METADATA

OLD, MOMENT, NEW = "2026-01-01T10:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T10:00:00Z"


def keep_raw(log: Log, id: str, at: str, page: str = "p", status: str = "stored") -> None:
    def keep(connection: sa.Connection) -> None:
        fragment = {"id": id, "kind": "element", "markup": "<p>words of old</p>"}
        raw.keep(connection, "b", {"url": f"https://a.example/{page}"}, [fragment], "forum", at)
        if status != raw.PENDING:
            raw.finish(connection, [raw.Outcome(id, status)])

    log.write(keep).result(20)


def rows(log: Log, table: str) -> list[Any]:
    with log.reading() as connection:
        return list(connection.execute(sa.select(METADATA.tables[table])))


def everything(log: Log) -> str:
    """Every value of every table, the search index's words included."""
    with log.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [name for (name,) in names if not name.startswith(("sqlite_", "item_search_"))]
        told = [str(connection.exec_driver_sql(f"SELECT * FROM {t}").all()) for t in tables]
    return "\n".join(told)


async def test_an_item_goes_with_everything_that_is_kept_of_it(save: Saver) -> None:
    save(make_item("1", "zebra one", tags=[{"name": "intent:x", "by": "p"}]), ref="a", at=OLD)
    save(make_item("1", "zebra two"), ref="a", at=OLD)
    forgotten = await forget_before(save.log, MOMENT)
    assert forgotten == Forgotten(items=1, versions=0, sightings=0, fragments=0)
    assert queries.get(save.log, "forum", "1") is None
    for table in ("items", "item_tags", "aliases", "sightings", "versions", "placements"):
        assert rows(save.log, table) == [], table
    assert "zebra" not in everything(save.log)
    assert queries.page(save.log, Filters(text="zebra")).items == []


async def test_no_word_of_it_is_left_in_the_file(save: Saver) -> None:
    for number in range(60):
        save(make_item(str(number), f"common words and qzjxwv{number:03d}"), at=OLD)
    save(make_item("kept", "common words and vwxjzq"), at=NEW)
    await forget_before(save.log, MOMENT)
    assert queries.page(save.log, Filters(text="vwxjzq")).items
    save.log.close()
    contents = save.log.path.read_bytes()
    assert b"vwxjzq" in contents
    assert b"qzjxwv" not in contents


async def test_what_was_seen_since_stays(save: Saver) -> None:
    save(make_item("1"), at=OLD)
    save(make_item("1"), at=NEW, page=make_page(visit="v2"))
    save(make_item("2", "another"), at=NEW)
    assert (await forget_before(save.log, MOMENT)).items == 0
    assert {item["id"] for item in save.all()} == {"1", "2"}
    assert queries.page(save.log, Filters(text="another")).items


async def test_of_an_item_that_stays_only_the_old_history_goes(save: Saver) -> None:
    save(make_item("1", "the first words"), ref="a", at=OLD)
    save(make_item("1", "the second words"), ref="a", at="2026-01-02T10:00:00Z")
    save(make_item("1", "the third words"), ref="a", at=NEW, page=make_page(visit="v2"))
    forgotten = await forget_before(save.log, MOMENT)
    assert (forgotten.versions, forgotten.sightings) == (1, 1)
    assert [v["text"] for v in queries.versions(save.log, "forum", "1")] == ["the second words"]
    assert [row.visit for row in rows(save.log, "sightings")] == ["v2"]
    assert [row.visit for row in rows(save.log, "placements")] == ["v2"]
    assert save.get()["text"] == "the third words"
    assert "the first words" not in everything(save.log)


async def test_a_visit_that_is_still_open_goes_on_after_its_first_hours_are_forgotten(
    save: Saver,
) -> None:
    save(make_item("1"), ref="a", at=OLD)
    save(make_item("1", likes=5), ref="a", at=NEW)
    await forget_before(save.log, MOMENT)
    save(make_item("1", likes=6), ref="a", at=NEW)
    assert save.get()["likes"] == 6


async def test_raw_fragments_go_with_the_pages_that_nothing_else_is_kept_of(log: Log) -> None:
    keep_raw(log, "f1", OLD, "gone")
    keep_raw(log, "f2", OLD, "shared")
    keep_raw(log, "f3", NEW, "shared")
    assert (await forget_before(log, MOMENT)).fragments == 2
    assert [row.id for row in rows(log, "fragments")] == ["f3"]
    assert len(rows(log, "pages")) == 1


async def test_what_still_waits_to_be_read_is_read_first(log: Log) -> None:
    keep_raw(log, "f1", OLD, status=raw.PENDING)
    assert (await forget_before(log, MOMENT)).fragments == 0
    log.write(lambda conn: raw.finish(conn, [raw.Outcome("f1", "stored")])).result(20)
    assert (await forget_before(log, MOMENT)).fragments == 1


async def test_what_is_seen_again_while_it_is_looked_for_stays(
    save: Saver, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(make_item("1"), at=OLD)
    find = retention.old_items

    def then_seen_again(connection: sa.Connection, moment: str, after: Any) -> Any:
        found = find(connection, moment, after)
        if after is None:
            save(make_item("1"), at=NEW, page=make_page(visit="v2"))
        return found

    monkeypatch.setattr(retention, "old_items", then_seen_again)
    assert (await forget_before(save.log, MOMENT)).items == 0
    assert save.get()["last_seen"] == NEW


async def test_live_views_are_told_and_a_late_one_reads_again(save: Saver) -> None:
    save(make_item("1"), at=OLD)
    save(make_item("2", "another"), at=NEW)
    before = queries.changes_since(save.log, 0)
    told: list[int] = []
    save.log.on_commit(told.append)
    await forget_before(save.log, MOMENT)
    [removed] = queries.changes_since(save.log, before[-1]["number"])
    assert (removed["change"], removed["id"]) == ("removed", "1")
    assert told[-1] == removed["number"]
    kept = queries.changes_since(save.log, 0)
    assert [(each["id"], each["change"]) for each in kept] == [("2", "new"), ("1", "removed")]


async def test_the_numbers_of_changes_go_on_after_old_changes_are_forgotten(save: Saver) -> None:
    save(make_item("1"), at=NEW)
    save(make_item("2", "another"), at=NEW)
    last = queries.changes_since(save.log, 0)[-1]["number"]
    await forget_before(save.log, "2999-01-01T00:00:00Z")
    await forget_before(save.log, "2999-01-01T00:00:00Z")
    [newest] = queries.changes_since(save.log, 0)
    assert newest["number"] > last
    save(make_item("3", "later"), at=NEW)
    assert queries.changes_since(save.log, newest["number"])[0]["id"] == "3"


async def test_which_pages_were_about_us_is_forgotten_with_them(log: Log) -> None:
    log.write(lambda conn: withheld.mark(conn, {"old": "Acme"}, OLD)).result(20)
    log.write(lambda conn: withheld.mark(conn, {"new": "Acme"}, NEW)).result(20)
    await forget_before(log, MOMENT)
    assert [row.key for row in rows(log, "about_us")] == ["new"]


async def test_everything_old_goes_however_much_there_is(save: Saver) -> None:
    for visit in range(3):
        items = [make_item(f"{visit}-{n}", f"text {visit} {n}") for n in range(retention.AT_ONCE)]
        save(*items, at=OLD, page=make_page(visit=f"v{visit}"))
    for number in range(retention.AT_ONCE + 1):
        keep_raw(save.log, f"f{number}", OLD)
    forgotten = await forget_before(save.log, MOMENT)
    assert forgotten.items == 3 * retention.AT_ONCE
    assert forgotten.fragments == retention.AT_ONCE + 1
    assert rows(save.log, "items") == []


async def test_captures_come_in_between(save: Saver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 1)
    for number in range(3):
        save(make_item(str(number), f"text {number}"), at=OLD)
    turns: list[int] = []
    delete = retention.delete_items

    def counted(connection: sa.Connection, moment: str, rows: Any) -> int:
        turns.append(len(rows))
        return delete(connection, moment, rows)

    monkeypatch.setattr(retention, "delete_items", counted)
    await forget_before(save.log, MOMENT)
    assert turns == [1, 1, 1], "each is a turn of its own in the writer's queue"
