"""The pages beside the inbox: browsers, problems, and the doors."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from inbox_fixtures import made_up, running_inbox, soup, submit, texts
from raw_client import BROWSER, EXTENSION

from earmark.plugins import PluginProblem
from earmark.store import raw


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Any]:
    async with running_inbox(tmp_path) as agent:
        yield agent


async def test_a_pairing_code_is_shown_and_pairs(box: Any) -> None:
    answer = await submit(box, "/browsers/pair")
    page = BeautifulSoup(answer.body.decode(), "html.parser")
    code = page.select_one(".code output").get_text()
    assert re.fullmatch(rf"{box.port}-[0-9A-Z]{{4}}-[0-9A-Z]{{4}}", code)
    assert page.select_one("#countdown")["data-seconds"] == "120"
    box.credentials.pair(code, BROWSER, EXTENSION, "Reading room")
    assert texts(await soup(box, "/browsers"), "#paired strong") == ["Reading room"]


async def test_a_code_is_not_shown_again_by_looking(box: Any) -> None:
    await submit(box, "/browsers/pair")
    assert (await soup(box, "/browsers")).select(".code") == []


async def test_a_browser_is_unpaired(box: Any) -> None:
    box.credentials.pair(box.credentials.new_code(box.port), BROWSER, EXTENSION, "<b>x</b>")
    page = await soup(box, "/browsers")
    assert texts(page, "#paired strong") == ["<b>x</b>"]
    button = page.select_one("#paired form button")
    answer = await submit(box, "/browsers/revoke", kind="browser", id=button["value"])
    assert answer.status == 303
    assert box.credentials.browsers() == []


async def test_this_window_is_named_and_can_be_signed_out(box: Any) -> None:
    page = await soup(box, "/browsers")
    assert "This window" in page.get_text()
    own = box.credentials.sessions()[0]
    await submit(box, "/browsers/revoke", kind="session", id=own.id)
    assert (await box.client.get("/")).status == 401


async def test_all_is_well_where_nothing_is_wrong(box: Any) -> None:
    box.credentials.pair(box.credentials.new_code(box.port), BROWSER, EXTENSION, "Firefox")
    page = await soup(box, "/problems")
    assert page.select_one(".notice.good")
    assert "No item has been stored yet." in page.get_text()
    assert page.select("nav .badge") == []


async def test_a_plugin_left_out_is_named_with_reason_and_hint(box: Any) -> None:
    box.plugins.problems = [PluginProblem("forum", "It raised <KeyError>.", "Update it.")]
    page = await soup(box, "/problems")
    named = texts(page, "[aria-labelledby=plugins-title] li")
    assert named == ["forumIt raised <KeyError>.Update it."]
    assert texts(await soup(box, "/"), "nav .badge") == ["1"]


async def test_pieces_not_understood_are_counted_by_site(box: Any) -> None:
    fragments = [
        {"id": f"00000000-0000-4000-8000-00000000000{n}", "kind": "element", "url": "u"}
        for n in range(3)
    ]
    page = {"url": "https://forum.example.org/t/1", "visit": "v"}
    received = "2026-03-21T12:00:00Z"

    def keep(connection: Any) -> None:
        raw.keep(connection, "b", page, fragments, "discourse", received)
        said = ("not_understood", [], "found nothing")
        raw.finish(connection, [raw.Outcome(each["id"], *said) for each in fragments])

    await box.log.awrite(keep)
    rows = texts(await soup(box, "/problems"), "tbody tr")
    assert len(rows) == 1
    assert "Discourse" in rows[0]
    assert "forum.example.org" in rows[0]
    assert "3" in rows[0]
    assert texts(await soup(box, "/"), "nav .badge") == ["1"]


async def test_the_last_stored_item_is_told(box: Any) -> None:
    box.save(made_up("1", "x"))
    assert "The last item was stored" in (await soup(box, "/problems")).get_text()


async def test_the_sign_in_button_posts_to_its_own_link(box: Any) -> None:
    link = f"/sign-in/{box.credentials.new_link()}"
    page = await soup(box, link, Cookie=None)
    form = page.select_one("main form")
    assert (form["method"], form["action"]) == ("post", link)
    assert page.select_one("meta[name=referrer]")["content"] == "same-origin"


async def test_whoever_is_not_signed_in_is_told_how_in_their_language(box: Any) -> None:
    answer = await box.client.get("/", Cookie=None, Accept_Language="fa")
    assert answer.status == 401
    text = answer.body.decode()
    assert 'lang="fa" dir="rtl"' in text
    assert "earmark start" in text


async def test_every_page_keeps_the_headers_of_the_house(box: Any) -> None:
    for target in ("/", "/rows", "/browsers", "/problems", "/static/inbox.js"):
        answer = await box.client.get(target)
        assert answer.status == 200
        assert answer.header("Content-Security-Policy").startswith("default-src 'none'")
        assert answer.header("Cache-Control") == "no-store"
