"""Terms and accounts over HTTP: entered, changed, tried on the archive, learned from."""

from __future__ import annotations

from typing import Any

import pytest
from raw_client import Client

from earmark.store.edit import patch_item
from earmark.store.log import Log

TAG = "about:brand:Acme"


async def patch(log: Log, id: str, **what: Any) -> None:
    await log.awrite(lambda connection: patch_item(connection, "forum", id, what))


async def test_a_term_is_added_changed_and_deleted(owner: Client) -> None:
    added = await owner.send("POST", "/v1/terms", {"name": "Acme", "aliases": ["acm"]})
    assert added.status == 201
    target = f"/v1/terms/{added.json['id']}"
    changed = await owner.ask("PATCH", target, {"aliases": ["acmee"], "purpose": "complaints"})
    assert changed == (await owner.get(target)).json
    assert (changed["aliases"], changed["purpose"]) == (["acmee"], "complaints")
    assert (await owner.get("/v1/choices")).json["terms"] == ["Acme"]
    assert (await owner.ask("DELETE", target)) == changed
    assert (await owner.get(target)).status == 404
    assert (await owner.get("/v1/terms")).json == {"terms": []}


@pytest.mark.parametrize(
    ("method", "target", "value", "status", "code"),
    [
        ("POST", "/v1/terms", {}, 400, "malformed"),
        ("POST", "/v1/terms", {"name": "!!"}, 400, "bad_choice"),
        ("POST", "/v1/terms", {"name": "A", "kind": "thing"}, 400, "bad_choice"),
        ("POST", "/v1/terms", {"name": "A", "other": 1}, 400, "malformed"),
        ("PATCH", "/v1/terms/7", {"name": "A"}, 404, "no_such_term"),
        ("DELETE", "/v1/terms/7", None, 404, "no_such_term"),
        ("POST", "/v1/terms/preview", {"id": 7, "term": {"name": "A"}}, 404, "no_such_term"),
        ("POST", "/v1/terms/preview", {"term": {}}, 400, "bad_choice"),
        ("POST", "/v1/terms/import", {"text": "name,colour\na,b"}, 400, "bad_choice"),
        ("POST", "/v1/accounts", {"handle": "@"}, 400, "bad_choice"),
        ("DELETE", "/v1/accounts/7", None, 404, "no_such_account"),
    ],
)
async def test_what_cannot_be_is_told(
    owner: Client, method: str, target: str, value: Any, status: int, code: str
) -> None:
    answer = await owner.send(method, target, value)
    assert (answer.status, answer.error) == (status, code)
    assert (await owner.get("/v1/terms")).json == {"terms": []}


async def test_a_paired_browser_neither_reads_nor_changes_terms(browser: Client) -> None:
    assert (await browser.get("/v1/terms")).status == 403
    assert (await browser.send("POST", "/v1/terms", {"name": "A"})).status == 403
    assert (await browser.get("/v1/accounts")).status == 403


async def test_the_last_name_is_not_deleted_while_it_is_needed(owner: Client) -> None:
    term = await owner.ask("POST", "/v1/terms", {"name": "Acme"})
    await owner.ask("PATCH", "/v1/choices", {"elsewhere": "about_us"})
    answer = await owner.send("DELETE", f"/v1/terms/{term['id']}")
    assert (answer.status, answer.error) == (409, "nobody_to_listen_for")


async def test_a_preview_shows_what_a_change_would_do(owner: Client, stored: Any) -> None:
    await stored("1", "acme is down")
    await stored("2", "acme pie, please", tags=[{"name": TAG, "by": "terms", "because": "“acme”"}])
    term = {"name": "Acme"}
    told = await owner.ask("POST", "/v1/terms/preview", {"term": term})
    assert [sample["id"] for sample in told["newly"]["samples"]] == ["1"]
    kept = await owner.ask("POST", "/v1/terms", term)
    draft = {"id": kept["id"], "term": {"exclusions": ["acme pie"]}}
    told = await owner.ask("POST", "/v1/terms/preview", draft)
    assert [sample["id"] for sample in told["lost"]["samples"]] == ["2"]
    assert "exclusions" not in (await owner.get(f"/v1/terms/{kept['id']}")).json


async def test_many_terms_come_at_once_and_only_once(owner: Client) -> None:
    text = "name;kind;aliases\nAcme;brand;acm|acme co\nRoadrunner;competitor;\n"
    assert await owner.ask("POST", "/v1/terms/import", {"text": text}) == {"added": 2, "known": 0}
    again = await owner.ask("POST", "/v1/terms/import", {"text": f"{text}Coyote;person"})
    assert again == {"added": 1, "known": 2}
    found = (await owner.get("/v1/terms")).json["terms"]
    assert [(term["name"], term["kind"]) for term in found] == [
        ("Acme", "brand"),
        ("Roadrunner", "competitor"),
        ("Coyote", "person"),
    ]
    assert found[0]["aliases"] == ["acm", "acme co"]


async def test_terms_tell_how_much_of_them_people_call_noise(
    owner: Client, stored: Any, log: Log
) -> None:
    await owner.ask("POST", "/v1/terms", {"name": "Acme"})
    tag = {"name": TAG, "by": "terms", "because": "“acme”"}
    for number in range(5):
        await stored(str(number), f"acme {number}", tags=[tag])
    await patch(log, "0", remove_tags=[TAG])
    await patch(log, "1", spam=True)
    await patch(log, "2", state="ignored")
    await patch(log, "3", note="write to her")
    [term] = (await owner.get("/v1/terms")).json["terms"]
    used = {"items": 4, "decided": 4, "noise": 3, "acted": 3, "noise_rate": 0.75}
    assert term["use"] == used | {"may_be_retired": False}


async def test_a_term_that_nobody_acts_on_may_be_retired(
    owner: Client, agent: Any, stored: Any, log: Log
) -> None:
    term = await owner.ask("POST", "/v1/terms", {"name": "Acme"})
    long_ago = [term | {"added_at": "2020-01-01T00:00:00Z"}]
    agent.choices.change_terms(lambda terms: long_ago)
    tag = {"name": TAG, "by": "terms", "because": "“acme”"}

    async def may_be_retired() -> bool:
        [told] = (await owner.get("/v1/terms")).json["terms"]
        return bool(told["use"]["may_be_retired"])

    for number in range(9):
        await stored(str(number), f"acme {number}", tags=[tag])
    assert not await may_be_retired(), "too few to tell"
    await stored("9", "acme 9", tags=[tag])
    assert await may_be_retired()
    await patch(log, "3", note="write to her")
    assert not await may_be_retired()


async def test_what_people_keep_writing_is_suggested_as_an_alias(
    owner: Client, stored: Any
) -> None:
    await owner.ask("POST", "/v1/terms", {"name": "Netflix"})

    async def say(word: str, *authors: str) -> None:
        for number, author in enumerate(authors):
            await stored(f"{word}{number}", f"my {word} again", author={"handle": author})

    await say("nflx", "mira", "can", "mira")
    await say("netfilx", "mira", "can", "mira")
    await say("netflx", "mira", "can")  # too seldom
    await say("netfix", "mira", "mira", "mira")  # one person
    found = (await owner.get("/v1/terms/suggestions")).json["aliases"]
    assert [(each["alias"], each["is_found"]) for each in found] == [
        ("netfilx", True),
        ("nflx", False),
    ]
    assert (found[1]["items"], found[1]["authors"], found[1]["name"]) == (3, 2, "Netflix")
    await owner.ask("PATCH", f"/v1/terms/{found[0]['term']}", {"aliases": ["nflx", "netfilx"]})
    assert (await owner.get("/v1/terms/suggestions")).json == {"aliases": []}


async def test_accounts_are_entered_once_and_suggested_from_what_is_seen(
    owner: Client, stored: Any
) -> None:
    await owner.ask("POST", "/v1/terms", {"name": "Acme"})
    await stored("1", "hello", author={"handle": "@AcmeSupport"})
    await stored("2", "hello", author={"handle": "acmefan"})
    await stored("3", "again", author={"handle": "@AcmeSupport"})
    suggestions = (await owner.get("/v1/accounts/suggestions")).json["accounts"]
    told = {"platform": "forum", "handle": "acmesupport", "brand": "Acme", "items": 2}
    assert suggestions == [told]
    account = {key: told[key] for key in ("platform", "handle", "brand")} | {"support": True}
    kept = await owner.ask("POST", "/v1/accounts", account)
    assert (await owner.get("/v1/accounts/suggestions")).json == {"accounts": []}
    again = await owner.ask("POST", "/v1/accounts", {"handle": "AcmeSupport", "platform": "forum"})
    assert again == kept | {"handle": "AcmeSupport"}
    assert (await owner.get("/v1/accounts")).json == {"accounts": [again]}
    await owner.ask("DELETE", f"/v1/accounts/{kept['id']}")
    assert (await owner.get("/v1/accounts")).json == {"accounts": []}


async def test_terms_are_applied_as_a_run(owner: Client, agent: Any) -> None:
    class Runs:
        async def apply_terms(self) -> int:
            return 7

        async def state(self, number: int) -> dict[str, Any]:
            return {"run": number, "kind": "terms", "status": "reading"}

    agent.runs = Runs()
    answer = await owner.send("POST", "/v1/runs", {"kind": "terms"})
    assert (answer.status, answer.json["run"]) == (202, 7)
