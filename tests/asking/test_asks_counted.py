"""Whose replies answer an ask, and how people are counted."""

from __future__ import annotations

from typing import Any

import pytest

from earmark.asking.coding import Code, Coder
from earmark.asking.counting import Counts, counts_of
from earmark.asking.finding import found_in
from earmark.asking.replies import Reply, coded, may_ask

ASK = {
    "platform": "forum",
    "id": "1",
    "kind": "post",
    "text": "Why so quiet? Ads? Too few posts? Title not shown?",
    "language": {"tag": "en"},
    "author": {"handle": "shop"},
}
Json = dict[str, Any]


def reply(id: str, text: str, by: str = "", parent: str = "1", **more: Any) -> Json:
    author = {"author": {"handle": by or f"person{id}"}} if by != "nobody" else {}
    thread = {"platform": "forum", "root_id": "1", "parent_id": parent}
    return {"id": id, "kind": "comment", "text": text, **thread, **author, **more}


def replies(*items: Json, ask: Json = ASK, given: dict[str, Code] | None = None) -> list[Reply]:
    offer = found_in(ask)
    assert offer is not None
    return coded([ask, *items], ask, Coder(offer, ("en",)), given or {})


def answers(*items: Json, **more: Any) -> dict[str, set[int]]:
    return {each.item["id"]: set(each.code.options) for each in replies(*items, **more)}


def counts(*items: Json, **more: Any) -> Counts:
    offer = found_in(ASK)
    assert offer is not None
    return counts_of(offer, replies(*items, **more))


def people(counted: Counts) -> list[int]:
    return [counted.options[id].people for id in sorted(counted.options)]


@pytest.mark.parametrize(
    ("item", "can"),
    [
        ({"kind": "post"}, True),
        ({"kind": "poll"}, True),
        ({"kind": "comment"}, False),
        ({"kind": "comment", "ours": True}, True),
        ({"kind": "review"}, False),
    ],
)
def test_posts_ask_and_so_do_our_own_comments(item: Json, can: bool) -> None:
    assert may_ask(item) is can


def test_replies_count_at_any_depth_but_not_ours_nor_the_askers_nor_spam() -> None:
    found = answers(
        reply("2", "ads"),
        reply("3", "too few posts", parent="2"),
        reply("4", "ads", parent="3", ours=True),
        reply("5", "ads", by="shop"),
        reply("6", "ads", spam=True),
    )
    assert found == {"2": {1}, "3": {2}}


def test_what_answers_another_thread_or_a_sibling_of_the_ask_does_not_count() -> None:
    own = {**ASK, "id": "9", "kind": "comment", "ours": True, "parent_id": "1", "root_id": "1"}
    found = answers(reply("2", "ads"), own, reply("3", "ads", parent="9"), ask=own)
    assert found == {"3": {1}}


def test_a_reply_whose_parent_was_not_seen_answers_the_post() -> None:
    assert answers(reply("2", "ads", parent="gone")) == {"2": {1}}


def test_a_circle_of_parents_is_no_reply() -> None:
    circle = [reply("2", "ads", parent="3"), reply("3", "ads", parent="2")]
    assert answers(*circle) == {}


def test_who_only_agrees_answers_what_they_agree_with() -> None:
    said = [reply("2", "too few posts"), reply("3", "same here!", parent="2")]
    assert answers(*said, reply("4", "+1", parent="2"), reply("5", "ok", parent="2")) == {
        "2": {2},
        "3": {2},
        "4": {2},
        "5": set(),
    }


def test_a_number_below_another_reply_is_an_answer_and_no_agreement() -> None:
    assert answers(reply("2", "too few posts"), reply("3", "1", parent="2"))["3"] == {1}


def test_each_person_counts_once_with_all_that_they_said() -> None:
    counted = counts(
        reply("2", "ads", by="mira"),
        reply("3", "oh, and ads again", by="@Mira"),
        reply("4", "the title, too", by="mira"),
        reply("5", "ads"),
    )
    assert (counted.people, counted.answered, people(counted)) == (2, 2, [2, 0, 1])
    assert counted.options[1].replies == ["2", "3", "5"]


def test_where_nobody_is_named_each_reply_is_a_person() -> None:
    assert counts(reply("2", "ads", by="nobody"), reply("3", "ads", by="nobody")).people == 2


def test_the_share_is_of_those_who_answered() -> None:
    counted = counts(
        reply("2", "ads"),
        reply("3", "the weather is bad"),
        reply("4", "thanks"),
        reply("5", "none"),
    )
    assert (counted.people, counted.answered) == (4, 3)
    assert (counted.other.people, counted.none.people, counted.silent.replies) == (1, 1, ["4"])
    assert counted.share(counted.options[1]) == pytest.approx(1 / 3)


def test_none_counts_only_where_somebody_named_nothing() -> None:
    counted = counts(reply("2", "none of these", by="mira"), reply("3", "ads", by="mira"))
    assert (counted.none.people, counted.options[1].people) == (0, 1)


def test_nobody_answering_is_a_share_of_nothing() -> None:
    counted = counts(reply("2", "thanks"))
    assert counted.share(counted.other) == 0


def test_what_a_person_said_of_a_reply_stands_also_under_an_older_id() -> None:
    given = {"old": Code(frozenset({3}))}
    [found] = replies(reply("2", "ads", aliases=["old"]), given=given)
    assert (found.by, found.code.options, found.code.because) == ("you", {3}, "")
