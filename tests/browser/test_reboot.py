"""Agent and browser killed in the middle of a working day: nothing is lost, nothing asked again."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from driver import Tab
from fixture_site import Site
from ordinary_agent import AgentByUnit
from ordinary_browsers import Ordinary, ordinary_browser
from ordinary_firefox import OrdinaryFirefox
from playwright.sync_api import Playwright

from earmark.extension.unpacked import Place, place_of, unpack
from earmark.settings import Home

pytestmark = pytest.mark.timeout(400)  # for a machine that does much else
PATIENCE = 90.0
HOST = "kettles.example.org"
COMMENT = """<li class="comment" id="comment-NUMBER">
<article class="comment-body" id="div-comment-NUMBER"><b class="fn">Ilinca</b>
<time datetime="2026-11-18T10:00:00Z">18 November</time>
<div class="comment-content"><p>Comment number NUMBER has something to say.</p></div>
</article></li>"""
# What the extension has on disk and the agent has not answered for.
WAITING = """new Promise((resolve, reject) => {
  const request = indexedDB.open("earmark");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const all = request.result.transaction("fragments").objectStore("fragments").getAll();
    all.onsuccess = () => resolve(all.result.map((row) => row.json));
  };
})"""
# The inbox itself: neither the door to it nor the first run.
IS_INBOX = "location.pathname === '/' && Boolean(document.querySelector('#list-body'))"


class Thread:
    """Comments of their own on a page of its own, which grows as a person reads."""

    def __init__(self, number: int, site: Site) -> None:
        self.path = f"{HOST}/thread-{number}"
        self.url = f"https://{self.path}"
        self._numbers = itertools.count(number * 1000)
        self._site = site
        self.comments: list[int] = []
        self.more(20)

    def more(self, count: int) -> str:
        """New comments; JavaScript by which an open page shows them."""
        new = list(itertools.islice(self._numbers, count))
        self.comments += new
        self._site.pages[self.path] = (
            '<!doctype html><html lang="en"><title>Kettles</title><body>'
            f'<ol class="comment-list">{listed(self.comments)}</ol>'
        )
        html = json.dumps(listed(new))
        return f"document.querySelector('ol').insertAdjacentHTML('beforeend', {html})"

    @property
    def ids(self) -> set[str]:
        return {f"{HOST}/{number}" for number in self.comments}


def listed(numbers: list[int]) -> str:
    return "".join(COMMENT.replace("NUMBER", str(number)) for number in numbers)


class Computer:
    """Somebody's computer: the agent as its service starts it, and the browser of every day."""

    def __init__(self, browser: Ordinary, agent: AgentByUnit, site: Site) -> None:
        self.browser = browser
        self.agent = agent
        self._threads = (Thread(number, site) for number in itertools.count(1))

    def settle_in(self, place: Place) -> None:
        """What its owner did once: install, pair, allow a site, sign in to the inbox."""
        if isinstance(self.browser, OrdinaryFirefox):
            self.browser.allow_unsigned()
        self.browser.install(place)
        self.browser.pair(self.agent.request("POST", "/v1/pairing-codes", {})["code"])
        self.browser.grant(f"https://{HOST}/*")
        inbox = self.browser.open(self.agent.request("POST", "/v1/sign-in-links", {})["url"])
        inbox.click_when_there("form button")
        inbox.wait(IS_INBOX)
        self.browser.restart()  # in order: both browsers write their settings down then

    def read(self) -> tuple[Thread, Tab]:
        """Open a thread that nobody has read before, and be heard."""
        thread = next(self._threads)
        tab = self.browser.open(thread.url)
        self.wait_for_log(thread.ids)
        return thread, tab

    def log(self) -> set[str]:
        """The comments in the log; each is there once."""
        ids = [item["id"] for item in self.agent.items()]
        assert len(ids) == len(set(ids))
        return set(ids)

    def wait_for_log(self, comments: set[str]) -> None:
        self.wait(lambda: comments <= self.log(), lambda: f"lost: {comments - self.log()}")

    def handed_over(self) -> set[str]:
        """The comments that wait in the browser, once some do."""
        return set(self.wait(self._waiting, lambda: "nothing came into the outbox"))

    def _waiting(self) -> set[str]:
        rows = "\n".join(self.browser.desk.evaluate(WAITING))
        return {f"{HOST}/{number}" for number in re.findall(r"Comment number (\d+) ", rows)}

    def wait(self, condition: Callable[[], Any], what: Callable[[], str]) -> Any:
        end = time.monotonic() + PATIENCE
        while not (value := condition()):
            assert time.monotonic() < end, what()
            time.sleep(0.2)
        return value

    def freeze_agent(self) -> None:
        """It still holds the connections and answers nothing: what is under way stays so."""
        assert self.agent.process is not None
        os.kill(self.agent.process.pid, signal.SIGSTOP)

    def assert_nothing_is_asked(self) -> None:
        """Still paired, the site still allowed, still signed in to the inbox."""
        assert len(self.agent.request("GET", "/v1/browsers")["browsers"]) == 1
        thread, _ = self.read()
        popup = self.browser.popup(self.browser.tab_id(thread.url))
        popup.wait("document.body.dataset.ready && document.body.dataset.site === 'open'")
        assert popup.evaluate("document.body.dataset.trouble") == ""
        inbox = self.browser.open(f"http://earmark.localhost:{self.agent.port}/")
        assert inbox.evaluate(IS_INBOX)


def free_port() -> int:
    """A port of its own: the unit names one, and the browser is paired with it."""
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return int(plug.getsockname()[1])


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def computer(
    request: pytest.FixtureRequest,
    playwright_api: Playwright,
    _site: Site,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Computer]:
    folder = tmp_path_factory.mktemp("computer")
    (folder / "profile").mkdir()
    browser = ordinary_browser(request.param, playwright_api, _site.port, folder / "profile")
    place = place_of(Home(folder / "home"))
    unpack(place, firefox=True)
    with AgentByUnit(folder / "home", free_port()) as agent:
        computer = Computer(browser, agent, _site)
        computer.settle_in(place)
        yield computer
        browser.close()
    _site.pages.clear()


def test_a_restart_in_order_keeps_extension_pairing_sites_and_outbox(computer: Computer) -> None:
    thread, tab = computer.read()
    computer.agent.kill()
    tab.evaluate(thread.more(20))
    handed_over = computer.handed_over()
    computer.browser.restart()
    computer.agent.start()
    computer.wait_for_log(handed_over)
    computer.assert_nothing_is_asked()


def test_a_reboot_while_comments_keep_appearing_loses_nothing(computer: Computer) -> None:
    thread, tab = computer.read()
    computer.freeze_agent()
    tab.evaluate(thread.more(20))
    handed_over = computer.handed_over()
    tab.evaluate(thread.more(20))
    computer.agent.kill()
    computer.browser.kill()
    computer.agent.start()
    computer.browser.start_again()
    computer.wait_for_log(handed_over)  # by themselves: no page is open
    computer.browser.open(thread.url)
    computer.wait_for_log(thread.ids)
    computer.assert_nothing_is_asked()


def test_the_agent_killed_alone_loses_nothing(computer: Computer) -> None:
    thread, tab = computer.read()
    tab.evaluate(thread.more(20))
    computer.agent.kill()
    tab.evaluate(thread.more(20))
    computer.handed_over()
    computer.agent.start()
    tab.evaluate(thread.more(20))
    computer.wait_for_log(thread.ids)


def test_the_browser_killed_alone_loses_nothing(computer: Computer) -> None:
    thread, tab = computer.read()
    tab.evaluate(thread.more(20))
    computer.browser.kill()
    computer.browser.start_again()
    computer.browser.open(thread.url)
    computer.wait_for_log(thread.ids)
    computer.assert_nothing_is_asked()


def test_an_extension_loaded_for_the_moment_is_gone_after_a_restart(
    playwright_api: Playwright, site: Site, tmp_path: Path
) -> None:
    (tmp_path / "profile").mkdir()
    firefox = ordinary_browser("firefox", playwright_api, site.port, tmp_path / "profile")
    assert isinstance(firefox, OrdinaryFirefox)
    place = place_of(Home(tmp_path / "home"))
    unpack(place, firefox=False)
    firefox.install_temporarily(place)
    installed_as = firefox.ask("api.management.getSelf().then((self) => self.installType)")
    assert installed_as == "development"  # by which the extension knows, and doctor says so
    assert firefox.has_extension()
    firefox.restart()
    assert not firefox.has_extension()
    firefox.close()
