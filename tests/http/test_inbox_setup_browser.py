"""Getting the extension into a browser from the inbox, pairing it, and the service."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from inbox_fixtures import running_inbox, soup, submit, texts
from raw_client import BROWSER, EXTENSION, Answer
from setup_fixtures import choose, pair, report

from earmark.errors import EarmarkError
from earmark.service import ServiceStatus
from earmark.web import pages_setup, pages_setup_facts

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36"
STATIC = Path(pages_setup.__file__).parent / "static"


@pytest.fixture
async def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    service = {"status": ServiceStatus("")}
    monkeypatch.setattr(pages_setup_facts, "status", lambda home: service["status"])
    async with running_inbox(tmp_path) as agent:
        agent.service = service
        yield agent


def parsed(answer: Answer) -> BeautifulSoup:
    return BeautifulSoup(answer.body.decode(), "html.parser")


def code_in(box: Any) -> str:
    prepared = box.home.extension_folder / "prepared.json"
    return str(json.loads(prepared.read_text(encoding="utf-8"))["code"])


@pytest.mark.parametrize(
    ("agent", "browser"), [(FIREFOX, "firefox"), (EDGE, "edge"), (CHROME, "chrome"), ("", "chrome")]
)
async def test_the_page_opens_for_the_browser_that_asks(box: Any, agent: str, browser: str) -> None:
    page = await soup(box, "/setup/extension", User_Agent=agent)
    chosen = page.select_one(".setup-tabs [aria-current]")
    assert chosen["href"] == f"/setup/extension?browser={browser}"


async def test_a_browser_named_in_the_address_is_shown_and_an_unknown_one_is_not(box: Any) -> None:
    page = await soup(box, "/setup/extension?browser=edge", User_Agent=FIREFOX)
    assert "edge://extensions" in page.get_text()
    page = await soup(box, "/setup/extension?browser=%3Cb%3E", User_Agent=FIREFOX)
    assert "about:debugging" in page.get_text()


@pytest.mark.parametrize("browser", ["chrome", "edge", "chromium", "firefox"])
async def test_every_picture_is_there_and_says_in_words_what_it_shows(
    box: Any, browser: str
) -> None:
    page = await soup(box, f"/setup/extension?browser={browser}")
    drawn = (STATIC / "setup.svg").read_text(encoding="utf-8")
    pictures = page.select("svg.picture")
    assert pictures
    for picture in pictures:
        name = picture.select_one("use")["href"].removeprefix("/static/setup.svg#")
        assert f'<symbol id="{name}"' in drawn
        assert len(picture["aria-label"]) > 20


async def test_firefox_is_told_plainly_what_stays_and_what_goes(box: Any) -> None:
    page = await soup(box, "/setup/extension?browser=firefox")
    assert "only extensions that Mozilla has signed" in " ".join(page.get_text().split())
    marks = texts(page, ".setup-choice h3 .tag")
    assert marks == ["gone at restart", "for good", "for good"]


async def test_the_folder_is_made_ready_with_a_code_that_pairs_once(box: Any) -> None:
    answer = await submit(box, "/setup/extension", browser="firefox")
    assert answer.header("Location") == "/setup/extension?browser=firefox"
    assert (box.home.extension_folder / "manifest.json").is_file()
    page = await soup(box, "/setup/extension?browser=firefox")
    copied = [tag["data-copy"] for tag in page.select("[data-copy]")]
    assert str(box.home.extension_folder) in copied
    assert str(box.home.path / "firefox" / "earmark.xpi") in copied
    assert page.select_one("#setup-live .waits")
    assert page.select_one("main form[action='/setup/extension']") is None
    box.credentials.pair(code_in(box), BROWSER, EXTENSION, "Reading room")
    page = await soup(box, "/setup/extension")
    assert "Connected: Reading room" in " ".join(page.select_one("#setup-live").get_text().split())


async def test_no_code_is_left_behind_once_a_browser_has_paired(box: Any) -> None:
    await submit(box, "/setup/extension")
    box.credentials.pair(code_in(box), BROWSER, EXTENSION, "Reading room")
    prepared = box.home.extension_folder / "prepared.json"
    async with asyncio.timeout(20):
        while prepared.exists():
            await asyncio.sleep(0.05)
    page = await soup(box, "/setup/extension")
    assert page.select_one("main form[action='/setup/extension']")


async def test_no_code_outlives_the_agent(box: Any) -> None:
    await submit(box, "/setup/extension")
    await box.leave()
    assert not (box.home.extension_folder / "prepared.json").exists()
    await box.come_back()


async def test_a_code_left_by_a_program_that_was_killed_is_not_waited_for(box: Any) -> None:
    await submit(box, "/setup/extension")
    old = time.time() - 3600
    os.utime(box.home.extension_folder / "prepared.json", (old, old))
    assert (await soup(box, "/setup/extension")).select("#setup-live .waits") == []


async def test_a_folder_that_cannot_be_written_is_told(box: Any) -> None:
    (box.home.path / "extension").write_text("in the way", encoding="utf-8")
    (box.home.path / "firefox").write_text("in the way", encoding="utf-8")
    answer = await submit(box, "/setup/extension")
    assert answer.status == 400
    assert "cannot be unpacked" in answer.body.decode()


async def test_a_code_to_type_is_shown_and_voids_the_prepared_one(box: Any) -> None:
    await submit(box, "/setup/extension")
    prepared = code_in(box)
    answer = await submit(box, "/setup/pair")
    shown = texts(parsed(answer), ".code output")[0]
    assert not (box.home.extension_folder / "prepared.json").exists()
    with pytest.raises(EarmarkError):
        box.credentials.pair(prepared, BROWSER, EXTENSION)
    box.credentials.pair(shown, BROWSER, EXTENSION, "Reading room")
    page = await soup(box, "/setup/pair")
    assert page.select(".code") == []
    assert page.select_one("[data-paired]")["data-paired"] == BROWSER


async def test_each_browser_says_which_of_the_sites_it_may_read(box: Any) -> None:
    choose(box, "reddit.com", "example.org")
    pair(box, '"><script>')
    page = await soup(box, "/setup/allow")
    assert "not said yet" in page.get_text()
    assert page.select(".allowed") == []
    report(box, "https://*.example.org/*", browser=BROWSER)
    page = await soup(box, "/setup/allow")
    assert texts(page, ".is-allowed bdi") == ["example.org"]
    assert texts(page, ".is-missing bdi") == ["Reddit"]
    assert "(2)" in page.select_one("svg text").get_text()
    report(box, "https://*.example.org/*", "https://*.reddit.com/*")
    page = await soup(box, "/setup/allow")
    assert page.select(".is-missing") == []
    assert "All the sites you chose are allowed." in page.get_text()


async def test_without_sites_or_browser_the_step_says_what_comes_first(box: Any) -> None:
    assert (await soup(box, "/setup/allow")).select_one(".notice a")["href"] == "/setup/sites"
    choose(box, "reddit.com")
    assert (await soup(box, "/setup/allow")).select_one(".notice a")["href"] == "/setup/extension"


async def test_the_service_is_installed_and_removed_by_its_button(
    box: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []

    def act(name: str, status: ServiceStatus) -> Any:
        def acting(home: Any) -> ServiceStatus:
            done.append((name, home.path))
            box.service["status"] = status
            return status

        return acting

    there = ServiceStatus("systemd", installed=True, enabled=True, active=True)
    gone = ServiceStatus("systemd")
    monkeypatch.setitem(pages_setup.SERVICE_ACTIONS, "install", act("install", there))
    monkeypatch.setitem(pages_setup.SERVICE_ACTIONS, "remove", act("remove", gone))
    box.service["status"] = ServiceStatus("systemd")
    for action in ("install", "remove"):
        button = (await soup(box, "/setup/service")).select_one("form button[name=action]")
        assert button["value"] == action
        answer = await submit(box, "/setup/service", action=action)
        assert (answer.status, answer.header("Location")) == (303, "/setup/service")
    assert done == [("install", box.home.path), ("remove", box.home.path)]


async def test_a_refusal_of_the_service_manager_is_told_on_the_page(
    box: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(home: Any) -> ServiceStatus:
        raise EarmarkError("The manager says <no>.", "Ask it.", status=409)

    box.service["status"] = ServiceStatus("systemd")
    monkeypatch.setitem(pages_setup.SERVICE_ACTIONS, "install", refuse)
    answer = await submit(box, "/setup/service", action="install")
    assert answer.status == 409
    assert texts(parsed(answer), ".field-error") == ["The manager says <no>. Ask it."]


async def test_an_action_that_does_not_exist_is_refused(box: Any) -> None:
    for action in ("", "status", "install\u0000"):
        assert (await submit(box, "/setup/service", action=action)).status == 400


async def test_where_nothing_can_start_by_itself_no_button_pretends_it_could(box: Any) -> None:
    page = await soup(box, "/setup/service")
    assert page.select("main form") == []
    assert "earmark start" in page.get_text()
