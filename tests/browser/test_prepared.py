"""A code left in the extension's own folder connects the browser; nobody types it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from chromium import Chromium, ChromiumTab
from conftest import Launcher
from driver import Browser
from firefox import Firefox
from stand_in import StandIn

PREPARED = "(globalThis.browser ?? chrome).storage.local.get('prepared').then((r) => r.prepared)"


@pytest.fixture(params=["chromium", "firefox"])
def fresh(request: pytest.FixtureRequest, launch: Launcher) -> Iterator[Browser]:
    """A browser that was never paired, with nothing prepared."""
    browser = launch(request.param, trial=False)
    yield browser
    browser.close()


def leave(browser: Browser, text: str) -> None:
    assert isinstance(browser, Chromium | Firefox)
    (browser.extension / "prepared.json").write_text(text, encoding="utf-8")


def asked_to_pair(agent: StandIn) -> list[str]:
    return [r["body"]["code"] for r in agent.requests if r["path"] == "/v1/pair"]


def test_a_code_that_appears_later_connects_by_itself(fresh: Browser, agent: StandIn) -> None:
    leave(fresh, '{"code": "476')  # half written
    leave(fresh, json.dumps({"code": agent.code}))
    agent.wait(lambda: any(r["path"] == "/v1/plan" for r in agent.requests))
    assert asked_to_pair(agent) == [agent.code]


def test_a_code_that_is_no_good_is_tried_once_and_told_in_the_options(
    fresh: Browser, agent: StandIn
) -> None:
    agent.right_code = f"{agent.port}-AAAA-AAAA"
    leave(fresh, json.dumps({"code": agent.code}))
    options = fresh.options()
    options.wait("document.querySelector('#prepared-problem').textContent")
    leave(fresh, json.dumps({"code": agent.right_code}))  # renewed meanwhile
    options.wait("document.querySelector('#connection-state').dataset.state === 'ok'")
    assert asked_to_pair(agent) == [agent.code, agent.right_code]


def test_a_code_waits_for_an_agent_that_is_away(fresh: Browser, agent: StandIn) -> None:
    agent.down()
    leave(fresh, json.dumps({"code": agent.code}))
    fresh.desk.wait(f"{PREPARED}.then((found) => found?.problem === 'absent')")
    agent.up()
    agent.wait(lambda: asked_to_pair(agent) == [agent.code])


def test_nothing_prepared_leaves_no_error_in_the_list_of_extensions(
    launch: Launcher, agent: StandIn
) -> None:
    browser = launch("chromium", trial=False)
    try:
        assert isinstance(browser, Chromium)
        browser.turn_on_developer_mode()  # else errors are not collected
        browser.send(type="look-for-code")
        tab = browser.new_tab()
        assert isinstance(tab, ChromiumTab)
        tab.goto("chrome://extensions/")
        told = tab.evaluate(
            f"chrome.developerPrivate.getExtensionInfo({json.dumps(browser.id)})"
            ".then((info) => [...info.runtimeErrors, ...info.manifestErrors])"
        )
        assert told == []
    finally:
        browser.close()
