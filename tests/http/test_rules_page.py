"""“Rules”: every gesture works as a plain form, nothing typed is lost, hostile names stay text."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from inbox_fixtures import made_up, running_inbox, soup, submit, texts

from earmark.ruling import Ruling
from earmark.store import runs
from earmark.store.ruled_items import block, one
from earmark.store.undo import undo
from earmark.web.i18n import UI_LANGUAGES

LATE = {"name": "late", "query": "late OR lost", "add_tags": "about:shipping", "enabled": "yes"}
HOSTILE = '<script>alert("x")</script>'
TEXT = "# Mine.\n[[rule]]\nname = 'late'\nwhen = 'late'  # two\nhide = true\n"


@pytest.fixture
async def inbox(tmp_path: Path) -> AsyncIterator[Any]:
    async with running_inbox(tmp_path) as agent:
        yield agent


async def form_of(inbox: Any, target: str) -> dict[str, str]:
    """What a browser would send of the form, as it stands."""
    form = (await soup(inbox, target)).select_one("form[data-tried]")
    fields = {each["name"]: each.get("value", "") for each in form.select("input[name]")}
    off = [each["name"] for each in form.select("[type=checkbox]:not([checked])")]
    areas = {area["name"]: area.text.removeprefix("\n") for area in form.select("textarea")}
    chosen = {s["name"]: s.select_one("[selected]") for s in form.select("select")}
    picked = {name: each["value"] if each else "" for name, each in chosen.items()}
    every = fields | areas | picked
    return {name: value for name, value in every.items() if name not in off}


async def upload(inbox: Any, text: bytes, seen: str) -> Any:
    """Send the form with a file as a browser does."""
    edge = "----edge"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="seen"\r\n\r\n{seen}\r\n'.encode(),
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="r.toml"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
        + text
        + b"\r\n",
        f"--{edge}--\r\n".encode(),
    ]
    kind = f"multipart/form-data; boundary={edge}"
    return await inbox.client.send("POST", "/rules/file", body=b"".join(parts), Content_Type=kind)


async def test_an_empty_page_teaches_with_rules_that_can_be_saved_as_they_are(inbox: Any) -> None:
    page = await soup(inbox, "/rules")
    begun = page.select("[data-example] a")
    assert len(begun) >= 3
    for link in begun:
        form = await form_of(inbox, link["href"])
        assert (await submit(inbox, "/rules/new", **form)).status == 303
    assert [len(rule) >= 3 for rule in inbox.rules.rules()] == [True] * len(begun)
    assert (await soup(inbox, "/rules")).select("[data-example]") == []


async def test_a_rule_is_entered_and_says_in_words_what_it_does(inbox: Any) -> None:
    fields = LATE | {"language": "tr", "platform": "hackernews", "state": "open", "hide": "yes"}
    fields |= {"assignee": "Mira", "effort": "autumn", "priority": "-5", "matches": ""}
    answer = await submit(inbox, "/rules/new", **fields)
    assert answer.status == 303
    [rule] = inbox.rules.rules()
    assert rule == {
        "name": "late",
        "when": "(late OR lost) lang:tr platform:hackernews",
        "add_tags": ["about:shipping"],
        "state": "open",
        "assignee": "Mira",
        "effort": "autumn",
        "priority": -5,
        "hide": True,
    }
    page = await soup(inbox, "/rules")
    assert texts(page, "[data-rule] .does li") == [
        "Shipping", "State: Open", "For Mira", "Effort: autumn", "Priority: -5", "Hidden as spam"
    ]  # fmt: skip


async def test_a_form_that_is_saved_unchanged_changes_nothing(inbox: Any) -> None:
    text = (
        "[[rule]]\nname='a'\nwhen='late lang:fa'  # why\nadd_tags=['x']\nnot=[{text='b'}, 'c']\n"
        "[[rule]]\nname='b'\nwhen='(a OR b) platform:x lang:zu'\npriority=3\nenabled=false\n"
        "[[rule]]\nname='c'\nwhen='a OR lang:fa'\nhide=true\nenabled=true\n"
    )
    inbox.rules.save(text)
    for place in (1, 2, 3):
        form = await form_of(inbox, f"/rules/{place}")
        assert (await submit(inbox, f"/rules/{place}", **form)).status == 303
    assert inbox.rules.text == text


async def test_language_and_platform_stand_apart_from_the_query(inbox: Any) -> None:
    inbox.rules.save("[[rule]]\nname='a'\nwhen='(late OR lost) lang:tr'\nhide=true\n")
    form = await form_of(inbox, "/rules/1")
    assert (form["query"], form["language"], form["platform"]) == ("late OR lost", "tr", "")
    await submit(inbox, "/rules/1", **form | {"language": "fa", "platform": "discourse"})
    assert inbox.rules.rules()[0]["when"] == "(late OR lost) lang:fa platform:discourse"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "This “(” is never closed."), ("tr", "Bu “(” hiç kapanmıyor.")],
)
async def test_a_query_that_is_wrong_is_shown_with_the_spot(
    inbox: Any, language: str, said: str
) -> None:
    fields = LATE | {"query": "late (lost", "note": "why not"}
    answer = await submit(inbox, f"/rules/new?ui={language}", **fields)
    assert answer.status == 400
    body = answer.body.decode()
    assert said in body
    assert "late <mark>(</mark>lost" in body
    assert 'value="why not"' in body
    assert inbox.rules.rules() == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": " "}, "“Name” must be a text"),
        ({"query": ""}, "would catch everything"),
        ({"add_tags": ""}, "It does nothing."),
        ({"priority": "much"}, "“Priority” must be a whole number"),
        ({"matches": "on time"}, "does not catch its test case “on time”"),
        ({"not": "so late"}, "catches its test case “so late”"),
    ],
)
async def test_what_cannot_be_saved_is_told_and_stays_typed(
    inbox: Any, more: dict[str, str], said: str
) -> None:
    answer = await submit(inbox, "/rules/new", **LATE | {"assignee": ""} | more)
    assert answer.status == 400
    assert said in answer.body.decode()
    assert inbox.rules.rules() == []


async def test_trying_saves_nothing_and_marks_what_was_found(inbox: Any) -> None:
    inbox.save(made_up("1", "so late"), made_up("2", "on time"), made_up("3", "it is lost"))
    answer = await submit(inbox, "/rules/new", **LATE, do="try")
    body = answer.body.decode()
    assert inbox.rules.rules() == []
    assert "so <mark>late</mark>" in body
    assert "“<bdi>late</bdi>” is in the text" in body
    assert "on time" not in body
    await submit(inbox, "/rules/new", **LATE)
    form = await form_of(inbox, "/rules/1")
    body = (await submit(inbox, "/rules/1", **form | {"query": "late OR time"}, do="try")).body
    assert "Newly caught: 1" in body.decode()
    assert "No longer caught: 1" in body.decode()
    assert "Caught as before: 1" in body.decode()


async def test_a_form_can_begin_with_a_search_even_one_that_is_wrong(inbox: Any) -> None:
    inbox.save(made_up("1", "so late"))
    form = await form_of(inbox, "/rules/new?when=late+lang%3Aen")
    assert (form["query"], form["language"], form["name"]) == ("late", "en", "")
    page = await soup(inbox, "/rules/new?when=late+lang%3Aen")
    assert texts(page, "#preview mark") == ["late"]
    page = await soup(inbox, "/rules/new?when=%28late")
    assert texts(page, "#wrong mark") == ["("]


async def test_a_search_leads_to_a_rule_and_a_word_to_a_name(inbox: Any) -> None:
    inbox.save(made_up("1", "so late"))
    page = await soup(inbox, "/?text=late&language=en")
    links = [link["href"] for link in page.select(".chips .clear")]
    assert links == ["/", "/rules/new?when=late+lang%3Aen", "/terms/new?name=late"]
    assert len((await soup(inbox, "/?state=new")).select(".chips .clear")) == 2


async def test_reasons_are_told_in_the_readers_language(inbox: Any) -> None:
    inbox.save(made_up("1", "so late"))
    answer = await submit(inbox, "/rules/new?ui=ro", **LATE, do="try")
    assert "„<bdi>late</bdi>” apare în text" in answer.body.decode()


async def test_of_two_who_change_a_rule_the_later_one_is_told(inbox: Any) -> None:
    await submit(inbox, "/rules/new", **LATE)
    first, second = await form_of(inbox, "/rules/1"), await form_of(inbox, "/rules/1")
    assert (await submit(inbox, "/rules/1", **first | {"assignee": "Mira"})).status == 303
    refused = await submit(inbox, "/rules/1", **second | {"note": "mine"})
    assert refused.status == 412
    body = refused.body.decode()
    assert "Somebody else changed this rule meanwhile" in body
    assert "Mira" in body
    assert 'value="mine"' in body
    assert "note" not in inbox.rules.rules()[0]
    assert (await submit(inbox, "/rules/1", **first, do="delete")).status == 412
    assert len(inbox.rules.rules()) == 1


async def test_another_rule_changed_meanwhile_is_no_obstacle(inbox: Any) -> None:
    await submit(inbox, "/rules/new", **LATE)
    form = await form_of(inbox, "/rules/1")
    await submit(inbox, "/rules/new", **LATE | {"name": "before"})
    await submit(inbox, "/rules/move", rule="before", to="up")
    assert (await submit(inbox, "/rules/1", **form | {"note": "n"})).status == 303
    assert [(rule["name"], rule.get("note")) for rule in inbox.rules.rules()] == [
        ("before", None),
        ("late", "n"),
    ]


async def test_a_rule_deleted_meanwhile_can_be_saved_as_a_new_one(inbox: Any) -> None:
    await submit(inbox, "/rules/new", **LATE)
    form = await form_of(inbox, "/rules/1")
    await submit(inbox, "/rules/1", **form, do="delete")
    refused = await submit(inbox, "/rules/1", **form | {"note": "mine"})
    assert refused.status == 412
    assert b"deleted or renamed" in refused.body
    assert b'action="/rules/new"' in refused.body


async def test_deleting_is_undone_exactly(inbox: Any) -> None:
    inbox.rules.save(TEXT + "[[rule]]\nname='b'\nwhen='b'\nhide=true")
    before = inbox.rules.text
    form = await form_of(inbox, "/rules/1")
    answer = await submit(inbox, "/rules/1", **form, do="delete")
    assert [rule["name"] for rule in inbox.rules.rules()] == ["b"]
    page = await soup(inbox, answer.header("Location"))
    assert "late is deleted." in page.select_one("#left").get_text()
    assert (await submit(inbox, "/rules/bring-back")).status == 303
    assert inbox.rules.text == before
    assert (await submit(inbox, "/rules/bring-back")).status == 412


async def test_a_deleted_rule_comes_back_beside_what_came_meanwhile(inbox: Any) -> None:
    inbox.rules.save(TEXT)
    await submit(inbox, "/rules/1", **await form_of(inbox, "/rules/1"), do="delete")
    await submit(inbox, "/rules/new", **LATE | {"name": "other"})
    await submit(inbox, "/rules/bring-back")
    assert [rule["name"] for rule in inbox.rules.rules()] == ["late", "other"]


async def test_rules_are_switched_and_moved(inbox: Any) -> None:
    inbox.rules.save(TEXT + "[[rule]]\nname='b'\nwhen='b'\nhide=true\n")
    await submit(inbox, "/rules/switch", rule="late", on="no")
    assert inbox.rules.rules()[0]["enabled"] is False
    assert "when = 'late'  # two" in inbox.rules.text
    page = await soup(inbox, "/rules")
    assert texts(page, "[data-rule] small") == ["switched off"]
    await submit(inbox, "/rules/switch", rule="late", on="yes")
    assert "enabled" not in inbox.rules.rules()[0]
    await submit(inbox, "/rules/move", rule="late", to="down")
    assert [rule["name"] for rule in inbox.rules.rules()] == ["b", "late"]
    assert (await submit(inbox, "/rules/switch", rule="gone", on="no")).status == 412


class Runs:
    """As much of the agent's runs as the page asks for."""

    def __init__(self, inbox: Any) -> None:
        self.inbox = inbox
        self.applied: list[list[str]] = []
        self.undone: list[int] = []

    async def apply_rules(self, rules: Any, names: list[str]) -> int:
        self.applied.append(names)
        return await self.inbox.log.awrite(lambda conn: runs.begin(conn, "rules", {}))

    async def state(self, number: int) -> dict[str, Any]:
        with self.inbox.log.reading() as connection:
            return runs.one(connection, number) | {"progress": {"done": 2, "total": 5}}

    async def undo(self, number: int) -> None:
        self.undone.append(number)


async def test_a_saved_rule_offers_the_old_items_that_it_would_change(inbox: Any) -> None:
    inbox.runs = Runs(inbox)
    inbox.save(made_up("1", "so late"), made_up("2", "on time"), made_up("3", "lost"))
    answer = await submit(inbox, "/rules/new", **LATE)
    page = await soup(inbox, answer.header("Location"))
    button = page.select_one("#saved button")
    assert button.get_text() == "Apply to old items: 2"
    assert (await submit(inbox, "/rules/apply", rule=button["value"], was="")).status == 303
    assert inbox.runs.applied == [["late"]]
    page = await soup(inbox, "/rules")
    assert (page.select_one("progress")["value"], page.select_one("progress")["max"]) == ("2", "5")
    alone = await soup(inbox, "/rules?part=applied&ui=fa")
    assert alone.select_one("progress")["value"] == "2"
    assert alone.select("h1, nav, form") == []
    row = "INSERT INTO run_rows(run, tbl, key, item) VALUES (1, 'items', '[1]', 1)"
    await inbox.log.awrite(lambda conn: conn.exec_driver_sql(row))
    await inbox.log.awrite(lambda conn: runs.mark(conn, 1, runs.DONE, {"changed": 3}))
    page = await soup(inbox, "/rules")
    assert "3 items changed" in page.select_one("#applied").get_text()
    assert (await submit(inbox, "/rules/undo", run="1")).status == 303
    assert inbox.runs.undone == [1]


async def test_a_renamed_rule_takes_what_it_did_with_it(inbox: Any) -> None:
    inbox.runs = Runs(inbox)
    inbox.save(made_up("1", "so late"))
    await submit(inbox, "/rules/new", **LATE)
    form = await form_of(inbox, "/rules/1")
    answer = await submit(inbox, "/rules/1", **form | {"name": "slow"})
    saved = (await soup(inbox, answer.header("Location"))).select_one("#saved form")
    fields = {each["name"]: each["value"] for each in saved.select("[name]")}
    await submit(inbox, "/rules/apply", **fields)
    assert inbox.runs.applied == [["slow", "late"]]


class DoneAtOnce(Runs):
    """Runs that are over when they have begun, with what workers do done in this process."""

    async def call(self, function: Any, *args: Any, timeout: float) -> Any:
        return json.loads(json.dumps(function(*json.loads(json.dumps(args)))))

    async def apply_rules(self, rules: Any, names: list[str]) -> int:
        log = self.inbox.log
        run = await super().apply_rules(rules, names)
        told = await Ruling(log, self).apply(run, rules, names, lambda *_: None)  # type: ignore[arg-type]
        await log.awrite(lambda conn: runs.mark(conn, run, runs.DONE, told))
        return run

    async def undo(self, number: int) -> None:
        await undo(self.inbox.log, number)
        await self.inbox.log.awrite(lambda conn: runs.mark(conn, number, runs.UNDONE))


def documents(inbox: Any) -> list[Any]:
    """What is stored, but for how often it was written."""
    return [read.doc | {"revision": 0} for read in block(inbox.log, 0, 100)]


async def test_applied_and_undone_everything_is_as_it_was(inbox: Any) -> None:
    inbox.runs = DoneAtOnce(inbox)
    inbox.save(made_up("1", "so late"), made_up("2", "on time"), made_up("3", "lost"))
    before = documents(inbox)
    await submit(inbox, "/rules/new", **LATE | {"state": "open"})
    await submit(inbox, "/rules/apply", rule="late")
    tagged = [[tag["name"] for tag in each["tags"]] for each in documents(inbox)]
    assert tagged == [["about:shipping"], [], ["about:shipping"]]
    page = await soup(inbox, "/rules")
    assert "Items with something of it: 2" in page.get_text()
    back = page.select_one("#applied button[name=run]")
    assert (await submit(inbox, "/rules/undo", run=back["value"])).status == 303
    assert documents(inbox) == before


async def test_what_a_deleted_rule_did_is_taken_back_on_demand(inbox: Any) -> None:
    inbox.runs = DoneAtOnce(inbox)
    inbox.save(made_up("1", "so late"))
    await submit(inbox, "/rules/new", **LATE)
    await submit(inbox, "/rules/apply", rule="late")
    answer = await submit(inbox, "/rules/1", **await form_of(inbox, "/rules/1"), do="delete")
    page = await soup(inbox, answer.header("Location"))
    button = page.select_one("#left [name=was]")
    assert button.get_text() == "Take back what it did to old items: 1"
    await submit(inbox, "/rules/apply", was=button["value"])
    assert documents(inbox)[0]["tags"] == []


async def test_how_many_items_carry_a_rules_work_stands_beside_it(inbox: Any) -> None:
    await submit(inbox, "/rules/new", **LATE)
    tag = {"name": "about:shipping", "by": "rule:late", "because": "“late” is in the text"}
    inbox.save(made_up("1", "late", tags=[tag]), made_up("2", "late"))
    page = await soup(inbox, "/rules")
    assert "Items with something of it: 1" in texts(page, "[data-rule] .quiet")[0]
    assert one(inbox.log, "hackernews", "1")["tags"][0]["by"] == "rule:late"


async def test_the_file_goes_out_and_comes_in_as_it_was_written(inbox: Any) -> None:
    seen = (await soup(inbox, "/rules")).select_one("[name=seen]")["value"]
    answer = await upload(inbox, TEXT.encode(), seen)
    assert answer.status == 303
    got = await inbox.client.get("/rules/earmark-rules.toml")
    assert got.body.decode() == TEXT == inbox.rules.text
    assert got.header("Content-Disposition") == 'attachment; filename="earmark-rules.toml"'
    late = await upload(inbox, b"", seen)
    assert late.status == 412
    seen = (await soup(inbox, "/rules")).select_one("[name=seen]")["value"]
    wrong = await upload(inbox, b"[[rule]]\nname = 'a'\nwhen = '(b'\n", seen)
    assert wrong.status == 400
    assert "Rule “a”, line 3: This “(” is never closed." in wrong.body.decode()
    assert (await upload(inbox, b"\xff\xfe", seen)).status == 400
    assert inbox.rules.text == TEXT
    assert (await upload(inbox, b"# none\n", seen)).status == 303
    await submit(inbox, "/rules/bring-back")
    assert inbox.rules.text == TEXT


@pytest.mark.parametrize("language", UI_LANGUAGES)
async def test_hostile_names_are_text_in_every_language(inbox: Any, language: str) -> None:
    fields = LATE | {"name": f"\u202e{HOSTILE}", "query": f'"{HOSTILE[1:7]}"'}
    fields |= {"add_tags": HOSTILE, "assignee": HOSTILE, "effort": HOSTILE, "note": HOSTILE}
    answer = await submit(inbox, "/rules/new", **fields)
    assert answer.status == 303
    inbox.save(made_up("1", HOSTILE))
    for target in ("/rules", "/rules/1", "/rules/new", answer.header("Location")):
        page = await soup(inbox, target if "?" in target else f"{target}?ui={language}")
        assert all(script.has_attr("src") for script in page.select("script"))
    assert (await soup(inbox, f"/rules?ui={language}")).html["lang"] == language
    form = await form_of(inbox, "/rules/1")
    assert form["name"] == fields["name"]
    body = (await submit(inbox, "/rules/1", **form, do="delete")).body.decode()
    assert HOSTILE not in body
    assert HOSTILE not in (await inbox.client.get("/rules?left=1")).body.decode()


async def test_a_place_without_a_rule_is_not_found(inbox: Any) -> None:
    for place in (0, 1, 999999):
        answer = await inbox.client.get(f"/rules/{place}?ui=tr")
        assert answer.status == 404
        assert "Böyle bir kural yok." in answer.body.decode()
