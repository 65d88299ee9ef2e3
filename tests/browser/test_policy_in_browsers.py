"""What an organisation sets in the browser itself holds, also where a site was granted before."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import Chromium
from conftest import Launcher, need, prepared_copy
from driver import Browser
from firefox import Firefox
from fixture_site import Site
from needs import lacking
from pages import FORUM, append, comment, thread
from playwright.sync_api import Playwright
from stand_in import StandIn

URL = f"{FORUM}/t/1"
SITES = ["https://forum.example.org/*", "https://frame.example.org/*"]
MANAGED = Path("/etc/chromium/policies/managed")
POLICY = {"allowed_sites": ["frame.example.org"], "messages": False, "retention_days": 30}


def managed_chromium(playwright: Playwright, site: Site, folder: Path) -> tuple[Chromium, Path]:
    """Chromium, and the file its policy goes to.

    The copy has a key of its own, and so an id of its own: nobody else's Chromium is meant.
    """
    copy = prepared_copy(folder, SITES, None, [])
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["key"] = base64.b64encode(os.urandom(294)).decode()
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    browser = Chromium(playwright, copy, site.port, folder / "profile")
    return browser, MANAGED / f"earmark-test-{browser.id}.json"


def set_policy(browser: Browser, file: Path) -> None:
    """As an administrator does; the browser reads it when it starts."""
    content: dict[str, Any] = {"3rdparty": {"extensions": {browser_id(browser): POLICY}}}
    if isinstance(browser, Firefox):
        content = {"name": browser.id, "description": "A test", "type": "storage", "data": POLICY}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content), encoding="utf-8")
    browser.restart()


def browser_id(browser: Browser) -> str:
    assert isinstance(browser, Chromium | Firefox)
    return browser.id


@pytest.fixture(params=["chromium", "firefox"])
def ruled(
    request: pytest.FixtureRequest,
    launch: Launcher,
    playwright_api: Playwright,
    site: Site,
    tmp_path: Path,
) -> Iterator[tuple[Browser, Path]]:
    """A browser, and where its policy file belongs; the file is gone afterwards."""
    need(request.param)
    if request.param == "firefox":
        browser: Browser = launch("firefox", SITES)
        assert isinstance(browser, Firefox)
        file = browser.profile / ".mozilla/managed-storage" / f"{browser.id}.json"
    else:
        if os.geteuid() != 0:
            lacking("only root may set a policy for Chromium")
        browser, file = managed_chromium(playwright_api, site, tmp_path)
    try:
        yield browser, file
    finally:
        file.unlink(missing_ok=True)
        browser.close()


def test_a_policy_of_the_browser_narrows_what_was_granted_before(
    ruled: tuple[Browser, Path], agent: StandIn, site: Site
) -> None:
    browser, file = ruled
    browser.pair(agent.code)
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    site.pages["frame.example.org/"] = thread(comment(3, "Allowed still."))
    browser.open(URL)
    agent.wait_for_fragments(1)
    browser.wait_for_outbox(0)  # else the restart sends it again

    set_policy(browser, file)
    told = agent.wait_for_condition(lambda told: "policy" in told)
    assert told["policy"] == POLICY
    tab = browser.open(URL)
    tab.evaluate(append(2, "Too late."))
    browser.open("https://frame.example.org/")
    agent.wait(lambda: any("Allowed still." in f["markup"] for f in agent.fragments))
    assert len(agent.fragments) == 2
    options = browser.options()
    options.wait("document.querySelectorAll('#rules li').length === 3")
    options.type("#site", "forum.example.org")
    options.click("#add-site")
    options.wait("document.querySelector('#site-error').textContent")
    options.wait("document.querySelector('#sites [data-origin*=forum] small').textContent")
