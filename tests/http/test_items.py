"""Items over HTTP: pages, filters, one item under any id, its thread and versions, changes."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from raw_client import EXTENSION, Client

ODD_IDS = [
    "17",
    "forum.example.org/17",
    "forum.example.org:8080/17",
    "a/b/c",
    "..",
    "../x",
    "a?b=c#d",
    "a+b c",
    "100%",
    "%2F",
    "%252F",
    "{id}",
    "~2d711642b726b044",
    "نظر‌ها/۱۲",
    "👋🏽",
    "versions",
    "a/versions",
    "line\nbreak",
    "'\"<&>",
]


def path_of(id: str, after: str = "") -> str:
    return f"/v1/items/forum/{quote(id, safe='')}{after}"


def ids(answer: Any) -> list[str]:
    return [item["id"] for item in answer.json["items"]]


@pytest.mark.parametrize("id", ODD_IDS)
async def test_an_item_answers_under_any_id(browser: Client, stored: Any, id: str) -> None:
    await stored(id, "words")
    answer = await browser.get(path_of(id))
    assert (answer.status, answer.json["id"]) == (200, id)
    for after in ("/versions", "/thread"):
        assert (await browser.get(path_of(id, after))).status == 200
    assert (await browser.send("PATCH", path_of(id), {"state": "done"})).json["state"] == "done"


async def test_an_unknown_item_is_not_found(browser: Client, stored: Any) -> None:
    await stored("1", "words")
    for after in ("", "/versions", "/thread"):
        answer = await browser.get(path_of("2", after))
        assert (answer.status, answer.error) == (404, "not_found")
    answer = await browser.send("PATCH", path_of("2"), {"state": "done"})
    assert (answer.status, answer.error) == (404, "not_found")


async def test_an_item_is_printed_without_private_keys(browser: Client, stored: Any) -> None:
    await stored("1", "words")
    item = (await browser.get(path_of("1"))).json
    assert item["text"] == "words"
    assert not [key for key, value in item.items() if key.startswith("_") or value is None]


async def test_pages_follow_each_other_without_gap_or_repeat(browser: Client, stored: Any) -> None:
    for number in range(7):
        await stored(str(number), f"words {number}")
    seen, query = [], "limit=3"
    while query:
        answer = await browser.get(f"/v1/items?{query}")
        seen += ids(answer)
        following = answer.json.get("next")
        query = f"limit=3&cursor={quote(following)}" if following else ""
    assert seen == [str(number) for number in reversed(range(7))]


async def test_a_page_leads_back_as_well(browser: Client, stored: Any) -> None:
    for number in range(4):
        await stored(str(number), "words")
    first = await browser.get("/v1/items?limit=2")
    second = await browser.get(f"/v1/items?limit=2&cursor={quote(first.json['next'])}")
    back = await browser.get(f"/v1/items?limit=2&cursor={quote(second.json['previous'])}")
    assert ids(back) == ids(first)


@pytest.mark.parametrize("limit", ["0", "-1", "201", "x", "1.5", "٣", "9" * 30, ""])
async def test_a_limit_out_of_range_is_refused(browser: Client, limit: str) -> None:
    assert (await browser.get(f"/v1/items?limit={quote(limit)}")).status == 400


@pytest.mark.parametrize("cursor", ["x", "AAAA", "☃", "'; drop table items;--", "e30=", "9" * 5000])
async def test_a_made_up_cursor_is_refused(browser: Client, stored: Any, cursor: str) -> None:
    await stored("1", "words")
    assert (await browser.get(f"/v1/items?cursor={quote(cursor)}")).status == 400


async def test_filters_narrow_the_page(browser: Client, stored: Any) -> None:
    await stored("1", "the app crashes")
    await stored("2", "wonderful work", kind="review")
    await browser.send("PATCH", path_of("1"), {"state": "open", "add_tags": ["signal:urgent"]})
    for query, found in {
        "text=crashes": ["1"],
        "text=-crashes": ["2"],
        "state=open": ["1"],
        "state=open&state=new": ["2", "1"],
        "tag=signal%3Aurgent": ["1"],
        "kind=review": ["2"],
        "platform=forum": ["2", "1"],
        "platform=other": [],
    }.items():
        assert ids(await browser.get(f"/v1/items?{query}")) == found, query


@given(text=st.text(max_size=30))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_is_searched_for_is_answered(browser: Client, text: str) -> None:
    answer = await browser.get(f"/v1/items?text={quote(text)}")
    assert answer.status == 200 or (answer.status == 400 and answer.error == "bad_query")


async def test_facets_count_what_there_is(browser: Client, stored: Any) -> None:
    await stored("1", "words")
    await stored("2", "words")
    facets = (await browser.get("/v1/facets")).json
    assert {"platform", "language", "tag", "state"} <= facets.keys()
    assert facets["platform"] == [{"value": "forum", "count": 2}]


async def test_a_change_returns_the_item_with_its_new_revision(
    browser: Client, stored: Any
) -> None:
    await stored("1", "words")
    before = await browser.get(path_of("1"))
    changed = await browser.send(
        "PATCH", path_of("1"), {"note": "call back", "add_tags": ["vip"], "spam": False}
    )
    assert changed.status == 200
    assert changed.json["note"] == "call back"
    assert [tag["name"] for tag in changed.json["tags"]] == ["vip"]
    assert changed.json["revision"] > before.json["revision"]
    assert changed.header("ETag") == f'"{changed.json["revision"]}"'


async def test_a_person_says_an_items_language(browser: Client, stored: Any) -> None:
    await stored("1", "words")
    changed = await browser.send("PATCH", path_of("1"), {"language": "az"})
    assert changed.json["language"] == {"tag": "az", "confidence": 1.0, "source": "you"}
    refused = await browser.send("PATCH", path_of("1"), {"language": "xx"})
    assert (refused.status, refused.error) == (422, "bad_patch")


@pytest.mark.parametrize("written", ["{}", '"{}"', 'W/"{}"'])
async def test_a_change_based_on_an_old_revision_is_refused(
    browser: Client, stored: Any, written: str
) -> None:
    await stored("1", "words")
    old = (await browser.get(path_of("1"))).json["revision"]
    headers = {"If_Match": written.format(old)}
    first = await browser.send("PATCH", path_of("1"), {"state": "open"}, **headers)
    second = await browser.send("PATCH", path_of("1"), {"state": "done"}, **headers)
    assert (first.status, second.status) == (200, 412)
    assert (await browser.get(path_of("1"))).json["state"] == "open"


@pytest.mark.parametrize("given_match", ["x", "-1", '"1", "2"', ""])
async def test_a_revision_that_is_none_is_refused(
    browser: Client, stored: Any, given_match: str
) -> None:
    await stored("1", "words")
    headers = {"If_Match": given_match}
    answer = await browser.send("PATCH", path_of("1"), {"state": "open"}, **headers)
    assert answer.status == 400
    assert (await browser.get(path_of("1"))).json["state"] == "new"


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"state": "finished"}, "state"),
        ({"text": "forged"}, "text"),
        ({"author": {"name": "forged"}}, "author"),
        ({"revision": 1}, "revision"),
        ({"_complete": True}, "_complete"),
        ({"spam": "yes"}, "spam"),
        ({"add_tags": "vip"}, "add_tags"),
        ({"add_tags": [""]}, "add_tags[0]"),
        ({"note": 7}, "note"),
        ({"language": "turkish"}, "language"),
    ],
)
async def test_only_what_people_say_about_an_item_can_be_changed(
    browser: Client, stored: Any, patch: dict[str, Any], field: str
) -> None:
    await stored("1", "words")
    before = (await browser.get(path_of("1"))).json
    answer = await browser.send("PATCH", path_of("1"), patch)
    assert (answer.status, answer.error) == (400, "malformed")
    assert answer.json["error"]["message"].startswith(f"{field} must be")
    assert (await browser.get(path_of("1"))).json == before


async def test_lookup_names_those_that_are_known(browser: Client, stored: Any) -> None:
    await stored("a/1", "words")
    keys = [{"platform": "forum", "id": "a/1"}, {"platform": "forum", "id": "2"}]
    answer = await browser.post("/v1/items/lookup", {"keys": keys}, Origin=EXTENSION)
    assert ids(answer) == ["a/1"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"keys": {}},
        {"keys": [{"platform": "x"}]},
        {"keys": [{"platform": "x", "id": "1"}] * 201},
    ],
)
async def test_a_malformed_lookup_is_refused(browser: Client, body: Any) -> None:
    assert (await browser.post("/v1/items/lookup", body)).status == 400


async def test_versions_and_thread_of_an_edited_reply(browser: Client, stored: Any) -> None:
    await stored("1", "the question")
    await stored("2", "the answer", kind="reply", parent_id="1", root_id="1")
    await stored("2", "the answer, better", kind="reply", parent_id="1", root_id="1")
    versions = (await browser.get(path_of("2", "/versions"))).json["versions"]
    assert [version["text"] for version in versions] == ["the answer"]
    assert ids(await browser.get(path_of("2", "/thread"))) == ["1", "2"]


async def test_doctor_says_who_is_paired_and_what_is_wrong(
    owner: Client, browser: Client, agent: Any, stored: Any
) -> None:
    await stored("1", "words")
    found = (await owner.get("/v1/doctor")).json
    assert found["version"] == agent.version
    assert [each["name"] for each in found["browsers"]] == ["Test browser"]
    assert (found["plugins"], found["not_understood"]) == ([], [])
