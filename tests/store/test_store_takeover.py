"""Another plugin takes over a page: what was heard before becomes its own, and nothing is mixed."""

from __future__ import annotations

from typing import Any

import pytest
from store_samples import Json, Saver, make_item, make_page

from earmark.store import queries
from earmark.store.edit import patch_item
from earmark.store.log import Log

HOST = "forum.example.org"
DONE = {"state": "waiting", "note": "ask her", "add_tags": ["mine"], "assignee": "noor"}


def read_by(platform: str, id: str | None = "7", text: str = "It works well", **more: Any) -> Json:
    """One comment as some platform reads it; `webpage` sees the shown name only."""
    author = {"name": "Mina Sample"} | ({} if platform == "webpage" else {"handle": "mina"})
    own = f"{HOST}/{id}" if platform == "webpage" and id else id
    reader = {"plugin": platform, "version": "1"}
    given = {"platform": platform, "author": author, "read_by": reader}
    return make_item(own, text, **(given | more))


def work_on(log: Log, saved: Json) -> None:
    key = (saved["platform"], saved["id"])
    log.write(lambda conn: patch_item(conn, *key, DONE)).result(20)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("webpage", None), ("forum", "7")),
        (("webpage", "c7"), ("forum", "7")),
        (("webpage", None), ("forum", None)),
        (("theirs", "x-7"), ("forum", "7")),
        (("theirs", None), ("forum", "7")),
        (("theirs", "x-7"), ("forum", None)),
        (("theirs", None), ("forum", None)),
    ],
)
def test_the_platform_that_reads_the_page_today_takes_over(
    save: Saver, log: Log, before: Any, after: Any
) -> None:
    [old] = save(read_by(*before), ref="a")
    save(read_by(*before, likes=2), ref="a", page=make_page(visit="v2"))
    work_on(log, old)
    [new] = save(read_by(*after), ref="z", page=make_page(visit="v3"))
    assert new["platform"] == "forum"
    assert len(save.all()) == 1
    item = save.get(new["id"])
    assert item == save.get(old["id"], old["platform"])
    assert (item["state"], item["note"], item["assignee"]) == ("waiting", "ask her", "noor")
    assert [tag["name"] for tag in item["tags"]] == ["mine"]
    assert (item["sightings"], item["likes"]) == (3, 2)


def test_the_texts_it_had_before_move_along(save: Saver, log: Log) -> None:
    save(read_by("theirs", "x-7", "It works"), ref="a")
    save(read_by("theirs", "x-7", "It works well"), ref="a", page=make_page(visit="v2"))
    save(read_by("forum"), page=make_page(visit="v3"))
    assert [each["text"] for each in queries.versions(log, "theirs", "x-7")] == ["It works"]


def test_any_site_never_takes_over_what_a_platform_read(save: Saver) -> None:
    save(read_by("forum"))
    save(read_by("webpage", None), page=make_page(visit="v2"))
    save(read_by("webpage", None, "It works well, and so on"), page=make_page(visit="v3"))
    assert save.get("7")["text"] == "It works well"


def test_a_plugin_that_is_there_again_finds_its_own(save: Saver, log: Log) -> None:
    [first] = save(read_by("theirs", "x-7"))
    work_on(log, first)
    for visit, platform, id in (
        ("v2", "forum", "7"),
        ("v3", "theirs", "x-7"),
        ("v4", "forum", "7"),
    ):
        save(read_by(platform, id), page=make_page(visit=visit))
    assert len(save.all()) == 1
    assert save.get("x-7", "theirs")["note"] == "ask her"


def test_two_that_look_alike_stay_apart_from_two_that_look_alike(save: Saver, log: Log) -> None:
    old = [save(read_by("theirs", f"x-{n}"), ref=f"r{n}")[0] for n in (1, 2)]
    work_on(log, old[0])
    save(read_by("forum", "1"), read_by("forum", "2"), page=make_page(visit="v2"))
    assert len(save.all()) == 4
    assert save.get("x-1", "theirs")["note"] == "ask her"
    assert all("note" not in save.get(id) for id in ("1", "2"))


def test_two_people_of_one_name_are_not_taken_for_one(save: Saver, log: Log) -> None:
    [shown] = save(read_by("webpage", None))
    work_on(log, shown)
    people = [{"handle": handle, "name": "Mina Sample"} for handle in ("mina", "mina2")]
    save(
        *(read_by("forum", str(n), author=author) for n, author in enumerate(people)),
        page=make_page(visit="v2"),
    )
    assert [item.get("note") for item in save.all()] == ["ask her", None, None]


def test_one_is_not_taken_for_either_of_two_that_looked_alike(save: Saver) -> None:
    for ref in ("a", "b"):
        save(read_by("webpage", None), ref=ref)
    save(read_by("forum"), page=make_page(visit="v2"))
    assert [item["platform"] for item in save.all()] == ["webpage", "webpage", "forum"]


@pytest.mark.parametrize("platform", ["webpage", "theirs"])
def test_a_page_of_another_host_takes_nothing_over(save: Saver, log: Log, platform: str) -> None:
    [old] = save(read_by(platform, None), ref="a")
    work_on(log, old)
    hostile = read_by("forum", page_url=f"https://{HOST}/thread/1")
    save(hostile, page=make_page("hostile.example", visit="v2"))
    assert len(save.all()) == 2
    assert "note" not in save.get("7")


def test_the_thread_is_the_new_plugins(save: Saver) -> None:
    [root] = save(read_by("webpage", None, "A question"), ref="a")
    [reply] = save(read_by("webpage", None), ref="b", parent_ref="a")
    assert save.get(reply["id"], "webpage")["parent_id"] == root["id"]
    second = {"page": make_page(visit="v2")}
    save(read_by("forum", "1", "A question"), ref="a", **second)
    save(read_by("forum", "2"), ref="b", parent_ref="a", **second)
    assert (save.get("2")["parent_id"], save.get("2")["root_id"]) == ("1", "1")
    assert [item["id"] for item in queries.thread(save.log, "forum", "1")] == ["1", "2"]


# -- a better reading is no edit ------------------------------------------------------------------


def versioned(version: str, text: str, **more: Any) -> Json:
    return read_by("forum", "7", text, read_by={"plugin": "forum", "version": version}, **more)


def test_a_text_that_another_version_reads_otherwise_was_not_edited(save: Saver, log: Log) -> None:
    save(versioned("1", "It works well Reply Share"))
    changes = save.changes(versioned("2", "It works well"), page=make_page(visit="v2"))
    item = save.get("7")
    assert changes == ["updated"]
    assert (item["text"], item["read_by"]["version"]) == ("It works well", "2")
    assert "edited" not in item
    assert queries.versions(log, "forum", "7") == []


def test_what_the_page_calls_edited_is_an_edit_to_another_version_too(
    save: Saver, log: Log
) -> None:
    save(versioned("1", "It works"))
    save(versioned("2", "It works well", edited=True), page=make_page(visit="v2"))
    assert [each["text"] for each in queries.versions(log, "forum", "7")] == ["It works"]


def test_the_same_version_still_notices_an_edit(save: Saver, log: Log) -> None:
    save(versioned("1", "It works"))
    save(versioned("2", "It works"), page=make_page(visit="v2"))
    assert save.changes(versioned("2", "It fails"), page=make_page(visit="v3")) == ["edited"]
    assert [each["text"] for each in queries.versions(log, "forum", "7")] == ["It works"]
