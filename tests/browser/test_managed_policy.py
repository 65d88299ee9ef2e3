"""What an organisation sets in Firefox reaches the extension, and the agent by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import EXTENSION, Launcher
from stand_in import StandIn

RULES = {"allowed_sites": ["reddit.com"], "messages": False, "retention_days": 90}


@pytest.fixture
def profile_of_an_organisation(
    launch: Launcher, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The next profile carries a managed storage manifest, as an administrator puts it in place."""
    manifest = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))
    id = manifest["browser_specific_settings"]["gecko"]["id"]
    managed = {"name": id, "description": "rules", "type": "storage", "data": RULES}
    mktemp = launch._folders.mktemp

    def with_rules(name: str) -> Path:
        folder = mktemp(name)
        if name == "firefox":
            rules = folder / ".mozilla" / "managed-storage" / f"{id}.json"
            rules.parent.mkdir(parents=True)
            rules.write_text(json.dumps(managed), encoding="utf-8")
        return folder

    monkeypatch.setattr(launch._folders, "mktemp", with_rules)


@pytest.mark.usefixtures("profile_of_an_organisation")
def test_the_rules_of_firefox_reach_the_agent(launch: Launcher, agent: StandIn) -> None:
    browser = launch("firefox")
    try:
        browser.pair(agent.code)
        told = agent.wait_for_condition(lambda each: each.get("policy"))
        assert told["policy"] == RULES
        options = browser.options()
        options.wait("!document.querySelector('#organisation').hidden")
        shown = options.evaluate("document.querySelector('#organisation').textContent")
        assert "reddit.com" in shown
    finally:
        browser.close()
