"""Private conversations are heard only one by one, where a person switched each of them on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from driver import Browser, Tab
from fixture_site import Site
from pages import FORUM, comment
from stand_in import PLAN, StandIn

CHAT = f"{FORUM}/dm"
MIRA, BOGDAN = f"{CHAT}#mira", f"{CHAT}#bogdan"
NAMED = {**PLAN["platforms"][0], "messages": [f"{CHAT}*"]}
SITE = {"site": "forum.example.org", "keep": "everything", "patterns": [f"{FORUM}/*"]}

# A chat drawn by the page: another conversation needs no other document.
PAGE = """<!doctype html><html lang="en"><title>Chat</title><main></main><script>
const list = document.querySelector("main");
const say = (id, text) =>
  list.insertAdjacentHTML("beforeend", `<p class="comment">${id}: ${text}</p>`);
const draw = () => {
  list.replaceChildren();
  say(location.hash + location.search, "whisper");
};
addEventListener("hashchange", draw);
draw();
</script>"""


@pytest.fixture
def chat(site: Site) -> Site:
    site.pages |= {
        "forum.example.org/dm": PAGE,
        "forum.example.org/t/1": f"<!doctype html><title>T</title>{comment(1)}",
    }
    return site


def plan(*kept: str, messages: bool = True, **more: Any) -> dict[str, Any]:
    conversations = [{"site": SITE["site"], "url": url} for url in kept]
    sites = [{**SITE, "messages": messages}]
    choices = {"sites": sites, "conversations": conversations, "elsewhere": "everything"}
    return {**PLAN, "platforms": [NAMED, *PLAN["platforms"][1:]], "choices": choices | more}


def pair(browser: Browser, agent: StandIn, *kept: str, **more: Any) -> None:
    agent.plan = plan(*kept, **more)
    browser.pair(agent.code)


def switched(agent: StandIn) -> Callable[[Any], Any]:
    """An agent that does what the popup asks."""

    def switch(body: Any) -> Any:
        agent.plan = plan(*([body["url"]] if body["conversation"] else []))
        return {"choices": {}}

    return switch


def said(agent: StandIn) -> str:
    return " ".join(fragment["markup"] for fragment in agent.fragments)


def listens(tab: Tab, browser: Browser, url: str, does: bool) -> None:
    """Wait until the script in the page has settled on listening, or on not."""
    number = browser.tab_id(url.partition("#")[0])
    asked = f"(globalThis.browser ?? chrome).tabs.sendMessage({number}, {{type: 'hello'}})"
    settled = f"said.settled && said.listening === {str(does).lower()}"
    browser.desk.wait(f"{asked}.then((said) => {settled}, () => false)")


def end(browser: Browser, agent: StandIn) -> None:
    """Something public heard last: what was sent before it is there."""
    browser.open(f"{FORUM}/t/1")
    agent.wait(lambda: "Comment 1" in said(agent))


@pytest.mark.parametrize(
    ("kept", "messages"), [([], False), ([], True), ([MIRA], False), ([BOGDAN], True)]
)
def test_a_conversation_nobody_switched_on_is_not_heard(
    browser: Browser, agent: StandIn, chat: Site, kept: list[str], messages: bool
) -> None:
    pair(browser, agent, *kept, messages=messages)
    tab = browser.open(MIRA)
    listens(tab, browser, MIRA, False)
    end(browser, agent)
    assert "whisper" not in said(agent)
    assert agent.bodies("/v1/page-reports") == []


def test_one_that_was_switched_on_is_heard_under_its_whole_address(
    browser: Browser, agent: StandIn, chat: Site
) -> None:
    pair(browser, agent, MIRA)
    browser.open(MIRA)
    agent.wait_for_fragments(1)
    assert "#mira: whisper" in said(agent)
    assert agent.batches[0]["page"]["url"] == MIRA


def test_of_two_in_one_document_only_the_one_that_is_on_is_heard(
    browser: Browser, agent: StandIn, chat: Site
) -> None:
    pair(browser, agent, BOGDAN)
    tab = browser.open(MIRA)
    listens(tab, browser, MIRA, False)
    tab.evaluate("location.hash = '#bogdan'")
    agent.wait_for_fragments(1)
    tab.evaluate("location.hash = '#mira'")
    listens(tab, browser, MIRA, False)
    tab.evaluate("say('#mira', 'later')")
    tab.evaluate("location.hash = '#bogdan'")
    agent.wait_for_fragments(2)
    assert "#mira" not in said(agent)
    assert {batch["page"]["url"] for batch in agent.batches} == {BOGDAN}


def test_what_still_stands_there_of_another_conversation_is_not_taken_for_this_one(
    browser: Browser, agent: StandIn, chat: Site
) -> None:
    pair(browser, agent, f"{CHAT}?with=bogdan")
    tab = browser.open(f"{CHAT}?with=mira")
    listens(tab, browser, CHAT + "*", False)
    tab.evaluate("history.pushState({}, '', '/dm?with=bogdan')")
    listens(tab, browser, CHAT + "*", True)
    tab.evaluate("say('?with=bogdan', 'new')")
    agent.wait_for_fragments(1)
    assert "?with=bogdan: new" in said(agent)
    assert "mira" not in said(agent)


def test_an_organisation_forbids_them_all(browser: Browser, agent: StandIn, chat: Site) -> None:
    agent.policy = {"messages": False}
    pair(browser, agent, MIRA)
    said_so = "(globalThis.browser ?? chrome).storage.local.get('agent_says')"
    browser.desk.wait(f"{said_so}.then((found) => found.agent_says?.policy?.messages === false)")
    tab = browser.open(MIRA)
    listens(tab, browser, MIRA, False)
    end(browser, agent)
    assert "whisper" not in said(agent)


def test_one_that_is_not_on_is_not_captured_by_hand_either(
    browser: Browser, agent: StandIn, chat: Site
) -> None:
    pair(browser, agent)
    browser.open(MIRA)
    answer = browser.send(type="capture", tab=browser.tab_id(CHAT))
    assert answer["kind"] == "conversation"
    end(browser, agent)
    assert "whisper" not in said(agent)


def test_stopped_in_the_popup_nothing_more_is_heard(
    browser: Browser, agent: StandIn, chat: Site
) -> None:
    pair(browser, agent)
    agent.answers["/v1/page-choices"] = switched(agent)
    tab = browser.open(MIRA)
    listens(tab, browser, MIRA, False)
    number = browser.tab_id(CHAT)
    popup = browser.popup(number)
    popup.wait("document.body.dataset.site === 'private'")
    popup.click_when_there("#site-action")
    agent.wait_for_fragments(1)
    popup.wait("document.body.dataset.site === 'conversation'")
    popup.click_when_there("#site-action")
    popup.wait("document.body.dataset.site === 'private'")
    listens(tab, browser, MIRA, False)
    tab.evaluate("say('#mira', 'never heard')")
    end(browser, agent)
    assert "never heard" not in said(agent)
    assert agent.bodies("/v1/page-choices") == [
        {"url": MIRA, "messages": True, "conversation": True},
        {"url": MIRA, "conversation": False},
    ]
