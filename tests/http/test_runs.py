"""Reparses and imports over HTTP: who may begin them, and what is taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from earmark.store import runs
from earmark.store.log import Log

OCTETS = {"Content_Type": "application/octet-stream"}


class RecordingRuns:
    """Remembers what it was asked, and answers with runs of the log."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.asked: list[Any] = []

    async def _begin(self, kind: str, *asked: Any) -> int:
        self.asked.append((kind, *asked))
        return await self.log.awrite(lambda conn: runs.begin(conn, kind, {}))

    async def read_again(self, asked: Any) -> int:
        return await self._begin("reparse", asked)

    async def take_in(self, file: Path, asked: Any) -> int:
        content = file.read_bytes()
        mode = file.stat().st_mode & 0o777
        file.unlink()
        return await self._begin("import", asked, content, mode)

    async def state(self, number: int) -> Any:
        with self.log.reading() as connection:
            return runs.one(connection, number)


@pytest.fixture
def recorded(agent: Any, log: Log) -> RecordingRuns:
    agent.runs = RecordingRuns(log)
    return agent.runs


async def test_a_file_is_streamed_to_the_disk_and_begins_a_run(
    owner: Any, recorded: RecordingRuns, log: Log
) -> None:
    content = bytes(9 * 1024 * 1024)  # more than any other body may have
    target = "/v1/imports?name=a.csv&kind=comment&dry_run=1&columns=%7B%22text%22:%22Answer%22%7D"
    answer = await owner.send("POST", target, body=content, **OCTETS)
    assert (answer.status, answer.json["kind"], answer.json["run"]) == (202, "import", 1)
    [(_, asked, taken, mode)] = recorded.asked
    assert (asked.name, asked.kind, asked.dry_run) == ("a.csv", "comment", True)
    assert asked.columns == {"text": "Answer"}
    assert taken == content
    assert mode == 0o600
    assert not list(log.path.parent.glob("import-*"))


async def test_a_file_is_no_json(owner: Any, recorded: RecordingRuns) -> None:
    answer = await owner.post("/v1/imports", {"platform": "x"})
    assert (answer.status, answer.error) == (415, "wrong_content_type")
    assert recorded.asked == []


@pytest.mark.parametrize(
    "query", ["kind=spam", "format=exe", "columns=%7B", "columns=3", "columns=%5B%5D"]
)
async def test_what_cannot_be_asked_is_refused_before_anything_is_kept(
    owner: Any, recorded: RecordingRuns, log: Log, query: str
) -> None:
    answer = await owner.send("POST", f"/v1/imports?{query}", body=b"x", **OCTETS)
    assert answer.status == 400
    assert recorded.asked == []
    assert not list(log.path.parent.glob("import-*"))


async def test_a_reparse_is_asked_for(owner: Any, recorded: RecordingRuns) -> None:
    asked = {"platform": "forum", "site": "https://www.Forum.example/t/1", "since": "2026-01-31"}
    answer = await owner.post("/v1/reparses", asked)
    assert (answer.status, answer.json["status"]) == (202, "reading")
    [(_, given)] = recorded.asked
    assert (given.platform, given.site, given.since) == ("forum", "forum.example", "2026-01-31")
    assert (await owner.post("/v1/reparses", {"since": "yesterday"})).status == 400


async def test_runs_are_listed_and_told_one_by_one(owner: Any, recorded: RecordingRuns) -> None:
    await owner.post("/v1/reparses", {})
    listed = (await owner.get("/v1/runs")).json["runs"]
    assert [run["run"] for run in listed] == [1]
    assert (await owner.get("/v1/runs/1")).json == listed[0]
    assert listed[0]["undoable"] is False
    assert (await owner.get("/v1/runs/99")).error == "no_such_run"


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/v1/reparses"), ("GET", "/v1/runs"), ("POST", "/v1/runs/1/undo")],
)
async def test_a_browser_may_not(
    browser: Any, recorded: RecordingRuns, method: str, path: str
) -> None:
    answer = await browser.send(method, path, {} if method == "POST" else None)
    assert answer.status == 403
    assert recorded.asked == []
