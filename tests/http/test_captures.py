"""What the door does with captured fragments before they are taken in."""

from __future__ import annotations

import gzip
import json
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from raw_client import EXTENSION, Client

from earmark.web.api_captures import FRAGMENT, PAGE, check
from earmark.web.shapes import Malformed

MOMENT = "2026-11-21T20:00:00Z"


def fragment(**changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "ref": "r1",
        "kind": "element",
        "selector": "tr.comtr",
        "url": "https://forum.example/1",
        "markup": "<p>hello</p>",
        "ancestors": ["<div class='thread'>"],
        "parent_ref": "",
        "order": 3,
        "outline": 40,
        "seen": True,
        "complete": True,
        "captured_at": MOMENT,
    } | changes


def batch(*fragments: Any, **changes: Any) -> dict[str, Any]:
    page = {
        "visit": "v1",
        "url": "https://forum.example/1",
        "title": "A thread",
        "ui_languages": ["fa", "en"],
        "utc_offset": 210,
        "markers": [],
        "captured_at": MOMENT,
    }
    made = {"batch": "b1", "sent_at": MOMENT, "page": page, "fragments": list(fragments)}
    return made | changes


@pytest.fixture
def extension(browser: Client) -> Client:
    """A paired extension, as Chromium sends its POSTs."""
    return browser.as_(Origin=EXTENSION)


async def test_a_good_batch_reaches_the_intake_as_it_came(extension: Client, agent: Any) -> None:
    sent = batch(fragment(), fragment(kind="response", json={"a": [1]}))
    answer = await extension.post("/v1/captures", sent)
    assert answer.status == 200
    assert agent.intake.batches == [sent]
    assert [result["status"] for result in answer.json["results"]] == ["stored", "stored"]


async def test_a_compressed_batch_is_read(extension: Client, agent: Any) -> None:
    sent = batch(fragment())
    body = gzip.compress(json.dumps(sent).encode())
    headers = {"Content_Type": "application/json", "Content_Encoding": "gzip"}
    assert (await extension.send("POST", "/v1/captures", body=body, **headers)).status == 200
    assert agent.intake.batches == [sent]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"kind": "video"}, "fragment.kind must be one of element, context, response, selection."),
        ({"kind": None}, "fragment.kind must be given."),
        ({"markup": "x" * (2 * 1024 * 1024 + 1)}, "fragment.markup must be a string of 0 to"),
        ({"markup": "ش" * 1_100_000}, "fragment.markup must be a string of 0 to"),
        ({"markup": None}, "fragment.markup must be given."),
        ({"kind": "response"}, "fragment.json must be given."),
        ({"ancestors": ["<a>"] * 13}, "fragment.ancestors must be a list of at most 12."),
        ({"ancestors": ["<a>", 7]}, "fragment.ancestors[1] must be a string."),
        ({"url": "javascript:alert(1)"}, "fragment.url must be an http or https URL."),
        ({"url": "http://[broken"}, "fragment.url must be an http or https URL."),
        ({"order": True}, "fragment.order must be a number."),
        ({"outline": "40"}, "fragment.outline must be a number."),
        ({"outline": float("1e300")}, "fragment.outline must be between"),
        ({"seen": "yes"}, "fragment.seen must be true or false."),
        ({"captured_at": "yesterday"}, "fragment.captured_at must be a time like"),
        ({"captured_at": "2026-11-21T20:00:00"}, "fragment.captured_at must be a time like"),
        ({"id": "../../etc"}, "fragment.id must be a UUID."),
    ],
)
async def test_a_bad_fragment_is_refused_and_its_neighbours_are_not(
    extension: Client, agent: Any, change: dict[str, Any], error: str
) -> None:
    bad, first, last = fragment(**change), fragment(), fragment()
    answer = await extension.post("/v1/captures", batch(first, bad, last))
    results = answer.json["results"]
    assert [result["status"] for result in results] == ["stored", "refused", "stored"]
    assert results[1]["fragment"] == bad["id"]
    assert results[1]["error"].startswith(error)
    assert [f["id"] for f in agent.intake.batches[0]["fragments"]] == [first["id"], last["id"]]


@pytest.mark.parametrize("bad", [None, 7, "x", [], {}, {"id": None}, {"id": 7}, {"id": ["x"]}])
async def test_what_is_no_fragment_is_refused(extension: Client, agent: Any, bad: Any) -> None:
    answer = await extension.post("/v1/captures", batch(bad))
    (result,) = answer.json["results"]
    assert result["status"] == "refused"
    assert agent.intake.batches == []


async def test_one_id_twice_in_a_batch_is_taken_once(extension: Client, agent: Any) -> None:
    one = fragment()
    answer = await extension.post("/v1/captures", batch(one, {**one, "markup": "<p>other</p>"}))
    assert [result["status"] for result in answer.json["results"]] == ["stored", "refused"]
    assert agent.intake.batches[0]["fragments"] == [one]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"batch": None}, "batch"),
        ({"batch": ""}, "batch"),
        ({"sent_at": "now"}, "sent_at"),
        ({"page": None}, "page"),
        ({"page": []}, "page"),
        ({"page": {"captured_at": MOMENT}}, "page.url"),
        ({"page": {"url": "https://a.example/"}}, "page.captured_at"),
        ({"page": {"url": "file:///etc/passwd", "captured_at": MOMENT}}, "page.url"),
        ({"page": {"url": "chrome://settings", "captured_at": MOMENT}}, "page.url"),
        ({"fragments": None}, "fragments"),
        ({"fragments": {}}, "fragments"),
    ],
)
async def test_a_malformed_batch_is_told_which_field(
    extension: Client, agent: Any, changes: dict[str, Any], path: str
) -> None:
    answer = await extension.post("/v1/captures", batch(fragment(), **changes))
    assert (answer.status, answer.error) == (400, "malformed")
    assert answer.json["error"]["message"].startswith(f"{path} must be")
    assert agent.intake.batches == []


async def test_more_than_500_fragments_are_too_many(extension: Client, agent: Any) -> None:
    answer = await extension.post("/v1/captures", batch(*[{}] * 501))
    assert (answer.status, answer.error) == (413, "too_many_fragments")
    assert agent.intake.batches == []


async def test_500_fragments_are_not_too_many(extension: Client, agent: Any) -> None:
    answer = await extension.post("/v1/captures", batch(*[fragment() for _ in range(500)]))
    assert answer.status == 200
    assert len(agent.intake.batches[0]["fragments"]) == 500


async def test_an_empty_batch_is_answered_empty(extension: Client) -> None:
    answer = await extension.post("/v1/captures", batch())
    assert answer.json == {"results": []}


async def test_half_characters_do_not_come_in(extension: Client, agent: Any) -> None:
    body = json.dumps(batch(fragment(markup="<p>\ud83d</p>", json={"\ud83d": 1}))).encode()
    answer = await extension.send(
        "POST", "/v1/captures", body=body, Content_Type="application/json"
    )
    assert answer.status == 200
    (taken,) = agent.intake.batches[0]["fragments"]
    assert taken["markup"] == "<p>\ufffd</p>"
    assert taken["json"] == {"\ufffd": 1}


async def test_whole_characters_come_in_however_they_are_written(
    extension: Client, agent: Any
) -> None:
    for ascii_only in (True, False):
        body = json.dumps(batch(fragment(markup="سلام 👋🏽")), ensure_ascii=ascii_only).encode()
        await extension.send("POST", "/v1/captures", body=body, Content_Type="application/json")
    texts = [taken["fragments"][0]["markup"] for taken in agent.intake.batches]
    assert texts == ["سلام 👋🏽"] * 2


async def test_a_field_of_a_newer_sender_is_passed_on(extension: Client, agent: Any) -> None:
    await extension.post("/v1/captures", batch(fragment(again=True)))
    assert agent.intake.batches[0]["fragments"][0]["again"] is True


async def test_a_sender_cannot_pretend_a_result(extension: Client, agent: Any) -> None:
    answer = await extension.post("/v1/captures", batch(fragment(status="stored", items=["x"])))
    assert answer.json["results"][0]["items"] == []
    assert len(agent.intake.batches) == 1


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*FRAGMENT.fields, "x"]), ANY_JSON) | ANY_JSON)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_no_json_at_all_breaks_the_check(value: Any) -> None:
    outcome = check(value)
    assert outcome.get("status") == "refused" or outcome["id"]


@given(st.dictionaries(st.sampled_from([*PAGE.fields, "x"]), ANY_JSON))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_page_is_good_or_its_bad_field_is_named(value: dict[str, Any]) -> None:
    try:
        told = PAGE.check(value, "page")["url"]
    except Malformed as error:
        told = error.message
    assert told.startswith(("page.", "http"))
