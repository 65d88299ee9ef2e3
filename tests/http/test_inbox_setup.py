"""The steps of the first run: each in the state that the facts put it in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from inbox_fixtures import made_up, running_inbox, soup, submit, texts
from setup_fixtures import choose, hear_sample, organise, pair, report, see

from earmark.service import ServiceStatus
from earmark.web import pages_setup_facts

STEPS = (
    "hears", "extension", "pair", "sites", "us", "keep", "allow", "sample", "first", "service",
)  # fmt: skip
REDDIT = ("https://reddit.com/*", "https://*.reddit.com/*")


@pytest.fixture
async def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """An inbox on a computer whose service manager says what `service` holds."""
    service = {"status": ServiceStatus("")}
    monkeypatch.setattr(pages_setup_facts, "status", lambda home: service["status"])
    async with running_inbox(tmp_path) as agent:
        agent.service = service
        yield agent


async def states(box: Any) -> dict[str, str]:
    """The state of each step, as the page shows it."""
    found = (await soup(box, "/setup")).select(".setup-step")
    shown = [step["class"][1].removeprefix("is-") for step in found]
    return dict(zip(STEPS, shown, strict=True))


async def fact(box: Any, step: str) -> str:
    return texts(await soup(box, "/setup"), ".setup-fact")[STEPS.index(step)]


async def test_at_first_there_is_one_thing_to_do_and_the_rest_comes_later(box: Any) -> None:
    found = await states(box)
    assert found.pop("hears") == "next"
    assert found.pop("service") == "absent"
    assert set(found.values()) == {"later"}


@pytest.mark.parametrize("step", STEPS)
async def test_every_step_has_a_page_in_every_state(box: Any, step: str) -> None:
    fresh = await soup(box, f"/setup/{step}")
    assert fresh.select_one(".setup-steps [aria-current=step]")["href"] == f"/setup/{step}"
    choose(box, "reddit.com", terms=["Acme"], accounts=[{"handle": "acme"}])
    pair(box)
    report(box)
    hear_sample(box)
    box.save(made_up("1", "hello"))
    box.service["status"] = ServiceStatus("systemd", installed=True, enabled=True, active=True)
    await soup(box, f"/setup/{step}?ui=fa")


async def test_a_click_on_a_step_does_not_make_it_done(box: Any) -> None:
    for step in STEPS:
        await soup(box, f"/setup/{step}")
    assert "done" not in (await states(box)).values()


async def test_what_it_hears_is_done_once_it_was_understood(box: Any) -> None:
    answer = await submit(box, "/setup/hears")
    assert (answer.status, answer.header("Location")) == (303, "/setup/extension")
    assert (await states(box))["hears"] == "done"
    assert (await states(box))["extension"] == "next"


async def test_a_paired_browser_does_both_of_its_steps(box: Any) -> None:
    pair(box, "<b>Reading</b> room")
    found = await states(box)
    assert (found["extension"], found["pair"]) == ("done", "done")
    assert await fact(box, "extension") == "<b>Reading</b> room"


async def test_a_browser_is_called_what_it_says_of_itself(box: Any) -> None:
    pair(box)
    report(box)
    assert await fact(box, "extension") == "Firefox 153"


async def test_a_browser_that_will_forget_the_extension_asks_for_attention(box: Any) -> None:
    pair(box)
    report(box, temporary=True)
    assert (await states(box))["extension"] == "attention"
    page = await soup(box, "/setup/extension?browser=firefox")
    assert "gone when the browser is closed" in page.select_one("#setup-live").get_text()


async def test_unpairing_takes_the_step_back(box: Any) -> None:
    pair(box)
    box.credentials.unpair(box.credentials.browsers()[0].id)
    assert (await states(box))["pair"] == "later"


async def test_sites_are_counted(box: Any) -> None:
    choose(box, "reddit.com", "example.org")
    assert (await states(box))["sites"] == "done"
    assert await fact(box, "sites") == "2 sites"


async def test_who_we_are_is_done_by_names_or_by_passing_over_it(box: Any) -> None:
    see(box, "us")
    assert (await states(box))["us"] == "done"
    assert await fact(box, "us") == "Left out for now"
    choose(box, accounts=[{"handle": "acme"}], terms=["Acme", "آکمه"])
    assert await fact(box, "us") == "3 names and words"


async def test_what_to_keep_needs_sites_and_an_answer(box: Any) -> None:
    see(box, "keep")
    assert (await states(box))["keep"] == "later"
    choose(box, "reddit.com", keep="by_hand")
    assert (await states(box))["keep"] == "done"
    assert await fact(box, "keep") == "Only what I capture by hand"


async def test_allowing_is_done_when_one_browser_may_read_every_chosen_site(box: Any) -> None:
    choose(box, "reddit.com", "example.org")
    pair(box)
    assert (await states(box))["allow"] == "later"
    report(box, *REDDIT)
    assert (await states(box))["allow"] == "later"
    assert await fact(box, "allow") == "1 of 2 allowed"
    report(box, *REDDIT, "https://*.example.org/*")
    assert (await states(box))["allow"] == "done"


@pytest.mark.parametrize(
    ("pattern", "covers"),
    [
        ("https://reddit.com/*", True),
        ("https://*.reddit.com/*", True),
        ("*://*/*", True),
        ("https://*.com/*", True),
        ("<all_urls>", True),
        ("https://old.reddit.com/*", False),
        ("https://notreddit.com/*", False),
        ("https://*.notreddit.com/*", False),
        ("", False),
    ],
)
async def test_a_site_is_allowed_by_the_patterns_that_cover_it(pattern: str, covers: bool) -> None:
    assert pages_setup_facts.is_granted("reddit.com", [pattern]) is covers


async def test_what_the_browser_itself_calls_not_granted_is_not_allowed(box: Any) -> None:
    choose(box, "reddit.com")
    pair(box)
    report(box, *REDDIT, not_granted=["reddit.com"])
    assert (await states(box))["allow"] == "later"
    missing = texts(await soup(box, "/setup/allow"), ".is-missing bdi")
    assert missing == ["Reddit"]


async def test_the_sample_and_a_real_page_are_told_apart(box: Any) -> None:
    hear_sample(box)
    found = await states(box)
    assert (found["sample"], found["first"]) == ("done", "later")
    box.save(made_up("7", "hello <b>there</b>"))
    assert (await states(box))["first"] == "done"
    assert await fact(box, "first") == "news.ycombinator.com"
    page = await soup(box, "/setup/first")
    assert texts(page, ".first-item p")[0] == "hello <b>there</b>"
    assert page.select_one(".first-item a")["href"] == "/items/hackernews/7"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (ServiceStatus(""), "absent"),
        (ServiceStatus("systemd"), "later"),
        (ServiceStatus("systemd", installed=True), "later"),
        (ServiceStatus("systemd", installed=True, enabled=True, active=True), "done"),
        (ServiceStatus("launchd", installed=True, enabled=True), "attention"),
        (
            ServiceStatus("systemd", installed=True, enabled=True, active=True, problem="Ended."),
            "attention",
        ),
    ],
)
async def test_the_service_is_as_its_manager_says(
    box: Any, status: ServiceStatus, state: str
) -> None:
    box.service["status"] = status
    assert (await states(box))["service"] == state


async def test_the_next_step_is_the_first_that_is_not_done(box: Any) -> None:
    see(box, "hears", "us")
    choose(box, "reddit.com")
    assert (await states(box))["extension"] == "next"
    pair(box)
    assert (await states(box))["keep"] == "next"
    button = (await soup(box, "/setup")).select_one(".setup-head .primary")
    assert button["href"] == "/setup/keep"


async def everything(box: Any) -> None:
    see(box, "hears", "us", "keep")
    choose(box, "reddit.com")
    pair(box)
    report(box, *REDDIT)
    hear_sample(box)
    box.save(made_up("1", "hello"))


async def test_whoever_is_done_finds_settings_and_no_first_run(box: Any) -> None:
    await everything(box)
    page = await soup(box, "/setup")
    assert texts(page, "h1") == ["Setup"]
    assert page.select(".setup-progress, .setup-leave") == []
    assert texts(await soup(box, "/setup/sites"), ".setup-save button") == ["Save"]
    assert (await soup(box, "/")).select_one("nav a[href='/setup']")


async def test_whoever_knows_the_way_may_leave_and_keeps_the_settings(box: Any) -> None:
    answer = await submit(box, "/setup/leave")
    assert answer.status == 303
    page = await soup(box, "/setup")
    assert page.select(".setup-leave") == []
    assert (await states(box))["hears"] == "next"
    assert texts(await soup(box, "/"), ".empty-next a[href='/setup']") == ["Setup"]


async def test_an_empty_inbox_leads_to_the_next_step(box: Any) -> None:
    assert (await soup(box, "/")).select_one(".empty .primary")["href"] == "/setup/hears"
    see(box, "hears")
    pair(box)
    button = (await soup(box, "/")).select_one(".empty .primary")
    assert (button["href"], button.get_text()) == ("/setup/sites", "Next: Choose sites")


async def test_an_inbox_that_holds_something_says_nothing_of_steps(box: Any) -> None:
    box.save(made_up("1", "hello"))
    page = await soup(box, "/")
    assert page.select(".empty") == []
    assert page.select("main a[href^='/setup']") == []


async def test_what_the_organisation_set_is_shown_and_whatever_it_left_is_not(box: Any) -> None:
    assert (await soup(box, "/setup")).select(".setup-rules") == []
    organise(box, '{"allowed_sites": ["reddit.com"], "retention_days": 90, "messages": false}')
    rules = texts(await soup(box, "/setup"), ".setup-rules dd")
    assert rules == ["reddit.com", "Never kept", "90 days after it was last seen"]
    organise(box, '{"webhooks": false, "plugins": ["hackernews"]}')
    assert texts(await soup(box, "/setup"), ".setup-rules dd") == ["Off", "hackernews"]


async def test_a_chosen_site_that_became_forbidden_does_not_hold_up_the_rest(box: Any) -> None:
    organise(box, '{"allowed_sites": ["reddit.com"]}')
    choose(box, "reddit.com", "example.org")
    pair(box)
    report(box, *REDDIT)
    assert (await states(box))["allow"] == "done"
    assert texts(await soup(box, "/setup/first"), ".site-links a") == ["Reddit"]


async def test_nobody_but_the_signed_in_person_gets_in(box: Any) -> None:
    for step in ("", *(f"/{step}" for step in STEPS)):
        answer = await box.client.get(f"/setup{step}", Cookie=None)
        assert answer.status == 401
    kind = "application/x-www-form-urlencoded"
    answer = await box.client.send(
        "POST", "/setup/leave", body=b"a=b", Content_Type=kind, Origin="http://evil.example"
    )
    assert answer.status == 403
    assert box.choices.document()["first_run"]["done"] is False


async def test_whoever_is_signed_out_is_told_the_way_in_without_a_terminal_first(box: Any) -> None:
    page = (await box.client.get("/setup", Cookie=None)).body.decode()
    button, terminal = page.index("Open inbox"), page.index("earmark start")
    assert button < terminal
