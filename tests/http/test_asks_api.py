"""Asks over HTTP: read, options given, replies corrected, words learned, tables."""

from __future__ import annotations

import csv
from collections.abc import Awaitable, Callable
from io import StringIO
from typing import Any

import pytest

from earmark.asking.kept import TABLE, kept_of

PATH = "/v1/items/forum/1/ask"
POST = {"kind": "post", "author": {"handle": "shop"}, "language": {"tag": "en"}}
Stored = Callable[..., Awaitable[int]]
Json = dict[str, Any]


@pytest.fixture
async def asked(stored: Stored) -> None:
    """A post that asks, and three replies."""
    await stored("1", "Why so quiet? Ads? Too few posts? All of these?", **POST)
    await reply(stored, "2", "the ads")
    await reply(stored, "3", "ads and too few posts")
    await reply(stored, "4", "your slow website")


async def reply(stored: Stored, id: str, text: str) -> None:
    author = {"handle": f"p{id}", "name": f"=Person {id}"}
    await stored(id, text, parent_id="1", root_id="1", author=author, language={"tag": "en"})


async def put(owner: Any, path: str, body: Json) -> Any:
    return await owner.send("PUT", path, body)


def people(found: Json) -> dict[str, int]:
    return {option["label"]: option["people"] for option in found["options"] if "people" in option}


def code_of(found: Json, id: str) -> Json:
    [code] = [each for each in found["replies"] if each["id"] == id]
    return code


async def test_an_ask_is_read_with_its_counts_and_reasons(owner: Any, asked: None) -> None:
    found = (await owner.get(PATH)).json
    assert (found["asks"], found["source"], found["is_all"]) == (True, "text", True)
    assert people(found) == {"Ads": 2, "Too few posts": 1}
    assert [option.get("role") for option in found["options"]] == [None, None, "all"]
    assert (found["people"], found["answered"], found["other"]["replies"]) == (3, 3, ["4"])
    assert found["options"][0] == {
        "id": 1, "label": "Ads", "people": 2, "share": 0.6667, "replies": ["2", "3"],
    }  # fmt: skip
    assert code_of(found, "2") == {
        "platform": "forum", "id": "2", "options": [1], "by": "asks", "because": "“ads”",
    }  # fmt: skip


async def test_nothing_is_asked_without_replies_or_by_a_strangers_comment(
    owner: Any, stored: Stored
) -> None:
    await stored("1", "Tea or coffee?", **POST)
    assert (await owner.get(PATH)).json == {"asks": False}
    await stored("8", "Tea or coffee?", root_id="1", parent_id="1", author={"handle": "x"})
    await stored("9", "tea", root_id="1", parent_id="8", author={"handle": "y"})
    assert (await owner.get("/v1/items/forum/8/ask")).json == {"asks": False}
    assert (await owner.get("/v1/items/forum/77/ask")).status == 404


async def test_a_code_by_a_person_stands_until_it_is_taken_back(
    owner: Any, asked: None, stored: Stored
) -> None:
    path = f"{PATH}/codes/2"
    found = (await put(owner, path, {"options": [2], "other": True})).json
    assert code_of(found, "2") == {
        "platform": "forum", "id": "2", "options": [2], "other": True, "by": "you",
    }  # fmt: skip
    await reply(stored, "2", "the ads, the ads!")
    assert code_of((await owner.get(PATH)).json, "2")["by"] == "you"
    silent = (await put(owner, path, {})).json
    assert silent["silent"]["replies"] == ["2"]
    found = (await owner.send("DELETE", path)).json
    assert (code_of(found, "2")["options"], code_of(found, "2")["by"]) == ([1], "asks")


async def test_words_of_a_reply_become_an_option_or_another_name_of_one(
    owner: Any, asked: None, stored: Stored
) -> None:
    await reply(stored, "5", "The website's slow.")
    await reply(stored, "6", "commercials")
    learn = {"learn": {"words": "slow website"}}
    found = (await put(owner, f"{PATH}/codes/4", learn)).json
    assert found["options"][-1]["label"] == "slow website"
    assert (code_of(found, "4")["by"], code_of(found, "5")["options"]) == ("you", [4])
    learn = {"options": [1], "learn": {"words": "commercials", "option": 1}}
    found = (await put(owner, f"{PATH}/codes/6", learn)).json
    assert found["options"][0]["aliases"] == ["commercials"]
    await reply(stored, "7", "Too many COMMERCIALS")
    assert code_of((await owner.get(PATH)).json, "7")["options"] == [1]


async def test_options_are_given_renamed_and_taken_away(owner: Any, asked: None) -> None:
    await put(owner, f"{PATH}/codes/4", {"options": [2]})
    options = [{"id": 1, "label": "Advertising", "aliases": ["ads"]}, {"label": "slow site"}]
    found = (await put(owner, PATH, {"options": options})).json
    assert [(each["id"], each["label"]) for each in found["options"]] == [
        (1, "Advertising"),
        (4, "slow site"),
    ]
    assert (found["source"], people(found)["Advertising"]) == ("you", 2)
    assert code_of(found, "4") == {
        "platform": "forum", "id": "4", "options": [], "other": True, "by": "you",
    }  # fmt: skip
    found = (await owner.send("DELETE", PATH)).json
    assert (found["source"], code_of(found, "4")["by"]) == ("text", "asks")


async def test_what_was_said_of_an_ask_is_found_under_its_later_id(
    owner: Any, agent: Any, asked: None
) -> None:
    await put(owner, PATH, {"dropped": True})
    later = {"platform": "forum", "id": "native", "aliases": ["1"]}
    assert kept_of(agent.log, later)["dropped"]
    assert kept_of(agent.log, {**later, "platform": "other"}) == {}


async def test_an_ask_is_dropped_and_given_by_hand(owner: Any, asked: None) -> None:
    found = (await put(owner, PATH, {"dropped": True})).json
    assert found == {"asks": False, "dropped": True}
    assert (await put(owner, f"{PATH}/codes/2", {"options": [1]})).status == 409
    found = (await put(owner, PATH, {"options": [{"label": "website"}, {"label": "app"}]})).json
    assert people(found) == {"website": 1, "app": 0}


async def test_places_of_a_list_stay_when_an_option_is_taken_away(
    owner: Any, stored: Stored
) -> None:
    await stored("1", "Which one?\n1. tea\n2. coffee\n3. milk", **POST)
    await reply(stored, "2", "3")
    options = [{"label": "tea"}, {"label": "milk"}, {"label": "juice"}]
    found = (await put(owner, PATH, {"options": options})).json
    assert people(found) == {"tea": 0, "milk": 1, "juice": 0}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (PATH, {"options": [{"label": "one"}]}, 400),
        (PATH, {"options": [{"label": "one"}, {"label": "ONE"}]}, 400),
        (PATH, {"options": [{"label": "!!!"}, {"label": "two"}]}, 400),
        (PATH, {"options": [{"label": str(n)} for n in range(31)]}, 400),
        (PATH, {"options": "all"}, 400),
        (PATH, {"more": 1}, 400),
        (f"{PATH}/codes/2", {"options": [9]}, 400),
        (f"{PATH}/codes/2", {"options": [3]}, 400),
        (f"{PATH}/codes/2", {"options": [1], "none": True}, 400),
        (f"{PATH}/codes/2", {"learn": {"words": "ads"}}, 400),
        (f"{PATH}/codes/2", {"learn": {"words": "x", "option": 9}}, 400),
        (f"{PATH}/codes/77", {"options": [1]}, 404),
        (f"{PATH}/codes/1", {"options": [1]}, 404),
    ],
)
async def test_what_cannot_be_is_refused_and_changes_nothing(
    owner: Any, agent: Any, asked: None, path: str, body: Json, status: int
) -> None:
    assert (await put(owner, path, body)).status == status
    assert agent.log.table(TABLE).all() == []


async def test_only_the_owner_corrects(browser: Any, asked: None) -> None:
    assert (await browser.get(PATH)).status == 200
    assert (await put(browser, PATH, {"dropped": True})).status == 403
    assert (await put(browser, f"{PATH}/codes/2", {})).status == 403


async def test_the_tables_are_safe_from_formulas(owner: Any, asked: None, stored: Stored) -> None:
    await reply(stored, "5", '=HYPERLINK("https://evil.example") ads')
    answer = await owner.get(f"{PATH}.csv")
    assert answer.header("Content-Type") == "text/csv; charset=utf-8"
    assert "attachment" in answer.header("Content-Disposition")
    heading, *rows = csv.reader(StringIO(answer.body.decode("utf-8-sig")))
    assert heading[5:9] == ["Ads", "Too few posts", "other", "none"]
    assert [row[1] for row in rows] == ["2", "3", "4", "5"]
    assert [row[5:9] for row in rows][:3] == [list("1000"), list("1100"), list("0010")]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    counts = (await owner.get(f"{PATH}.csv?of=counts")).body.decode("utf-8-sig")
    assert counts.splitlines()[1] == "Ads,option,3,0.75"
    assert (await owner.get(f"{PATH}.csv?of=all")).status == 400
