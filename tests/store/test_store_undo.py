"""What a run changed is put back exactly, and what people did since stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from saving import save_items
from store_samples import Json, Saver, make_fragment, make_item, make_page

from earmark.store import queries, runs
from earmark.store.edit import patch_item
from earmark.store.journal import recording
from earmark.store.log import Log
from earmark.store.undo import Undone, undo

TABLES = ("items", "item_tags", "aliases", "versions", "sightings", "placements", "fragments")
LATER = "2026-03-02T10:00:00Z"


def everything(log: Log) -> dict[str, list[Any]]:
    """All rows of what is kept, byte for byte."""
    with log.reading() as connection:
        return {
            table: sorted(map(repr, connection.exec_driver_sql(f"SELECT * FROM {table}").all()))
            for table in TABLES
        }


class Run:
    """Saves items like `Saver`, as part of one run."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.number = log.write(lambda conn: runs.begin(conn, "reparse", {})).result(20)

    def __call__(self, *items: Json, page: Json | None = None, **fragment: Any) -> None:
        def work(connection) -> None:
            with recording(connection, self.number):
                save_items(connection, page or make_page(), make_fragment(**fragment), items, LATER)

        self.log.write(work).result(20)

    async def undo(self) -> Undone:
        return await undo(self.log, self.number)


@pytest.fixture
def run(log: Log) -> Run:
    return Run(log)


def from_any_site(text: str = "It works well", **more: Any) -> Json:
    return make_item(None, text, platform="webpage", author={"name": "Mina Sample"}, **more)


async def test_new_items_are_taken_away_again(log: Log, save: Saver, run: Run) -> None:
    save(make_item("1"))
    before = everything(log)
    run(make_item("2", "Another", tags=[{"name": "signal:urgent", "by": "x"}]))
    assert await run.undo() == Undone(removed=1)
    assert everything(log) == before


async def test_a_changed_item_is_put_back_byte_for_byte(log: Log, save: Saver, run: Run) -> None:
    save(make_item("1", likes=3))
    before = everything(log)
    run(make_item("1", "It works well now", likes=9), page=make_page(visit="v2"))
    assert save.get("1")["edited"] is True
    assert await run.undo() == Undone(restored=1)
    assert everything(log) == before


async def test_an_item_that_got_another_key_gets_its_own_again(
    log: Log, save: Saver, run: Run
) -> None:
    [derived] = save(from_any_site(), ref="a")
    before = everything(log)
    run(make_item("7"), page=make_page(visit="v2"))
    assert save.get(derived["id"], "webpage")["id"] == "7"
    await run.undo()
    assert everything(log) == before


async def test_an_item_that_another_took_in_is_there_again(log: Log, save: Saver, run: Run) -> None:
    elsewhere = "https://forum.example.org/recent"
    save(make_item("7", page_url=elsewhere), page=make_page(url=elsewhere))
    [derived] = save(from_any_site(), page=make_page(visit="v2"))
    patch = {"note": "ask", "state": "waiting", "add_tags": ["mine"]}
    log.write(lambda conn: patch_item(conn, "webpage", derived["id"], patch)).result(20)
    before = everything(log)
    run(make_item("7"), page=make_page(visit="v3"))
    assert len(save.all()) == 1
    await run.undo()
    assert everything(log) == before


async def test_what_people_did_since_stays(log: Log, save: Saver, run: Run) -> None:
    save(make_item("1", likes=3))
    run(make_item("1", likes=9), page=make_page(visit="v2"))
    log.write(lambda conn: patch_item(conn, "forum", "1", {"note": "mine"})).result(20)
    assert await run.undo() == Undone(kept=1)
    item = save.get("1")
    assert (item["likes"], item["note"]) == (3, "mine")


async def test_a_new_item_that_somebody_worked_on_stays_whole(
    log: Log, save: Saver, run: Run
) -> None:
    run(from_any_site(), ref="a")
    [item] = save.all()
    log.write(lambda conn: patch_item(conn, "webpage", item["id"], {"note": "mine"})).result(20)
    before = everything(log)
    assert await run.undo() == Undone(kept=1)
    assert everything(log) == before


async def test_an_item_seen_again_since_keeps_what_it_got_there(save: Saver, run: Run) -> None:
    save(make_item("1", likes=3, views=1))
    run(make_item("1", likes=9, views=5), page=make_page(visit="v2"))
    save(make_item("1", likes=12), page=make_page(visit="v3"), at="2026-03-05T10:00:00Z")
    await run.undo()
    item = save.get("1")
    assert (item["likes"], item["views"], item["last_seen"]) == (12, 1, "2026-03-05T10:00:00Z")


async def test_an_item_deleted_since_does_not_come_back(log: Log, save: Saver, run: Run) -> None:
    save(make_item("1"))
    run(make_item("1", "Other words"), page=make_page(visit="v2"))
    log.table("items").truncate()
    await run.undo()
    assert save.all() == []


async def test_live_views_are_told(log: Log, save: Saver, run: Run) -> None:
    save(make_item("1", likes=1))
    run(make_item("1", likes=2), make_item("2", "Another"), page=make_page(visit="v2"))
    last = queries.changes_since(log, 0)[-1]["number"]
    await run.undo()
    told = [(each["change"], each["id"]) for each in queries.changes_since(log, last)]
    assert told == [("updated", "1"), ("removed", "2")]


async def test_nothing_is_noted_outside_of_a_run(log: Log, save: Saver, run: Run) -> None:
    run(make_item("1"))
    save(make_item("2", "Another"))
    with log.reading() as connection:
        noted = connection.exec_driver_sql("SELECT count(*) FROM run_rows WHERE tbl = 'items'")
        assert noted.scalar() == 1


async def test_a_job_that_fails_notes_nothing_and_leaves_no_trigger(log: Log, run: Run) -> None:
    with pytest.raises(KeyError):
        run({"no": "item"})
    with log.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM run_rows").scalar() == 0

    def triggers(connection) -> int:
        return connection.exec_driver_sql("SELECT count(*) FROM sqlite_temp_master").scalar()

    assert log.write(triggers).result(20) == 0


async def test_only_the_newest_of_a_kind_is_offered(log: Log, run: Run) -> None:
    run(make_item("1"))
    log.write(lambda conn: runs.mark(conn, run.number, runs.DONE)).result(20)
    with log.reading() as connection:
        assert runs.newest_to_undo(connection, "reparse") == run.number
        with pytest.raises(runs.NoSuchRun):
            runs.newest_to_undo(connection, "import")


STEP = st.tuples(
    st.sampled_from(["forum", "webpage"]),
    st.sampled_from([None, "7", "8"]),
    st.sampled_from(["It works well", "It works well, mostly", "Another"]),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["v1", "v2", "v3"]),
    st.integers(0, 3),
)


def step_item(platform: str, id: str | None, text: str, likes: int) -> Json:
    own = None if id is None else (f"forum.example.org/{id}" if platform == "webpage" else id)
    author = (
        {"name": "Mina Sample"}
        if platform == "webpage"
        else {"handle": "mina"} | {"name": "Mina Sample"}
    )
    return make_item(own, text, platform=platform, author=author, likes=likes)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(STEP, max_size=5), during=st.lists(STEP, min_size=1, max_size=5))
async def test_whatever_a_run_saves_is_undone_exactly(
    log: Log, save: Saver, before: list[Any], during: list[Any]
) -> None:
    log.table("items").truncate()
    for platform, id, text, ref, visit, likes in before:
        save(step_item(platform, id, text, likes), ref=ref, page=make_page(visit=visit))
    was = everything(log)
    run = Run(log)
    for platform, id, text, ref, visit, likes in during:
        run(step_item(platform, id, text, likes), ref=ref, page=make_page(visit=visit))
    await run.undo()
    assert everything(log) == was
