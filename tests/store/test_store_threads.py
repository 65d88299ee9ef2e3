from __future__ import annotations

from itertools import permutations

import pytest
from store_samples import Saver, make_item

from earmark.store import queries


def thread(save: Saver, id: str) -> tuple[object, object, object]:
    item = save.get(id)
    return item.get("parent_id"), item.get("root_id"), item.get("depth")


TREE = [("1", "a", ""), ("2", "b", "a"), ("3", "c", "b")]


@pytest.mark.parametrize("order", list(permutations(TREE)))
def test_parents_are_found_in_whatever_order_they_arrive(save: Saver, order: tuple) -> None:
    for id, ref, parent in order:
        save(make_item(id, f"text {id}"), ref=ref, parent_ref=parent)
    assert thread(save, "1") == (None, None, None)
    assert thread(save, "2") == ("1", "1", 1)
    assert thread(save, "3") == ("2", "1", 2)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_without_enclosing_elements_the_outline_tells_the_parent(save: Saver, order: tuple) -> None:
    column = [("1", 0), ("2", 1), ("3", 2), ("4", 1)]
    for at in order:
        id, outline = column[at]
        save(make_item(id, f"text {id}"), ref=id, order=at * 10, outline=outline)
    assert [thread(save, id)[0] for id in "1234"] == [None, "1", "2", "1"]
    assert [thread(save, id)[1:] for id in "34"] == [("1", 2), ("1", 1)]


def test_a_parent_the_plugin_names_stays(save: Saver) -> None:
    save(make_item("1", "one"), ref="a")
    save(make_item("2", "two", parent_id="0"), ref="b", parent_ref="a")
    assert save.get("2")["parent_id"] == "0"


def test_root_and_depth_come_from_a_parent_the_plugin_names(save: Saver) -> None:
    save(make_item("2", "two", parent_id="1"))
    save(make_item("1", "one", root_id="0", parent_id="0", depth=3))
    assert thread(save, "2") == ("1", "0", 4)


def test_a_parent_named_later_replaces_the_one_inferred(save: Saver) -> None:
    save(make_item("1", "one"), ref="a")
    save(make_item("2", "two"), ref="b", parent_ref="a")
    save(make_item("2", "two", parent_id="9"), ref="b", parent_ref="a")
    assert save.get("2")["parent_id"] == "9"


def test_items_that_claim_each_other_as_parent_are_stored(save: Saver) -> None:
    save(make_item("1", "one", parent_id="2"))
    save(make_item("2", "two", parent_id="1"))
    save(make_item("3", "three", parent_id="3"))
    assert {item["id"] for item in queries.thread(save.log, "forum", "1")} >= {"1", "2"}
    assert len(save.all()) == 3


def test_a_found_parent_is_told_as_a_change_of_the_child(save: Saver) -> None:
    save(make_item("2", "two"), ref="b", parent_ref="a")
    save(make_item("1", "one"), ref="a")
    told = [(each["id"], each["change"]) for each in queries.changes_since(save.log, 0)]
    assert told == [("2", "new"), ("2", "updated"), ("1", "new")]


def test_a_thread_lists_parents_before_replies(save: Saver) -> None:
    for id, parent in (("1", ""), ("2", "1"), ("3", "1"), ("4", "2")):
        save(make_item(id, f"text {id}"), ref=id, parent_ref=parent)
    assert [item["id"] for item in queries.thread(save.log, "forum", "3")] == ["1", "2", "4", "3"]
