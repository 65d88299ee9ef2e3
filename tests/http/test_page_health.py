"""How a page is heard, over HTTP; `tests/intake/test_capture_health.py` is about what that is."""

from __future__ import annotations

from raw_client import Client

PAGE = {"url": "https://forum.example/t/1", "captured_at": "2026-11-21T20:00:00Z", "visit": "v"}
REPORT = {"page": PAGE, "elements": 0, "empty": False}


async def test_a_browser_reports_a_page_and_is_told_how_it_is_heard(browser: Client) -> None:
    told = await browser.post("/v1/page-reports", REPORT)
    assert told.status == 200
    assert told.json == {"platform": "", "verdict": "empty", "captured": 0, "ask": False}


async def test_what_is_heard_of_a_page_is_for_those_who_are_paired(anyone: Client) -> None:
    assert (await anyone.post("/v1/page-reports", REPORT)).status == 401
    assert (await anyone.get("/v1/page-health?url=https://forum.example/")).status == 401


async def test_a_question_about_no_page_is_answered_with_what_to_ask(browser: Client) -> None:
    told = await browser.get("/v1/page-health")
    assert told.status == 400
    assert told.json["error"]["code"] == "no_url"


async def test_a_malformed_report_is_refused(browser: Client) -> None:
    for wrong in ({"elements": -1}, {"elements": 10**9}, {"page": {"url": "file:///etc"}}):
        assert (await browser.post("/v1/page-reports", REPORT | wrong)).status == 400


async def test_somebody_says_that_a_site_is_read_rightly(browser: Client) -> None:
    about = {"url": PAGE["url"], "platform": "forum", "right": True}
    told = await browser.post("/v1/verifications", about)
    assert told.status == 200
    assert {key: told.json[key] for key in ("platform", "host", "right")} == {
        "platform": "forum",
        "host": "forum.example",
        "right": True,
    }
