"""What was acknowledged is there, what was not is sent again, and nothing is there twice."""

from __future__ import annotations

import json
import queue
import sqlite3
import threading
import time
import urllib.error
import uuid
from pathlib import Path
from typing import Any

import pytest
from agent_process import AgentProcess

BATCHES = 200
ITEMS_A_BATCH = 5
CAPTURED = "2026-11-20T10:00:00.000Z"

COMMENT = """<tr class="athing comtr" id="{id}"><td><table><tr>
<td class="ind" indent="0"><img src="s.gif" height="1" width="0"></td>
<td class="default"><div><span class="comhead"><a href="user?id=reader{id}" class="hnuser">reader{id}
</a> <span class="age" title="2026-11-20T09:00:00 1795165200"><a href="item?id={id}">1 hour ago</a>
</span></span></div><div class="comment"><div class="commtext c00">The crash after update number
{id} is still there, please fix it.</div></div></td></tr></table></td></tr>"""


def batch(number: int) -> dict[str, Any]:
    """One batch as the extension would send it, with ids of its own."""
    page = {
        "url": f"https://news.ycombinator.com/item?id={number}",
        "top_url": f"https://news.ycombinator.com/item?id={number}",
        "visit": str(uuid.uuid4()),
        "title": "A made-up thread",
        "captured_at": CAPTURED,
    }
    first = 1_000_000 + number * ITEMS_A_BATCH
    fragments = [fragment(first + i, i) for i in range(ITEMS_A_BATCH)]
    return {"batch": str(uuid.uuid4()), "sent_at": CAPTURED, "page": page, "fragments": fragments}


def fragment(item: int, order: int) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "ref": f"r{order}",
        "kind": "element",
        "selector": "tr.comtr",
        "url": "https://news.ycombinator.com/item",
        "markup": COMMENT.format(id=item),
        "order": order,
        "outline": 0,
        "complete": True,
        "captured_at": CAPTURED,
    }


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
            assert self.counted.wait_for(lambda: self.acknowledged >= number, timeout=60)


def send(outbox: Outbox, agent: AgentProcess) -> list[threading.Thread]:
    threads = [threading.Thread(target=outbox.drain, args=(agent,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    return threads


@pytest.mark.timeout(180)
@pytest.mark.parametrize("acknowledged_before", [1, 40, 90, 140, 190])
def test_a_killed_agent_loses_nothing_and_stores_nothing_twice(
    tmp_path: Path, acknowledged_before: int
) -> None:
    agent = AgentProcess(tmp_path / "home").start()
    outbox = Outbox([batch(number) for number in range(BATCHES)])
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

    wanted = [str(1_000_000 + n) for n in range(BATCHES * ITEMS_A_BATCH)]
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
