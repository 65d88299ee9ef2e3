"""Nothing heard is lost: not with the agent away, the background killed, the browser restarted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import GRANTED, Launcher
from driver import Browser
from fixture_site import Site
from pages import FORUM, append, comment, thread
from stand_in import StandIn, refused, stored

URL = f"{FORUM}/t/1"
LINK = "(globalThis.browser ?? chrome).storage.session.get('link').then((r) => r.link)"


def open_thread(browser: Browser, site: Site, *comments: str) -> Any:
    site.pages["forum.example.org/t/1"] = thread(*comments)
    return browser.open(URL)


def outbox_script(body: str) -> str:
    """JavaScript with a small outbox of its own, `box`, and `put(visit, ...ids)`."""
    return (
        "import('/background/outbox.js').then(async ({Outbox}) => {"
        " const box = new Outbox({name: 'test-' + Math.random(), maxBytes: 800});"
        " const put = (visit, ...ids) => box.put(visit, {url: visit}, 1,"
        "   ids.map((id) => ({id, markup: 'x'.repeat(200)})));"
        f" {body} }})"
    )


def test_the_background_killed_with_the_agent_away_sends_everything_once_later(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    agent.down()
    open_thread(paired, site, comment(1), comment(2))
    paired.wait_for_outbox(2)
    paired.stop_background()
    agent.up()
    paired.send(type="retry")
    agent.wait_for_fragments(2)
    paired.wait_for_outbox(0)
    assert len({f["id"] for f in agent.fragments}) == len(agent.fragments) == 2


def test_the_plan_is_remembered_while_the_agent_is_away(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    agent.down()
    paired.stop_background()
    open_thread(paired, site, comment(1))
    paired.wait_for_outbox(1)


def test_the_agent_comes_back_without_anybody_asking(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    agent.down()
    open_thread(paired, site, comment(1))
    paired.wait_for_outbox(1)
    agent.up()
    agent.wait_for_fragments(1)


@pytest.mark.parametrize("name", ["chromium", "firefox"])
def test_what_waits_survives_the_browser(
    name: str, launch: Launcher, agent: StandIn, site: Site
) -> None:
    browser = launch(name, GRANTED)
    try:
        browser.pair(agent.code)
        agent.down()
        open_thread(browser, site, comment(1))
        browser.wait_for_outbox(1)
        agent.up()
        browser.restart()
        agent.wait_for_fragments(1)
        browser.wait_for_outbox(0)
    finally:
        browser.close()


def test_only_what_was_answered_for_leaves_the_outbox(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    silent = True

    def answer(fragment: dict[str, Any]) -> dict[str, Any]:
        forgets = silent and "Comment 2" in fragment["markup"]
        return stored({**fragment, "id": "someone-else"} if forgets else fragment)

    agent.answer = answer
    open_thread(paired, site, comment(1), comment(2))
    agent.wait_for_fragments(2)
    paired.wait_for_outbox(1)
    silent = False
    agent.wait(lambda: sum("Comment 2" in f["markup"] for f in agent.fragments) > 1)
    paired.wait_for_outbox(0)


def test_a_refused_fragment_is_given_up_and_remembered(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    agent.answer = refused
    open_thread(paired, site, comment(1))
    agent.wait_for_fragments(1)
    paired.wait_for_outbox(0)
    noted = paired.ask("api.storage.local.get('refusals').then((r) => r.refusals)")
    assert [(one["url"], one["message"]) for one in noted] == [(URL, "Too large.")]


def test_one_malformed_fragment_does_not_hold_up_its_batch(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    agent.refuse_batches_with = "Comment 2"
    open_thread(paired, site, *(comment(number) for number in range(5)))
    paired.wait_for_outbox(0)
    agent.wait(lambda: len(agent.accepted) == 4)
    noted = paired.ask("api.storage.local.get('refusals').then((r) => r.refusals)")
    assert len(noted) == 1


def test_a_full_outbox_drops_its_oldest_visit_and_counts_it(browser: Browser) -> None:
    left = browser.ask(
        outbox_script(
            "await put('old', 'a', 'b'); await put('new', 'c', 'd');"
            " const first = await box.oldest();"
            " return [await box.totals(), first.visit, first.rows.map((row) => row.id)];"
        )
    )
    assert left[0]["dropped"] == 2
    assert left[0]["fragments"] == 2
    assert left[1:] == ["new", ["c", "d"]]


def test_the_same_fragment_is_kept_once(browser: Browser) -> None:
    script = outbox_script("await put('v', 'a'); await put('v', 'a'); return box.totals();")
    assert browser.ask(script)["fragments"] == 1


def test_a_batch_holds_one_visit_only(browser: Browser) -> None:
    script = outbox_script(
        "await put('one', 'a'); await put('two', 'b'); await put('one', 'c');"
        " return (await box.oldest()).rows.map((row) => row.id);"
    )
    assert browser.ask(script) == ["a", "c"]


def test_a_squatter_on_the_port_gets_no_token_and_no_page(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    agent.proof_key = "not the token"
    paired.stop_background()
    before = len(agent.requests)
    open_thread(paired, site, comment(1, "My secret."))
    paired.wait_for_outbox(1)
    agent.wait(lambda: len(agent.requests) > before)
    paired.send(type="retry")
    seen = agent.requests[before:]
    assert {r["path"] for r in seen} == {"/v1/status"}
    assert all("Authorization" not in r["headers"] for r in seen)
    assert "secret" not in json.dumps([r["text"] for r in seen])
    paired.desk.wait(f"{LINK}.then((link) => link === 'stranger')")


def test_a_failure_makes_the_agent_prove_itself_anew(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    tab = open_thread(paired, site, comment(1))
    agent.wait_for_fragments(1)
    paired.wait_for_outbox(0)
    agent.down()
    tab.evaluate(append(2))
    paired.desk.wait(f"{LINK}.then((link) => link === 'absent')")
    agent.proof_key = "not the token"
    agent.up()
    before = len(agent.requests)
    paired.send(type="retry")
    assert {r["path"] for r in agent.requests[before:]} == {"/v1/status"}
