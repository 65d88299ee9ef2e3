"""Real browsers with the extension, a site for every host name, and agents to talk to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import chromium
import firefox
import pytest
from agent_process import AgentProcess
from driver import Browser
from fixture_site import Site
from main_path import MainPath
from needs import lacking
from playwright.sync_api import Browser as PlaywrightBrowser
from playwright.sync_api import Page, Playwright, sync_playwright
from stand_in import StandIn

from earmark.extension.prepared import prepare_extension

EXTENSION = Path(__file__).parents[2] / "extension"
DESK = {"width": 1440, "height": 900}
GRANTED = ["https://forum.example.org/*", "https://frame.example.org/*"]
BROWSERS = {"chromium": chromium.EXECUTABLE, "firefox": firefox.EXECUTABLE}

# A file goes to one process as a whole: a long one that begins last would keep all waiting.
BEGIN_FIRST = (
    "test_read_only.py",
    "test_reboot.py",
    "test_main_path.py",
    "test_hostile_pages.py",
    "test_platforms.py",
    "test_walk.py",
    "test_page_health.py",
    "test_outbox.py",
    "test_notices.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rank = {name: number for number, name in enumerate(BEGIN_FIRST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))


def need(name: str) -> None:
    """Skip where a browser is missing, but never in CI."""
    if not BROWSERS[name]:
        lacking(f"{name} is not installed")


def prepared_copy(folder: Path, sites: list[str], code: str | None, permissions: list[str]) -> Path:
    """The extension as `earmark try` prepares it: some sites granted, perhaps a pairing code."""
    copy = folder / "extension"
    prepare_extension(EXTENSION, copy, code or "", sites)
    if permissions:
        manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
        manifest["permissions"] += permissions
        (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return copy


@pytest.fixture(scope="session")
def playwright_api() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.close()


@pytest.fixture
def site(_site: Site) -> Iterator[Site]:
    yield _site
    _site.pages.clear()
    _site.requests.clear()


class Launcher:
    """Starts either browser on a copy of the extension; not a `trial` is as installed for good."""

    def __init__(self, playwright: Playwright, site: Site, folders: pytest.TempPathFactory) -> None:
        self._playwright = playwright
        self._site = site
        self._folders = folders

    def __call__(
        self,
        name: str,
        sites: Sequence[str] = (),
        code: str | None = None,
        permissions: Sequence[str] = (),
        *,
        trial: bool = True,
    ) -> Browser:
        need(name)
        folder = self._folders.mktemp("copy")
        extension = prepared_copy(folder, list(sites), code, list(permissions))
        if not trial:
            (extension / "prepared.json").unlink()
        profile = self._folders.mktemp(name)
        if name == "chromium":
            return chromium.Chromium(self._playwright, extension, self._site.port, profile)
        self._used_firefox.copy_to(profile)
        return firefox.Firefox(extension, self._site.port, profile)

    @cached_property
    def _used_firefox(self) -> firefox.BareFirefox:
        browser = firefox.BareFirefox(self._folders.mktemp("used"))
        browser.close()
        return browser


@pytest.fixture(scope="session")
def launch(
    playwright_api: Playwright, _site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Launcher:
    return Launcher(playwright_api, _site, tmp_path_factory)


class Shared:
    """One running browser of each kind for all tests that leave it as they found it."""

    def __init__(self, launch: Launcher) -> None:
        self._launch = launch
        self._started: list[Browser] = []
        self._in_order: dict[str, Browser] = {}

    def take(self, name: str) -> Browser:
        if name not in self._in_order:
            self._started.append(self._launch(name, GRANTED))
            return self._started[-1]
        return self._in_order.pop(name)

    def give_back(self, browser: Browser) -> None:
        """After a test; what cannot be put in order again is not given to the next."""
        browser.reset()
        self._in_order[browser.name] = browser

    def close(self) -> None:
        for browser in self._started:
            browser.close()


@pytest.fixture(scope="session")
def _shared(launch: Launcher) -> Iterator[Shared]:
    shared = Shared(launch)
    yield shared
    shared.close()


@pytest.fixture(params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest, _shared: Shared) -> Iterator[Browser]:
    """A browser shared by tests, with two sites granted, not paired, its outbox empty."""
    taken = _shared.take(request.param)
    yield taken
    _shared.give_back(taken)


@pytest.fixture
def agent() -> Iterator[StandIn]:
    """An agent that remembers what reached it and answers as a test says."""
    agent = StandIn()
    yield agent
    agent.close()


@pytest.fixture
def paired(browser: Browser, agent: StandIn) -> Browser:
    """The shared browser, paired with `agent` and with its plan."""
    browser.pair(agent.code)
    return browser


@pytest.fixture(scope="module")
def chrome(playwright_api: Playwright) -> Iterator[PlaywrightBrowser]:
    """A plain browser, for the inbox."""
    need("chromium")
    browser = playwright_api.chromium.launch(
        executable_path=chromium.EXECUTABLE, args=chromium.FLAGS
    )
    yield browser
    browser.close()


@pytest.fixture
def open_inbox(box: Any, chrome: PlaywrightBrowser) -> Iterator[Callable[..., Page]]:
    """Opens a path of the inbox, signed in; fails when the page complained."""
    contexts, complaints = [], []

    def open_it(path: str = "/", viewport: dict[str, int] = DESK, **options: Any) -> Page:
        context = chrome.new_context(viewport=viewport, **options)
        contexts.append(context)
        name, value = box.cookie
        context.add_cookies([{"name": name, "value": value, "url": box.origin}])
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if "Policy" in m.text else None)
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(box.origin + path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def _path(
    request: pytest.FixtureRequest,
    launch: Launcher,
    _site: Site,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[MainPath]:
    with AgentProcess(tmp_path_factory.mktemp("main") / "home") as agent:
        code = agent.request("POST", "/v1/pairing-codes", {})["code"]
        browser = launch(request.param, ["https://*/*"], code)
        path = MainPath(browser, _site, agent)
        path.wait(lambda: agent.request("GET", "/v1/browsers")["browsers"], "never paired")
        yield path
        browser.close()


@pytest.fixture
def path(_path: MainPath) -> Iterator[MainPath]:
    """The main path, whole, in either browser."""
    yield _path
    _path.site.pages.clear()
