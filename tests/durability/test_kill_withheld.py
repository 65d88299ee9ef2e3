"""What is withheld outlives a kill, and so does the rescue of a page that turned out about us."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
import urllib.error
from pathlib import Path
from typing import Any

import pytest
from agent_process import AgentProcess
from captures import batch, comment

STORY, OTHER = 7, 8
BATCHES, ITEMS_A_BATCH = 40, 5
FIRST = 2_000_000
WANTED = [str(FIRST + n) for n in range(BATCHES * ITEMS_A_BATCH + 1)]
CHOSEN = {
    "terms": ["Acme"],
    "sites": [{"site": "news.ycombinator.com", "keep": "about_us"}],
}


def about_others(number: int) -> dict[str, Any]:
    first = FIRST + number * ITEMS_A_BATCH
    ids = range(first, first + ITEMS_A_BATCH)
    return batch(STORY, [comment(n, f"Nothing of interest, said {n} times.") for n in ids])


def mention() -> dict[str, Any]:
    return batch(STORY, [comment(int(WANTED[-1]), "And then there is Acme's new release.")])


def send(agent: AgentProcess, sent: dict[str, Any]) -> set[str]:
    answer = agent.request("POST", "/v1/captures", sent)
    return {result["status"] for result in answer["results"]}


def wait_for_items(agent: AgentProcess, number: int) -> list[str]:
    """Ids of all items, once there are as many."""
    deadline = time.monotonic() + 60
    while len(agent.items()) < number and time.monotonic() < deadline:
        time.sleep(0.1)
    return sorted(item["id"] for item in agent.items())


def statuses(home: Path) -> dict[str, int]:
    with sqlite3.connect(home / "log.sqlite3") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        counted = "SELECT status, count(*) FROM fragments GROUP BY status"
        return dict(connection.execute(counted).fetchall())


@pytest.mark.timeout(240)
def test_what_is_withheld_comes_back_after_a_kill(tmp_path: Path) -> None:
    home = tmp_path / "home"
    agent = AgentProcess(home).start()
    agent.request("PATCH", "/v1/choices", CHOSEN)
    for number in range(BATCHES):
        assert send(agent, about_others(number)) <= {"not_kept", "queued"}
    assert send(agent, batch(OTHER, [comment(1, "Another page.")])) <= {"not_kept", "queued"}
    agent.kill()

    with AgentProcess(home) as agent:
        assert agent.request("GET", "/v1/choices")["terms"] == ["Acme"]
        assert send(agent, mention()) <= {"stored", "queued"}
        assert wait_for_items(agent, len(WANTED)) == WANTED
    assert statuses(home).get("withheld") == 1, "the other page is about others still"


@pytest.mark.timeout(240)
@pytest.mark.parametrize("moment", ["while the mention is sent", "when it is answered"])
def test_a_rescue_that_a_kill_cuts_off_is_finished(tmp_path: Path, moment: str) -> None:
    home = tmp_path / "home"
    agent = AgentProcess(home).start()
    agent.request("PATCH", "/v1/choices", CHOSEN)
    for number in range(BATCHES):
        assert send(agent, about_others(number)) <= {"not_kept", "queued"}
    last = mention()
    if moment == "when it is answered":
        send(agent, last)
        agent.kill()
    else:
        sending = threading.Thread(target=send_to_the_dying, args=(agent, last))
        sending.start()
        agent.kill()
        sending.join()

    with AgentProcess(home) as agent:
        assert send(agent, last) <= {"stored", "queued"}, "the outbox sends it again"
        assert wait_for_items(agent, len(WANTED)) == WANTED
    assert set(statuses(home)) <= {"stored", "unchanged"}


def send_to_the_dying(agent: AgentProcess, sent: dict[str, Any]) -> None:
    try:
        send(agent, sent)
    except (OSError, urllib.error.URLError, json.JSONDecodeError):
        return
