"""What a person says of an item takes the place of what was judged, and can be taken back."""

from __future__ import annotations

from typing import Any

import pytest

from earmark.store.edit import BadPatch, patch_item
from earmark.store.log import Log
from earmark.store.merge import merge_people, take_meaning
from earmark.store.printed import printed
from earmark.store.ruled import ruled_anew
from earmark.store.watched import marked_anew

JUDGED = {"label": "negative", "score": -0.5, "because": "“sick”"}
SAID = {"label": "positive", "score": 0.7, "by": "you"}


def document(**more: Any) -> dict[str, Any]:
    first = {"platform": "forum", "id": "1", "first_seen": "2026-11-01T10:00:00Z", "text": "sick"}
    return first | {"sentiment": JUDGED} | more


@pytest.fixture
def stored(log: Log) -> Log:
    log.table("items").insert(document())
    return log


def patch(log: Log, **what: Any) -> dict[str, Any]:
    return log.call(lambda connection: patch_item(connection, "forum", "1", what))


def test_a_persons_feeling_is_theirs_and_can_be_taken_back(stored: Log) -> None:
    assert patch(stored, sentiment={"label": "positive"})["sentiment"] == SAID
    assert patch(stored, sentiment={"label": "mixed"})["sentiment"]["label"] == "mixed"
    assert patch(stored, sentiment={"label": ""})["sentiment"] == JUDGED
    assert patch(stored, sentiment={"label": ""})["sentiment"] == JUDGED


def test_what_nobody_judged_is_nothing_again(stored: Log) -> None:
    assert patch(stored, language="tr")["language"]["source"] == "you"
    assert "language" not in patch(stored, language="")


@pytest.mark.parametrize("value", [{}, {"label": "sad"}, {"label": ["none"]}, "positive", None])
def test_what_is_no_feeling_is_refused(stored: Log, value: Any) -> None:
    with pytest.raises(BadPatch, match="no feeling"):
        patch(stored, sentiment=value)


def test_tags_are_taken_back_to_what_was_judged(stored: Log) -> None:
    tag = {"name": "intent:bug", "by": "intents", "because": "“sick”"}
    stored.table("items").update({"tags": [tag]})
    patch(stored, remove_tags=["intent:bug"], add_tags=["about:x"])
    patch(stored, add_tags=["intent:bug"])
    assert patch(stored, forget_tags=["intent:bug", "about:x", "never there"])["tags"] == [tag]


def test_nothing_judged_later_takes_the_place_of_what_a_person_said() -> None:
    said = document(sentiment=SAID)
    take_meaning(said, {"sentiment": JUDGED, "tags": []}, same=True)
    take_meaning(said, {"sentiment": JUDGED, "tags": []}, same=False)
    assert ruled_anew(said, {"tags": [], "set": {}, "efforts": {}})["sentiment"] == SAID
    assert marked_anew(said, {"tags": []})["sentiment"] == SAID
    assert said["sentiment"] == SAID


def test_what_a_person_said_of_either_of_two_that_are_one_stays() -> None:
    one, other = document(), document(sentiment=SAID)
    merge_people(one, other)
    assert one["sentiment"] == SAID
    none = document(sentiment={"label": "none", "score": 0.0, "by": "you"})
    merge_people(none, other)
    assert none["sentiment"]["label"] == "none"


def test_what_was_judged_is_not_printed(stored: Log) -> None:
    patch(stored, sentiment={"label": "positive"}, add_tags=["about:x"])
    (kept,) = stored.table("items").all()
    assert kept["_judged"]["sentiment"] == JUDGED
    assert "_judged" not in printed(kept)
