"""The popup's word on a page: how much of it was heard, what is the matter, and a question."""

from __future__ import annotations

from typing import Any

import pytest
from driver import Browser, Tab
from fixture_site import Site
from pages import FORUM, append, comment, thread
from stand_in import PLAN, StandIn

URL = f"{FORUM}/t/1"
HEALTH: dict[str, Any] = {
    "platform": "forum", "label": "Forum", "level": "documented", "verdict": "heard",
    "heard": 2, "captured": 87, "updated": 3, "not_understood": 0, "expected": 1204,
    "ask": False, "samples": [],
}  # fmt: skip
DISAGREE = {
    "verdict": "disagree", "differs": ["author", "comments"], "agrees": ["text"],
    "last_good": "2026-11-03",
}  # fmt: skip
HOSTILE = "<img src=x onerror=document.title='owned'>"
SAMPLES = [
    {"author": "Mira", "text": "The lid broke.", "when": "2 hours ago"},
    {"author": HOSTILE, "text": HOSTILE, "when": HOSTILE},
    {"text": "شکست"},
]


def open_thread(browser: Browser, agent: StandIn, site: Site, **health: Any) -> Tab:
    """A page that was reported on, with the agent saying this of it."""
    told = {**HEALTH, **health}
    agent.answers |= {"/v1/page-reports": told, "/v1/page-health": told}
    site.pages["forum.example.org/t/1"] = thread(comment(1), comment(2))
    browser.pair(agent.code)
    tab = browser.open(URL)
    agent.wait(lambda: agent.bodies("/v1/page-reports"))
    return tab


def open_popup(browser: Browser) -> Tab:
    popup = browser.popup(browser.tab_id(URL))
    popup.wait("document.body.dataset.ready")
    return popup


def rows(popup: Tab) -> dict[str, str]:
    """The numbers by their labels."""
    pairs = "[...document.querySelectorAll('#counts dt')].map((e) => [e.textContent,"
    found = popup.evaluate(f"Object.fromEntries({pairs} e.nextElementSibling.textContent]))")
    return dict(found)


def report(agent: StandIn, at: int = 0) -> dict[str, Any]:
    told = agent.bodies("/v1/page-reports")[at]
    return {"url": told["page"]["url"], "elements": told["elements"], "empty": told["empty"]}


def test_a_page_that_came_to_rest_is_reported_once_and_again_when_it_grew(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    tab = open_thread(browser, agent, site)
    assert report(agent) == {"url": URL, "elements": 2, "empty": False}
    tab.evaluate(append(3))
    agent.wait(lambda: len(agent.bodies("/v1/page-reports")) == 2, 60)
    assert report(agent, 1) == {"url": URL, "elements": 3, "empty": False}


def test_a_page_that_says_it_is_empty_is_told_from_one_that_is_not_understood(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    named = {**PLAN["platforms"][0], "empty": [".no-comments"]}
    agent.plan = {**PLAN, "platforms": [named, *PLAN["platforms"][1:]]}
    agent.answers["/v1/page-reports"] = HEALTH
    browser.pair(agent.code)
    for number, mark in enumerate(
        ["<p class='no-comments'>None yet</p>", "<p class='renamed'>x</p>"]
    ):
        site.pages["forum.example.org/t/1"] = thread(mark)
        browser.open(URL)
        agent.wait(lambda count=number + 1: len(agent.bodies("/v1/page-reports")) == count)
        assert report(agent, number) == {"url": URL, "elements": 0, "empty": number == 0}


def test_what_remains_of_the_address_before_is_not_reported_as_nothing_found(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    tab = open_thread(browser, agent, site)
    tab.evaluate("history.pushState({}, '', '/t/1?photo=2')")
    tab.evaluate("history.pushState({}, '', '/t/2')")
    tab.evaluate(append(3))
    agent.wait(lambda: len(agent.bodies("/v1/page-reports")) == 2)
    assert report(agent, 1) == {"url": f"{FORUM}/t/2", "elements": 1, "empty": False}


def test_the_popup_says_how_much_of_the_page_there_is(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    open_thread(browser, agent, site)
    popup = open_popup(browser)
    popup.wait("document.querySelector('#counts dd').textContent === '87 of 1,204'")
    assert rows(popup)["Updated"] == "3"
    assert popup.evaluate("document.querySelector('#health').hidden")
    assert popup.evaluate("document.querySelector('#question').hidden")


@pytest.mark.parametrize(
    ("health", "said"),
    [
        ({"last_good": "2026-11-03"}, ["Forum is known, but nothing", "Nov 3, 2026", "still work"]),
        ({"lost": ["author", "published"]}, ["only in part", "author", "time"]),
        ({"still_works": "webpage"}, ["read roughly"]),
        ({"label": HOSTILE}, ["<img src=x"]),
        (DISAGREE, ["may be read wrongly", "author", "Nov 3, 2026", "still agree on: text"]),
    ],
)
def test_a_site_that_changed_is_named_with_what_still_works(
    browser: Browser, agent: StandIn, site: Site, health: Any, said: list[str]
) -> None:
    open_thread(browser, agent, site, **{"verdict": "changed", **health})
    popup = open_popup(browser)
    popup.wait("!document.querySelector('#health').hidden")
    text = popup.text("#health").replace("\u2068", "").replace("\u2069", "")
    assert [part for part in said if part not in text] == []
    assert popup.evaluate("document.querySelectorAll('#health img').length") == 0


def ask(browser: Browser, agent: StandIn, site: Site) -> Tab:
    open_thread(browser, agent, site, level="unverified", ask=True, captured=23, samples=SAMPLES)
    agent.answers |= {"/v1/verifications": {"right": True}}
    popup = open_popup(browser)
    popup.wait("!document.querySelector('#question').hidden")
    return popup


def test_three_samples_are_shown_as_text_and_yes_verifies(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    def verify(body: Any) -> Any:
        agent.answers["/v1/page-health"] = HEALTH
        return {"right": True}

    popup = ask(browser, agent, site)
    assert "I found 23 comments; does that look right?" in popup.text("#question")
    assert popup.evaluate("document.querySelectorAll('.samples li').length") == 3
    assert popup.evaluate("document.querySelectorAll('#question img').length") == 0
    assert HOSTILE in popup.evaluate("document.querySelector('#question').textContent")
    agent.answers["/v1/verifications"] = verify
    popup.click("#looks-right")
    agent.wait(lambda: agent.bodies("/v1/verifications"))
    assert agent.bodies("/v1/verifications") == [{"url": URL, "platform": "forum", "right": True}]
    popup.wait("document.querySelector('#question').hidden")
    assert agent.bodies("/v1/cases") == []


def test_no_makes_a_case_and_says_where_it_lies(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    popup = ask(browser, agent, site)
    replaced = {"people": 2, "words": 40}
    agent.answers["/v1/cases"] = {"folder": "/cases/forum/t-1", "items": 2, "replaced": replaced}
    popup.click("#looks-wrong")
    popup.wait("document.querySelector('#recorded code')?.textContent === '/cases/forum/t-1'")
    assert agent.bodies("/v1/verifications")[0]["right"] is False
    [case] = agent.bodies("/v1/cases")
    assert (case["url"], case["platform"]) == (URL, "forum")
    assert "people: 2" in popup.text("#recorded")


def test_an_agent_too_old_to_be_asked_changes_nothing(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    browser.pair(agent.code)
    browser.open(URL)
    agent.wait(lambda: agent.bodies("/v1/page-reports"))
    popup = open_popup(browser)
    popup.wait("document.querySelector('#counts dd')?.textContent === '1'")
    assert popup.evaluate("document.body.dataset.trouble") == ""
