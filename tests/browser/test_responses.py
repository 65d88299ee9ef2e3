"""Responses are heard where the person allowed them, and the page is none the wiser."""

from __future__ import annotations

import json
from typing import Any

import pytest
from driver import Browser, Tab
from fixture_site import Site
from pages import FORUM
from stand_in import PLAN, StandIn

URL = f"{FORUM}/app"
API = f"{FORUM}/api/comments"
BODY = json.dumps({"comments": [{"id": "c1", "text": "Heard as JSON — سلام"}]}, ensure_ascii=False)
SITE = {"site": "forum.example.org", "keep": "everything", "patterns": [f"{FORUM}/*"]}
NAMED = {**PLAN["platforms"][0], "responses": [f"{API}*"]}

# What a page may notice of its own requests, and what it draws from them.
APP = """<!doctype html><html lang="en"><title>App</title>
<meta http-equiv="Content-Security-Policy" content="script-src 'nonce-a'">
<main></main><script nonce="a">
const seen = { unhandled: [], events: [] };
addEventListener("unhandledrejection", ({ reason }) => seen.unhandled.push(reason.name));
for (const name of ["message", "error"]) addEventListener(name, () => seen.events.push(name));
seen.looks = [fetch, XMLHttpRequest.prototype.send].map((f) => [
  f.name, f.length, /\\[native code\\]/.test(f), typeof f, Object.keys(f), "prototype" in f]);
seen.own = Object.getOwnPropertyNames(window).filter((name) => /earmark/i.test(name));
seen.descriptor = JSON.stringify(Object.getOwnPropertyDescriptor(window, "fetch"));
const request = (url, type) => new Promise((done) => {
  const xhr = new XMLHttpRequest();
  xhr.open("GET", url);
  xhr.responseType = type;
  const body = () => (type === "json" ? xhr.response.comments.length : xhr.responseText);
  xhr.onload = () => done([xhr.status, body()]);
  xhr.onerror = () => done("failed");
  xhr.send();
});
window.ready = (async () => {
  const first = fetch("/api/comments?page=1");
  seen.promise = first.constructor === Promise && first instanceof Promise;
  const response = await first;
  const { ok, url, type, bodyUsed, body } = response;
  seen.response = [ok, url, type, bodyUsed, body.locked];
  const { comments } = await response.json();
  for (const { id, text } of comments) document.querySelector("main").append(text);
  seen.second = await response.json().catch((error) => error.name);
  const copy = (await fetch("/api/comments?page=2")).clone();
  seen.guarded = await copy.text();
  seen.missing = (await fetch("/api/comments/none")).status;
  seen.other = await (await fetch("/api/me")).json();
  seen.text = await request("/api/comments?page=3", "");
  seen.json = await request("/api/comments?page=4", "json");
  seen.failed = await fetch("https://nowhere.invalid:1/").catch((error) => error.name);
  seen.this = await fetch.call(null, "/api/me").then((r) => r.status);
  seen.wrong = await (async () => fetch.call({}, "/api/me"))().catch((error) => error.name);
  fetch("https://nowhere.invalid:1/");
  await new Promise((done) => addEventListener("unhandledrejection", done, { once: true }));
  seen.count = seen.unhandled.length;
  seen.unhandled = [];
  return seen;
})();
</script>"""


@pytest.fixture
def app(site: Site) -> Site:
    """A site whose comments come only as JSON."""
    site.pages |= {
        "forum.example.org/app": APP,
        "forum.example.org/api/comments": BODY,
        "forum.example.org/api/me": '{"name": "Mira"}',
    }
    return site


def plan(**site: Any) -> dict[str, Any]:
    choices = {"sites": [{**SITE, **site}], "conversations": [], "elsewhere": "everything"}
    return {**PLAN, "platforms": [NAMED, *PLAN["platforms"][1:]], "choices": choices}


def pair(browser: Browser, agent: StandIn, **site: Any) -> None:
    """Pair; the scripts are registered once the plan is there."""
    agent.plan = plan(**site)
    browser.pair(agent.code)
    count = 2 if site.get("responses") else 0
    scripts = "(globalThis.browser ?? chrome).scripting.getRegisteredContentScripts()"
    ours = "list.filter(({id}) => id.startsWith('responses')).length"
    browser.desk.wait(f"{scripts}.then((list) => {ours} === {count})")


def seen_by_the_page(tab: Tab) -> Any:
    return tab.evaluate("ready")


def responses(agent: StandIn) -> list[dict[str, Any]]:
    return [fragment for fragment in agent.fragments if fragment["kind"] == "response"]


def sentinel(tab: Tab, agent: StandIn, number: int) -> None:
    """Something heard the usual way: what went before it is there as well."""
    tab.evaluate(
        f"document.body.insertAdjacentHTML('beforeend', '<p class=comment>End {number}</p>')"
    )
    agent.wait(lambda: any(f"End {number}" in f.get("markup", "") for f in agent.fragments))


def test_what_the_page_loads_is_heard_from_its_first_request_on(
    browser: Browser, agent: StandIn, app: Site
) -> None:
    pair(browser, agent, responses=True)
    browser.open(URL)
    agent.wait(lambda: len(responses(agent)) >= 4)
    found = responses(agent)
    assert sorted(f["url"] for f in found) == [f"{API}?page={n}" for n in (1, 2, 3, 4)]
    assert all(f["json"] == json.loads(BODY) and "text" not in f for f in found)
    assert {b["page"]["url"] for b in agent.batches} == {URL}
    assert "Mira" not in json.dumps(agent.batches)


def test_without_the_persons_word_nothing_is_forwarded(
    browser: Browser, agent: StandIn, app: Site
) -> None:
    pair(browser, agent)
    tab = browser.open(URL)
    seen_by_the_page(tab)
    sentinel(tab, agent, 1)
    assert responses(agent) == []


def test_the_page_behaves_the_same_with_and_without(
    browser: Browser, agent: StandIn, app: Site
) -> None:
    pair(browser, agent)
    without = seen_by_the_page(browser.open(URL))
    browser.reset()
    pair(browser, agent, responses=True)
    tab = browser.open(URL)
    assert seen_by_the_page(tab) == without
    assert without["looks"][0] == ["fetch", 1, True, "function", [], False]
    assert tab.text("main") == "Heard as JSON — سلام"
    agent.wait(lambda: responses(agent))


@pytest.mark.parametrize("prefix", [")]}'\n", "for (;;);", "while(1);"])
def test_json_with_a_guard_before_it_is_read(
    browser: Browser, agent: StandIn, app: Site, prefix: str
) -> None:
    pair(browser, agent, responses=True)
    app.pages["forum.example.org/api/comments"] = prefix + BODY
    tab = browser.open(URL)
    assert tab.evaluate("fetch('/api/comments').then((r) => r.text())") == prefix + BODY
    agent.wait(lambda: responses(agent))
    assert responses(agent)[0]["json"] == json.loads(BODY)


FORGE = """(() => {
  const send = (detail) => dispatchEvent(new CustomEvent("earmark:response", { detail }));
  const body = JSON.stringify({ comments: [{ id: "forged", text: "Made up" }] });
  send("https://evil.example/api/comments\\n" + body);
  send("https://forum.example.org/api/me\\n" + body);
  send("https://forum.example.org/api/comments\\nnot json");
  send("https://forum.example.org/api/comments\\n7");
  const long = JSON.stringify(["x".repeat(3 * 1024 * 1024)]);
  send("https://forum.example.org/api/comments\\n" + long);
  for (const odd of [null, 7, {}, { url: "x" }, "", "\\n", "no line end", Symbol()]) send(odd);
  send("https://forum.example.org/api/comments?forged\\n" + body);
})()"""


def test_a_forged_response_is_worth_no_more_than_the_pages_own_markup(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    site.pages["forum.example.org/app"] = "<!doctype html><title>Forger</title><body>"
    pair(browser, agent, responses=True)
    tab = browser.open(URL)
    sentinel(tab, agent, 1)
    tab.evaluate(FORGE)
    agent.wait(lambda: responses(agent))
    sentinel(tab, agent, 2)
    [forged] = responses(agent)
    assert forged["url"] == f"{API}?forged"
    assert {b["page"]["url"] for b in agent.batches} == {URL}


FLOOD = """new Promise((done) => {
  let number = 0;
  const end = performance.now() + 950;
  const timer = setInterval(() => {
    for (let each = 0; each < 50; each++, number++) {
      const detail = `https://forum.example.org/api/comments?n=${number}\\n{"n": ${number}}`;
      dispatchEvent(new CustomEvent("earmark:response", { detail }));
    }
    if (performance.now() > end) { clearInterval(timer); done(number); }
  }, 20);
})"""


def test_a_flood_is_limited(browser: Browser, agent: StandIn, site: Site) -> None:
    site.pages["forum.example.org/app"] = "<!doctype html><title>Flood</title><body>"
    pair(browser, agent, responses=True)
    tab = browser.open(URL)
    sentinel(tab, agent, 1)
    assert tab.evaluate(FLOOD) > 40
    sentinel(tab, agent, 2)
    assert 1 <= len(responses(agent)) <= 40, "20 in any one second, and it lasted less than two"


def test_a_response_over_two_mebibytes_is_left_to_the_page(
    browser: Browser, agent: StandIn, app: Site
) -> None:
    pair(browser, agent, responses=True)
    tab = browser.open(URL)
    seen_by_the_page(tab)
    agent.wait(lambda: len(responses(agent)) == 4)
    app.pages["forum.example.org/api/comments"] = json.dumps({"much": "ü" * 1_100_000})
    read = "fetch('/api/comments?big').then((r) => r.json()).then((j) => j.much.length)"
    assert tab.evaluate(read) == 1_100_000
    sentinel(tab, agent, 1)
    assert len(responses(agent)) == 4


def test_allowed_while_a_tab_is_open_they_are_heard_in_it(
    browser: Browser, agent: StandIn, app: Site
) -> None:
    pair(browser, agent)
    tab = browser.open(URL)
    seen_by_the_page(tab)
    agent.answers["/v1/page-choices"] = {"choices": {}}
    agent.plan = plan(responses=True)
    browser.send(type="choose", url=URL, wishes={"responses": True})
    assert agent.bodies("/v1/page-choices") == [{"url": URL, "responses": True}]
    tab.wait(
        "fetch('/api/comments?again').then(() => dispatchEvent(new CustomEvent('earmark:here',"
        " {cancelable: true})) === false)"
    )
    end = "new Promise((done) => setTimeout(done, 50))"
    while not responses(agent):
        tab.evaluate(f"fetch('/api/comments?again').then(() => {end})")
    agent.plan = plan()
    browser.send(type="choose", url=URL, wishes={"responses": False})
    sentinel(tab, agent, 1)
    before = len(responses(agent))
    tab.evaluate("fetch('/api/comments?not')")
    sentinel(tab, agent, 2)
    assert len(responses(agent)) == before
