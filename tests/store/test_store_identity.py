from __future__ import annotations

from typing import Any

import pytest
from store_samples import Json, Saver, make_item, make_page

from earmark.store import queries
from earmark.store.edit import patch_item
from earmark.store.log import Log


def from_any_site(**more: Any) -> Json:
    """The same comment, as the plugin for any site reads it: without an id."""
    return make_item(None, platform="webpage", author={"name": "Mina Sample"}, **more)


def test_a_comment_without_id_is_one_item_at_every_visit(save: Saver) -> None:
    [first] = save(from_any_site(), ref="a")
    [again] = save(from_any_site(likes=3), ref="x", page=make_page(visit="v2"))
    assert first["id"].startswith("~")
    assert again == {**first, "change": "updated"}
    assert save.get(first["id"], "webpage")["id_source"] == "derived"


def test_two_identical_comments_of_one_person_are_two_items_at_every_visit(save: Saver) -> None:
    for visit in ("v1", "v2"):
        for ref in ("a", "b"):
            save(from_any_site(), ref=ref, page=make_page(visit=visit))
    assert len(save.all()) == 2
    assert [item["sightings"] for item in save.all()] == [2, 2]


def test_two_identical_items_in_one_fragment_are_two(save: Saver) -> None:
    save(from_any_site(), from_any_site(), ref="a")
    save(from_any_site(), from_any_site(), ref="a")
    assert len(save.all()) == 2


def test_an_element_sent_again_is_the_same_item(save: Saver) -> None:
    for _ in range(2):
        save(from_any_site(), ref="a")
    assert len(save.all()) == 1


def test_the_same_comment_in_two_kinds_of_markup_is_one_item(save: Saver) -> None:
    save(from_any_site(_fragment_selector="script"), ref="a")
    save(from_any_site(_fragment_selector="[itemscope]"), ref="b")
    assert len(save.all()) == 1


def test_the_same_comment_in_two_kinds_of_markup_of_one_batch_is_one_item(save: Saver) -> None:
    save(
        from_any_site(_fragment_selector="script"), from_any_site(_fragment_selector="[itemscope]")
    )
    assert len(save.all()) == 1


def test_a_longer_text_at_the_same_place_is_the_same_item(save: Saver) -> None:
    [cut] = save(from_any_site(text="It works …", _complete=False), ref="a")
    [whole] = save(from_any_site(text="It works well"), ref="a")
    assert whole == {**cut, "change": "updated"}
    [again] = save(from_any_site(text="It works well"), ref="a", page=make_page(visit="v2"))
    assert again["id"] == cut["id"]


def test_another_comment_at_the_same_place_is_another_item(save: Saver) -> None:
    save(from_any_site(text="It works well"), ref="a")
    save(from_any_site(text="Something else"), ref="a")
    assert len(save.all()) == 2


def test_a_translation_at_the_same_place_is_no_new_item(save: Saver) -> None:
    save(from_any_site(text="Çok güzel"), ref="a")
    save(from_any_site(text="Very nice"), ref="a", page=make_page(translated=True))
    assert [item["text"] for item in save.all()] == ["Çok güzel"]


def test_a_native_id_takes_over_and_everything_moves(save: Saver, log: Log) -> None:
    [derived] = save(from_any_site(), ref="a")
    patch = {"state": "open", "note": "ask", "add_tags": ["mine"]}
    log.write(lambda conn: patch_item(conn, "webpage", derived["id"], patch)).result(20)
    save(from_any_site(text="It works well"), ref="a", page=make_page(visit="v2"))
    [native] = save(make_item("7"), page=make_page(visit="v3"))
    assert native == {"platform": "forum", "id": "7", "change": "updated"}
    item = save.get("7")
    assert item == save.get(derived["id"], "webpage")
    assert (item["state"], item["note"], item["sightings"]) == ("open", "ask", 3)
    assert item["id_source"] == "native"
    assert len(save.all()) == 1


def test_reading_by_the_plugin_for_any_site_later_changes_no_key(save: Saver) -> None:
    save(make_item("7", likes=3))
    [seen] = save(from_any_site(likes=1, views=8), page=make_page(visit="v2"))
    assert (seen["platform"], seen["id"]) == ("forum", "7")
    assert (save.get("7")["likes"], save.get("7")["views"]) == (3, 8)


def test_ids_of_the_plugin_for_any_site_give_way_to_a_real_plugin(save: Saver) -> None:
    schema = make_item("forum.example.org/c7", platform="webpage", author={"name": "Mina Sample"})
    save(schema)
    save(make_item("7"))
    assert save.get("forum.example.org/c7", "webpage")["id"] == "7"
    assert len(save.all()) == 1


def test_two_native_items_that_look_alike_stay_two(save: Saver) -> None:
    save(make_item("7"), ref="a")
    save(make_item("8"), ref="b")
    save(make_item("8"), ref="a", page=make_page(visit="v2"))
    save(make_item("7"), ref="b", page=make_page(visit="v2"))
    assert [item["sightings"] for item in save.all()] == [2, 2]


def test_a_native_item_takes_in_the_derived_one_it_is_found_to_be(save: Saver, log: Log) -> None:
    elsewhere = "https://forum.example.org/recent"
    save(make_item("7", page_url=elsewhere), page=make_page(url=elsewhere))
    [derived] = save(from_any_site(), page=make_page(visit="v2"))
    patch = {"note": "ask", "state": "waiting"}
    log.write(lambda conn: patch_item(conn, "webpage", derived["id"], patch)).result(20)
    save(make_item("7"), page=make_page(visit="v3"))
    assert len(save.all()) == 1
    item = save.get(derived["id"], "webpage")
    assert (item["id"], item["note"], item["state"]) == ("7", "ask", "waiting")
    changes = queries.changes_since(log, 0)
    assert ("removed", derived["id"]) in [(each["change"], each["id"]) for each in changes]


def test_replies_follow_an_item_that_gets_another_id(save: Saver) -> None:
    [parent] = save(make_item(None), ref="a")
    save(make_item("9", "I agree"), ref="b", parent_ref="a")
    assert save.get("9")["parent_id"] == parent["id"]
    save(make_item("7"), page=make_page(visit="v2"))
    assert save.get("9")["parent_id"] == "7"
    assert [item["id"] for item in queries.thread(save.log, "forum", "7")] == ["7", "9"]


def test_an_item_answers_to_other_ids_the_plugin_names(save: Saver) -> None:
    save(make_item("7", aliases=["old-7"]))
    [again] = save(make_item("old-7", text="It works well still"))
    assert again["id"] == "7"
    assert save.get("old-7") == save.get("7")
    assert save.get("7")["aliases"] == ["old-7"]


# -- hosts ---------------------------------------------------------------------------------------


def hosted(host: str, number: str = "17", **more: Any) -> Json:
    """A comment of software that runs on many hosts, as the reader gives it."""
    page_url = f"https://{host}/thread/1"
    return make_item(f"{host}/{number}", platform="wordpress", page_url=page_url, **more)


A, B = "a.example.org", "b.example.org"


@pytest.fixture
def two_hosts(save: Saver) -> Saver:
    save(hosted(A, text="From A"), page=make_page(A))
    return save


def test_equal_numbers_on_two_hosts_are_two_items(two_hosts: Saver) -> None:
    two_hosts(hosted(B, text="From B"), page=make_page(B))
    assert two_hosts.get(f"{A}/17", "wordpress")["text"] == "From A"
    assert two_hosts.get(f"{B}/17", "wordpress")["text"] == "From B"


def test_an_alias_that_belongs_to_another_host_is_ignored(two_hosts: Saver) -> None:
    two_hosts(hosted(B, text="Hostile", aliases=[f"{A}/17"]), page=make_page(B))
    assert two_hosts.get(f"{A}/17", "wordpress")["text"] == "From A"
    assert two_hosts.get(f"{B}/17", "wordpress")["text"] == "Hostile"


def test_another_hosts_id_cannot_be_taken_before_it_is_seen(save: Saver) -> None:
    save(hosted(B, text="Hostile", aliases=[f"{A}/17"]), page=make_page(B))
    [saved] = save(hosted(A, text="From A"), page=make_page(A))
    assert saved == {"platform": "wordpress", "id": f"{A}/17", "change": "new"}


def test_an_item_without_id_cannot_take_another_hosts_id(two_hosts: Saver) -> None:
    hostile = make_item(None, "Hostile", platform="wordpress", aliases=[f"{A}/17"])
    two_hosts(hostile, page=make_page(B))
    assert two_hosts.get(f"{A}/17", "wordpress")["text"] == "From A"
    assert len(two_hosts.all()) == 2


def test_a_copied_comment_on_another_host_is_another_item(save: Saver) -> None:
    save(from_any_site(), page=make_page(A))
    copied = from_any_site(likes=999)
    save(copied, page=make_page(B))
    assert ["likes" in item for item in save.all()] == [False, True]


def test_hosts_of_one_service_share_native_ids(save: Saver) -> None:
    save(make_item("t1_x", platform="reddit"), page=make_page("old.reddit.example"))
    save(
        make_item("t1_x", "Longer and edited", platform="reddit"),
        page=make_page("www.reddit.example", visit="v2"),
    )
    assert save.get("t1_x", "reddit")["text"] == "Longer and edited"
