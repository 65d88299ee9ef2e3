"""A policy on a computer, in the agent as it runs: left out, forgotten, told, kept up to date."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from cli_process import item

from earmark import policy
from earmark.agent import running
from earmark.cli.agent_client import AgentClient
from earmark.extension.files import read_files, source_folder
from earmark.extension.unpacked import place_of, unpack
from earmark.settings import Home
from earmark.store.log import open_log

RULES = {"plugins": ["webpage"], "retention_days": 30, "allowed_sites": ["reddit.com"]}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with an old item and an outdated extension, on a computer with a policy."""
    rules = tmp_path / "policy.json"
    rules.write_text(json.dumps(RULES), encoding="utf-8")
    monkeypatch.setattr(policy, "system_policy_file", lambda: rules)
    home = Home(tmp_path / "home")
    place = place_of(home)
    unpack(place, firefox=True)
    for folder in (place.extension, place.to_sign):
        (folder / "manifest.json").write_text('{"version": "0.0.1"}', encoding="utf-8")
    log = open_log(home.database)
    log.table("items").insert(item(1, "seen long ago", last_seen="2020-01-01T00:00:00Z"))
    log.close()
    return home


def version_in(folder: Path) -> str:
    """What the manifest says; for an instant of an update there is none."""
    try:
        return str(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["version"])
    except FileNotFoundError:
        return "0.0.1"


async def until_true(condition: Any) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.05)


async def test_a_running_agent_keeps_to_the_policy_of_its_computer(home: Home) -> None:
    async with running(home, 0) as agent:
        assert [source.name for source in agent.plugins.sources] == ["webpage"]
        assert "hackernews" in {problem.plugin for problem in agent.plugins.problems}
        async with AgentClient(home) as client:
            assert (await client.get("/v1/policy"))["policy"] == RULES
        await until_true(lambda: len(agent.log.table("items")) == 0)
        place = place_of(home)
        await until_true(lambda: read_files(place.extension) == read_files(source_folder()))
        await until_true(lambda: version_in(place.to_sign) != "0.0.1")
