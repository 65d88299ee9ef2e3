"""Pages that mean harm, in real browsers, against a real agent: nothing read, nothing stored.

The browser is paired and signed in to the inbox, and the page even knows the token and the code.
All that goes between browser and agent passes a relay, so that a test knows what arrived. In the
`local` worlds the page counts as one of this machine, and its requests do arrive; in the `public`
ones Local Network Access holds, as for a page from the internet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import captures
import chromium
import firefox
import pytest
from agent_process import AgentProcess
from aiohttp import web
from conftest import need, prepared_copy
from driver import Browser
from fixture_site import ServerThread, Site
from hostile import HOSTILE, ITEM, PAGE, SECRET, World, wait
from pages import FORUM
from playwright.sync_api import Playwright
from relay import Exchange, Relay

WORDPRESS = """<!doctype html><html lang="en"><title>Kettles</title>
<ol class="comment-list"><li class="comment" id="comment-{number}">
<article class="comment-body" id="div-comment-{number}"><b class="fn">Ilinca</b>
<div class="comment-content"><p>The {word} broke on the second day.</p></div></article></li></ol>"""

# What a page can send without leaving, and how it arrives where the browser does not stop it.
ATTACKS = {
    "fetch": "GET",
    "fetch-no-cors": "GET",
    "fetch-with-cookie": "GET",
    "fetch-page-with-cookie": "GET",
    "fetch-with-token": "OPTIONS",
    "head-with-cookie": "HEAD",
    "post-json": "OPTIONS",
    "patch-json": "OPTIONS",
    "post-text": "POST",
    "post-code": "POST",
    "post-state": "POST",
    "beacon": "POST",
    "image": "GET",
    "script": "GET",
    "own-script": "GET",
    "style": "GET",
    "frame": "GET",
    "frame-of-item": "GET",
    "object": "GET",
    "events": "GET",
    "socket": "GET",
    "form-in-frame": "POST",
}
# To a page whose name was rebound the agent is its own site: no preflight, and it may read all.
REBOUND = {
    "fetch": "GET",
    "fetch-page-with-cookie": "GET",
    "fetch-with-token": "GET",
    "post-json": "POST",
    "patch-json": "PATCH",
    "frame": "GET",
    "form-in-frame": "POST",
}
LET_THROUGH = {("firefox", "socket")}  # Local Network Access does not hold for web sockets there
LINKS = ["go-to-inbox", "go-to-item", "go-to-items", "go-to-plan"]
FORMS = ["form-state", "form-tags", "form-batch", "form-code"]
LOCAL = pytest.mark.parametrize("world", ["chromium-local", "firefox-local"], indirect=True)
PUBLIC = pytest.mark.parametrize("world", ["chromium-public", "firefox-public"], indirect=True)
PAGES = {
    "a site": (HOSTILE, "127.0.0.1"),
    "a site, to the inbox": (HOSTILE, "earmark.localhost"),
    "another port": ("http://127.0.0.1:{other}", "127.0.0.1"),
    "another port of the inbox": ("http://earmark.localhost:{other}", "earmark.localhost"),
    "a name below the inbox": ("http://sub.earmark.localhost:{other}", "earmark.localhost"),
}


@pytest.fixture(scope="module")
def secretive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AgentProcess]:
    """An agent with one item, which nobody but its owner may see or change."""
    with AgentProcess(tmp_path_factory.mktemp("secretive") / "home") as agent:
        batch = captures.batch(41900000, [captures.comment(41900001, SECRET)])
        agent.request("POST", "/v1/captures", batch)
        wait(agent.items)
        agent.request("PATCH", ITEM, {"note": SECRET, "add_tags": [SECRET]})
        yield agent


@pytest.fixture(scope="module")
def relay(secretive: AgentProcess) -> Iterator[Relay]:
    relay = Relay(secretive.port)
    relay.pages[f"rebind.example:{secretive.port}/kittens"] = PAGE
    yield relay
    relay.close()


@pytest.fixture(scope="module")
def other_port() -> Iterator[int]:
    """A program on another port of this machine, with the hostile page at every address."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    server = ServerThread()
    yield server.serve(answer)
    server.close()


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest,
    playwright_api: Playwright,
    _site: Site,
    secretive: AgentProcess,
    relay: Relay,
    other_port: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    name, _, address = request.param.partition("-")
    need(name)
    code = secretive.request("POST", "/v1/pairing-codes", {})["code"]
    sites = [f"{HOSTILE}/*", f"{FORUM}/*"]
    copy = prepared_copy(tmp_path_factory.mktemp("copy"), sites, code, [])
    profile = tmp_path_factory.mktemp(name)
    how = {"public": address == "public", "through": (secretive.port, relay.port)}
    paired = len(secretive.request("GET", "/v1/browsers")["browsers"])
    browser: Browser
    if name == "chromium":
        browser = chromium.Chromium(playwright_api, copy, _site.port, profile, **how)
    else:
        browser = firefox.Firefox(copy, _site.port, profile, **how)
    wait(lambda: len(secretive.request("GET", "/v1/browsers")["browsers"]) > paired)
    yield World(browser, _site, secretive, relay, other_port)
    browser.close()


@pytest.fixture
def unharmed(world: World) -> Iterator[World]:
    """A world in which nothing may change."""
    world.site.pages["hostile.example/"] = PAGE
    before = world.settled()
    yield world
    assert world.settled() == before
    assert world.shows_secret()
    world.site.pages.clear()


def is_refusal(exchange: Exchange) -> bool:
    """Whether the agent gave nothing away, not even that a page may ask."""
    told = exchange.answer.lower()
    return (
        400 <= exchange.status < 500
        and SECRET.encode() not in told
        and b"access-control-" not in told
    )


def expect_refusals(arrived: list[Exchange], method: str) -> None:
    """Something did arrive, just so, and the agent refused all of it."""
    assert {each.method for each in arrived} == {method}
    assert all(is_refusal(each) for each in arrived), arrived


def expect_nothing_seen(loot: Any) -> None:
    """What the page has to show for it: no secret, no readable word, no picture."""
    told = json.dumps(loot)
    assert SECRET not in told
    if isinstance(loot, dict):
        assert not loot.get("text")
        assert not loot.get("width")
        assert not isinstance(loot.get("rules"), int)


@LOCAL
@pytest.mark.parametrize("where", PAGES)
def test_what_a_page_sends_arrives_and_is_refused(unharmed: World, where: str) -> None:
    page, host = PAGES[where]
    tab = unharmed.browser.open(page.format(other=unharmed.other))
    for name, (mark, loot) in unharmed.attack(tab, host, ATTACKS).items():
        expect_nothing_seen(loot)
        expect_refusals(unharmed.relay.wait_for(mark), ATTACKS[name])
    tab.close()


@LOCAL
def test_the_cookie_that_another_port_can_have_sent_opens_nothing(unharmed: World) -> None:
    tab = unharmed.browser.open(f"http://earmark.localhost:{unharmed.other}")
    names = ["fetch-no-cors", "fetch-with-cookie", "post-state", "form-in-frame", "frame"]
    for mark, _ in unharmed.attack(tab, "earmark.localhost", names).values():
        (arrived,) = unharmed.relay.wait_for(mark)
        assert "earmark_" in arrived.headers["cookie"]
        assert is_refusal(arrived)
    tab.close()


@PUBLIC
def test_nothing_that_a_public_page_sends_arrives(unharmed: World) -> None:
    browser = unharmed.browser
    tab = browser.open(HOSTILE)
    for host in ("127.0.0.1", "earmark.localhost"):
        for name, (mark, loot) in unharmed.attack(tab, host, ATTACKS).items():
            expect_nothing_seen(loot)
            if (browser.name, name) in LET_THROUGH:
                expect_refusals(unharmed.relay.wait_for(mark), ATTACKS[name])
            else:
                assert unharmed.relay.exchanges(mark) == []
    tab.close()


@pytest.mark.parametrize("name", LINKS)
@pytest.mark.parametrize("host", ["127.0.0.1", "earmark.localhost"])
@PUBLIC
def test_a_page_that_leads_to_the_agent_shows_no_data(
    unharmed: World, host: str, name: str
) -> None:
    *_, last = sorted(unharmed.navigate(HOSTILE, host, name), key=lambda each: -each.status)
    assert last.status == 200
    assert b"Open in Earmark" in last.answer
    assert SECRET.encode() not in last.answer


@LOCAL
def test_another_port_that_leads_to_the_inbox_shows_no_data(unharmed: World) -> None:
    page = f"http://earmark.localhost:{unharmed.other}"
    (arrived,) = unharmed.navigate(page, "earmark.localhost", "go-to-item")
    assert "earmark_" in arrived.headers["cookie"]
    assert b"Open in Earmark" in arrived.answer
    assert SECRET.encode() not in arrived.answer


@pytest.mark.parametrize("name", FORMS)
@PUBLIC
def test_a_form_that_a_page_posts_is_refused(unharmed: World, name: str) -> None:
    expect_refusals(unharmed.navigate(HOSTILE, "earmark.localhost", name), "POST")


@LOCAL
def test_a_form_that_another_port_posts_is_refused(unharmed: World) -> None:
    page = f"http://earmark.localhost:{unharmed.other}"
    for name in ("form-state", "form-batch"):
        arrived = unharmed.navigate(page, "earmark.localhost", name)
        assert "earmark_" in arrived[0].headers["cookie"]
        expect_refusals(arrived, "POST")


@PUBLIC
def test_a_window_that_a_page_opened_cannot_be_looked_into(unharmed: World) -> None:
    for how in ("link", "window"):
        mark = unharmed.mark()
        tab = unharmed.browser.open(HOSTILE)
        url = f"{unharmed.base('earmark.localhost')}/?by={mark}"
        tab.evaluate(f"offer({json.dumps(url)}, {json.dumps(how)})")
        tab.click(f"#{how}")
        arrived = unharmed.relay.wait_for(mark)
        assert arrived
        assert all(SECRET.encode() not in each.answer for each in arrived)
        if how == "window":
            wait(lambda tab=tab: "Error" in tab.evaluate("peep()")["document.body.textContent"])
            assert SECRET not in json.dumps(tab.evaluate("peep()"))


@LOCAL
def test_a_name_that_was_rebound_to_the_agent_opens_nothing(unharmed: World) -> None:
    tab = unharmed.browser.open(f"http://rebind.example:{unharmed.agent.port}/kittens")
    for name, (mark, loot) in unharmed.attack(tab, "rebind.example", REBOUND).items():
        assert SECRET not in json.dumps(loot)
        expect_refusals(unharmed.relay.wait_for(mark), REBOUND[name])
    expect_refusals(unharmed.lead(tab, "rebind.example", "go-to-inbox"), "GET")


@LOCAL
def test_a_page_cannot_reach_the_extension(unharmed: World) -> None:
    browser = unharmed.browser
    known = {"extension": {"base": browser.base, "id": browser.id}, "token": unharmed.token}
    tab = browser.open(HOSTILE)
    loot = tab.evaluate(f"knock({json.dumps(known)})")
    tab.close()
    assert loot["runtime"] == "undefined"
    assert loot["worlds"] == []
    for name in ("manifest", "script", "image", "frame"):
        expect_nothing_seen(loot[name])
    stored = browser.ask("api.storage.local.get('pairing').then((r) => r.pairing.token)")
    assert stored == unharmed.token


class Squatter(ServerThread):
    """Another program on the agent's port, which says yes to everything and remembers it."""

    def __init__(self, port: int, status: dict[str, Any]) -> None:
        super().__init__()
        self.status = status
        self.told: list[dict[str, Any]] = []
        self.serve(self._agree, port)

    async def _agree(self, request: web.Request) -> web.Response:
        text = await request.text()
        self.told.append({"path": request.path, "headers": dict(request.headers), "text": text})
        if request.path == "/v1/status":
            return web.json_response(self.status)
        return web.json_response({"results": [], "token": "mine", "platforms": [], "plan": "x"})


PRETENDER = {"product": "earmark", "api": 1, "ready": True, "proof": "0" * 64}
SQUATTERS = {
    "wrong proof": PRETENDER,
    "no proof": {"product": "earmark", "api": 1, "ready": True},
    "anything goes": {},
}


@PUBLIC
def test_another_program_on_the_port_gets_no_token_and_no_page(world: World) -> None:
    """Not even one that takes the port while the extension has just talked to the agent."""
    browser, agent = world.browser, world.agent
    words = [f"{thing}-of-{browser.name}" for thing in ("kettle", "lid")]
    for number, word in enumerate(words):
        page = WORDPRESS.format(number=number, word=word)
        world.site.pages[f"forum.example.org/t/{number}"] = page
    browser.open(f"{FORUM}/t/0")
    wait(lambda: times_heard(world, words[0]))
    browser.wait_for_outbox(0)
    agent.kill()
    for status in SQUATTERS.values():
        squatter = Squatter(agent.port, status)
        if status is PRETENDER:
            browser.open(f"{FORUM}/t/1")
            wait(lambda: browser.outbox()["fragments"])
        browser.send(type="retry")
        squatter.close()
        by_extension = [each for each in squatter.told if "127.0.0.1" in each["headers"]["Host"]]
        assert {each["path"] for each in by_extension} == {"/v1/status"}
        told = json.dumps(squatter.told)
        assert world.token not in told
        assert words[1] not in told
    agent.start()
    browser.send(type="retry")
    browser.wait_for_outbox(0)
    wait(lambda: times_heard(world, words[1]))
    assert [times_heard(world, word) for word in words] == [1, 1]
    world.site.pages.clear()


def times_heard(world: World, word: str) -> int:
    return sum(word in item["text"] for item in world.agent.items())
