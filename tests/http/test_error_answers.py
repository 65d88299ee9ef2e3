"""One clear error each, and nothing of a page, a person or a secret in the agent's own log."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from raw_client import Client

from earmark.errors import EarmarkError, PluginRaised


def fail_with(agent: Any, error: Exception) -> None:
    def plan() -> Any:
        raise error

    agent.plugins.plan = plan


async def test_a_fault_of_ours_says_so_and_hides_its_text(
    agent: Any, browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    fail_with(agent, ValueError("what somebody wrote\r\n\x1b[31mforged line"))
    answer = await browser.get("/v1/plan?q=searched-for")
    assert (answer.status, answer.error) == (500, "internal")
    assert "somebody" not in answer.body.decode()
    for unwanted in ("somebody", "\x1b", "searched-for", "Bearer"):
        assert unwanted not in caplog.text
    (line,) = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert "ValueError at test_error_answers.py:" in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (EarmarkError("What happened.", "What to do."), 400, "error"),
        (EarmarkError("Changed.", "Reload.", code="conflict", status=412), 412, "conflict"),
        (PluginRaised("reddit", "It raised."), 500, "plugin_raised"),
    ],
)
async def test_an_error_for_people_is_told_as_it_is(
    agent: Any, browser: Client, error: EarmarkError, status: int, code: str
) -> None:
    fail_with(agent, error)
    answer = await browser.get("/v1/plan")
    assert (answer.status, answer.error) == (status, code)
    assert answer.json == error.as_json()


async def test_no_request_leaves_a_trace_of_its_address(
    agent: Any, owner: Client, anyone: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    url = (await owner.post("/v1/sign-in-links", {})).json["url"]
    await anyone.get(url.partition(str(agent.port))[2])
    await anyone.get("/v1/items?text=searched-for")
    assert url.rpartition("/")[2] not in caplog.text
    assert "searched-for" not in caplog.text
    assert agent.control_secret not in caplog.text


async def test_people_get_a_page_and_programs_get_json(inbox: Client) -> None:
    page, program = await inbox.get("/nothing"), await inbox.get("/v1/nothing")
    assert page.header("Content-Type") == "text/html; charset=utf-8"
    assert program.header("Content-Type") == "application/json; charset=utf-8"
    assert page.status == program.status == 404


@pytest.mark.parametrize(
    "address",
    ["/%3Cforged%3E?%22%3E%3Cforged=%3Cforged%3E", "/%22%20forged=%22", "/x?%27%3E%3Cforged"],
)
async def test_a_page_never_takes_markup_from_the_address(inbox: Client, address: str) -> None:
    answer = await inbox.get(address)
    assert answer.status == 404
    assert b"<forged" not in answer.body
    assert b" forged=" not in answer.body


@pytest.mark.parametrize("address", ["/%2Fevil.example", "/%5Cevil.example", "/%09/evil.example"])
async def test_no_link_of_a_page_leads_away(inbox: Client, address: str) -> None:
    page = (await inbox.get(address)).body.decode()
    links = re.findall(r'(?:href|action)="([^"]*)"', page)
    assert links
    for link in links:
        assert re.match(r"#|/(?![/\\\t])", link), link


async def test_the_plan_is_sent_again_only_when_it_changed(agent: Any, browser: Client) -> None:
    first = await browser.get("/v1/plan")
    etag = first.header("ETag")
    assert etag
    assert first.json["plan"] == "p1"
    for known in (etag, f'"other", {etag}', f"W/{etag}", "*"):
        again = await browser.get("/v1/plan", If_None_Match=known)
        assert (again.status, again.body) == (304, b"")
    agent.plugins.plan = lambda: {"plan": "p2", "api": 1, "platforms": []}
    assert (await browser.get("/v1/plan", If_None_Match=etag)).json["plan"] == "p2"
