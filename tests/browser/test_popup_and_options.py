"""What a person sees and does: pairing, allowing a site, pausing, capturing by hand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Launcher
from driver import Browser, Tab
from fixture_site import Site
from pages import FORUM, append, comment, thread
from stand_in import StandIn, refused

URL = f"{FORUM}/t/1"
OTHER = "https://other.example.org/"


def open_thread(browser: Browser, site: Site, *comments: str) -> Tab:
    site.pages["forum.example.org/t/1"] = thread(*comments)
    return browser.open(URL)


def open_popup(browser: Browser, url: str = URL) -> Tab:
    popup = browser.popup(browser.tab_id(url))
    popup.wait("document.body.dataset.ready")
    return popup


def shows(popup: Tab, fact: str, value: str) -> None:
    popup.wait(f"document.body.dataset.{fact} === {value!r}")


def count(name: str) -> str:
    """JavaScript for the number beside a label in the popup."""
    key = json.dumps(f"count_{name}")
    return (
        "[...document.querySelectorAll('#counts dt')].find((e) => e.textContent ==="
        f" (globalThis.browser ?? chrome).i18n.getMessage({key}))?.nextElementSibling.textContent"
    )


def test_a_code_typed_by_hand_connects(browser: Browser, agent: StandIn) -> None:
    options = browser.options()
    options.wait("document.body.dataset.ready")
    options.type("#code", f" {agent.code.lower().replace('-', ' ')} ")
    options.click("#pair")
    options.wait("document.querySelector('#connection-state').dataset.state === 'ok'")
    sent = next(r["body"] for r in agent.requests if r["path"] == "/v1/pair")
    assert sent["code"] == agent.code
    options.click("#unpair")
    options.wait("document.querySelector('#connection-state').dataset.state === 'unpaired'")


def test_what_is_no_code_is_said_to_be_none(browser: Browser) -> None:
    options = browser.options()
    options.wait("document.body.dataset.ready")
    options.type("#code", "hello")
    options.click("#pair")
    options.wait("document.querySelector('#pairing-error').textContent")


def test_settings_that_stay_open_come_to_rest(paired: Browser) -> None:
    """A page that redraws on every change must not make one by redrawing."""
    options = paired.options()
    options.wait("document.body.dataset.ready")
    session = "(globalThis.browser ?? chrome).storage.session"
    options.wait(f"{session}.get('condition').then((found) => found.condition?.at)")
    changes = options.evaluate(f"({CHANGES_WHILE_DRAWING})()")
    assert "sentinel" in changes
    assert not {"browser", "pairing", "plan", "link"} & set(changes), changes


CHANGES_WHILE_DRAWING = """async () => {
  const api = globalThis.browser ?? chrome;
  const { facts } = await import("/pages/facts.js");
  const changed = [];
  const ended = new Promise((done) => api.storage.session.onChanged.addListener((changes) => {
    if (changes.sentinel) done();
  }));
  api.storage.onChanged.addListener((changes) => changed.push(...Object.keys(changes)));
  for (let times = 0; times < 5; times += 1) await facts();
  await api.storage.session.set({ sentinel: crypto.randomUUID() });
  await ended;
  return changed;
}"""


def test_the_popup_says_not_connected(browser: Browser, site: Site) -> None:
    open_thread(browser, site, comment(1))
    shows(open_popup(browser), "trouble", "unpaired")


def test_the_popup_counts_what_was_heard(paired: Browser, agent: StandIn, site: Site) -> None:
    def answer(fragment: dict[str, Any]) -> dict[str, Any]:
        number = int(fragment["ref"][1:])
        status = "not_understood" if number == 3 else "stored"
        change = "new" if number == 0 else "seen"
        item = {"platform": "forum", "id": str(number), "change": change}
        return {
            "fragment": fragment["id"], "status": status, "items": [] if number == 3 else [item]
        }  # fmt: skip

    agent.answer = answer
    open_thread(paired, site, *(comment(number) for number in range(4)))
    popup = open_popup(paired)
    shows(popup, "site", "open")
    popup.wait(f"{count('heard')} === '3'")
    assert popup.evaluate(count("new")) == "1"
    assert popup.evaluate(count("unknown")) == "1"


def test_the_popup_shows_a_refusal(paired: Browser, agent: StandIn, site: Site) -> None:
    agent.answer = refused
    open_thread(paired, site, comment(1))
    popup = open_popup(paired)
    popup.wait(f"{count('refused')} === '1'")
    options = paired.options()
    options.wait("document.querySelector('#refusals').textContent.includes('Too large.')")


def test_the_popup_says_that_the_agent_is_away_and_how_much_waits(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    agent.down()
    open_thread(paired, site, comment(1))
    popup = open_popup(paired)
    shows(popup, "trouble", "absent")
    popup.wait(f"{count('waiting')} === '1'")


def test_the_popup_names_a_squatter(paired: Browser, agent: StandIn, site: Site) -> None:
    agent.proof_key = "not the token"
    paired.stop_background()
    open_thread(paired, site, comment(1))
    shows(open_popup(paired), "trouble", "stranger")


@pytest.mark.parametrize(("button", "state"), [
    ("#pause-site", "paused_site"),
    ("#pause-everywhere", "paused_everywhere"),
    ("#pause-hour", "paused_hour"),
])  # fmt: skip
def test_a_pause_holds_until_it_is_lifted(
    button: str, state: str, paired: Browser, agent: StandIn, site: Site
) -> None:
    tab = open_thread(paired, site, comment(1))
    agent.wait_for_fragments(1)
    popup = open_popup(paired)
    popup.click(button)
    shows(popup, "site", state)
    tab.evaluate(append(2))
    tab.goto(URL)
    popup.click("#site-action")
    shows(popup, "site", "open")
    agent.wait_for_fragments(2)
    assert all("Comment 2" not in f["markup"] for f in agent.fragments)


def test_a_page_is_captured_once_on_demand(paired: Browser, agent: StandIn, site: Site) -> None:
    open_thread(paired, site, comment(1), comment(2))
    agent.wait_for_fragments(2)
    popup = open_popup(paired)
    popup.click("#pause-everywhere")
    shows(popup, "site", "paused_everywhere")
    popup.click("#capture")
    popup.wait("document.querySelector('#captured').textContent")
    agent.wait_for_fragments(4)
    visits = [batch["page"]["visit"] for batch in agent.batches]
    assert len(set(visits)) == 2
    assert agent.batches[-1]["page"]["url"] == URL


def test_selected_text_is_saved_word_for_word(paired: Browser, agent: StandIn, site: Site) -> None:
    tab = open_thread(paired, site, "<div id=say><p>a &lt;b&gt; &amp; c</p><p>سلام دنیا</p></div>")
    tab.evaluate("getSelection().selectAllChildren(document.querySelector('#say'))")
    paired.choose_menu_item("save-selection", paired.tab_id(URL), "a <b> & c سلام دنیا")
    quote = agent.wait_for_fragments(1)[0]
    assert quote["kind"] == "selection"
    assert quote["json"] == {"text": "a <b> & c\n\nسلام دنیا"}
    assert quote["markup"] == "<p>a &lt;b&gt; &amp; c</p><p>سلام دنیا</p>"
    assert agent.batches[0]["page"]["url"] == URL


def test_a_site_is_heard_from_the_moment_it_is_allowed(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    site.pages["other.example.org/"] = '<!doctype html><p class="h-entry">Heard.</p>'
    paired.open(OTHER)
    paired.grant(f"{OTHER}*")
    agent.wait_for_fragments(1)
    assert agent.batches[0]["page"]["url"] == OTHER
    options = paired.options()
    row = f"#sites [data-origin='{OTHER}*']"
    options.click_when_there(f"{row} button")
    options.wait(f"!document.querySelector({json.dumps(row)})")


@pytest.mark.parametrize("name", ["chromium", "firefox"])
def test_the_popup_offers_to_allow_a_site(
    name: str, launch: Launcher, agent: StandIn, site: Site
) -> None:
    # Here the popup stands in a tab and nobody clicked the button, which would show it the address.
    browser = launch(name, permissions=["tabs"])
    try:
        browser.pair(agent.code)
        site.pages["other.example.org/"] = '<!doctype html><p class="h-entry">Heard.</p>'
        browser.open(OTHER)
        popup = open_popup(browser, OTHER)
        shows(popup, "site", "closed")
        browser.allow_grants(f"{OTHER}*")
        popup.click("#site-action")
        shows(popup, "site", "open")
        agent.wait_for_fragments(1)
    finally:
        browser.close()


@pytest.mark.parametrize("name", ["chromium", "firefox"])
def test_a_prepared_copy_pairs_by_itself(
    name: str, launch: Launcher, agent: StandIn, site: Site
) -> None:
    browser = launch(name, [f"{FORUM}/*"], code=agent.code)
    try:
        agent.wait(lambda: any(r["path"] == "/v1/plan" for r in agent.requests))
        open_thread(browser, site, comment(1))
        agent.wait_for_fragments(1)
    finally:
        browser.close()
