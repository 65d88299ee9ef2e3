"""Making a case of the page a person has before them, over HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from raw_client import BROWSER, EXTENSION, Client

from earmark.agent import running
from earmark.settings import Home

URL = "https://news.ycombinator.com/item?id=41900100"
PAGE = """<html><body><table><tr class="athing comtr" id="41900200"><td><table><tr>
<td class="ind"><img width="0"></td><td class="default"><span class="comhead">
<a href="user?id=mirasand" class="hnuser">mirasand</a>
<span class="age" title="2026-11-20T10:00:00 1795168800"><a href="item?id=41900200">1 day ago</a>
</span></span><div class="comment"><div class="commtext c00">The lid came off,
mirasand@post.example.
</div></div></td></tr></table></td></tr></table></body></html>"""
BODY = {"url": URL, "html": PAGE, "captured_at": "2026-11-21T20:00:00Z", "name": "One comment"}


@pytest.fixture
async def agent(tmp_path: Path) -> AsyncIterator[Any]:
    async with running(Home(tmp_path / "home"), 0) as agent:
        yield agent


@pytest.fixture
async def browser(agent: Any) -> Client:
    owner = Client(agent.port, Authorization=f"Bearer {agent.control_secret}")
    code = (await owner.post("/v1/pairing-codes", {})).json["code"]
    extension = Client(agent.port, Origin=EXTENSION)
    token = (await extension.post("/v1/pair", {"code": code, "browser": BROWSER})).json["token"]
    return extension.as_(Authorization=f"Bearer {token}")


async def test_a_page_becomes_a_case_in_the_home_with_nobody_in_it(
    agent: Any, browser: Client
) -> None:
    answer = await browser.post("/v1/cases", BODY)
    assert answer.status == 200
    folder = Path(answer.json["folder"])
    assert folder == agent.home.cases_folder / "hackernews" / "one_comment"
    assert (answer.json["platform"], answer.json["items"]) == ("hackernews", 1)
    assert answer.json["different"] == []
    assert answer.json["replaced"]["people"] == 1
    written = "".join(path.read_text("utf-8") for path in folder.iterdir())
    assert "mirasand" not in written
    assert "41900200" not in written
    [item] = [json.loads(line) for line in (folder / "items.ndjson").read_text().splitlines()]
    assert item["published"]["shown"] == "2026-11-20T10:00:00Z"


async def test_a_platform_that_nobody_reads_is_told(browser: Client) -> None:
    answer = await browser.post("/v1/cases", BODY | {"platform": "myspace"})
    assert answer.status == 404
    assert answer.json["error"]["code"] == "no_such_platform"


async def test_nobody_else_may_make_cases(agent: Any) -> None:
    assert (await Client(agent.port).post("/v1/cases", BODY)).status == 401
