"""A working day, every connection recorded: Earmark reads, and nothing leaves the machine.

Each recorder is also shown an act that was planted for it, and must tell of that and of nothing
else; those that watch programs have tests of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from agent_process import AgentProcess
from connections import Connections
from driver import Tab
from fixture_site import Site
from ordinary_browsers import Ordinary, ordinary_browser
from ordinary_firefox import OrdinaryFirefox
from patience import until_true
from playwright.sync_api import Playwright
from requests_made import Request, RequestsMade
from working_day import (
    FRAME,
    HEARD_SITES,
    browse,
    put_up,
    triage,
    use_command_line,
    wait_until_heard,
)

from earmark.extension.unpacked import place_of, unpack
from earmark.settings import Home

pytestmark = pytest.mark.timeout(400)  # for a machine that does much else
PLANTED = "https://planted.example.org"
HOSTS = {*HEARD_SITES, FRAME, "faces.example.net"}
Asked = Counter[tuple[str, str, str]]


@dataclass
class Day:
    """What was recorded of one day."""

    extension: str  # the origins of the extension and of the inbox
    inbox: str
    port: int
    without_earmark: Asked
    with_earmark: Asked
    while_triaging: Asked
    requests: list[Request]
    agent: Connections
    commands: Connections

    def made_by(self, initiator: str) -> set[str]:
        """The addresses that were asked for by this origin."""
        return {request.url for request in self.requests if request.initiator == initiator}


class TracedAgent(AgentProcess):
    """The agent, and its workers with it, while `connections` looks on."""

    connections: Connections

    def command(self) -> list[str]:
        return [*self.connections.prefix, *super().command()]


def asked(site: Site) -> Asked:
    """What the site was asked for since the last time; the browser's own errands left out."""
    requests = Counter(each for each in site.requests if each[1] in HOSTS)
    site.requests.clear()
    return requests


def move_in(browser: Ordinary, agent: AgentProcess) -> None:
    place = place_of(Home(agent.home))
    unpack(place, firefox=True)
    if isinstance(browser, OrdinaryFirefox):
        browser.allow_unsigned()
    browser.install(place)
    browser.pair(agent.request("POST", "/v1/pairing-codes", {})["code"])
    for host in (*HEARD_SITES, FRAME):
        browser.grant(f"https://{host}/*")


def plant_in_a_page(browser: Ordinary, url: str) -> None:
    """A request by a content script, which the site takes for its own page's."""
    fetch = "() => fetch('/planted').then(() => true)"
    target = f"{{tabId: {browser.tab_id(url)}}}"
    browser.ask(f"api.scripting.executeScript({{target: {target}, func: {fetch}}}).then(() => 1)")


def plant_in(tab: Tab, name: str, site: Site) -> None:
    """A request to a stranger by one of our own pages."""
    tab.evaluate(f"void setTimeout(() => location.assign('{PLANTED}/{name}'))")
    until_true(lambda: any(path == f"/{name}" for _, _, path in site.requests), lambda: name)


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def day(
    request: pytest.FixtureRequest,
    playwright_api: Playwright,
    _site: Site,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Day]:
    folder = tmp_path_factory.mktemp("day")
    record = RequestsMade(folder)

    def a_browser(profile: str) -> Ordinary:
        (folder / profile).mkdir()
        kind, port = request.param, _site.port
        return ordinary_browser(kind, playwright_api, port, folder / profile, record.flags)

    urls = put_up(_site)
    _site.requests.clear()
    plain = a_browser("plain")
    browse(plain, urls)
    plain.close()
    without = asked(_site)
    yield live_through(a_browser("profile"), record, folder, _site, urls, without)
    _site.pages.clear()


def live_through(
    browser: Ordinary,
    record: RequestsMade,
    folder: Path,
    site: Site,
    urls: list[str],
    without: Asked,
) -> Day:
    """The day with Earmark."""
    record.begin(browser)
    agent = TracedAgent(folder / "home")
    agent.connections = Connections(folder / "agent.strace")
    commands = Connections(folder / "commands.strace")
    with agent:
        move_in(browser, agent)
        asked(site)
        browse(browser, urls)
        wait_until_heard(agent)
        plant_in_a_page(browser, urls[0])
        with_earmark = asked(site)
        inbox = triage(browser, agent)
        use_command_line(agent.home, folder, commands)
        triaging = asked(site)
        plant_in(inbox, "inbox", site)
        extension = browser.base
        plant_in(browser.desk, "extension", site)
        requests = record.end(browser)
        assert agent.process is not None
        pid = agent.process.pid
    agent.connections.wait_for_the_end(pid)
    address = f"http://earmark.localhost:{agent.port}"
    sites = (without, with_earmark, triaging)
    return Day(extension, address, agent.port, *sites, requests, agent.connections, commands)


def test_no_site_is_asked_for_anything_that_its_own_pages_did_not_ask_for(day: Day) -> None:
    planted: Asked = Counter({("GET", "kettles.example.org", "/planted"): 1})
    assert day.with_earmark - day.without_earmark == planted
    assert day.without_earmark - day.with_earmark == Counter()
    assert {host for _, host, _ in day.without_earmark} == HOSTS  # all of it was really loaded


def test_triage_loads_nothing_of_any_site(day: Day) -> None:
    assert day.while_triaging == Counter()


def test_the_extension_talks_to_the_agent_and_to_nobody_else(day: Day) -> None:
    made = day.made_by(day.extension)
    homes = (f"http://127.0.0.1:{day.port}/", f"{day.inbox}/", f"{day.extension}/")
    assert f"http://127.0.0.1:{day.port}/v1/captures" in made
    assert {url for url in made if not url.startswith(homes)} == {f"{PLANTED}/extension"}


def test_the_inbox_loads_itself_and_nothing_else(day: Day) -> None:
    made = day.made_by(day.inbox)
    assert {url for url in made if not url.startswith(f"{day.inbox}/")} == {f"{PLANTED}/inbox"}
    assert len(made) > 5


def test_the_agent_and_its_workers_reach_for_nothing_outside(day: Day) -> None:
    assert day.agent.leaving() == set()


def test_the_commands_reach_for_nothing_outside(day: Day) -> None:
    assert day.commands.leaving() == set()
