"""Plugins over HTTP and on their page: what is new waits for a person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from installing import install
from raw_client import Client

from earmark.agent import running
from earmark.settings import Home

FORUM = """
from earmark import Item, Platform, hookimpl

class Forum(Platform):
    name, label = "forum", "A <b>forum</b>"
    matches = ["https://forum.example.org/*"]
    items = ["li"]

    def parse(self, fragment, page):
        yield Item(id="1", text="hello")

@hookimpl
def register_platforms(register):
    register(Forum)
"""


@pytest.fixture
async def agent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """An agent, and beside it a package that came while it ran."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)
    async with running(Home(tmp_path / "home"), 0) as agent:
        install(site, "forum", "1.2", {"forum_plugin": FORUM}, forum="forum_plugin")
        agent.desk.look()
        yield agent


@pytest.fixture
def owner(agent: Any) -> Client:
    return Client(agent.port, Authorization=f"Bearer {agent.control_secret}")


@pytest.fixture
def inbox(agent: Any) -> Client:
    """A signed-in inbox, as a browser sends its requests."""
    key = agent.credentials.sign_in(agent.credentials.new_link())
    host = f"earmark.localhost:{agent.port}"
    return Client(agent.port, Cookie=f"earmark_{agent.port}={key}").as_(
        Host=host, Sec_Fetch_Site="same-origin", Origin=f"http://{host}"
    )


async def test_a_plugin_is_enabled_and_the_plan_has_its_sites(owner: Client) -> None:
    before = await owner.get("/v1/plan")
    rows = (await owner.get("/v1/plugins")).json["plugins"]
    assert rows[0] | {"platforms": []} == {
        "name": "forum", "label": "", "kind": "", "version": "1.2", "distribution": "forum",
        "state": "new", "problem": "", "hint": "", "platforms": [],
    }  # fmt: skip
    answer = await owner.send("PATCH", "/v1/plugins/forum", {"enabled": True})
    assert (answer.status, answer.json["state"], answer.json["kind"]) == (200, "on", "platform")
    after = await owner.get("/v1/plan")
    assert after.json["platforms"][0]["matches"] == ["https://forum.example.org/*"]
    assert after.header("ETag") != before.header("ETag")
    await owner.send("PATCH", "/v1/plugins/forum", {"enabled": False})
    assert (await owner.get("/v1/plan")).header("ETag") == before.header("ETag")


async def test_the_page_shows_what_is_new_and_enables_it(inbox: Client) -> None:
    page = (await inbox.get("/plugins")).body.decode()
    assert 'data-plugin="forum"' in page
    assert page.index("forum") < page.index("Hacker News")
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    done = await inbox.send("POST", "/plugins", body=b"name=forum&enabled=yes", **form)
    assert done.status == 303
    page = (await inbox.get("/plugins")).body.decode()
    assert "A &lt;b&gt;forum&lt;/b&gt;" in page
    refused = await inbox.send("POST", "/plugins", body=b"name=nobody&enabled=yes", **form)
    assert refused.status == 404
    assert "No plugin “nobody”" in refused.body.decode()


async def test_a_plugin_that_is_not_there_and_a_body_that_says_nothing(owner: Client) -> None:
    assert (await owner.send("PATCH", "/v1/plugins/nobody", {"enabled": True})).status == 404
    assert (await owner.send("PATCH", "/v1/plugins/forum", {})).status == 400
