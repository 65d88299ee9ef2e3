"""Today's plugins over what is kept raw: shown first, written as shown, undone exactly."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from intake_line import FORUM, Line, batch

from earmark.plugins import PluginSource
from earmark.reading import Reading
from earmark.reparse import Asked, Reparse
from earmark.store import queries, runs
from earmark.store.edit import patch_item
from earmark.store.undo import undo

Json = dict[str, Any]
OTHER = "https://forum.example.org/t/2"

# A made-up platform; `{read}` is what a version of it makes of a fragment.
CODE = """
from earmark import Author, Item, Platform, hookimpl, text_of

class Forum(Platform):
    name, label = "forum", "Forum"
    matches = ["https://forum.example.org/*"]
    items = ["li.comment"]

    def parse(self, fragment, page):
        li = fragment.soup.li
        author = Author(name=text_of(li.select_one(".who"))) if li.select_one(".who") else None
        {read}

@hookimpl
def register_platforms(register):
    register(Forum)
"""
FIRST = 'yield Item(id=li.get("id"), text=text_of(li.p), author=author, likes=li.get("data-likes"))'
BETTER = 'yield Item(id=li.get("id"), text=text_of(li.p.b or li.p), author=author)'


def comment(id: str, text: str, likes: int | None = None, who: str = "Mina") -> str:
    counted = "" if likes is None else f' data-likes="{likes}"'
    return f'<li class="comment" id="{id}"{counted}><i class="who">{who}</i><p>{text}</p></li>'


@pytest.fixture
def forum(plugin: Callable[[str, str], PluginSource]) -> Callable[[str, str], PluginSource]:
    """A version of the platform's plugin: version and the line that reads."""

    def write(version: str, read: str, name: str = "") -> PluginSource:
        module = name or f"forum_v{version.replace('.', '_')}"
        plugin(module, CODE.format(read=read))
        return PluginSource("forum", module, "", version)

    return write


@asynccontextmanager
async def rereading(line: Line) -> AsyncIterator[Reparse]:
    reading = Reading(line.plugins, line.workers)
    home = line.log.path.parent
    reparse = Reparse(line.log, line.plugins, reading, line.choices, line.policy, home)
    try:
        yield reparse
    finally:
        reparse.close()


async def read(line: Line, **asked: str) -> Json:
    """What would change."""
    async with rereading(line) as reparse:
        return await reparse.read(Asked(**asked), lambda done, total: None)


async def rewrite(line: Line) -> int:
    """Read and write; the number of the run."""
    number = await line.log.awrite(lambda conn: runs.begin(conn, "reparse", {}))
    async with rereading(line) as reparse:
        await reparse.read(Asked(), lambda done, total: None)
        await reparse.write(number, lambda done, total: None)
    return number


def everything(line: Line) -> Json:
    tables = ("items", "item_tags", "aliases", "versions", "sightings", "placements", "fragments")
    with line.log.reading() as connection:
        return {t: connection.exec_driver_sql(f"SELECT * FROM {t}").all() for t in tables}


def item(line: Line, id: str, platform: str = "forum") -> Json:
    found = queries.get(line.log, platform, id)
    assert found is not None
    return found


async def work_on(line: Line, id: str, platform: str = "forum") -> None:
    patch = {"state": "waiting", "note": "ask", "add_tags": ["mine"]}
    await line.log.awrite(lambda conn: patch_item(conn, platform, id, patch))


async def test_the_same_plugin_reads_the_same(line: Any, forum: Any) -> None:
    async with line(forum("1", FIRST)) as one:
        await one.capture(comment("1", "Works well", 3), comment("2", "No"), url=FORUM)
        await one.capture(comment("1", "Works well", 5), comment("3", "Yes"), visit="v2")
        told = await read(one)
    assert told["is_empty"] is True
    assert (told["fragments"], told["items"], told["changed"], told["lost"]) == (4, 3, {}, {})


async def test_the_difference_is_shown_and_nothing_is_written(line: Any, forum: Any) -> None:
    async with line(forum("1", FIRST)) as one:
        await one.capture(comment("1", "<b>Works</b> Share", 3), comment("2", "No"))
    async with line(forum("2", BETTER)) as two:
        before = everything(two)
        told = await read(two)
        assert everything(two) == before
        assert not list(two.log.path.parent.glob("rereading-*"))
    assert told["changed"]["text"] == {
        "count": 1,
        "examples": [
            {"platform": "forum", "id": "1", "before": "Works Share", "after": "Works"},
        ],
    }
    assert told["lost"]["likes"]["examples"] == [
        {"platform": "forum", "id": "1", "before": 3, "after": None}
    ]
    assert told["changed_items"] == 1


async def test_what_was_shown_is_written_and_is_no_edit(line: Any, forum: Any) -> None:
    async with line(forum("1", FIRST)) as one:
        await one.capture(comment("1", "<b>Works</b> Share", 3))
        await work_on(one, "1")
    async with line(forum("2", BETTER)) as two:
        await rewrite(two)
        found = item(two, "1")
        assert (found["text"], found["read_by"]["version"]) == ("Works", "2")
        assert "likes" not in found
        assert "edited" not in found
        assert queries.versions(two.log, "forum", "1") == []
        assert (found["state"], found["note"]) == ("waiting", "ask")
        assert [tag["name"] for tag in found["tags"]] == ["mine"]
        assert (await read(two))["is_empty"] is True


async def test_an_undo_puts_everything_back(line: Any, forum: Any) -> None:
    async with line(forum("1", FIRST)) as one:
        await one.capture(comment("1", "<b>Works</b> Share", 3), comment("2", "No", 1))
        await work_on(one, "1")
    more = BETTER + '; yield Item(id="x" + li["id"], text="More")'
    async with line(forum("2", more)) as two:
        before = everything(two)
        number = await rewrite(two)
        assert len(two.items()) == 4
        await undo(two.log, number)
        assert everything(two) == before


async def test_a_capture_after_a_better_plugin_is_no_edit_either(line: Any, forum: Any) -> None:
    async with line(forum("1", FIRST)) as one:
        await one.capture(comment("1", "<b>Works</b> Share"))
    async with line(forum("2", BETTER)) as two:
        await two.capture(comment("1", "<b>Works</b> Share"), visit="v2")
        assert item(two, "1")["text"] == "Works"
        assert queries.versions(two.log, "forum", "1") == []


async def test_what_nobody_understood_is_understood(line: Any, forum: Any) -> None:
    async with line(forum("1", "raise ValueError('no')")) as one:
        [result] = await one.capture(comment("1", "Works"))
        assert result["status"] == "not_understood"
    async with line(forum("2", FIRST)) as two:
        told = await read(two)
        assert told["newly_understood"]["count"] == 1
        assert told["new"]["examples"] == [{"platform": "forum", "id": "1", "text": "Works"}]
        await rewrite(two)
        assert [each["text"] for each in two.items()] == ["Works"]
        assert "language" in two.items()[0]
        with two.log.reading() as connection:
            asked = "SELECT status, error, plugin_version, result FROM fragments"
            status, error, version, result = connection.exec_driver_sql(asked).one()
        assert (status, error, version) == ("stored", "", "2")
        assert '"id": "1"' in result


async def test_what_fails_now_is_told_and_its_items_stay(line: Any, forum: Any) -> None:
    async with line(forum("1", FIRST)) as one:
        await one.capture(comment("1", "Works"))
    async with line(forum("2", "raise ValueError('no')")) as two:
        told = await read(two)
        assert told["newly_failing"]["count"] == 1
        assert told["not_found"]["examples"] == [{"platform": "forum", "id": "1", "text": "Works"}]
        await rewrite(two)
        assert item(two, "1")["text"] == "Works"


async def test_an_item_that_is_not_found_any_more_stays(line: Any, forum: Any) -> None:
    async with line(forum("1", FIRST)) as one:
        await one.capture(comment("1", "Works"), comment("2", "Sort by: newest"))
    without = f'if li["id"] != "2": {FIRST}'.replace("yield", "yield")
    async with line(forum("2", without)) as two:
        told = await read(two)
        await rewrite(two)
        assert told["not_found"]["count"] == 1
        assert told["newly_failing"]["count"] == 0
        assert item(two, "2")["text"] == "Sort by: newest"


async def test_a_field_of_a_sighting_that_is_not_kept_is_not_lost(line: Any, forum: Any) -> None:
    async with line(forum("1", FIRST)) as one:
        await one.capture(comment("1", "Works", 3))
        await one.capture(comment("1", "Works", 3), visit="v2")
        await one.log.awrite(
            lambda conn: conn.exec_driver_sql("DELETE FROM fragments WHERE number = 1")
        )
    async with line(forum("2", BETTER)) as two:
        assert (await read(two))["lost"] == {}


async def test_what_changed_since_it_was_shown_is_left_alone(line: Any, forum: Any) -> None:
    async with line(forum("1", FIRST)) as one:
        await one.capture(comment("1", "<b>Works</b> Share", 3))
    async with line(forum("2", BETTER.replace("author=author", "author=author, likes=7"))) as two:
        number = await two.log.awrite(lambda conn: runs.begin(conn, "reparse", {}))
        async with rereading(two) as reparse:
            await reparse.read(Asked(), lambda done, total: None)
            table = two.log.table("items")
            table.update({"likes": 99})
            await reparse.write(number, lambda done, total: None)
        assert (item(two, "1")["likes"], item(two, "1")["text"]) == (99, "Works")


async def test_only_what_was_asked_for_is_read(line: Any, forum: Any) -> None:
    schema = (
        '<li class="comment" itemscope itemtype="https://schema.org/Comment">'
        '<p itemprop="text">Works well</p></li>'
    )
    async with line(forum("1", FIRST)) as one:
        await one.capture(comment("1", "Works"))
        await one.capture(schema, url="https://else.example/a", visit="e")
        assert (await read(one, site="forum.example.org"))["fragments"] == 1
        assert (await read(one, site="example.org"))["fragments"] == 1
        assert (await read(one, platform="webpage"))["fragments"] == 1
        assert (await read(one, since="2999-01-01"))["fragments"] == 0
        assert (await read(one))["fragments"] == 2


async def test_a_new_plugin_takes_over_what_any_site_gave(line: Any, forum: Any) -> None:
    schema = (
        '<li class="comment" id="c7" itemscope itemtype="https://schema.org/Comment">'
        '<i class="who" itemprop="author">Mina</i><p itemprop="text">Works well</p></li>'
    )
    async with line() as one:
        [result] = await one.capture(schema)
        [old] = result["items"]
        assert old["platform"] == "webpage"
        await work_on(one, old["id"], "webpage")
    async with line(forum("1", FIRST)) as two:
        before = everything(two)
        told = await read(two)
        assert told["moved"]["count"] == 1
        assert told["new"]["count"] == 0
        number = await rewrite(two)
        [found] = two.items()
        assert (found["platform"], found["id"], found["note"]) == ("forum", "c7", "ask")
        assert item(two, old["id"], "webpage") == found
        await undo(two.log, number)
        assert everything(two) == before


async def test_a_better_author_stays_the_same_item(line: Any, forum: Any) -> None:
    nameless = "yield Item(text=text_of(li.p))"
    async with line(forum("1", nameless)) as one:
        await one.capture(comment("1", "Works"), comment("2", "No"))
        [first] = [each for each in one.items() if each["text"] == "Works"]
        await work_on(one, first["id"])
    async with line(forum("2", "yield Item(text=text_of(li.p), author=author)")) as two:
        told = await read(two)
        assert (told["new"]["count"], told["not_found"]["count"]) == (0, 0)
        assert told["changed"]["author"]["count"] == 2
        await rewrite(two)
        found = item(two, first["id"])
        assert (found["author"], found["note"]) == ({"name": "Mina"}, "ask")
        [again] = (await two.capture(comment("1", "Works"), visit="v9"))[0]["items"]
        assert again["id"] == first["id"]


async def test_a_page_that_nobody_may_hear_any_more_is_left_out(line: Any, forum: Any) -> None:
    async with line(forum("1", FIRST)) as one:
        await one.capture(comment("1", "Works"))
        one.policy.path.write_text('{"allowed_sites": ["else.example"]}', encoding="utf-8")
        assert (await read(one))["fragments"] == 0


async def test_replies_keep_their_parents(line: Any, forum: Any) -> None:
    body = batch(comment("1", "A question"), comment("2", "An answer"))
    first, second = body["fragments"]
    second["parent_ref"] = first["ref"]
    async with line(forum("1", FIRST)) as one:
        await one.intake.capture(body)
        assert item(one, "2")["parent_id"] == "1"
        assert (await read(one))["is_empty"] is True
    renamed = FIRST.replace('li.get("id")', '"n" + li["id"], aliases=[li["id"]]')
    async with line(forum("2", renamed)) as two:
        await rewrite(two)
        assert item(two, "2")["parent_id"] == "1"
        assert [each["id"] for each in queries.thread(two.log, "forum", "1")] == ["1", "2"]
