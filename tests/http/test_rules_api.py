"""Rules over HTTP: kept, tried, applied and undone; and why an item is tagged or is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from earmark.keeping.tag_rules import TagRules
from earmark.ruling import Ruling
from earmark.store import runs
from earmark.store.log import Log
from earmark.store.ruled_items import one
from earmark.store.undo import undo

TOML = """# Mine.
[[rule]]
name = "late"
when = 'late OR lost'
add_tags = ["about:shipping"]
state = "open"
matches = ["so late"]
"""


class Workers:
    """Does in this process what workers do, through JSON as they do."""

    async def call(self, function: Any, *args: Any, timeout: float, plugin: str = "") -> Any:
        return json.loads(json.dumps(function(*json.loads(json.dumps(args)))))


class RunsOfRules:
    """As much of the agent's runs as these routes ask for; done at once."""

    def __init__(self, log: Log, ruling: Ruling) -> None:
        self.log, self.ruling = log, ruling

    async def apply_rules(self, rules: Any, names: Any) -> int:
        run = await self.log.awrite(lambda conn: runs.begin(conn, "rules", {"rules": names}))
        told = await self.ruling.apply(run, rules, names, lambda *_: None)
        await self.log.awrite(lambda conn: runs.mark(conn, run, runs.DONE, told))
        return run

    async def state(self, number: int) -> Any:
        with self.log.reading() as connection:
            return runs.one(connection, number)


@pytest.fixture(autouse=True)
def ruled(agent: Any, log: Log) -> None:
    agent.rules = TagRules(log)
    agent.ruling = Ruling(log, Workers())  # type: ignore[arg-type]
    agent.runs = RunsOfRules(log, agent.ruling)


def documents(log: Log, *ids: str) -> list[Any]:
    return [one(log, "forum", id) for id in ids]


async def test_rules_are_kept_as_the_text_that_was_written(owner: Any, log: Log) -> None:
    answer = await owner.send("PUT", "/v1/rules", {"toml": TOML})
    assert answer.status == 200
    kept = (await owner.get("/v1/rules")).json
    assert kept["toml"] == TOML
    assert kept["rules"][0]["add_tags"] == ["about:shipping"]
    assert TagRules(log).text == TOML


async def test_rules_that_somebody_changed_meanwhile_are_not_replaced(owner: Any) -> None:
    seen = (await owner.get("/v1/rules")).header("ETag")
    first = await owner.send("PUT", "/v1/rules", {"toml": TOML}, If_Match=seen)
    assert first.status == 200
    late = await owner.send("PUT", "/v1/rules", {"toml": ""}, If_Match=seen)
    assert (late.status, late.error) == (412, "changed_meanwhile")
    assert (await owner.get("/v1/rules")).json["toml"] == TOML
    again = await owner.send("PUT", "/v1/rules", {"toml": ""}, If_Match=first.header("ETag"))
    assert again.status == 200


async def test_rules_given_as_data_become_a_text(owner: Any) -> None:
    rules = [{"name": "a", "when": "b", "add_tags": ["c"]}]
    answer = await owner.send("PUT", "/v1/rules", {"rules": rules})
    assert answer.json == {
        "toml": '[[rule]]\nname = "a"\nwhen = "b"\nadd_tags = ["c"]\n',
        "rules": rules,
    }


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"toml": TOML.replace("late OR lost", "(late")}, "bad_rules"),
        ({"toml": TOML.replace("so late", "on time")}, "bad_rules"),
        ({"toml": "nope"}, "bad_rules"),
        ({"rules": [{"name": "a"}]}, "bad_rules"),
        ({}, "malformed"),
        ({"toml": "", "rules": []}, "malformed"),
    ],
)
async def test_rules_that_cannot_be_change_nothing(owner: Any, body: Any, code: str) -> None:
    await owner.send("PUT", "/v1/rules", {"toml": TOML})
    answer = await owner.send("PUT", "/v1/rules", body)
    assert (answer.status, answer.error) == (400, code)
    assert (await owner.get("/v1/rules")).json["toml"] == TOML


async def test_a_paired_browser_cannot_change_rules(browser: Any) -> None:
    assert (await browser.get("/v1/rules")).status == 403


async def test_a_test_tells_what_would_be_caught_and_writes_nothing(
    owner: Any, stored: Any, log: Log
) -> None:
    await stored("1", "My parcel is late")
    await stored("2", "Lost again")
    await stored("3", "Thanks")
    await owner.send("PATCH", "/v1/items/forum/2", {"state": "ignored"})
    before = documents(log, "1", "2", "3")
    found = (await owner.post("/v1/rules/test", {"toml": TOML})).json
    assert (found["looked_at"], found["items"], found["would_change"]) == (3, 3, 2)
    (rule,) = found["rules"]
    assert (rule["caught"], rule["noise"], rule["noise_rate"]) == (2, 1, 0.5)
    assert rule["samples"][0] == {
        "platform": "forum",
        "id": "1",
        "text": "My parcel is late",
        "because": "“late” is in the text",
    }
    assert documents(log, "1", "2", "3") == before


async def test_a_test_counts_rules_that_are_off_without_taking_them_for_applied(
    owner: Any, stored: Any
) -> None:
    await stored("1", "late")
    off = TOML + "enabled = false\n"
    found = (await owner.post("/v1/rules/test", {"toml": off})).json
    assert (found["would_change"], found["rules"][0]["caught"]) == (0, 1)


async def test_a_test_tells_of_cases_that_fail(owner: Any) -> None:
    wrong = TOML.replace("so late", "on time")
    found = (await owner.post("/v1/rules/test", {"toml": wrong})).json
    assert [failing["text"] for failing in found["failing"]] == ["on time"]


async def test_rules_are_applied_and_undone_exactly(owner: Any, stored: Any, log: Log) -> None:
    await stored("1", "late")
    await stored("2", "fine")
    before = documents(log, "1", "2")
    await owner.send("PUT", "/v1/rules", {"toml": TOML})
    run = (await owner.post("/v1/runs", {"kind": "rules"})).json
    assert run["told"] == {"looked_at": 2, "changed": 1, "kept": 0}
    item = (await owner.get("/v1/items/forum/1")).json
    because = "“late” is in the text"
    assert item["tags"] == [{"name": "about:shipping", "by": "rule:late", "because": because}]
    assert item["state"] == "open"
    found = (await owner.get("/v1/items?tag=about:shipping")).json["items"]
    assert [each["id"] for each in found] == ["1"]
    await undo(log, run["run"])
    assert documents(log, "1", "2") == before
    assert (await owner.get("/v1/items?tag=about:shipping")).json["items"] == []


async def test_rules_know_which_old_items_we_answered(owner: Any, stored: Any) -> None:
    await stored("1", "late?")
    await stored("2", "late?")
    await stored("3", "We are sorry", parent_id="1", root_id="1", ours=True)
    waits = {"name": "waits", "when": "is:unanswered is:question", "add_tags": ["waits"]}
    told = (await owner.post("/v1/rules/test", {"rules": [waits]})).json
    assert [sample["id"] for sample in told["rules"][0]["samples"]] == ["2"]
    await owner.send("PUT", "/v1/rules", {"rules": [waits]})
    await owner.post("/v1/runs", {"kind": "rules"})
    found = (await owner.get("/v1/items?tag=waits")).json["items"]
    assert [each["id"] for each in found] == ["2"]
    why = (await owner.get("/v1/items/forum/1/why")).json
    assert [rule["matched"] for rule in why["rules"]] == [False]


async def test_a_change_is_answered_with_what_we_answered(owner: Any, stored: Any) -> None:
    await stored("1", "late?")
    await stored("2", "We are sorry", parent_id="1", root_id="1", ours=True)
    changed = (await owner.send("PATCH", "/v1/items/forum/1", {"state": "done"})).json
    assert changed["answered"] == {"id": "2"}
    assert changed == (await owner.get("/v1/items/forum/1")).json


async def test_applied_twice_changes_nothing_more(owner: Any, stored: Any, log: Log) -> None:
    await stored("1", "late")
    await owner.send("PUT", "/v1/rules", {"toml": TOML})
    await owner.post("/v1/runs", {"kind": "rules"})
    once = documents(log, "1")
    run = (await owner.post("/v1/runs", {"kind": "rules"})).json
    assert (run["told"]["changed"], run["undoable"]) == (0, False)
    assert documents(log, "1") == once


async def test_what_a_rule_said_and_does_not_say_any_more_goes(
    owner: Any, stored: Any, log: Log
) -> None:
    await stored("1", "late")
    before = documents(log, "1")
    await owner.send("PUT", "/v1/rules", {"toml": TOML})
    await owner.post("/v1/runs", {"kind": "rules"})
    await owner.send("PUT", "/v1/rules", {"toml": ""})
    await owner.post("/v1/runs", {"kind": "rules"})
    (item,) = documents(log, "1")
    same = {"revision": 1, "tags": []}
    assert item | same == before[0] | same


async def test_what_people_did_stands_against_rules(owner: Any, stored: Any) -> None:
    await stored("1", "late")
    await owner.send("PUT", "/v1/rules", {"toml": TOML})
    await owner.post("/v1/runs", {"kind": "rules"})
    await owner.send(
        "PATCH", "/v1/items/forum/1", {"remove_tags": ["about:shipping"], "state": "new"}
    )
    await owner.post("/v1/runs", {"kind": "rules"})
    item = (await owner.get("/v1/items/forum/1")).json
    assert "tags" not in item
    assert item["state"] == "new"


async def test_an_item_done_with_stays_done(owner: Any, stored: Any) -> None:
    await stored("1", "late")
    await owner.send("PATCH", "/v1/items/forum/1", {"state": "done"})
    await owner.send("PUT", "/v1/rules", {"toml": TOML})
    await owner.post("/v1/runs", {"kind": "rules"})
    assert (await owner.get("/v1/items/forum/1")).json["state"] == "done"


async def test_one_rule_alone_leaves_the_others_traces_alone(owner: Any, stored: Any) -> None:
    await stored("1", "late")
    other = {"name": "other", "when": "late", "add_tags": ["y"]}
    late = {"name": "late", "when": "late", "add_tags": ["about:shipping"]}
    await owner.send("PUT", "/v1/rules", {"rules": [late, other]})
    await owner.post("/v1/runs", {"kind": "rules"})
    early = [rule | {"when": "early"} for rule in (late, other)]
    await owner.send("PUT", "/v1/rules", {"rules": early})
    await owner.post("/v1/runs", {"kind": "rules", "rules": ["OTHER"]})
    item = (await owner.get("/v1/items/forum/1")).json
    assert [tag["name"] for tag in item["tags"]] == ["about:shipping"]


async def test_a_rule_that_is_none_cannot_be_applied(owner: Any) -> None:
    answer = await owner.post("/v1/runs", {"kind": "rules", "rules": ["nope"]})
    assert (answer.status, answer.error) == (404, "no_such_rule")
    assert (await owner.post("/v1/runs", {"kind": "magic"})).status == 400


async def test_why_and_why_not_are_told_for_one_item(owner: Any, agent: Any, stored: Any) -> None:
    plugin = {"name": "intent:complaint", "by": "intents", "because": "“late”"}
    await stored("1", "late for Netflix", tags=[plugin, {"name": "x", "by": "intents"}])
    await owner.send("PATCH", "/v1/items/forum/1", {"remove_tags": ["x"], "add_tags": ["mine"]})
    rules = [
        {"name": "late", "when": "late", "add_tags": ["about:shipping"]},
        {"name": "price", "when": "price", "add_tags": ["about:pricing"]},
    ]
    await owner.send("PUT", "/v1/rules", {"rules": rules})
    await owner.post("/v1/runs", {"kind": "rules"})
    terms = [
        {"name": "Netflix", "kind": "brand"},
        {"name": "Hotstar", "kind": "competitor", "aliases": ["Hot Star"]},
        {"name": "late", "kind": "product", "common": True, "exclusions": ["late for"]},
        {"name": "Oldie", "kind": "brand", "retired": True},
    ]
    agent.choices = type("Terms", (), {"terms": lambda self: terms})()
    told = (await owner.get("/v1/items/forum/1/why")).json
    assert [tag["told"] for tag in told["tags"]] == [
        "The plugin “intents” put “intent:complaint” on: “late”.",
        "You took “x” off; no rule, term or plugin puts it on again.",
        "You put “mine” on.",
        "Your rule “late” put “about:shipping” on: “late” is in the text.",
    ]
    assert [rule["told"] for rule in told["rules"]] == [
        "Rule “late” holds: “late” is in the text.",
        "Rule “price” does not hold: “price” is not there.",
    ]
    assert [term["told"] for term in told["terms"]] == [
        "It mentions “Netflix”: “Netflix”. Hence the tag about:brand:Netflix.",
        "None of “Hotstar”, “Hot Star” is there, nor a spelling of it.",
        "“late” is there, and only where it is excluded: “late for”.",
        "“Oldie” is retired: nobody looks for it.",
    ]
    one_term = (await owner.get("/v1/items/forum/1/why?term=hotstar")).json["terms"]
    assert [term["term"] for term in one_term] == ["Hotstar"]
    assert (await owner.get("/v1/items/forum/1/why?term=nope")).status == 404
    assert (await owner.get("/v1/items/forum/9/why")).status == 404
