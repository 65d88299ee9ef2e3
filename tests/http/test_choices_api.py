"""Choosing over HTTP: who may, what comes back, and how the extension learns of it."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from raw_client import EXTENSION, Client

ACME = {"terms": ["Acme"], "sites": [{"site": "www.Reddit.com", "keep": "about_us"}]}
MOMENT = "2026-11-21T20:00:00Z"


async def patch(client: Client, value: Any) -> Any:
    return await client.send("PATCH", "/v1/choices", value)


async def test_what_is_chosen_comes_back_tidied_and_stays(owner: Client) -> None:
    answer = await patch(owner, ACME)
    assert answer.status == 200
    assert answer.json["sites"] == [{"site": "reddit.com", "keep": "about_us"}]
    assert answer.json["elsewhere"] == "everything"
    assert (await owner.get("/v1/choices")).json == answer.json


async def test_a_signed_in_inbox_may_choose(inbox: Client) -> None:
    assert (await patch(inbox, {"elsewhere": "by_hand"})).status == 200
    assert (await inbox.get("/v1/choices")).json["elsewhere"] == "by_hand"


@pytest.mark.parametrize("target", ["/v1/choices", "/v1/site-sets"])
async def test_neither_an_extension_nor_anyone_else_may_see_the_choices(
    browser: Client, anyone: Client, target: str
) -> None:
    assert (await browser.get(target)).status == 403
    assert (await anyone.get(target)).status == 401


async def test_neither_an_extension_nor_another_site_may_choose(
    browser: Client, inbox: Client, owner: Client
) -> None:
    assert (await patch(browser.as_(Origin=EXTENSION), {"terms": ["x"]})).status == 403
    foreign = inbox.as_(Origin="https://evil.example", Sec_Fetch_Site="cross-site")
    assert (await patch(foreign, {"terms": ["x"]})).status == 403
    assert (await owner.get("/v1/choices")).json["terms"] == []


@pytest.mark.parametrize(
    ("value", "status", "code"),
    [
        ([], 400, "malformed"),
        ({"site": []}, 400, "malformed"),
        ({"sites": [{"site": "reddit.com"}]}, 400, "malformed"),
        ({"sites": [{"site": "two words", "keep": "by_hand"}]}, 400, "bad_site"),
        ({"sites": [{"site": "a\x00.example", "keep": "by_hand"}]}, 400, "bad_site"),
        ({"sites": [{"site": "xn--\ud800", "keep": "by_hand"}]}, 400, "bad_site"),
        ({"elsewhere": "all"}, 400, "malformed"),
        ({"terms": ["\u202e"]}, 400, "bad_choice"),
        ({"terms": ["x"] * 20_001}, 400, "malformed"),
        ({"terms": ["x" * 201]}, 400, "bad_choice"),
        ({"accounts": [{"handle": "a", "platform": "../x"}]}, 400, "bad_choice"),
        ({"first_run": {"seen": ["a b"]}}, 400, "bad_choice"),
        ({"elsewhere": "about_us"}, 409, "nobody_to_listen_for"),
    ],
)
async def test_what_cannot_be_chosen_is_told_and_changes_nothing(
    owner: Client, value: Any, status: int, code: str
) -> None:
    before = (await owner.get("/v1/choices")).json
    answer = await patch(owner, value)
    assert (answer.status, answer.error) == (status, code)
    assert answer.json["error"]["message"]
    assert (await owner.get("/v1/choices")).json == before


async def test_as_many_choices_as_there_is_room_for_are_taken(owner: Client) -> None:
    sites = [{"site": f"s{n}.example", "keep": "about_us"} for n in range(2000)]
    terms = [f"ترم {n} — {'ş' * 150}" for n in range(5000)]
    answer = await patch(owner, {"sites": sites, "terms": terms})
    assert (answer.status, len(answer.json["sites"]), len(answer.json["terms"])) == (
        200,
        2000,
        5000,
    )


async def test_a_null_leaves_a_part_as_it_is(owner: Client) -> None:
    await patch(owner, ACME)
    assert (await patch(owner, {"terms": None, "elsewhere": "by_hand"})).json["terms"] == ["Acme"]


async def test_the_plan_tells_an_extension_of_the_sites_and_nothing_else(
    owner: Client, browser: Client
) -> None:
    await patch(owner, ACME | {"accounts": [{"handle": "secret_handle"}]})
    answer = await browser.get("/v1/plan")
    assert answer.json["choices"] == {
        "sites": [
            {
                "site": "reddit.com",
                "keep": "about_us",
                "patterns": ["https://reddit.com/*", "https://*.reddit.com/*"],
                "label": "Reddit",
            }
        ],
        "conversations": [],
        "elsewhere": "everything",
    }
    assert "secret_handle" not in json.dumps(answer.json)
    assert "Acme" not in json.dumps(answer.json)


async def test_a_change_of_the_choices_is_a_new_plan_of_the_same_platforms(
    owner: Client, browser: Client
) -> None:
    first = await browser.get("/v1/plan")
    tag = first.header("ETag")
    assert (await browser.get("/v1/plan", If_None_Match=tag)).status == 304
    await patch(owner, {"terms": ["Acme"]})
    assert (await browser.get("/v1/plan", If_None_Match=tag)).status == 304, "not its business"
    await patch(owner, ACME)
    second = await browser.get("/v1/plan", If_None_Match=tag)
    assert second.status == 200
    assert second.header("ETag") != tag
    assert second.json["plan"] == first.json["plan"]


async def test_the_sets_say_how_each_site_is_read(owner: Client, agent: Any) -> None:
    agent.plugins.entries = [{"name": "reddit", "matches": ["https://*.reddit.com/r/*"]}]
    answer = await owner.get("/v1/site-sets")
    assert [each["name"] for each in answer.json["sets"]] == ["social", "forums", "shops"]
    read = {s["site"]: s["read"] for each in answer.json["sets"] for s in each["sites"]}
    assert read["reddit.com"] == "plugin"
    assert read["digikala.com"] == "as_page_tells"


async def test_a_page_captured_by_hand_is_told_to_the_intake(browser: Client, agent: Any) -> None:
    fragment = {"id": str(uuid.uuid4()), "kind": "element", "markup": "<p>x"}
    page = {"url": "https://a.example/", "captured_at": MOMENT, "by_hand": True}
    batch = {"batch": "b1", "page": page, "fragments": [fragment]}
    extension = browser.as_(Origin=EXTENSION)
    assert (await extension.post("/v1/captures", batch)).status == 200
    assert agent.intake.batches[0]["page"]["by_hand"] is True
    batch["page"] = page | {"by_hand": "yes"}
    answer = await extension.post("/v1/captures", batch)
    assert (answer.status, answer.json["error"]["message"]) == (
        400,
        "page.by_hand must be true or false.",
    )


# -- what the popup may switch ---------------------------------------------------------------------

CHAT = "https://chat.example.org/#@ilinca"
FORUM = {"name": "chat", "label": "Chat", "matches": [], "messages": ["https://chat.example.org/*"]}


@pytest.fixture
def chat(agent: Any) -> Any:
    """A platform with messages."""
    agent.plugins.entries.append(FORUM)
    yield
    agent.plugins.entries.remove(FORUM)


async def switch(client: Client, url: str, **wishes: bool) -> Any:
    return await client.send("POST", "/v1/page-choices", {"url": url, **wishes})


async def test_a_browser_may_switch_responses_on_and_off_for_the_site_of_its_page(
    owner: Client, browser: Client
) -> None:
    await patch(owner, ACME)
    mine = browser.as_(Origin=EXTENSION)
    answer = await switch(mine, "https://old.reddit.com/r/x?y=1", responses=True)
    assert answer.json["choices"]["sites"][0]["responses"] is True
    kept = {"site": "reddit.com", "keep": "about_us"}
    assert (await owner.get("/v1/choices")).json["sites"] == [kept | {"responses": True}]
    await switch(mine, "https://www.reddit.com/", responses=False)
    assert (await owner.get("/v1/choices")).json["sites"] == [kept]


async def test_a_site_nobody_chose_becomes_one_kept_as_everything_else(
    owner: Client, browser: Client
) -> None:
    await patch(owner, {"elsewhere": "by_hand"})
    await switch(browser, "https://www.new.example/1", responses=True)
    assert (await owner.get("/v1/choices")).json["sites"] == [
        {"site": "new.example", "keep": "by_hand", "responses": True}
    ]


async def test_a_conversation_is_kept_and_stopped_by_its_whole_address(
    owner: Client, browser: Client, chat: None
) -> None:
    other = CHAT + "2"
    for url in (CHAT, other, CHAT):
        assert (await switch(browser, url, messages=True, conversation=True)).status == 200
    chosen = (await owner.get("/v1/choices")).json
    assert [each["url"] for each in chosen["conversations"]] == [other, CHAT]
    answer = await switch(browser, other, conversation=False)
    site = "chat.example.org"
    assert answer.json["choices"]["conversations"] == [{"site": site, "url": CHAT}]


@pytest.mark.parametrize(
    ("url", "wishes"),
    [
        ("https://forum.example.org/t/1", {"conversation": True}),
        ("https://chat.example.org./x", {"terms": ["x"]}),
        ("about:blank", {"responses": True}),
        ("https://chat.example.org/", {"conversation": "yes"}),
    ],
)
async def test_nothing_else_can_be_switched_by_a_browser(
    owner: Client, browser: Client, chat: None, url: str, wishes: Any
) -> None:
    before = (await owner.get("/v1/choices")).json
    assert (await switch(browser, url, **wishes)).status in (400, 409)
    assert (await owner.get("/v1/choices")).json == before


async def test_an_organisation_can_forbid_messages(
    owner: Client, browser: Client, chat: None, agent: Any
) -> None:
    agent.policy.path.write_text(json.dumps({"messages": False}), encoding="utf-8")
    answer = await switch(browser, CHAT, messages=True, conversation=True)
    assert (answer.status, answer.error) == (409, "not_here")
    assert (await owner.get("/v1/choices")).json["sites"] == []
    assert (await switch(browser, CHAT, conversation=False)).status == 200


async def test_nobody_switches_without_a_credential(anyone: Client) -> None:
    assert (await switch(anyone, CHAT, responses=True)).status == 401
