"""What rules set stands beside what people did, and never over it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from saving import save_items

from earmark.store.edit import patch_item
from earmark.store.log import Log
from earmark.store.ruled import ruled_anew, take_ruling, without_ruling
from earmark.store.ruled_items import one

Json = dict[str, Any]
AT = "2026-11-21T20:00:00Z"
PAGE = {"url": "https://forum.example/t/1", "captured_at": AT, "visit": "v"}
RULING: Json = {
    "set": {
        "state": {"value": "open", "rule": "r"},
        "assignee": {"value": "Ayşe", "rule": "r"},
        "priority": {"value": 9, "rule": "r"},
        "spam": {"value": True, "rule": "r"},
    },
    "efforts": {"winter": "r"},
}
TAG = {"name": "x", "by": "rule:r", "because": "“late” is in the text"}


def see(log: Log, text: str = "late", **more: Any) -> Json:
    item = {"platform": "forum", "id": "1", "kind": "comment", "text": text, "tags": [], **more}
    item |= {"_native": True, "_complete": True, "_source": "element"}
    fragment = {"id": f"f{text}", "ref": "r", "kind": "element", "captured_at": AT}
    log.call(lambda conn: save_items(conn, PAGE, fragment, [item], AT))
    found = one(log, "forum", "1")
    assert found is not None
    return found


def patch(log: Log, **patch: Any) -> None:
    log.call(lambda conn: patch_item(conn, "forum", "1", patch))


def test_a_new_item_is_as_the_rules_say(log: Log) -> None:
    seen = see(log, tags=[TAG], _rules=RULING)
    found = {key: seen[key] for key in ("state", "assignee", "priority", "spam", "efforts", "tags")}
    assert found == {
        "state": "open",
        "assignee": "Ayşe",
        "priority": 9,
        "spam": True,
        "efforts": ["winter"],
        "tags": [TAG],
    }


def test_seen_again_an_item_that_a_person_worked_on_stays_as_it_is(log: Log) -> None:
    see(log, tags=[TAG], _rules=RULING)
    patch(log, state="new", assignee="", spam=False, remove_tags=["x"])
    for text in ("late", "late again, and longer"):
        seen = see(log, text, tags=[TAG], _rules=RULING)
        assert (seen["state"], seen["spam"], seen.get("assignee")) == ("new", False, None)
        assert all(tag.get("removed") for tag in seen["tags"])


def test_what_was_done_before_there_were_rules_stays(log: Log) -> None:
    see(log)
    patch(log, state="done", assignee="Mina")
    seen = see(log, _rules=RULING)
    assert (seen["state"], seen["assignee"], seen["priority"]) == ("done", "Mina", 9)


def test_a_page_cannot_speak_for_a_rule_by_its_item(log: Log) -> None:
    seen = see(
        log, priority=50, efforts=["mine"], state="done", _by_you=["state"], _by_rules={"a": "b"}
    )
    assert "priority" not in seen
    assert "efforts" not in seen
    assert seen["state"] == "new"
    assert "_by_you" not in seen
    assert "_by_rules" not in seen


DOCUMENTS = st.fixed_dictionaries(
    {"state": st.sampled_from(["new", "done"])},
    optional={
        "assignee": st.just("Mina"),
        "spam": st.just(True),
        "efforts": st.lists(st.sampled_from(["winter", "spring"]), unique=True, min_size=1),
        "tags": st.lists(
            st.sampled_from(
                [
                    {"name": "x", "by": "you", "removed": True},
                    {"name": "y", "by": "intents", "because": "“y”"},
                ]
            ),
            unique_by=lambda tag: tag["name"],
            min_size=1,
        ),
        "_by_you": st.lists(st.sampled_from(["state", "spam"]), unique=True, min_size=1),
    },
)


@given(DOCUMENTS)
def test_what_rules_said_can_be_taken_back_without_a_trace(document: Json) -> None:
    ruled = {**document}
    take_ruling(ruled, RULING | {"tags": [TAG, TAG | {"name": "y"}]})
    assert without_ruling(ruled) in (document, document | {"tags": []})
    assert ruled_anew(ruled, RULING | {"tags": [TAG, TAG | {"name": "y"}]}) == ruled


def test_the_traces_of_one_rule_can_be_taken_back_alone() -> None:
    document: Json = {"state": "new"}
    take_ruling(document, RULING | {"tags": [TAG]})
    take_ruling(
        document, {"tags": [TAG | {"name": "z", "by": "rule:s"}], "efforts": {"spring": "s"}}
    )
    left = without_ruling(document, frozenset({"r"}))
    assert left["efforts"] == ["spring"]
    assert [tag["name"] for tag in left["tags"]] == ["z"]
    assert left["state"] == "new"
    assert left["_by_rules"] == {"efforts": {"spring": "s"}}
