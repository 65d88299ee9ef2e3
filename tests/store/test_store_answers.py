"""Items by others know whether one of our accounts answered, which answer came first, and when."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from new_logs import log_at
from store_samples import Saver, make_item

from earmark.store import queries
from earmark.store.facets import count_facets
from earmark.store.filters import Filters
from earmark.store.log import Log

Json = dict[str, Any]


def at(hour: int, to: int | None = None) -> Json:
    """A time, exact or between two hours."""
    return {
        "earliest": f"2026-03-01T{hour:02}:00:00Z",
        "latest": f"2026-03-01T{hour if to is None else to:02}:00:00Z",
    }


def said(id: str, parent: str | None = None, **more: Any) -> Json:
    thread = {"parent_id": parent, "root_id": "1"} if parent else {}
    return make_item(id, f"text {id}", **thread, **more)


def answer(id: str, parent: str, **more: Any) -> Json:
    return said(id, parent, ours=True, author={"handle": "acme"}, **more)


def found(log: Log, text: str) -> list[str]:
    return sorted(item["id"] for item in queries.page(log, Filters(text=text)).items)


@pytest.fixture
def thread(save: Saver) -> Saver:
    """1 <- 2 <- 3 (ours) <- 4, and 1 <- 5."""
    save(said("1"), said("2", "1"), answer("3", "2"), said("4", "3"), said("5", "1"))
    return save


def test_everything_above_an_answer_is_answered(thread: Saver, log: Log) -> None:
    assert found(log, "is:answered") == ["1", "2"]
    assert found(log, "is:unanswered") == ["4", "5"]
    assert found(log, "is:ours") == ["3"]


def test_an_item_shows_its_first_answer_wherever_it_is_read(save: Saver, log: Log) -> None:
    save(said("1", published=at(9)), said("2", "1", published=at(10)))
    save(answer("4", "2", published=at(15)), answer("3", "2", published=at(12)))
    told = {"id": "3", "published": at(12), "after": {"least": 7200, "most": 7200}}
    assert save.get("2")["answered"] == told
    assert save.get("1")["answered"]["after"] == {"least": 10800, "most": 10800}
    key = ("forum", "2")
    for items in (
        queries.page(log, Filters()).items,
        queries.lookup(log, [key]),
        queries.thread(log, *key),
        list(queries.stream(log, Filters())),
    ):
        assert next(item for item in items if item["id"] == "2")["answered"] == told
    assert "answered" not in save.get("3")


def test_times_that_are_only_about_known_make_a_reply_time_from_to(save: Saver) -> None:
    save(said("1", published=at(8, 10)), answer("2", "1", published=at(9, 12)))
    assert save.get("1")["answered"]["after"] == {"least": 0, "most": 4 * 3600}


def test_without_a_time_an_answer_has_no_reply_time(save: Saver) -> None:
    save(said("1"), answer("2", "1", published=at(9)))
    assert save.get("1")["answered"] == {"id": "2", "published": at(9)}


def test_below_the_first_post_is_known_without_knowing_who_answers_whom(
    save: Saver, log: Log
) -> None:
    save(said("1"), make_item("2", root_id="1"), make_item("3", root_id="1", ours=True))
    assert found(log, "is:answered") == ["1"]
    assert save.get("1")["answered"] == {"id": "3"}


def test_an_answer_of_another_platform_is_none(save: Saver, log: Log) -> None:
    save(said("1"), make_item("2", platform="other", parent_id="1", root_id="1", ours=True))
    assert found(log, "is:answered") == []


def test_what_becomes_ours_or_goes_is_noticed(thread: Saver, log: Log) -> None:
    assert found(log, "is:answered") == ["1", "2"]
    thread(answer("4", "3"), said("3", "2", ours=False))
    assert found(log, "is:answered") == ["1", "2", "3"]
    assert found(log, "is:ours") == ["4"]
    log.table("items").remove(lambda item: item["id"] == "4")
    assert found(log, "is:answered") == []
    assert count_facets(log, Filters())["kind"] == [("comment", 4)]


def test_an_empty_log_is_asked_twice(log: Log, save: Saver) -> None:
    assert [found(log, "is:ours"), found(log, "is:answered"), found(log, "is:unanswered")] == [
        []
    ] * 3
    save(said("1"), answer("2", "1"))
    assert found(log, "is:answered") == ["1"]


def test_a_thread_that_goes_round_in_circles_ends(save: Saver, log: Log) -> None:
    save(said("1"), make_item("2", parent_id="3"), make_item("3", parent_id="2"))
    save(make_item("4", parent_id="3", ours=True))
    assert found(log, "is:answered") == ["2", "3"]
    assert save.get("3")["answered"] == {"id": "4"}


@pytest.mark.parametrize("text", ["", "is:any", "from:acme", "is:ours OR text", "-is:ours"])
def test_what_we_wrote_counts_only_where_it_is_asked_for(
    thread: Saver, log: Log, text: str
) -> None:
    listed = queries.page(log, Filters(text=text)).items
    counted = dict(count_facets(log, Filters(text=text))["kind"]).get("comment", 0)
    assert counted == len(listed) - (1 if not text else 0)


@st.composite
def trees(draw: st.DrawFn) -> list[Json]:
    """Items of one thread, each below an earlier one or nowhere, some of them ours."""
    items = []
    for number in range(draw(st.integers(1, 9))):
        parent = draw(st.one_of(st.none(), st.integers(0, number - 1))) if number else None
        ours = draw(st.booleans())
        items.append(make_item(str(number), parent_id=parent and str(parent), ours=ours))
    return items


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(trees())
def test_what_is_found_and_what_is_shown_agree(tmp_path_factory: Any, items: list[Json]) -> None:
    log = log_at(tmp_path_factory.mktemp("tree") / "log.sqlite3")
    try:
        Saver(log)(*items)
        shown = queries.page(log, Filters(), limit=200).items
        answered = sorted(item["id"] for item in shown if "answered" in item)
        assert answered == found(log, "is:answered")
        others = {item["id"] for item in shown if not item.get("ours")}
        assert others - set(answered) == set(found(log, "is:unanswered"))
    finally:
        log.close()
