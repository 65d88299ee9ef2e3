"""“Why? Why not?”: what held for an item, what did not, and an answer about one thing asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from inbox_fixtures import made_up, running_inbox, soup, submit, texts

ITEM = "/items/hackernews/2"
WHY = f"{ITEM}/why"
RULES = """[[rule]]
name = "slow"
when = "weeks likes:>10"
add_tags = ["slow parcel"]

[[rule]]
name = "angry"
when = '"never again" lang:tr sentiment:negative'
add_tags = ["signal:urgent"]

[[rule]]
name = "off"
when = "kettle"
enabled = false
add_tags = ["x"]
"""


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Any]:
    async with running_inbox(tmp_path) as agent:
        agent.rules.save(RULES)
        agent.choices.change({"terms": ["Kettle", "Netflix"]})
        tags = [{"name": "intent:complaint", "by": "intents", "because": "“weeks”"}]
        agent.save(made_up("2", "It took two weeks for a kettle", likes=3, tags=tags))
        yield agent


async def test_the_item_leads_to_the_question(box: Any) -> None:
    link = (await soup(box, f"{ITEM}?state=new")).select_one("[data-why]")
    page = await soup(box, link["href"])
    assert page.select_one("main a")["href"] == f"{ITEM}?state=new"
    assert texts(page, "h1") == ["Why? Why not?"]


async def test_what_holds_stands_apart_from_what_does_not(box: Any) -> None:
    page = await soup(box, WHY)
    holds = texts(page, "[aria-labelledby=holds-title] .holds")
    assert holds == [
        "Complaint “weeks” · by intents",
        "The rule off holds It is switched off. “kettle” is in the text",
        "The name Kettle is found Brand It mentions “Kettle”: “kettle”. Hence the tag "
        "Brand: Kettle.",
    ]
    fails = page.select("[aria-labelledby=fails-title] .fails")
    assert [(texts(one, "strong"), texts(one, ".missing li")) for one in fails] == [
        (["The rule slow does not hold"], ["the number of likes is 3, not > 10"]),
        (
            ["The rule angry does not hold"],
            [
                "“never again” is not there",
                "the sentiment is not known",
                "the language is English, not Turkish",
            ],
        ),
        (
            ["The name Netflix is not found"],
            ["“Netflix” is not there, nor a spelling of it."],
        ),
    ]


async def test_it_is_told_in_the_readers_language(box: Any) -> None:
    page = await soup(box, f"{WHY}?ui=tr")
    assert "“Netflix” yok, başka bir yazımı da yok." in texts(page, ".missing li")
    for language in ("fa", "tr", "ro"):
        page = await soup(box, f"{WHY}?ui={language}")
        for line in texts(page, ".verdicts ul li"):
            assert not any(word in line for word in (" is ", "there", "found", "mentions")), line


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("signal:urgent", "No plugin found a word or a sign in the text that tells it."),
        ("Urgent", "No plugin found a word or a sign in the text that tells it."),
        ("slow parcel", "the number of likes is 3, not > 10"),
        ("slow", "the number of likes is 3, not > 10"),
        ("NETFLIX", "“Netflix” is not there, nor a spelling of it."),
        ("about:brand:Netflix", "“Netflix” is not there, nor a spelling of it."),
        ("complaint", "The item carries this tag. “weeks” · by intents"),
        ("samovar", "There is no tag, rule or name that is called so."),
    ],
)
async def test_one_thing_asked_is_answered(box: Any, asked: str, told: str) -> None:
    page = await soup(box, f"{WHY}?ask={quote(asked)}")
    assert page.select_one("#ask")["value"] == asked
    assert told in texts(page, ".answer")[0]


async def test_a_tag_that_is_missing_is_put_on_from_the_answer(box: Any) -> None:
    form = (await soup(box, f"{WHY}?ask=signal:urgent")).select_one(".answer form")
    await submit(box, form["action"], add=form.button["value"], back=ITEM)
    assert "Urgent" in texts(await soup(box, ITEM), ".tags .tag")


async def test_a_tag_that_was_taken_off_says_so_and_can_be_had_back(box: Any) -> None:
    await submit(box, f"{ITEM}/tags", remove="intent:complaint", back=ITEM)
    page = await soup(box, f"{WHY}?ask=complaint")
    assert "You took this tag off" in texts(page, ".answer")[0]
    assert "You took this tag off" in texts(page, "[aria-labelledby=fails-title] .fails")[0]
    form = page.select_one(".answer form")
    await submit(box, form["action"], forget=form.button["value"], back=ITEM)
    assert texts(await soup(box, ITEM), ".tags .why") == ["“weeks” · by intents"]


async def test_the_dialog_gets_the_answer_alone(box: Any) -> None:
    page = await soup(box, f"{WHY}?part=why&ask=slow")
    assert page.find("html") is None
    assert page.select_one("form[data-question]")["action"] == WHY


async def test_an_unknown_item_has_no_answer(box: Any) -> None:
    assert (await box.client.get("/items/hackernews/none/why")).status == 404


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}"])
async def test_questions_and_reasons_stay_text(box: Any, nasty: str) -> None:
    tag = {"name": nasty, "by": nasty, "because": nasty}
    box.save(made_up("9", nasty, tags=[tag]))
    for part in ("", "&part=why"):
        page = await soup(box, f"/items/hackernews/9/why?ask={quote(nasty)}{part}")
        assert page.find_all("script") == page.find_all("img", src="x") == []
        assert nasty in texts(page, ".answer")[0]


async def test_what_was_heard_before_its_rule_or_name_says_so(box: Any) -> None:
    box.rules.save(RULES.replace("likes:>10", "likes:>1"))
    for asked, way in (("slow parcel", "/rules#applied"), ("about:brand:Kettle", "/terms#applied")):
        answer = (await soup(box, f"{WHY}?ask={quote(asked)}")).select_one(".answer")
        assert "but the item was heard before" in answer.get_text()
        assert answer.find("a")["href"] == way
