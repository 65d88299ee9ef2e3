"""Corrections over HTTP: what a person says of items and of words, and what is learned from it."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from raw_client import Client
from tinydb import where

from earmark.keeping.corrections import Corrections
from earmark.share.imports.items import checked
from earmark.share.ndjson import write_ndjson
from earmark.store.filters import Filters
from earmark.store.imported import put_items
from earmark.store.log import Log
from earmark.store.queries import stream

LATE = {"kind": "tag", "tag": "intent:complaint", "language": "en", "phrase": "late"}
SICK = {"kind": "word", "language": "en", "phrase": "Sick", "strength": 2}
COMPLAINT = {"name": "intent:complaint", "by": "intents", "because": "“late”", "words": ["late"]}
NEGATIVE = {"label": "negative", "score": -0.5, "because": "“sick”", "words": {"sick": -1.5}}
ENGLISH = {"tag": "en", "confidence": 0.9, "source": "langdetect"}


async def patch(client: Client, id: str, **what: Any) -> Any:
    return await client.ask("PATCH", f"/v1/items/forum/{id}", what)


async def every(client: Client) -> list[Any]:
    return (await client.ask("GET", "/v1/corrections"))["corrections"]  # type: ignore[no-any-return]


def ndjson_lines(log: Log) -> Iterator[str]:
    """What `earmark export` writes."""
    written = io.StringIO()
    write_ndjson(stream(log, Filters()), written)
    return iter(written.getvalue().splitlines())


async def test_a_correction_is_added_changed_and_forgotten(owner: Client) -> None:
    added = await owner.send("POST", "/v1/corrections", SICK)
    assert added.status == 201
    assert added.json.items() >= SICK.items()
    target = f"/v1/corrections/{added.json['id']}"
    changed = await owner.ask("PATCH", target, {"strength": 0, "language": ""})
    assert (changed["strength"], "language" in changed) == (0, False)
    assert await every(owner) == [changed]
    assert await owner.ask("DELETE", target) == changed
    assert await every(owner) == []


async def test_what_is_said_of_a_phrase_again_replaces_what_was_said(owner: Client) -> None:
    first = await owner.ask("POST", "/v1/corrections", SICK)
    again = await owner.ask("POST", "/v1/corrections", SICK | {"phrase": " sıck", "strength": -1})
    assert (again["id"], again["strength"]) == (first["id"], -1)
    await owner.ask("POST", "/v1/corrections", SICK | {"language": "de"})
    assert [each["language"] for each in await every(owner)] == ["en", "de"]


@pytest.mark.parametrize(
    ("method", "target", "value", "status", "code"),
    [
        ("POST", "/v1/corrections", {"kind": "word", "phrase": "sick"}, 400, "bad_choice"),
        ("POST", "/v1/corrections", SICK | {"strength": 4}, 400, "malformed"),
        ("POST", "/v1/corrections", SICK | {"tag": "intent:bug"}, 400, "bad_choice"),
        ("POST", "/v1/corrections", SICK | {"language": "xx"}, 400, "bad_choice"),
        ("POST", "/v1/corrections", SICK | {"phrase": " \u200f\u00ad"}, 400, "bad_choice"),
        ("POST", "/v1/corrections", SICK | {"phrase": "late 😡"}, 400, "bad_choice"),
        ("POST", "/v1/corrections", SICK | {"phrase": "x" * 101}, 400, "bad_choice"),
        ("POST", "/v1/corrections", SICK | {"phrase": "x" * 10_000}, 400, "malformed"),
        ("POST", "/v1/corrections", LATE, 400, "bad_choice"),
        ("POST", "/v1/corrections", {"kind": "item", "text": "late"}, 400, "malformed"),
        ("PATCH", "/v1/corrections/7", {"strength": 1}, 404, "no_such_correction"),
        ("DELETE", "/v1/corrections/7", None, 404, "no_such_correction"),
    ],
)
async def test_what_cannot_be_is_told(
    owner: Client, method: str, target: str, value: Any, status: int, code: str
) -> None:
    answer = await owner.send(method, target, value)
    assert (answer.status, answer.error) == (status, code)
    assert await every(owner) == []


async def test_a_paired_browser_neither_reads_nor_changes_corrections(browser: Client) -> None:
    assert (await browser.get("/v1/corrections")).status == 403
    assert (await browser.send("POST", "/v1/corrections", SICK)).status == 403


async def test_two_corrections_do_not_become_the_same(owner: Client) -> None:
    await owner.ask("POST", "/v1/corrections", SICK)
    other = await owner.ask("POST", "/v1/corrections", SICK | {"phrase": "ill"})
    answer = await owner.send("PATCH", f"/v1/corrections/{other['id']}", {"phrase": "SICK"})
    assert (answer.status, answer.error) == (400, "bad_choice")


async def test_what_is_said_of_an_item_is_learned_of_its_text(owner: Client, stored: Any) -> None:
    await stored("1", "So  SICK", language=ENGLISH, sentiment=NEGATIVE, tags=[COMPLAINT])
    told = await patch(
        owner, "1", sentiment={"label": "positive"}, remove_tags=["intent:complaint"]
    )
    assert told["sentiment"] == {"label": "positive", "score": 0.7, "by": "you"}
    [kept] = await every(owner)
    assert told["learned"] == kept
    assert (kept["kind"], kept["text"], kept["item"]) == ("item", "So SICK", "1")
    assert kept["sentiment"] == {"label": "positive", "score": 0.7}
    assert kept["tags"] == {"intent:complaint": False}


async def test_a_word_taken_back_leaves_the_item_as_it_was(owner: Client, stored: Any) -> None:
    await stored("1", "so sick", language=ENGLISH, sentiment=NEGATIVE, tags=[COMPLAINT])
    before = (await owner.get("/v1/items/forum/1")).json
    said = {"language": "de", "sentiment": {"label": "none"}}
    await patch(owner, "1", **said, add_tags=["about:x"], remove_tags=["intent:complaint"])
    back = {"language": "", "sentiment": {"label": ""}}
    after = await patch(owner, "1", **back, forget_tags=["about:x", "intent:complaint"])
    assert after == before | {"revision": after["revision"]}
    assert await every(owner) == []


async def test_a_removed_tag_offers_its_words(owner: Client, stored: Any) -> None:
    await stored("1", "it came late again", language=ENGLISH, tags=[COMPLAINT])
    told = await patch(owner, "1", remove_tags=["intent:complaint"])
    assert told["learnable"] == [LATE | {"holds": False}]
    await owner.ask("POST", "/v1/corrections", told["learnable"][0])


async def test_an_added_tag_asks_for_its_words(owner: Client, stored: Any) -> None:
    await stored("1", "it came the day after the day after the wedding", language=ENGLISH)
    await stored("2", "never again")
    mine = {"kind": "tag", "tag": "intent:complaint", "holds": True}
    told = await patch(owner, "1", add_tags=["intent:complaint"])
    assert told["learnable"] == [mine | {"language": "en"}]
    told = await patch(owner, "2", add_tags=["intent:complaint"])
    assert told["learnable"] == [mine | {"phrase": "never again"}]


async def test_another_feeling_offers_the_words_that_spoke_against_it(
    owner: Client, stored: Any
) -> None:
    await stored("1", "what a sick beat it is", language=ENGLISH, sentiment=NEGATIVE)
    offer = {"kind": "word", "language": "en", "phrase": "sick"}
    told = await patch(owner, "1", sentiment={"label": "positive"})
    assert told["learnable"] == [offer | {"strength": 2}]
    told = await patch(owner, "1", sentiment={"label": "positive"})
    assert "learnable" not in told
    told = await patch(owner, "1", sentiment={"label": "none"})
    assert told["learnable"] == [offer | {"strength": 0}]


async def test_what_was_learned_of_an_item_goes_with_it(
    owner: Client, stored: Any, log: Log, agent: Any
) -> None:
    await stored("1", "late")
    await stored("2", "never again")
    for id in ("1", "2"):
        await patch(owner, id, add_tags=["intent:complaint"])
    await owner.ask("POST", "/v1/corrections", SICK)
    log.table("items").remove(where("id") == "1")
    assert await asyncio.to_thread(agent.corrections.forget_lost) == 1
    assert [(each["kind"], each.get("item")) for each in await every(owner)] == [
        ("item", "2"),
        ("word", None),
    ]
    assert await asyncio.to_thread(agent.corrections.forget_lost) == 0


async def test_corrections_are_there_after_a_restart(owner: Client, stored: Any, log: Log) -> None:
    await stored("1", "late")
    await patch(owner, "1", add_tags=["intent:complaint"])
    await owner.ask("POST", "/v1/corrections", SICK)
    assert [each["id"] for each in Corrections(log).all()] == [
        each["id"] for each in await every(owner)
    ]


async def test_an_export_carries_what_a_person_said_and_an_import_keeps_it(
    owner: Client, stored: Any, log: Log
) -> None:
    second = {"tag": "de", "share": 0.3}
    await stored("1", "sick", language=ENGLISH | {"second": second}, sentiment=NEGATIVE)
    item = await patch(owner, "1", sentiment={"label": "mixed"}, add_tags=["intent:complaint"])
    line = next(ndjson_lines(log))
    assert json.loads(line)["sentiment"] == {"label": "mixed", "score": 0.0, "by": "you"}
    taken = checked(json.loads(line))
    assert taken == {key: item[key] for key in taken}
    log.table("items").update({"sentiment": NEGATIVE, "language": ENGLISH}, where("id") == "1")
    await log.awrite(lambda connection: put_items(connection, [taken], "2026-11-22T10:00:00Z"))
    again = (await owner.get("/v1/items/forum/1")).json
    assert again["sentiment"] == {"label": "mixed", "score": 0.0, "by": "you"}


async def test_free_names_and_other_changes_teach_nothing(owner: Client, stored: Any) -> None:
    await stored("1", "late")
    told = await patch(owner, "1", add_tags=["call back"], state="done", note="by phone")
    assert not {"learned", "learnable"} & told.keys()
    assert await every(owner) == []


async def test_a_text_that_says_nothing_teaches_nothing(owner: Client, stored: Any) -> None:
    await stored("1", " \u200f", rating={"value": 1, "best": 5})
    told = await patch(owner, "1", sentiment={"label": "negative"}, add_tags=["intent:complaint"])
    assert "learned" not in told
    assert await every(owner) == []


async def test_nothing_is_learned_from_a_change_that_is_refused(owner: Client, stored: Any) -> None:
    await stored("1", "late")
    for wrong in ({"language": "xx"}, {"sentiment": {"label": "sad"}}):
        answer = await owner.send(
            "PATCH", "/v1/items/forum/1", {"add_tags": ["intent:bug"], **wrong}
        )
        assert answer.status in (400, 422)
    assert await every(owner) == []
