"""What comes in is kept first; what a plugin does to it costs nothing but that plugin's opinion."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from intake_line import MOMENT, batch

import earmark.intake
import earmark.keeping.outcomes
import earmark.reading
from earmark.store import raw

FORUM_PLUGIN = """
import os, time
from earmark import Author, Item, Platform, hookimpl

class Forum(Platform):
    name, label = "forum", "A forum"
    matches = ["https://forum.example.org/*"]
    items = ["li.comment"]

    def parse(self, fragment, page):
        said = fragment.soup.li
        if "hang" in said["class"]:
            time.sleep(600)
        if "die" in said["class"]:
            os._exit(3)
        if "raise" in said["class"]:
            raise ValueError("no such thing")
        if "empty" in said["class"]:
            return
        yield Item(id=said["id"], text=said.get_text(), author=Author(handle="mira"))

@hookimpl
def register_platforms(register):
    register(Forum)
"""
TAGGER = """
import time
from earmark import Tag, hookimpl

@hookimpl
def suggest_tags(items):
    {what}
    return [[Tag({name!r}, because="always")] for _ in items]
"""


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earmark.reading, "CHUNK_TIMEOUT", 2.0)
    monkeypatch.setattr(earmark.reading, "SINGLE_TIMEOUT", 1.0)


def comment(name: str, *classes: str) -> str:
    return f'<li class="comment {" ".join(classes)}" id="{name}">Something said by {name}</li>'


async def test_items_are_in_the_log_when_the_answer_comes(line: Any, plugin: Any) -> None:
    async with line(plugin("forum", FORUM_PLUGIN)) as path:
        results = await path.capture(comment("a"), comment("b"))
        assert [r["status"] for r in results] == ["stored", "stored"]
        assert {item["id"] for item in path.items()} == {"a", "b"}


async def test_a_batch_sent_again_gets_the_same_answer(line: Any, plugin: Any) -> None:
    async with line(plugin("forum", FORUM_PLUGIN)) as path:
        sent = batch(comment("a"))
        first = await path.intake.capture(sent)
        assert await path.intake.capture(sent) == first
        assert path.items()[0]["sightings"] == 1


async def test_the_same_batch_twice_at_once_is_read_once(line: Any, plugin: Any) -> None:
    async with line(plugin("forum", FORUM_PLUGIN)) as path:
        sent = batch(comment("a"))
        one, other = await asyncio.gather(path.intake.capture(sent), path.intake.capture(sent))
        assert one == other
        assert [item["sightings"] for item in path.items()] == [1]


@pytest.mark.parametrize("misdeed", ["hang", "die", "raise"])
async def test_a_fragment_that_breaks_its_plugin_takes_no_other_with_it(
    line: Any, plugin: Any, misdeed: str
) -> None:
    async with line(plugin("forum", FORUM_PLUGIN)) as path:
        results = await path.capture(comment("a"), comment("x", misdeed), comment("b"))
        assert [r["status"] for r in results] == ["stored", "not_understood", "stored"]
        assert results[1]["error"]
        assert {item["id"] for item in path.items()} == {"a", "b"}
        [told] = raw.not_understood(path.log)
        assert (told["platform"], told["host"], told["count"]) == (
            "forum",
            "forum.example.org",
            1,
        )


async def test_what_was_not_understood_is_not_tried_again_by_itself(line: Any, plugin: Any) -> None:
    async with line(plugin("forum", FORUM_PLUGIN)) as path:
        await path.capture(comment("x", "raise"))
    async with line(plugin("forum", FORUM_PLUGIN)) as path:
        assert raw.unfinished(path.log) == []


async def test_a_page_that_yields_nothing_at_all_is_reported(line: Any, plugin: Any) -> None:
    async with line(plugin("forum", FORUM_PLUGIN)) as path:
        [result] = await path.capture(comment("x", "empty"))
        assert result["status"] == "not_understood"
        assert "forum found nothing" in result["error"]


async def test_an_element_without_an_item_on_an_understood_page_is_no_failure(
    line: Any, plugin: Any
) -> None:
    async with line(plugin("forum", FORUM_PLUGIN)) as path:
        results = await path.capture(comment("a"), comment("x", "empty"))
        assert [r["status"] for r in results] == ["stored", "unchanged"]
        [later] = await path.capture(comment("y", "empty"))
        assert later["status"] == "unchanged"


@pytest.mark.parametrize("what", ["time.sleep(600)", "import os; os._exit(3)", "1 / 0"])
async def test_a_tagger_that_fails_costs_only_its_own_tags(
    line: Any, plugin: Any, what: str
) -> None:
    good = plugin("good", TAGGER.format(what="pass", name="good"))
    bad = plugin("bad", TAGGER.format(what=what, name="bad"))
    async with line(plugin("forum", FORUM_PLUGIN), bad, good) as path:
        [result] = await path.capture(comment("a"))
        assert result["status"] == "stored"
        assert [tag["name"] for tag in path.items()[0]["tags"]] == ["good"]
        assert "bad" in {problem.plugin for problem in path.plugins.problems}


async def test_a_slow_answer_is_queued_and_finished_afterwards(
    line: Any, plugin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earmark.intake, "ANSWER_WITHIN", 0.0)
    async with line(plugin("forum", FORUM_PLUGIN)) as path:
        [result] = await path.capture(comment("a"))
        assert result["status"] == "queued"
        await path.intake.settle()
        assert [item["id"] for item in path.items()] == ["a"]


async def test_what_an_earlier_run_kept_is_finished_at_the_next_start(
    line: Any, plugin: Any
) -> None:
    source = plugin("forum", FORUM_PLUGIN)
    sent = batch(comment("a"))
    async with line(source) as path:
        await path.log.awrite(
            lambda conn: raw.keep(conn, "b", sent["page"], sent["fragments"], "forum", MOMENT)
        )
    async with line(source) as path:
        await path.intake.resume()
        await path.intake.settle()
        assert [item["id"] for item in path.items()] == ["a"]
        assert raw.unfinished(path.log) == []


async def test_an_item_that_cannot_be_stored_takes_no_other_with_it(
    line: Any, plugin: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_all = earmark.keeping.outcomes.save_captures

    def failing(conn: Any, page: Any, captures: Any) -> Any:
        if any(item["id"] == "x" for capture in captures for item in capture.items):
            raise OverflowError("too large for the database")
        return store_all(conn, page, captures)

    monkeypatch.setattr(earmark.keeping.outcomes, "save_captures", failing)
    async with line(plugin("forum", FORUM_PLUGIN)) as path:
        results = await path.capture(comment("a"), comment("x"), comment("b"))
        assert [r["status"] for r in results] == ["stored", "not_understood", "stored"]
        assert {item["id"] for item in path.items()} == {"a", "b"}


async def test_a_listener_hears_of_new_items_after_the_commit(line: Any, plugin: Any) -> None:
    listener = plugin(
        "listener",
        "from pathlib import Path\nfrom earmark import hookimpl\n"
        "HEARD = []\n"
        "@hookimpl\ndef item_stored(item, change):\n    HEARD.append((item['id'], change))\n",
    )
    async with line(plugin("forum", FORUM_PLUGIN), listener) as path:
        await path.capture(comment("a"))
        await path.intake.settle()
        import listener as module

        assert module.HEARD == [("a", "new")]


async def test_what_our_accounts_wrote_is_ours_as_long_as_they_are_ours(
    line: Any, plugin: Any
) -> None:
    async with line(plugin("forum", FORUM_PLUGIN)) as open_line:
        await open_line.capture(comment("one"))
        assert "ours" not in open_line.items()[0]
        open_line.choices.change({"accounts": [{"handle": "Mira", "platform": "forum"}]})
        await open_line.capture(comment("one"), comment("two"), visit="v2")
        assert [item["ours"] for item in open_line.items()] == [True, True]
        open_line.choices.change({"accounts": []})
        await open_line.capture(comment("one"), visit="v3")
        assert [item.get("ours") for item in open_line.items()] == [True, None]
