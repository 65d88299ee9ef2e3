"""What the extension says of itself: whole, when something changed, and no more often."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Chromium
from conftest import Launcher
from driver import Browser
from firefox import Firefox
from fixture_site import Site
from pages import FORUM, append, comment, thread
from stand_in import StandIn

URL = f"{FORUM}/t/1"
TOLD = (
    "(globalThis.browser ?? chrome).storage.session.get('condition').then((r) => r.condition?.at)"
)
SITES = ["https://forum.example.org/*"]


@pytest.fixture(params=["chromium", "firefox"])
def lasting(request: pytest.FixtureRequest, launch: Launcher) -> Iterator[Browser]:
    """A browser with the extension as it is installed for good: nothing says that it is a trial."""
    browser = launch(request.param, SITES, trial=False)
    yield browser
    browser.close()


def folder(browser: Browser) -> Path:
    assert isinstance(browser, Chromium | Firefox)
    return browser.extension


def test_the_condition_is_whole(paired: Browser, agent: StandIn) -> None:
    told = agent.wait_for_condition(lambda told: told)
    manifest = json.loads((folder(paired) / "manifest.json").read_text(encoding="utf-8"))
    assert told["extension"] == told["on_disk"] == manifest["version"]
    assert told["temporary"] is (paired.name == "firefox")
    assert told["browser"]["name"].lower() == paired.name
    assert int(told["browser"]["version"].split(".")[0]) > 100
    assert "https://forum.example.org/*" in told["sites"]
    assert told["language"].startswith("en")
    assert told["not_granted"] == told["trouble"] == []
    assert (told["waiting"], told["dropped"]) == (0, 0)
    assert "policy" not in told
    assert told["sent_at"].endswith("Z")


def test_a_condition_is_told_once_until_something_changes(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    agent.wait_for_condition(lambda told: told)
    paired.desk.wait(TOLD)
    paired.stop_background()
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    paired.open(URL)
    agent.wait_for_fragments(1)
    paired.grant("https://other.example.org/*")
    agent.wait_for_condition(lambda told: "https://other.example.org/*" in told["sites"])
    granted = [told["sites"] for told in agent.conditions]
    assert len(granted) == 2, granted
    paired.ask("api.permissions.remove({origins: ['https://other.example.org/*']})")
    agent.wait(lambda: len(agent.conditions) == 3)


def test_an_agent_without_a_place_for_it_is_not_asked_again(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    agent.knows_conditions = False
    browser.pair(agent.code)
    agent.wait(lambda: agent.conditions)
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    tab = browser.open(URL)
    agent.wait_for_fragments(1)
    tab.evaluate(append(2))
    agent.wait_for_fragments(2)
    assert len(agent.conditions) == 1


def test_whoever_installs_it_is_greeted_and_told_when_it_is_not_for_good(
    lasting: Browser, agent: StandIn, site: Site
) -> None:
    greeting = f"{lasting.base}/pages/options.html?welcome"
    lasting.desk.wait(
        "(globalThis.browser ?? chrome).tabs.query({}).then((tabs) => tabs.length > 2)"
    )
    assert greeting in lasting.addresses()
    lasting.pair(agent.code)
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    lasting.open(URL)
    popup = lasting.popup(lasting.tab_id(URL))
    popup.wait("document.body.dataset.ready")
    expected = "temporary" if lasting.name == "firefox" else ""
    popup.wait(f"document.body.dataset.first === {expected!r}")


def test_a_newer_version_on_disk_is_taken_by_one_click_and_open_tabs_go_on(
    lasting: Browser, agent: StandIn, site: Site
) -> None:
    lasting.pair(agent.code)
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    tab = lasting.open(URL)
    agent.wait_for_fragments(1)
    path = folder(lasting) / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "version": "99.0"}), encoding="utf-8")
    if isinstance(lasting, Chromium):
        lasting.turn_on_developer_mode()
    popup = lasting.popup(lasting.tab_id(URL))
    popup.wait("document.body.dataset.first === 'newer'")
    # The page goes with the click, so nobody may wait for the click to end.
    popup.evaluate("void setTimeout(() => document.querySelector('[data-fix=newer]').click())")
    agent.wait_for_condition(lambda told: told["extension"] == "99.0")
    tab.evaluate(append(2))
    agent.wait(lambda: any("Comment 2" in f["markup"] for f in agent.fragments))
