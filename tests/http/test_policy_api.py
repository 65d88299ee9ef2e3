"""`GET /v1/policy`: what holds, and who says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from raw_client import Client

from earmark.store.log import Log


@pytest.fixture
def policy_file(agent: Any) -> Path:
    """Stands for the system's policy file, which is not there yet."""
    path: Path = agent.policy.path
    assert not path.exists()
    return path


async def test_without_a_policy_everything_is_free(owner: Client, policy_file: Path) -> None:
    answer = await owner.get("/v1/policy")
    assert answer.json == {"policy": {}, "set_by": {}, "problems": []}


async def test_the_strictest_holds_and_each_key_says_who_set_it(
    owner: Client, policy_file: Path, log: Log, token: str
) -> None:
    policy_file.write_text(json.dumps({"retention_days": 90, "messages": "no"}), encoding="utf-8")
    told = {"retention_days": 30, "allowed_sites": ["reddit.com"]}
    log.table("browsers").update({"condition": {"policy": told}})
    answer = (await owner.get("/v1/policy")).json
    assert answer["policy"] == told
    file, browser = {"kind": "file", "name": str(policy_file)}, {"kind": "browser"}
    assert answer["set_by"] == {
        "retention_days": [file, browser | {"name": "Test browser"}],
        "allowed_sites": [browser | {"name": "Test browser"}],
    }
    [problem] = answer["problems"]
    assert str(policy_file) in problem
    assert "“messages”" in problem


async def test_it_is_for_the_owner(browser: Client, anyone: Client, policy_file: Path) -> None:
    assert (await browser.get("/v1/policy")).status == 403
    assert (await anyone.get("/v1/policy")).status == 401
