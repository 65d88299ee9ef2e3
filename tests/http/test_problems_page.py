"""What doctor finds, on the inbox's page of problems and for scripts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from inbox_fixtures import running_inbox, soup, texts
from raw_client import BROWSER, EXTENSION, Client

from earmark.called import earmark_command


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Any]:
    async with running_inbox(tmp_path) as agent:
        yield agent


def report(agent: Any, **changes: Any) -> None:
    """A paired browser says how it is doing."""
    agent.credentials.pair(agent.credentials.new_code(agent.port), BROWSER, EXTENSION, "Firefox")
    condition = {"sent_at": datetime.now(UTC).isoformat(), "extension": agent.version}
    agent.credentials.reported(BROWSER, condition | changes)


def shown(page: Any) -> dict[str, list[str]]:
    """By code, what is said to be wrong and what to do."""
    return {each["data-code"]: texts(each, "h3, p") for each in page.select(".problems li")}


async def test_what_is_wrong_with_a_browser_is_said_with_its_fix(box: Any) -> None:
    report(box, temporary=True, not_granted=["reddit.com"])
    wrong = shown(await soup(box, "/problems"))
    assert wrong.keys() == {"extension_temporary", "sites_not_allowed"}
    message, fix = wrong["extension_temporary"]
    assert "temporary" in message
    assert "earmark extension" in fix
    assert texts(await soup(box, "/"), "nav .badge") == ["2"]


async def test_a_command_is_set_apart_and_left_to_right(box: Any) -> None:
    report(box, temporary=True)
    page = await soup(box, "/problems?ui=fa")
    assert [(each["dir"], each.get_text()) for each in page.select(".problems code")] == [
        ("ltr", f"{earmark_command()} extension")
    ]
    assert "موقت" in page.select_one(".problems h3").get_text()


async def test_without_a_browser_the_page_says_how_and_no_number_is_shown(box: Any) -> None:
    page = await soup(box, "/problems")
    assert shown(page).keys() == {"no_browser"}
    assert page.select("nav .badge, .notice.good") == []


async def test_what_was_looked_at_and_is_in_order_can_be_seen(box: Any) -> None:
    page = await soup(box, "/problems")
    codes = {each["data-code"] for each in page.select("#in-order li")}
    assert {"home_private", "disk_roomy", "log_readable"} <= codes


async def test_what_a_browser_says_is_shown_as_text(box: Any) -> None:
    detail = "<img src=x onerror=alert(1)> `rm -rf`"
    report(box, trouble=[{"code": "plan_refused", "detail": detail}])
    page = await soup(box, "/problems")
    assert page.select("main img") == []
    assert "<img src=x onerror=alert(1)> 'rm -rf'" in shown(page)["plan_refused"][0]
    assert page.select("h3 code") == []


async def test_scripts_get_codes_values_and_words(
    agent: Any, owner: Client, browser: Client
) -> None:
    body = {"sent_at": datetime.now(UTC).isoformat(), "extension": "0", "temporary": True}
    await browser.post("/v1/condition", body)
    report = (await owner.get("/v1/doctor", Accept_Language="tr")).json
    found = {each["code"]: each for each in report["findings"]}
    temporary = found["extension_temporary"]
    assert temporary["values"] == {"browser": "Test browser"}
    assert temporary["problem"] is True
    assert "geçici" in temporary["message"]
    assert f"`{earmark_command()} extension`" in temporary["fix"]
    assert found["home_private"]["fix"] == ""


async def test_a_paired_browser_may_not_read_it(browser: Client) -> None:
    assert (await browser.get("/v1/doctor")).status == 403
