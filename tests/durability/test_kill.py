"""What was acknowledged is there, what was not is sent again, and nothing is there twice."""

from __future__ import annotations

import json
import queue
import sqlite3
import threading
import time
import urllib.error
from pathlib import Path
from typing import Any

import pytest
from agent_process import AgentProcess
from captures import batch, comment

BATCHES = 200
ITEMS_A_BATCH = 5
FIRST = 1_000_000


def numbered_batch(number: int) -> dict[str, Any]:
    first = FIRST + number * ITEMS_A_BATCH
    ids = range(first, first + ITEMS_A_BATCH)
    return batch(number + 1, [comment(n, f"The crash after update {n} is back.") for n in ids])


class Outbox:
    """Keeps each batch until the agent has acknowledged every fragment of it."""

    def __init__(self, batches: list[dict[str, Any]]) -> None:
        self.waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        for one in batches:
            self.waiting.put(one)
        self.acknowledged = 0
        self.counted = threading.Condition()

    def drain(self, agent: AgentProcess) -> None:
        """Send until nothing waits or the agent is gone."""
        while not self.waiting.empty():
            try:
                one = self.waiting.get_nowait()
            except queue.Empty:
                return
            try:
                answer = agent.request("POST", "/v1/captures", one)
            except (OSError, urllib.error.URLError, json.JSONDecodeError):
                self.waiting.put(one)
                return
            assert {r["status"] for r in answer["results"]} <= {"stored", "unchanged", "queued"}
            with self.counted:
                self.acknowledged += 1
                self.counted.notify_all()

    def wait_for(self, number: int) -> None:
        with self.counted:
            assert self.counted.wait_for(lambda: self.acknowledged >= number, timeout=150)


def send(outbox: Outbox, agent: AgentProcess) -> list[threading.Thread]:
    threads = [threading.Thread(target=outbox.drain, args=(agent,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    return threads


@pytest.mark.timeout(300)
@pytest.mark.parametrize("acknowledged_before", [1, 90, 190])
def test_a_killed_agent_loses_nothing_and_stores_nothing_twice(
    tmp_path: Path, acknowledged_before: int
) -> None:
    agent = AgentProcess(tmp_path / "home").start()
    outbox = Outbox([numbered_batch(number) for number in range(BATCHES)])
    threads = send(outbox, agent)
    outbox.wait_for(acknowledged_before)
    agent.kill()
    for thread in threads:
        thread.join()
    assert not outbox.waiting.empty(), "the kill came after the last batch"

    with AgentProcess(tmp_path / "home") as agent:
        for thread in send(outbox, agent):
            thread.join()
        stored = wait_for_items(agent, BATCHES * ITEMS_A_BATCH)

    wanted = [str(FIRST + n) for n in range(BATCHES * ITEMS_A_BATCH)]
    assert sorted(stored) == wanted
    assert integrity(tmp_path / "home" / "log.sqlite3") == ["ok"]


def wait_for_items(agent: AgentProcess, number: int) -> list[str]:
    """Ids of all items, once there are as many; what was `queued` is finished by the agent."""
    deadline = time.monotonic() + 60
    while len(agent.items()) < number and time.monotonic() < deadline:
        time.sleep(0.1)
    return [item["id"] for item in agent.items()]


def integrity(database: Path) -> list[str]:
    with sqlite3.connect(database) as connection:
        return [row[0] for row in connection.execute("pragma integrity_check")]
