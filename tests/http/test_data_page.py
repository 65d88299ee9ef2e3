"""The page about data: what is kept as it came, and what was done at once."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from earmark.runs import CORRECTIONS, IMPORT, REPARSE, RULES, TERMS
from earmark.store import raw, runs
from earmark.store.log import Log

FORM = {"Content_Type": "application/x-www-form-urlencoded"}


async def page(inbox: Any) -> BeautifulSoup:
    answer = await inbox.get("/data")
    assert answer.status == 200
    return BeautifulSoup(answer.body, "lxml")


async def keep(log: Log, id: str) -> None:
    seen_on = {"url": "https://forum.example/t/1", "visit": "v"}
    fragment = {"id": id, "kind": "element", "markup": "<p>" + id * 1000}
    at = "2026-11-02T10:00:00Z"
    await log.awrite(lambda conn: raw.keep(conn, "b", seen_on, [fragment], "forum", at))


async def test_it_says_how_much_is_kept_and_since_when(inbox: Any, log: Log) -> None:
    assert (await page(inbox)).select_one("#kept").text == "Kept now: nothing."
    await keep(log, "a")
    told = (await page(inbox)).select_one("#kept").text
    assert "1 pieces" in told
    assert "Nov 2, 2026" in told


async def test_a_person_says_how_much_is_kept(inbox: Any, agent: Any) -> None:
    answer = await inbox.send("POST", "/data", body=b"days=7&megabytes=50", **FORM)
    assert answer.status == 303
    assert agent.choices.raw_limits == {"days": 7, "megabytes": 50}
    shown = await page(inbox)
    assert shown.select_one("input[name=days]")["value"] == "7"


@pytest.mark.parametrize("body", [b"days=0&megabytes=50", b"days=x&megabytes=1", b"days=7", b""])
async def test_what_cannot_be_chosen_changes_nothing(inbox: Any, agent: Any, body: bytes) -> None:
    answer = await inbox.send("POST", "/data", body=body, **FORM)
    assert answer.status == 400
    assert agent.choices.raw_limits == {"days": 90, "megabytes": 2000}


async def test_what_was_done_at_once_stands_there_with_a_way_back(
    inbox: Any, agent: Any, log: Log
) -> None:
    undone: list[int] = []

    class Runs:
        async def undo(self, number: int) -> None:
            undone.append(number)

    agent.runs = Runs()
    asked = {"name": "<b>answers.csv"}
    number = await log.awrite(lambda conn: runs.begin(conn, "import", asked))
    assert (await page(inbox)).select("[data-run]") == []
    await log.awrite(lambda conn: runs.mark(conn, number, runs.DONE, {}))
    [shown] = (await page(inbox)).select("[data-run]")
    assert "<b>answers.csv" in shown.text
    assert shown.select("button") == []
    row = "INSERT INTO run_rows(run, tbl, key, item) VALUES (1, 'items', '[1]', 1)"
    await log.awrite(lambda conn: conn.exec_driver_sql(row))
    [shown] = (await page(inbox)).select("[data-run]")
    assert shown.select_one("button")["value"] == str(number)
    await inbox.send("POST", "/data/undo", body=f"run={number}".encode(), **FORM)
    assert undone == [number]


@pytest.mark.parametrize("kind", [REPARSE, IMPORT, RULES, TERMS, CORRECTIONS])
async def test_every_kind_of_run_has_a_name(inbox: Any, log: Log, kind: str) -> None:
    number = await log.awrite(lambda conn: runs.begin(conn, kind, {}))
    await log.awrite(lambda conn: runs.mark(conn, number, runs.DONE, {}))
    [shown] = (await page(inbox)).select("[data-run]")
    assert shown.text.strip()
