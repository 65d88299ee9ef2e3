"""A reparse that is killed leaves the log as it was, and can be repeated and undone."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from agent_process import AgentProcess
from captures import batch, comment

from earmark.settings import Home
from earmark.store.log import open_log

BATCHES, ITEMS_A_BATCH = 12, 50
FIRST = 1_000_000


def hear(agent: AgentProcess) -> None:
    for number in range(BATCHES):
        first = FIRST + number * ITEMS_A_BATCH
        ids = range(first, first + ITEMS_A_BATCH)
        agent.request("POST", "/v1/captures", batch(number + 1, [comment(n, "No.") for n in ids]))
    deadline = time.monotonic() + 120
    while len(agent.items()) < BATCHES * ITEMS_A_BATCH and time.monotonic() < deadline:
        time.sleep(0.2)


def spoil(home: Path) -> None:
    """Have the log say what an older plugin might have read."""
    log = open_log(Home(home).database)
    log.table("items").update({"text": "No. reply", "likes": 3})
    log.close()


def documents(home: Path) -> list[tuple[int, str]]:
    with sqlite3.connect(home / "log.sqlite3") as connection:
        return connection.execute("SELECT id, doc FROM items ORDER BY id").fetchall()


def wait_for(agent: AgentProcess, run: int, *statuses: str) -> Any:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        told = agent.request("GET", f"/v1/runs/{run}")
        if told["status"] in statuses:
            return told
        time.sleep(0.05)
    raise AssertionError(told)


def begin(agent: AgentProcess) -> int:
    run = int(agent.request("POST", "/v1/reparses", {})["run"])
    told = wait_for(agent, run, "shown", "failed")
    assert told["told"]["difference"]["changed_items"] == BATCHES * ITEMS_A_BATCH
    agent.request("POST", f"/v1/runs/{run}/write", {})
    return run


def wait_until_it_writes(agent: AgentProcess, run: int) -> None:
    while not agent.request("GET", f"/v1/runs/{run}").get("progress", {}).get("done"):
        time.sleep(0.005)


@pytest.mark.timeout(400)
def test_a_killed_reparse_leaves_what_was_there_and_can_be_repeated(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with AgentProcess(home) as agent:
        hear(agent)
    spoil(home)
    before = documents(home)

    agent = AgentProcess(home).start()
    run = begin(agent)
    wait_until_it_writes(agent, run)
    agent.kill()
    assert documents(home) != before, "the kill came before anything was written"

    with AgentProcess(home) as agent:
        assert agent.request("GET", f"/v1/runs/{run}")["status"] == "broken_off"
        assert documents(home) == before
        assert not list(home.glob("rereading-*"))

        again = begin(agent)
        wait_for(agent, again, "done")
        assert {item["text"] for item in agent.items()} == {"No."}
        assert not any("likes" in item for item in agent.items())

        agent.request("POST", f"/v1/runs/{again}/undo", {})
        wait_for(agent, again, "undone")
        assert documents(home) == before
