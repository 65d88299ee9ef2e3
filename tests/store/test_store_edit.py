from __future__ import annotations

from typing import Any

import pytest
from store_samples import Json, Saver, make_item

from earmark.store import queries
from earmark.store.edit import BadPatch, NoSuchItem, RevisionConflict, patch_item
from earmark.store.facets import count_facets
from earmark.store.log import Log


@pytest.fixture
def item(save: Saver) -> Json:
    save(make_item(aliases=["old"], tags=[{"name": "intent:praise", "by": "t", "because": "well"}]))
    return save.get()


def patch(log: Log, id: str = "1", if_match: int | None = None, **changes: Any) -> Json:
    return log.write(lambda conn: patch_item(conn, "forum", id, changes, if_match)).result(20)


def test_a_patch_answers_the_item_as_it_is_then(log: Log, item: Json) -> None:
    patched = patch(log, state="done", note="Thanks", spam=True, assignee="mina")
    assert patched == queries.get(log, "forum", "1")
    assert (patched["state"], patched["note"], patched["spam"]) == ("done", "Thanks", True)
    assert patched["revision"] == item["revision"] + 1
    assert queries.changes_since(log, 1)[0]["change"] == "patched"


def test_a_patch_that_changes_nothing_is_no_revision(log: Log, item: Json) -> None:
    assert patch(log, state="new") == item
    assert len(queries.changes_since(log, 0)) == 1


def test_a_patch_of_an_older_revision_is_refused(log: Log, item: Json) -> None:
    patch(log, if_match=1, state="open")
    with pytest.raises(RevisionConflict) as raised:
        patch(log, if_match=1, state="done")
    assert raised.value.status == 412
    assert queries.get(log, "forum", "1")["state"] == "open"


def test_an_item_is_patched_by_an_id_it_had(log: Log, item: Json) -> None:
    assert patch(log, "old", state="open")["id"] == "1"


def test_a_missing_item_is_told(log: Log) -> None:
    with pytest.raises(NoSuchItem):
        patch(log, "none", state="open")


def test_tags_tell_who_put_them_there(log: Log, item: Json) -> None:
    patched = patch(log, add_tags=["about:product:x", " two  words "])
    assert patched["tags"][1:] == [
        {"name": "about:product:x", "by": "you"},
        {"name": "two words", "by": "you"},
    ]


def test_a_removed_tag_is_not_found_and_can_be_put_on_again(log: Log, item: Json) -> None:
    assert "tags" not in patch(log, remove_tags=["intent:praise"])
    assert count_facets(log, queries.Filters())["tag"] == []
    assert patch(log, add_tags=["intent:praise"])["tags"] == [
        {"name": "intent:praise", "by": "you"}
    ]


def test_an_empty_note_removes_it(log: Log, item: Json) -> None:
    patch(log, note="x")
    assert "note" not in patch(log, note="")
    assert patch(log, note="") == queries.get(log, "forum", "1")


def test_half_a_surrogate_pair_in_a_note_is_kept(log: Log, item: Json) -> None:
    assert patch(log, note="a\ud800b")["note"] == "a\ud800b"


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "gone"},
        {"state": ["new"]},
        {"spam": "yes"},
        {"note": 1},
        {"add_tags": "a"},
        {"add_tags": [1]},
        {"remove_tags": [" "]},
        {"text": "mine now"},
        {"_host": "x"},
    ],
)
def test_what_cannot_be_changed_is_refused_whole(log: Log, item: Json, changes: Json) -> None:
    with pytest.raises(BadPatch):
        patch(log, **{"note": "x", **changes} if "note" not in changes else changes)
    assert queries.get(log, "forum", "1") == item


def test_a_persons_language_is_certain_and_theirs(log: Log, item: Json) -> None:
    language = patch(log, language=" AZ ")["language"]
    assert language == {"tag": "az", "confidence": 1.0, "source": "you"}
    assert count_facets(log, queries.Filters())["language"] == [("az", 1)]


def test_the_second_language_of_a_text_stays_beside_the_mended_one(log: Log, save: Saver) -> None:
    guessed = {"tag": "tr", "confidence": 0.6, "source": "langdetect"}
    save(make_item("2", language=guessed | {"second": {"tag": "en", "share": 0.3}}))
    assert patch(log, "2", language="az")["language"]["second"] == {"tag": "en", "share": 0.3}
    assert "second" not in patch(log, "2", language="en")["language"]


@pytest.mark.parametrize("text", ["It works well", "It works no more"])
def test_no_later_reading_changes_a_persons_language(
    log: Log, save: Saver, item: Json, text: str
) -> None:
    patch(log, language="und")
    save(make_item(text=text, language={"tag": "en", "confidence": 1, "source": "langdetect"}))
    assert save.get()["text"] == text
    assert save.get()["language"] == {"tag": "und", "confidence": 1.0, "source": "you"}


@pytest.mark.parametrize("value", ["xx", "turkish", "tr-TR", "<b>", 5, None, ["tr"]])
def test_what_is_no_language_is_refused(log: Log, item: Json, value: object) -> None:
    with pytest.raises(BadPatch, match="no language"):
        patch(log, language=value)
