"""Each failure that the popup names, provoked; and the button beside it, which fixes it."""

from __future__ import annotations

import json

import pytest
from driver import Browser, Tab
from fixture_site import Site
from pages import FORUM, append, comment, thread
from stand_in import PLAN, StandIn

URL = f"{FORUM}/t/1"
BADGE = "api.action.getBadgeText({})"
CHOSEN = ["chosen.example.org", "other.example.org"]


def open_thread(browser: Browser, site: Site) -> Tab:
    site.pages["forum.example.org/t/1"] = thread(comment(1))
    return browser.open(URL)


def open_popup(browser: Browser, url: str = URL) -> Tab:
    popup = browser.popup(browser.tab_id(url))
    popup.wait("document.body.dataset.ready")
    return popup


def says_first(popup: Tab, name: str) -> None:
    popup.wait(f"document.body.dataset.first === {name!r}")


def fix(popup: Tab, name: str) -> None:
    popup.click_when_there(f"[data-fix={name}]")


def choose(agent: StandIn, keep: str, *sites: str) -> None:
    """What a person chose in the inbox."""
    listed = [
        {"site": site, "keep": keep, "patterns": [f"https://{site}/*", f"https://*.{site}/*"]}
        for site in sites
    ]
    agent.plan = {**PLAN, "choices": {"sites": listed, "elsewhere": "everything"}}


def test_an_agent_that_is_back_is_found_by_trying_again(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    open_thread(paired, site)
    agent.wait_for_fragments(1)
    agent.down()
    popup = open_popup(paired)
    says_first(popup, "absent")
    assert popup.text(".command code") == "earmark start"
    agent.up()
    # The popup may find it by itself meanwhile, and the button is gone then.
    popup.evaluate("document.querySelector('[data-fix=absent]')?.click()")
    says_first(popup, "")


def test_an_agent_that_is_away_is_started_by_the_command_it_gave(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    agent.start = "'/opt/my tools/earmark' start"
    browser.pair(agent.code)
    agent.wait_for_condition(lambda told: told["extension"])
    open_thread(browser, site)
    agent.wait_for_fragments(1)
    agent.down()
    popup = open_popup(browser)
    says_first(popup, "absent")
    popup.wait(f"document.querySelector('.command code').textContent === {json.dumps(agent.start)}")


def test_a_browser_that_the_agent_forgot_is_led_to_a_new_code(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    open_thread(paired, site)
    agent.wait_for_fragments(1)
    agent.token, agent.proof_key = "another token", ""
    popup = open_popup(paired)
    says_first(popup, "token")
    fix(popup, "token")
    options = paired.options()
    options.wait("document.querySelector('#pairing').checkVisibility()")
    options.type("#code", agent.code)
    options.click("#pair")
    says_first(popup, "")


def test_an_unpaired_browser_is_led_to_the_settings(browser: Browser, site: Site) -> None:
    open_thread(browser, site)
    popup = open_popup(browser)
    says_first(popup, "unpaired")
    in_front = "(globalThis.browser ?? chrome).tabs.getCurrent().then((tab) => tab.active)"
    assert not browser.desk.evaluate(in_front)
    fix(popup, "unpaired")
    browser.desk.wait(in_front)


def test_sites_chosen_in_the_inbox_are_allowed_with_one_click(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    site.pages["chosen.example.org/"] = thread('<p class="h-entry">Heard by choice.</p>')
    open_thread(paired, site)
    choose(agent, "everything", *CHOSEN)
    paired.send(type="retry")
    popup = open_popup(paired)
    says_first(popup, "chosen")
    assert "2" in popup.text("[data-fix=chosen]")
    assert paired.ask(BADGE) == "+"
    agent.wait_for_condition(lambda told: told["not_granted"] == CHOSEN)
    for name in CHOSEN:
        for pattern in (f"https://{name}/*", f"https://*.{name}/*"):
            paired.allow_grants(pattern)
    fix(popup, "chosen")
    says_first(popup, "")
    agent.wait_for_condition(
        lambda told: told["not_granted"] == [] and "https://*.chosen.example.org/*" in told["sites"]
    )
    assert paired.ask(BADGE) == ""
    paired.open("https://chosen.example.org/")
    agent.wait(lambda: any("Heard by choice." in f["markup"] for f in agent.fragments))
    for name in CHOSEN:
        origins = [f"https://{name}/*", f"https://*.{name}/*"]
        assert paired.ask(f"api.permissions.remove({{origins: {json.dumps(origins)}}})")


def test_a_tab_without_our_script_is_heard_after_one_reload(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    agent.wait(lambda: agent.conditions)  # the start is over, and with it the registration
    paired.ask("api.scripting.unregisterContentScripts()")
    open_thread(paired, site)
    popup = open_popup(paired)
    says_first(popup, "unheard")
    paired.stop_background()
    paired.send(type="retry")  # starts it anew, and that registers the script
    paired.desk.wait(
        "(globalThis.browser ?? chrome).scripting.getRegisteredContentScripts()"
        ".then((found) => found.length === 2)"
    )
    popup.click("#site-action")
    agent.wait_for_fragments(1)
    says_first(popup, "")


def test_what_was_given_up_is_said_until_it_was_read(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    open_thread(paired, site)
    paired.ask(
        "import('/background/outbox.js').then(async ({Outbox}) => {"
        " const small = new Outbox({maxBytes: 300});"
        " for (const visit of ['one', 'two']) await small.put(visit, {url: visit}, 1,"
        "   [{id: visit, ref: visit, markup: 'x'.repeat(200)}]); })"
    )
    popup = open_popup(paired)
    says_first(popup, "dropped")
    fix(popup, "dropped")
    says_first(popup, "")
    assert paired.outbox()["dropped"] == 0


def test_an_extension_older_than_the_agent_is_led_to_the_update(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    agent.newest = "99.0"
    browser.pair(agent.code)
    open_thread(browser, site)
    popup = open_popup(browser)
    says_first(popup, "outdated")
    fix(popup, "outdated")
    wanted = f"http://earmark.localhost:{agent.port}/setup/extension"
    assert any(
        wanted in url for url in eventually(browser, lambda urls: any(wanted in u for u in urls))
    )


def eventually(browser: Browser, holds: object) -> list[str]:
    """The addresses of the tabs, once they are as wanted."""
    assert callable(holds)
    for _ in range(500):
        if holds(browser.addresses()):
            break
        browser.desk.evaluate("new Promise((done) => setTimeout(done, 20))")
    return browser.addresses()


@pytest.mark.parametrize("change", [
    {"api": 2},
    {"platforms": [{**PLAN["platforms"][0], "items": [".comment", ":nonsense"]}]},
    {"platforms": [{**PLAN["platforms"][0], "matches": ["gopher://forum.example.org/"]}]},
], ids=["newer", "selector", "pattern"])  # fmt: skip
def test_a_plan_this_browser_cannot_read_is_told_and_the_last_one_goes_on(
    change: dict[str, object], paired: Browser, agent: StandIn, site: Site
) -> None:
    tab = open_thread(paired, site)
    agent.wait_for_fragments(1)
    agent.plan = {**PLAN, **change, "plan": "plan-2"}
    paired.send(type="retry")
    agent.wait_for_condition(lambda told: told["trouble"])
    says_first(open_popup(paired), "plan_refused")
    assert paired.ask(BADGE) == "!"
    tab.evaluate(append(2))
    agent.wait_for_fragments(2)
    assert agent.batches[-1]["page"]["plan"] == "plan-1"
    agent.plan = PLAN
    paired.send(type="retry")
    agent.wait_for_condition(lambda told: not told["trouble"] and told is agent.conditions[-1])


def test_a_site_that_is_only_captured_by_hand_is_not_listened_to(
    paired: Browser, agent: StandIn, site: Site
) -> None:
    choose(agent, "by_hand", "example.org")
    paired.send(type="retry")
    open_thread(paired, site)
    popup = open_popup(paired)
    popup.wait("document.body.dataset.site === 'by_hand'")
    assert agent.fragments == []
    popup.click("button#capture.primary")
    agent.wait_for_fragments(1)
    assert all(batch["page"]["by_hand"] is True for batch in agent.batches)


def test_what_is_not_kept_is_counted_apart(paired: Browser, agent: StandIn, site: Site) -> None:
    agent.answer = lambda fragment: {"fragment": fragment["id"], "status": "not_kept", "items": []}
    choose(agent, "about_us", "forum.example.org")
    paired.send(type="retry")
    open_thread(paired, site)
    agent.wait_for_fragments(1)
    paired.wait_for_outbox(0)
    popup = open_popup(paired)
    popup.wait("document.body.dataset.site === 'about_us'")
    popup.wait(
        "[...document.querySelectorAll('#counts dt')].find((e) => e.textContent ==="
        " (globalThis.browser ?? chrome).i18n.getMessage('count_not_kept'))"
        "?.nextElementSibling.textContent === '1'"
    )
    assert "by_hand" not in agent.batches[0]["page"]


def test_what_the_agent_knows_of_the_organisation_holds_here_as_well(
    browser: Browser, agent: StandIn, site: Site
) -> None:
    agent.policy = {"allowed_sites": ["example.net"], "retention_days": 90, "messages": False}
    browser.pair(agent.code)
    agent.wait(lambda: agent.conditions)
    open_thread(browser, site)
    popup = open_popup(browser)
    says_first(popup, "organisation")
    assert not popup.evaluate("document.querySelector('#capture').checkVisibility()")
    options = browser.options()
    options.wait("document.querySelectorAll('#rules li').length === 3")
    options.type("#site", "other.example.org")
    options.click("#add-site")
    options.wait("document.querySelector('#site-error').textContent")
    assert agent.fragments == []
