from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from new_logs import log_at
from store_samples import Saver, make_item, make_page

from earmark.errors import EarmarkError
from earmark.query.tree import BadQuery
from earmark.store import queries
from earmark.store.edit import patch_item
from earmark.store.facets import count_facets
from earmark.store.filters import Filters
from earmark.store.log import Log


def found(log: Log, query: str) -> list[str]:
    return [item["id"] for item in queries.page(log, Filters.from_text(query)).items]


@pytest.fixture
def filled(save: Saver) -> Saver:
    praise = [{"name": "intent:praise", "by": "t"}]
    save(
        make_item("1", "Slow checkout", language={"tag": "en"}, tags=praise),
        make_item("2", "Ödeme çok yavaş", language={"tag": "tr"}, author={"name": "Ali Örnek"}),
        make_item("3", "کتاب‌ها خوب است", language={"tag": "fa"}, kind="review", tags=praise),
        make_item("4", "The checkout is not slow any more", platform="other"),
    )
    return save


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", "4321"),
        ("checkout", "41"),
        ("CHECKOUT -slow", ""),
        ("checkout -any", "1"),
        ('"slow checkout"', "1"),
        ("odeme", "2"),
        ("كتابها", "3"),
        ("lang:fa", "3"),
        ("lang:fa lang:tr", "32"),
        ("-lang:fa", "421"),
        ("tag:intent:praise", "31"),
        ("tag:intent:praise checkout", "1"),
        ("-tag:intent:praise", "42"),
        ("tag:intent:praise tag:missing", ""),
        ("platform:other", "4"),
        ("kind:review", "3"),
        ('from:"ALİ ornek"', "2"),
        ("from:@mina platform:forum", "31"),
        ("state:new checkout", "41"),
        ("state:done", ""),
        ("page:forum.example.org", "4321"),
        ("page:forum.example.org/thread/2", ""),
        ("page:https://forum.example.org/thread/1#c3", "4321"),
        ("since:2026-03-01 until:2026-03-01", "4321"),
        ("since:2026-03-02", ""),
        ("until:2026-02-28", ""),
        ("is:spam", ""),
        ("12:30 http://x", ""),
        ("lang:fa OR checkout", "431"),
        ("-since:2026-01-01", ""),
    ],
)
def test_a_query_finds(filled: Saver, query: str, ids: str) -> None:
    assert found(filled.log, query) == list(ids)


@pytest.mark.parametrize(
    ("query", "spot"),
    [
        ("slow since:yesterday", 5),
        ("tag:", 0),
        ("a b is:nice", 4),
        ("a (b", 2),
    ],
)
def test_a_wrong_query_is_pointed_at(query: str, spot: int) -> None:
    with pytest.raises(BadQuery) as raised:
        Filters.from_text(query)
    assert raised.value.hint.splitlines()[1].index("^") == spot


@given(st.text())
def test_any_text_is_a_query_or_a_clear_error(text: str) -> None:
    with contextlib.suppress(BadQuery):
        assert isinstance(Filters.from_text(text).to_query(), dict)


@given(st.text(alphabet="ab \"'*()^:-+{}؟ن\u200c中", max_size=12))
def test_no_typed_text_breaks_the_search(shared_log: Log, text: str) -> None:
    with contextlib.suppress(BadQuery):
        assert queries.page(shared_log, Filters(text=text)).items == []


@pytest.fixture(scope="module")
def shared_log(tmp_path_factory):
    opened = log_at(tmp_path_factory.mktemp("shared") / "log.sqlite3")
    yield opened
    opened.close()


@given(
    st.builds(
        Filters,
        platform=st.lists(st.sampled_from("ab"), unique=True).map(tuple),
        tag=st.lists(st.sampled_from(["intent:praise", "two words"]), unique=True).map(tuple),
        since=st.sampled_from(["", "2026-01-01"]),
        text=st.sampled_from(["", "slow", '"a phrase" -not']),
        spam=st.sampled_from(["hide", "only", "any"]),
    )
)
def test_filters_survive_the_address_bar(filters: Filters) -> None:
    assert Filters.from_query(filters.to_query()) == filters


def test_spam_is_hidden_until_asked_for(filled: Saver, log: Log) -> None:
    log.write(lambda conn: patch_item(conn, "forum", "1", {"spam": True})).result(20)
    assert found(log, "checkout") == ["4"]
    assert found(log, "is:spam") == ["1"]
    assert found(log, "is:any checkout") == ["4", "1"]


def test_pages_follow_each_other_both_ways_while_items_arrive(save: Saver, log: Log) -> None:
    save(*(make_item(str(n), f"text {n}") for n in range(10)))
    first = queries.page(log, Filters(), limit=4)
    assert first.previous is None
    save(make_item("new", "text new"))
    second = queries.page(log, Filters(), first.next, 4)
    third = queries.page(log, Filters(), second.next, 4)
    assert [[i["id"] for i in p.items] for p in (first, second, third)] == [
        ["9", "8", "7", "6"],
        ["5", "4", "3", "2"],
        ["1", "0"],
    ]
    assert third.next is None
    assert queries.page(log, Filters(), second.previous, 4).items == first.items
    newest = queries.page(log, Filters(), queries.page(log, Filters(), first.next, 4).previous, 9)
    assert [item["id"] for item in newest.items][:2] == ["new", "9"]
    assert newest.previous is None


@pytest.mark.parametrize("filters", [Filters(text="text"), Filters(tag=("a",))])
def test_text_and_tag_pages_follow_each_other(save: Saver, log: Log, filters: Filters) -> None:
    tags = [{"name": "a", "by": "t"}]
    save(*(make_item(str(n), f"text {n}", tags=tags) for n in range(5)))
    first = queries.page(log, filters, limit=3)
    rest = queries.page(log, filters, first.next, 3)
    assert [item["id"] for item in first.items + rest.items] == list("43210")
    assert queries.page(log, filters, rest.previous, 3).items == first.items


@pytest.mark.parametrize("cursor", ["x", "YjE!", "é", "Yi0x", "a" * 99])
def test_a_made_up_cursor_is_refused(log: Log, cursor: str) -> None:
    with pytest.raises(EarmarkError):
        queries.page(log, Filters(), cursor)


def test_facets_count_each_field_without_its_own_filter(filled: Saver, log: Log) -> None:
    counted = count_facets(log, Filters(language=("fa",)))
    assert counted["language"] == [("en", 1), ("fa", 1), ("tr", 1)]
    assert counted["kind"] == [("review", 1)]
    assert counted["tag"] == [("intent:praise", 1)]


def test_facets_of_a_search_count_what_is_found(filled: Saver, log: Log) -> None:
    counted = count_facets(log, Filters(text="checkout", tag=("intent:praise",)))
    assert counted["platform"] == [("forum", 1)]
    assert counted["tag"] == [("intent:praise", 1)]


def test_tags_of_spam_are_not_counted_until_asked_for(filled: Saver, log: Log) -> None:
    log.write(lambda conn: patch_item(conn, "forum", "1", {"spam": True})).result(20)
    assert count_facets(log, Filters())["tag"] == [("intent:praise", 1)]
    assert count_facets(log, Filters(spam="any"))["tag"] == [("intent:praise", 2)]
    log.write(lambda conn: patch_item(conn, "forum", "3", {"spam": True})).result(20)
    assert count_facets(log, Filters())["tag"] == []


def test_export_streams_everything_that_is_found(filled: Saver, log: Log) -> None:
    assert [item["id"] for item in queries.stream(log, Filters(platform=("forum",)))] == list("321")


def test_lookup_finds_keys_and_aliases_once(save: Saver, log: Log) -> None:
    save(make_item("1", aliases=["old"]))
    keys = [("forum", "old"), ("forum", "1"), ("forum", "none")]
    assert [item["id"] for item in queries.lookup(log, keys)] == ["1"]


def test_nothing_is_found_where_nothing_is(log: Log) -> None:
    assert queries.get(log, "forum", "1") is None
    assert queries.thread(log, "forum", "1") == []
    assert queries.versions(log, "forum", "1") == []
    assert queries.stats(log) == {"items": 0, "fragments": 0, "waiting": 0, "last_stored": None}


def test_stats_tell_what_was_stored(save: Saver, log: Log) -> None:
    save(make_item("1"))
    save(make_item("1"), page=make_page(visit="v2"))
    told = queries.stats(log)
    assert told["items"] == 1
    assert told["last_stored"] == queries.changes_since(log, 0)[0]["at"]


def test_items_without_a_time_are_filtered_by_when_they_were_seen(save: Saver, log: Log) -> None:
    said = {"earliest": "2026-01-05T00:00:00Z", "latest": "2026-01-06T00:00:00Z"}
    save(make_item("1", "one", published=said), make_item("2", "two"))
    assert found(log, "until:2026-01-05") == ["1"]
    assert found(log, "since:2026-01-06T00:00:00Z until:2026-01-07") == ["1"]
    assert found(log, "since:2026-02-01") == ["2"]
