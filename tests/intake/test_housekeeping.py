"""What the agent sees to by itself: old things forgotten, the extension kept up to date."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from new_logs import log_at
from saving import save_items

from earmark import housekeeping as chores
from earmark.extension.unpacked import place_of, unpack
from earmark.housekeeping import DAY, Archive, Retention, every_hour, housekeeping
from earmark.keeping.choices import Choices
from earmark.policy import Policies
from earmark.settings import Home
from earmark.store import raw
from earmark.store.log import Log

SEEN = "2026-11-01T10:00:00Z"
NOW = 1_793_872_800.0  # 2026-11-05T10:00:00Z


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[Log]:
    opened = log_at(tmp_path / "log.sqlite3")
    yield opened
    opened.close()


@pytest.fixture
def policy(log: Log, tmp_path: Path) -> Policies:
    return Policies(log, tmp_path / "policy.json")


def keep_for(policy: Policies, days: int) -> None:
    policy.path.write_text(json.dumps({"retention_days": days}), encoding="utf-8")


def store(log: Log, id: str, at: str = SEEN) -> None:
    page = {"url": "https://forum.example/t/1", "visit": id}
    item = {"platform": "forum", "id": id, "kind": "comment", "text": f"text {id}"}
    item |= {"_native": True, "_complete": True, "_source": "element"}
    fragment = {"id": f"f-{id}", "ref": f"r-{id}", "kind": "element"}
    log.write(lambda conn: save_items(conn, page, fragment, [item], at)).result(20)


def ids(log: Log) -> list[str]:
    return [item["id"] for item in log.table("items")]


async def test_without_a_policy_everything_stays(log: Log, policy: Policies) -> None:
    store(log, "1", "1999-01-01T00:00:00Z")
    await Retention(log, policy, lambda: NOW).apply()
    assert ids(log) == ["1"]


async def test_what_is_older_than_the_policy_allows_goes(log: Log, policy: Policies) -> None:
    store(log, "1")
    store(log, "2", "2026-11-03T10:00:00Z")
    keep_for(policy, 3)
    await Retention(log, policy, lambda: NOW).apply()
    assert ids(log) == ["2"]


async def test_what_is_kept_raw_goes_after_as_many_days_as_a_person_chose(log: Log) -> None:
    choices = Choices(log)

    def keep(connection: Any, id: str, at: str) -> None:
        page = {"url": "https://forum.example/t/1", "visit": id}
        raw.keep(connection, id, page, [{"id": id, "kind": "element"}], "forum", at)
        raw.finish(connection, [raw.Outcome(id, "stored")])

    for id, at in (("old", "2026-10-25T10:00:00Z"), ("young", SEEN)):
        await log.awrite(lambda conn, id=id, at=at: keep(conn, id, at))
    archive = Archive(log, choices, lambda: NOW)
    await archive.apply()
    assert fragments(log) == ["old", "young"]
    choices.change({"raw": {"days": 7, "megabytes": 1}})
    await archive.apply()
    assert fragments(log) == ["young"]


def fragments(log: Log) -> list[str]:
    with log.reading() as connection:
        return list(connection.exec_driver_sql("SELECT id FROM fragments").scalars())


async def test_it_is_done_once_a_day(log: Log, policy: Policies) -> None:
    now = NOW
    keep_for(policy, 3)
    retention = Retention(log, policy, lambda: now)
    await retention.apply()
    store(log, "1")
    now += DAY - 1
    await retention.apply()
    assert ids(log) == ["1"]
    now += 1
    await retention.apply()
    assert ids(log) == []


async def test_a_stricter_policy_holds_within_the_hour(log: Log, policy: Policies) -> None:
    store(log, "1")
    keep_for(policy, 90)
    retention = Retention(log, policy, lambda: NOW)
    await retention.apply()
    assert ids(log) == ["1"]
    keep_for(policy, 3)
    await retention.apply()
    assert ids(log) == []


async def test_a_clock_that_was_put_back_does_not_stop_it(log: Log, policy: Policies) -> None:
    now = NOW + 1000 * DAY
    keep_for(policy, 3)
    retention = Retention(log, policy, lambda: now)
    await retention.apply()
    store(log, "1")
    now = NOW
    await retention.apply()
    assert ids(log) == []


async def test_the_log_notes_how_much_was_forgotten_and_nothing_of_it(
    log: Log, policy: Policies, caplog: pytest.LogCaptureFixture
) -> None:
    store(log, "1")
    keep_for(policy, 3)
    with caplog.at_level(logging.INFO):
        await Retention(log, policy, lambda: NOW).apply()
    assert "items 1," in caplog.text
    assert "text 1" not in caplog.text


async def test_a_chore_that_fails_is_noted_and_the_next_ones_are_done(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    twice = asyncio.Event()

    async def breaks() -> None:
        raise ValueError("<b>words of a page</b>")

    async def works() -> None:
        done.append("works")
        if len(done) == 2:
            twice.set()

    monkeypatch.setattr(chores, "HOUR", 0)
    working = asyncio.create_task(every_hour([breaks, works]))
    await asyncio.wait_for(twice.wait(), 20)
    working.cancel()
    assert "breaks" in caplog.text
    assert "ValueError" in caplog.text
    assert "words of a page" not in caplog.text


async def test_a_start_does_all_of_it_and_a_stop_ends_it(
    log: Log, policy: Policies, tmp_path: Path
) -> None:
    home = Home(tmp_path / "home")
    place = place_of(home)
    unpack(place, firefox=False)
    (place.extension / "manifest.json").write_text("{}", encoding="utf-8")
    store(log, "1")
    keep_for(policy, 1)
    withheld = asyncio.Event()
    gone = asyncio.Event()

    async def forget_withheld() -> None:
        withheld.set()

    def look(_number: int) -> None:
        loop.call_soon_threadsafe(gone.set)

    loop = asyncio.get_running_loop()
    log.on_commit(look)
    intake: Any = SimpleNamespace(forget_withheld=forget_withheld)
    lost = asyncio.Event()
    corrections: Any = SimpleNamespace(
        forget_lost=lambda: loop.call_soon_threadsafe(lost.set),
    )
    async with housekeeping(home, log, policy, intake, Choices(log), corrections):
        async with asyncio.timeout(30):
            await withheld.wait()
            await gone.wait()
            await lost.wait()
    assert ids(log) == []
    assert json.loads((place.extension / "manifest.json").read_text(encoding="utf-8"))["version"]
    names = {task.get_coro().__qualname__ for task in asyncio.all_tasks()}  # type: ignore[union-attr]
    assert "every_hour" not in names
