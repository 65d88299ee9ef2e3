"""“What was learned”: corrections entered, looked up, forgotten and had back, by forms alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from inbox_fixtures import made_up, running_inbox, soup, submit, texts

from earmark.listening.correcting import Correcting
from earmark.store import queries, runs
from earmark.store.undo import undo

LATE = {"kind": "tag", "tag": "intent:complaint", "language": "en", "phrase": "late"}
SICK = {"kind": "word", "phrase": "sick", "strength": 2}
NASTY = ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}", "%(name)s x", "a\u202eb"]


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Any]:
    async with running_inbox(tmp_path) as agent:
        yield agent


async def after(box: Any, answer: Any) -> BeautifulSoup:
    flash = answer.header("Set-Cookie").split(";")[0]
    cookie = f"{box.client.headers['Cookie']}; {flash}"
    return await soup(box, answer.header("Location"), Cookie=cookie)


async def press(box: Any, form: Any, **more: str) -> Any:
    fields = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}
    button = form.select_one("button[name]")
    return await submit(box, form["action"], **(fields | {button["name"]: button["value"]} | more))


async def test_it_is_found_beside_rules_and_names(box: Any) -> None:
    assert (await soup(box, "/terms")).select_one("nav a[href='/learned']")
    page = await soup(box, "/learned")
    assert texts(page, "nav [aria-current]") == ["Learned"]


async def test_an_empty_page_teaches_how_to_fill_it(box: Any) -> None:
    page = await soup(box, "/learned")
    assert "Nothing yet" in texts(page, "h2")
    assert "“And from now on?”" in page.select_one("main").get_text()
    assert page.select_one("main a.primary")["href"] == "/"
    assert page.select(".access li") == []


async def test_a_word_is_entered_and_undone(box: Any) -> None:
    answer = await submit(box, "/learned", kind="word", phrase=" Sick ", language="", strength="2")
    assert (answer.status, answer.header("Location")) == (303, "/learned")
    page = await after(box, answer)
    assert texts(page, "#flash p") == ["Learned. It counts from now on."]
    assert texts(page, "[data-correction] span:first-child")[0] == "“Sick” is praise"
    assert "Nothing yet" not in texts(page, "h2")
    await press(box, page.select_one("#flash form"))
    assert box.corrections.all() == []


async def test_a_phrase_is_entered_by_what_its_tag_is_called(box: Any) -> None:
    fields = {"kind": "tag", "phrase": "never again", "language": "en", "holds": "no"}
    await submit(box, "/learned", **fields, tag="complaint")
    [kept] = box.corrections.all()
    assert (kept["tag"], kept["holds"]) == ("intent:complaint", False)
    [line] = texts(await soup(box, "/learned"), "[data-correction] div")
    assert line.startswith("“never again” does not mean Complaint in texts in this language: Eng")


async def test_what_cannot_be_is_told_and_what_was_typed_is_kept(box: Any) -> None:
    answer = await submit(box, "/learned", kind="word", phrase="bad 😡", strength="-2")
    page = BeautifulSoup(answer.body.decode(), "html.parser")
    assert answer.status == 400
    assert page.select_one("[role=alert]")
    assert page.select_one("input[name=phrase]")["value"] == "bad 😡"
    for fields in ({"kind": "item"}, {"kind": "word", "phrase": "x", "strength": "much"}, {}):
        assert (await submit(box, "/learned", **fields)).status == 400
    assert box.corrections.all() == []


async def test_what_was_said_of_an_item_stands_there_with_its_text(box: Any) -> None:
    box.save(made_up("1", "So sick"))
    await submit(box, "/items/hackernews/1/feeling", feeling="positive", back="/")
    await submit(box, "/items/hackernews/1/tags", add="intent:praise", back="/")
    page = await soup(box, "/learned")
    assert page.select_one("[data-correction] a")["href"] == "/items/hackernews/1"
    [line] = texts(page, "[data-correction] div")
    assert line.startswith("So sick Feeling: Positive · Praise · ")


async def test_each_can_be_forgotten_and_had_back_as_it_was(box: Any) -> None:
    box.save(made_up("1", "So sick"))
    await submit(box, "/items/hackernews/1/feeling", feeling="positive", back="/")
    box.corrections.add(SICK)
    box.corrections.add(LATE | {"holds": False})
    every = box.corrections.all()
    for number in range(3):
        form = (await soup(box, "/learned")).select("[data-correction] form")[number]
        page = await after(box, await press(box, form))
        assert texts(page, "#flash p") == ["Forgotten. It counts no longer."]
        assert len(box.corrections.all()) == len(page.select("[data-correction]")) == 2
        await press(box, page.select_one("#flash form"))
        assert sorted(box.corrections.all(), key=lambda one: one["id"]) == every


async def test_only_what_was_forgotten_last_comes_back_and_only_once(box: Any) -> None:
    kept = box.corrections.add(SICK)
    await submit(box, "/learned/forget", correction=str(kept["id"]))
    assert (await submit(box, "/learned/back", correction="77")).status == 409
    assert (await submit(box, "/learned/back", correction=str(kept["id"]))).status == 409
    assert box.corrections.all() == []


async def test_what_was_said_anew_since_then_stands(box: Any) -> None:
    kept = box.corrections.add(SICK)
    await submit(box, "/learned/forget", correction=str(kept["id"]))
    box.corrections.add(SICK | {"strength": -2})
    await submit(box, "/learned/back", correction=str(kept["id"]))
    assert [one["strength"] for one in box.corrections.all()] == [-2]


async def test_what_is_gone_already_cannot_be_forgotten(box: Any) -> None:
    assert (await submit(box, "/learned/forget", correction="77")).status == 404
    assert (await submit(box, "/learned/forget", correction="x")).status == 404


async def test_many_are_looked_up(box: Any) -> None:
    for word in (
        "açık",
        "bad",
        "cold",
        "dull",
        "easy",
        "fast",
        "grim",
        "hot",
        "ill",
        "just",
        "koş",
    ):
        box.corrections.add(SICK | {"phrase": word})
    assert (await soup(box, "/learned")).select_one("[role=search]")
    page = await soup(box, "/learned?q=ACIK")
    assert texts(page, "[data-correction] bdi") == ["açık"]
    form = page.select_one("[data-correction] form")
    assert (await press(box, form)).header("Location") == "/learned?q=ACIK"


@pytest.mark.parametrize("nasty", NASTY)
async def test_phrases_and_texts_stay_text(box: Any, nasty: str) -> None:
    box.save(made_up("1", nasty))
    await submit(box, "/items/hackernews/1/tags", add=f"x:{nasty}", back="/")
    box.corrections.add(SICK | {"phrase": nasty})
    box.corrections.add(LATE | {"phrase": nasty, "tag": nasty, "holds": True})
    for address in ("/learned", "/learned?ui=fa"):
        page = await soup(box, address)
        assert page.find_all("script") == page.find_all("img", src="x") == []
        assert len(page.select("[data-correction]")) == 3
        for found in page.find_all(string=lambda string: "\u202e" in string):
            assert any(p.name == "bdi" or p.get("dir") == "auto" for p in found.parents), found
        for button in page.find_all("button"):
            assert "\u202e" not in button.get("aria-label", "")


class Judge:
    """Judges as if every item that is late were a complaint no more."""

    async def __call__(self, documents: Any) -> list[Any]:
        return [
            {"language": one["language"], "tags": [], "sentiment": {"label": "none", "score": 0}}
            if "late" in one["text"]
            else None
            for one in documents
        ]


class RunsOfCorrections:
    """As much of the agent's runs as the page asks for; done at once."""

    def __init__(self, box: Any) -> None:
        self.log, self.correcting = box.log, box.correcting

    async def apply_corrections(self) -> int:
        run = await self.log.awrite(lambda conn: runs.begin(conn, "corrections", {}))
        told = await self.correcting.apply(run, lambda *_: None)
        await self.log.awrite(lambda conn: runs.mark(conn, run, runs.DONE, told))
        return run

    async def undo(self, number: int) -> None:
        await undo(self.log, number)
        await self.log.awrite(lambda conn: runs.mark(conn, number, runs.UNDONE, {}))


@pytest.fixture
def with_runs(box: Any) -> Any:
    complaint = {"name": "intent:complaint", "by": "intents", "because": "“late”"}
    box.save(made_up("1", "so late", tags=[complaint]), made_up("2", "thanks"))
    box.corrections.add(LATE | {"holds": False})
    box.correcting = Correcting(box.log, Judge())
    box.runs = RunsOfCorrections(box)
    return box


async def test_what_applying_would_change_is_shown_first(with_runs: Any) -> None:
    form = (await soup(with_runs, "/learned")).select("#applied form")[0]
    answer = await submit(with_runs, form["action"])
    page = BeautifulSoup(answer.body.decode(), "html.parser")
    assert texts(page, "#tried > p") == ["Items that applying it would change: 1"]
    assert texts(page, "#tried li del") == ["Complaint", "Not known"]
    assert texts(page, "#tried li ins") == ["No feeling"]
    assert page.select_one("#tried li a")["href"] == "/items/hackernews/1"
    assert "tags" in queries.get(with_runs.log, "hackernews", "1")


async def test_corrections_are_applied_to_old_items_and_undone(with_runs: Any) -> None:
    before = queries.get(with_runs.log, "hackernews", "1")
    form = (await soup(with_runs, "/learned")).select("#applied form")[1]
    assert (await submit(with_runs, form["action"])).header("Location") == "/learned#applied"
    assert "tags" not in queries.get(with_runs.log, "hackernews", "1")
    page = await soup(with_runs, "/learned")
    assert texts(page, "#applied .quiet") == ["Applied: 1 items changed."]
    await press(with_runs, page.select("#applied form")[2])
    after = queries.get(with_runs.log, "hackernews", "1")
    assert {**after, "revision": 0} == {**before, "revision": 0}


async def test_what_was_learned_in_place_of_something_else_is_undone_to_that(box: Any) -> None:
    kept = box.corrections.add(SICK)
    answer = await submit(box, "/learned", kind="word", phrase="SICK", strength="-2")
    assert [one["strength"] for one in box.corrections.all()] == [-2]
    await press(box, (await after(box, answer)).select_one("#flash form"))
    [again] = box.corrections.all()
    assert {**again, "at": kept["at"]} == kept
