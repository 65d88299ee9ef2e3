from __future__ import annotations

from store_samples import Saver, make_fragment, make_item, make_page

from earmark.store import queries
from earmark.store.filters import Filters
from earmark.store.log import Log
from earmark.store.save import Capture, save_captures


def test_a_reload_stores_nothing_twice(save: Saver) -> None:
    assert save.changes(make_item(), ref="a") == ["new"]
    assert save.changes(make_item(), ref="b", page=make_page(visit="v2")) == ["seen"]
    assert len(save.all()) == 1
    assert save.get()["sightings"] == 2
    assert save.get()["revision"] == 1


def test_a_visit_counts_as_one_sighting_and_tells_no_second_change(save: Saver) -> None:
    for _ in range(3):
        save(make_item(), ref="a")
    assert save.get()["sightings"] == 1
    assert [each["change"] for each in queries.changes_since(save.log, 0)] == ["new"]


def test_a_seen_again_item_is_told_as_seen(save: Saver) -> None:
    save(make_item())
    save(make_item(), page=make_page(visit="v2"), at="2026-03-02T10:00:00Z")
    assert [each["change"] for each in queries.changes_since(save.log, 0)] == ["new", "seen"]
    assert save.get()["last_seen"] == "2026-03-02T10:00:00Z"


def test_many_fragments_at_once_are_stored_as_one_by_one(save: Saver) -> None:
    captures = [
        Capture(make_fragment(f"r{n}"), [make_item(str(n), f"text {n}")], "2026-03-01T10:00:00Z")
        for n in range(3)
    ]
    saved = save.log.write(lambda conn: save_captures(conn, make_page(), captures)).result(20)
    assert saved == [[{"platform": "forum", "id": str(n), "change": "new"}] for n in range(3)]


def test_a_captured_time_is_never_later_than_arrival(save: Saver) -> None:
    save(make_item(), captured_at="2030-01-01T00:00:00Z", at="2026-03-01T10:00:00.5Z")
    assert save.get()["first_seen"] == "2026-03-01T10:00:00Z"


def test_what_arrives_late_was_seen_when_it_was_captured(save: Saver) -> None:
    save(make_item(likes=5), at="2026-03-05T10:00:00Z")
    late = {"captured_at": "2026-03-01T10:00:00Z", "at": "2026-03-06T10:00:00Z"}
    save(make_item(text="It worked", likes=1, views=9), page=make_page(visit="v0"), **late)
    item = save.get()
    assert (item["first_seen"], item["last_seen"]) == (
        "2026-03-01T10:00:00Z",
        "2026-03-05T10:00:00Z",
    )
    assert (item["text"], item["likes"], item["views"]) == ("It works well", 5, 9)


# -- text: partial is not an edit -----------------------------------------------------------------


def test_two_complete_texts_of_one_kind_that_differ_make_a_version(save: Saver) -> None:
    save(make_item())
    assert save.changes(make_item(text="It broke"), at="2026-03-02T10:00:00Z") == ["edited"]
    assert save.get()["edited"] is True
    assert save.get()["text"] == "It broke"
    assert queries.versions(save.log, "forum", "1") == [
        {
            "text": "It works well",
            "seen_at": "2026-03-01T10:00:00Z",
            "replaced_at": "2026-03-02T10:00:00Z",
        }
    ]


def test_only_spaces_that_differ_are_no_edit(save: Saver) -> None:
    save(make_item())
    assert save.changes(make_item(text=" It  works\nwell ")) == ["seen"]


def test_see_more_is_no_edit(save: Saver) -> None:
    save(make_item(text="It works…", _complete=False, truncated=True))
    assert save.get()["truncated"] is True
    assert save.changes(make_item(text="It works well since May")) == ["updated"]
    item = save.get()
    assert item["text"] == "It works well since May"
    assert "edited" not in item
    assert "truncated" not in item
    assert queries.versions(save.log, "forum", "1") == []


def test_a_cut_text_never_replaces_a_whole_one(save: Saver) -> None:
    save(make_item(links=["https://example.org/a", "https://example.org/b"]))
    cut = make_item(text="It wor…", _complete=False, links=["https://example.org/a"])
    assert save.changes(cut) == ["seen"]
    assert save.get()["text"] == "It works well"
    assert len(save.get()["links"]) == 2


def test_the_fuller_text_of_another_kind_of_fragment_is_no_edit(save: Saver) -> None:
    save(make_item())
    fuller = make_item(text="It works well, and has since May", _source="response")
    assert save.changes(fuller) == ["updated"]
    assert save.changes(make_item()) == ["seen"]
    assert save.get()["text"] == fuller["text"]
    assert queries.versions(save.log, "forum", "1") == []


def test_an_edit_seen_in_both_kinds_of_fragment_is_one_version(save: Saver) -> None:
    for source in ("element", "response"):
        save(make_item(_source=source))
    for source in ("element", "response", "element"):
        save(make_item(text="It broke", _source=source))
    assert len(queries.versions(save.log, "forum", "1")) == 1


def test_a_translation_by_the_browser_is_no_edit(save: Saver) -> None:
    save(make_item(text="Çok güzel", likes=1))
    translated = make_page(visit="v2", translated=True)
    assert save.changes(make_item(text="Very nice", likes=2), page=translated) == ["updated"]
    assert (save.get()["text"], save.get()["likes"]) == ("Çok güzel", 2)


def test_the_original_takes_the_place_of_a_translation_that_came_first(save: Saver) -> None:
    save(make_item(text="Very nice"), page=make_page(translated=True))
    assert save.changes(make_item(text="Çok güzel")) == ["updated"]
    assert save.get()["text"] == "Çok güzel"
    assert "edited" not in save.get()


def test_absent_never_erases(save: Saver) -> None:
    full = make_item(likes=3, rating={"value": 4.0}, depth=2, parent_id="0", links=["https://a.b/"])
    save(full)
    bare = {k: full[k] for k in ("id", "platform", "text", "_source", "_complete", "_native")}
    assert save.changes(bare) == ["seen"]
    assert save.get()["likes"] == 3


def test_counts_are_updated_without_a_version(save: Saver) -> None:
    save(make_item(likes=3))
    assert save.changes(make_item(likes=4)) == ["updated"]
    assert (save.get()["likes"], save.get()["revision"]) == (4, 2)


# -- people --------------------------------------------------------------------------------------


def test_what_people_did_survives_what_pages_say(save: Saver, log: Log) -> None:
    from earmark.store.edit import patch_item

    suggested = [{"name": "intent:praise", "by": "intents"}, {"name": "ok", "by": "intents"}]
    save(make_item(tags=suggested))
    patch = {"state": "done", "note": "thanks", "add_tags": ["mine"], "remove_tags": ["ok"]}
    log.write(lambda conn: patch_item(conn, "forum", "1", patch)).result(20)
    save(make_item(text="Changed", tags=suggested, state="new", note="x"))
    item = save.get()
    assert (item["state"], item["note"]) == ("done", "thanks")
    assert {tag["name"] for tag in item["tags"]} == {"intent:praise", "mine"}
    [stored] = save.all()
    assert {"name": "ok", "by": "you", "removed": True} in stored["tags"]


def test_an_edit_drops_tags_that_only_the_old_text_had(save: Saver) -> None:
    save(make_item(tags=[{"name": "intent:praise", "by": "intents"}]))
    save(make_item(text="It broke", tags=[{"name": "intent:bug", "by": "intents"}]))
    assert [tag["name"] for tag in save.get()["tags"]] == ["intent:bug"]


def test_a_page_cannot_set_what_only_people_set(save: Saver) -> None:
    save(make_item(state="done", spam=True, revision=9, first_seen="1999-01-01", _host="evil"))
    item = save.get()
    assert (item["state"], item["revision"]) == ("new", 1)
    assert "spam" not in item
    assert item["first_seen"] == "2026-03-01T10:00:00Z"
    assert save.all()[0]["_host"] == "forum.example.org"


def test_private_keys_are_not_printed(save: Saver) -> None:
    save(make_item())
    assert not [key for key in save.get() if key.startswith("_")]
    assert not [
        key for item in queries.page(save.log, Filters()).items for key in item if key[0] == "_"
    ]
