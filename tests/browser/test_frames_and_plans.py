"""Frames of other sites are offered, and a plan that changes reaches what is open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Launcher
from driver import Browser, Tab
from fixture_site import Site
from pages import FORUM, comment, thread
from stand_in import PLAN, StandIn

URL = f"{FORUM}/t/1"
EMBED = "https://disqus.com/embed/comments/"
DISQUS = {**PLAN["platforms"][0], "name": "disqus", "label": "Disqus", "matches": [f"{EMBED}*"]}
FRAMED = {**PLAN, "plan": "framed", "platforms": [DISQUS, *PLAN["platforms"]]}


@pytest.fixture(params=["chromium", "firefox"])
def narrow(request: pytest.FixtureRequest, launch: Launcher) -> Iterator[Browser]:
    """A browser in which one site alone is granted."""
    browser = launch(request.param, [f"{FORUM}/*"])
    yield browser
    browser.close()


def open_popup(browser: Browser) -> Tab:
    popup = browser.popup(browser.tab_id(URL))
    popup.wait("document.body.dataset.ready")
    return popup


def test_a_frame_of_a_known_site_is_offered_and_heard_with_the_page_around_it(
    narrow: Browser, agent: StandIn, site: Site
) -> None:
    frames = [f"{EMBED}?f=1", f"{EMBED}?f=2", "https://ads.example/x", "javascript:1"]
    markup = "".join(f'<iframe src="{src}"></iframe>' for src in frames)
    site.pages["forum.example.org/t/1"] = thread(comment(1), extra=markup)
    site.pages["disqus.com/embed/comments/"] = thread(comment(7, "In the frame."))
    agent.plan = FRAMED
    narrow.pair(agent.code)
    narrow.open(URL)
    agent.wait_for_fragments(1)
    popup = open_popup(narrow)
    popup.wait("document.querySelector('[data-offer=frame]') !== null")
    assert popup.evaluate("document.querySelectorAll('[data-offer=frame]').length") == 1
    assert "disqus.com" in popup.text("#offers")
    assert all("In the frame." not in f["markup"] for f in agent.fragments)
    narrow.allow_grants("https://disqus.com/*")
    popup.click("[data-offer=frame] button")
    agent.wait(lambda: any("In the frame." in f["markup"] for f in agent.fragments))
    popup.wait("!document.querySelector('[data-offer=frame]')")
    page = next(b["page"] for b in agent.batches if "In the frame." in json.dumps(b))
    assert page["url"].startswith(EMBED)
    assert page["top_url"] == URL


def enable(agent: StandIn, **entry: Any) -> None:
    """A plugin is enabled in the agent."""
    named = {**PLAN["platforms"][0], "name": "new", "label": "My kettles", **entry}
    agent.plan = {**PLAN, "plan": "plan-2", "platforms": [named, *PLAN["platforms"]]}


def test_a_plugin_enabled_meanwhile_is_heard_in_open_tabs_within_a_minute(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    site.pages["forum.example.org/t/1"] = thread(comment(1), '<p class="tip">A tip.</p>')
    paired.open(URL)
    agent.wait_for_fragments(1)
    enable(agent, items=[".tip"])
    found = agent.wait(lambda: [f for f in agent.fragments if f["selector"] == ".tip"], 60)
    assert "A tip." in found[0]["markup"]
    assert agent.batches[-1]["page"]["plan"] == "plan-2"


def test_its_sites_are_asked_for_in_the_popup(paired: Browser, agent: StandIn, site: Site) -> None:
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    paired.open(URL)
    enable(agent, package="my-plugin", matches=["https://kettles.example/t/*"])
    popup = open_popup(paired)
    popup.wait("document.querySelector('[data-notice=plugin_sites]') !== null")
    assert "My kettles" in popup.evaluate(
        "document.querySelector('[data-notice=plugin_sites]').textContent"
    )
    paired.allow_grants("https://kettles.example/*")
    popup.click_when_there("[data-fix=plugin_sites]")
    popup.wait("!document.querySelector('[data-notice=plugin_sites]').checkVisibility()")
    paired.ask("api.permissions.remove({origins: ['https://kettles.example/*']})")


def test_responses_are_offered_where_the_platform_asks_for_them(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    def switch(body: Any) -> Any:
        site = {"site": "forum.example.org", "keep": "everything", "patterns": [f"{FORUM}/*"]}
        chosen = {"sites": [site | {"responses": body["responses"]}], "elsewhere": "everything"}
        agent.plan = {**agent.plan, "choices": chosen}
        return {"choices": chosen}

    enable(agent, responses=[f"{FORUM}/api/*"])
    agent.answers["/v1/page-choices"] = switch
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    paired.open(URL)
    popup = open_popup(paired)
    popup.click_when_there("[data-offer=responses] button")
    popup.wait("document.querySelector('[data-offer=responses] button').className === 'plain'")
    popup.click("[data-offer=responses] button")
    popup.wait("document.querySelector('[data-offer=responses] button').className === ''")
    assert [b["responses"] for b in agent.bodies("/v1/page-choices")] == [True, False]
