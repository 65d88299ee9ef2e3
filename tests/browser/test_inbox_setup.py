"""The whole first run in a browser, as somebody goes through it who has never seen a terminal.

What happens in another program (the extension, the service manager) is played by the facts those
programs leave: a pairing, a condition, an item.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import chromium
import pytest
from inbox_box import inbox_in_a_thread, made_up
from playwright.sync_api import Page, Playwright, expect

from earmark.service import ServiceStatus
from earmark.web import pages_setup, pages_setup_facts

expect.set_options(timeout=20_000)  # milliseconds; a busy machine is no failure
BROWSER = "0b5e8f2c-3c56-4b1f-9d2a-5a7c2f1e9d44"
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
STEPS = ("hears", "extension", "pair", "sites", "us", "keep", "allow", "sample", "first", "service")
Open = Callable[..., Page]


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An inbox on a computer that has a service manager, in which nothing is installed yet."""
    service = {"status": ServiceStatus("systemd")}

    def install(home: Any) -> ServiceStatus:
        service["status"] = ServiceStatus("systemd", installed=True, enabled=True, active=True)
        return service["status"]

    monkeypatch.setattr(pages_setup_facts, "status", lambda home: service["status"])
    monkeypatch.setitem(pages_setup.SERVICE_ACTIONS, "install", install)
    with inbox_in_a_thread(tmp_path) as agent:
        yield agent


def pair_with_what_lies_ready(box: Any) -> None:
    """What the extension does once the folder is loaded."""
    prepared = box.home.extension_folder / "prepared.json"
    code = json.loads(prepared.read_text(encoding="utf-8"))["code"]
    box.credentials.pair(code, BROWSER, "", "Chromium")


def report(box: Any, *granted: str) -> None:
    """What the extension says after the person allowed sites."""
    condition = {"sent_at": "2026-03-21T12:00:00Z", "extension": "0.1.0", "sites": list(granted)}
    condition["browser"] = {"name": "Chromium", "version": "156.0"}
    box.credentials.reported(BROWSER, condition)


def state(page: Page, step: str) -> Any:
    return page.locator(f".setup-step:has(a[href='/setup/{step}'])")


def walk_to_the_permissions(box: Any, page: Page) -> None:
    """The steps from the empty inbox on, by what is on the page and nothing else."""
    page.locator(".empty .primary").click()
    page.locator("main form button.primary").click()  # what it hears: understood
    page.locator("main form button.primary").click()  # the folder is made ready
    expect(page.locator("#setup-live .waits")).to_be_visible()
    pair_with_what_lies_ready(box)
    expect(page.locator("#setup-live .good")).to_contain_text("Chromium")
    page.locator(".setup-way [rel=next]").click()
    page.locator(".setup-way [rel=next]").click()
    page.locator("input[value='reddit.com']").check()
    page.locator("input[name=add]").fill("forum.example.org")
    page.locator(".setup-save button").click()
    page.locator("#terms").fill("Acme\nآکمه")
    page.locator("input[name=handle]").first.fill("@acme")
    page.locator(".setup-save button").click()
    page.locator("input[value=about_us]").check()
    page.locator(".setup-save button").click()


def test_the_whole_first_run(box: Any, open_inbox: Open) -> None:
    page = open_inbox("/")
    walk_to_the_permissions(box, page)
    assert box.choices.document()["terms"] == ["Acme", "آکمه"]
    assert {each["keep"] for each in box.choices.document()["sites"]} == {"about_us"}
    report(box, "https://*.reddit.com/*")
    expect(page.locator(".is-allowed bdi")).to_have_text("Reddit")
    expect(page.locator(".is-missing bdi")).to_have_text("forum.example.org")
    report(box, "https://*.reddit.com/*", "https://*.forum.example.org/*")
    expect(page.locator(".is-missing")).to_have_count(0)
    page.locator(".setup-way [rel=next]").click()
    with page.expect_popup() as opened:
        page.locator("main a[href='/sample']").click()
    expect(opened.value.locator("main[data-earmark-sample]")).to_be_visible()
    box.save(made_up("c101", "Love how quiet it is.") | {"platform": "sample"})
    expect(page.locator("#setup-live .good")).to_be_visible()
    page.locator(".setup-way [rel=next]").click()
    box.save(made_up("1", "It took two weeks."))
    expect(page.locator(".first-item")).to_contain_text("It took two weeks.")
    page.locator(".setup-way [rel=next]").click()
    page.locator("button[value=install]").click()
    expect(page.locator("#setup-live .good")).to_be_visible()
    for step in STEPS:
        expect(state(page, step)).to_contain_class("is-done")
    page.locator(".setup-way [rel=next]").click()
    expect(page.locator(".row")).to_have_count(2)
    page.locator("nav a[href='/setup']").click()
    expect(page.locator(".setup-leave")).to_have_count(0)


def test_the_extension_loaded_from_the_folder_connects_by_itself(
    box: Any, open_inbox: Open, playwright_api: Playwright, tmp_path: Path
) -> None:
    page = open_inbox("/setup/extension?browser=chromium")
    page.locator("main form button.primary").click()
    expect(page.locator("#setup-live .waits")).to_be_visible()
    folder = box.home.extension_folder
    browser = chromium.Chromium(playwright_api, folder, box.port, tmp_path / "profile")
    try:
        expect(page.locator("#setup-live .good")).to_contain_text("Chromium")
        box.choices.change({"sites": [{"site": "reddit.com", "keep": "everything"}]})
        page.goto(f"{box.origin}/setup/allow")
        expect(page.locator(".is-missing bdi")).to_have_text("Reddit")
    finally:
        browser.close()


def test_all_of_it_works_without_scripts(box: Any, open_inbox: Open) -> None:
    page = open_inbox("/", java_script_enabled=False)
    page.locator(".empty .primary").click()
    page.locator("main form button.primary").click()
    page.locator("main form button.primary").click()
    pair_with_what_lies_ready(box)
    page.reload()
    expect(page.locator("#setup-live .good")).to_contain_text("Chromium")
    page.goto(f"{box.origin}/setup/sites")
    page.locator("input[name=set][value=forums]").check()
    page.locator(".setup-save button").click()
    expect(page).to_have_url(f"{box.origin}/setup/us")
    assert len(box.choices.document()["sites"]) > 10
    page.locator(".setup-save button").click()
    page.locator("input[value=about_us]").check()
    expect(page.locator("#terms")).to_be_visible()
    page.locator("#terms").fill("Acme")
    page.locator(".setup-save button").click()
    expect(page).to_have_url(f"{box.origin}/setup/allow")
    page.locator("#flash button").click()
    assert box.choices.document()["terms"] == []


def test_the_words_for_about_us_are_asked_for_only_when_they_are_needed(
    box: Any, open_inbox: Open
) -> None:
    page = open_inbox("/setup/keep")
    expect(page.locator("#terms")).to_be_hidden()
    page.locator("input[value=about_us]").check()
    expect(page.locator("#terms")).to_be_visible()
    page.locator("input[value=everything]").check()
    expect(page.locator("#terms")).to_be_hidden()


def test_the_box_of_a_set_follows_its_sites_and_leads_them(box: Any, open_inbox: Open) -> None:
    page = open_inbox("/setup/sites")
    group = page.locator("fieldset:has(input[value='reddit.com'])")
    whole, reddit = group.locator(".whole-set input"), group.locator("input[value='reddit.com']")
    reddit.check()
    assert whole.evaluate("box => box.indeterminate")
    whole.check()
    expect(group.locator("input[name=site]:not(:checked)")).to_have_count(0)
    reddit.uncheck()
    expect(whole).not_to_be_checked()
    page.locator(".setup-save button").click()
    chosen = [each["site"] for each in box.choices.document()["sites"]]
    assert "news.ycombinator.com" in chosen
    assert "reddit.com" not in chosen


def test_the_path_of_the_folder_is_copied_by_its_button(box: Any, open_inbox: Open) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    page = open_inbox("/setup/extension?browser=chrome", permissions=allowed)
    page.locator("main form button.primary").click()
    folder = str(box.home.extension_folder)
    page.locator(f"[data-copy='{folder}']").first.click()
    expect(page.locator(f"[data-copy='{folder}']").first).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == folder


def test_what_is_being_typed_survives_what_arrives_meanwhile(box: Any, open_inbox: Open) -> None:
    page = open_inbox("/setup/us")
    page.locator("#terms").fill("half a wor")
    box.save(made_up("1", "hello"))
    expect(state(page, "first")).to_contain_class("is-done")
    expect(page.locator("#terms")).to_have_value("half a wor")
    expect(page.locator("#terms")).to_be_focused()


def test_an_agent_that_is_away_for_a_moment_is_asked_again(box: Any, open_inbox: Open) -> None:
    page = open_inbox("/setup")
    box.run(box.leave())
    box.save(made_up("1", "hello"))
    box.run(box.come_back())
    expect(state(page, "first")).to_contain_class("is-done")


@pytest.mark.parametrize("language", ["en", "fa", "tr", "ro"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_sticks_out_and_persian_is_mirrored(
    open_inbox: Open, language: str, viewport: dict[str, int]
) -> None:
    page = open_inbox(f"/setup?ui={language}", viewport)
    direction = "rtl" if language == "fa" else "ltr"
    for path in ("", *(f"/{step}" for step in STEPS), "/extension?browser=firefox"):
        page.goto(page.url.split("/setup")[0] + "/setup" + path)
        assert page.evaluate("document.documentElement.dir") == direction
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
