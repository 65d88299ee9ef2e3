from __future__ import annotations

from typing import Any

import pytest
from store_samples import Json, make_fragment, make_page

from earmark.store import raw
from earmark.store.log import Log


def keep(log: Log, *fragments: Json, page: Json | None = None, platform: str = "forum") -> Any:
    page = page or make_page()
    kept = log.write(lambda conn: raw.keep(conn, "b", page, fragments, platform, "2026-03-01"))
    return kept.result(20)


def finish(log: Log, id: str, status: str, *more: Any) -> Json:
    outcome = raw.Outcome(id, status, *more)
    return log.write(lambda conn: raw.finish(conn, [outcome])[0]).result(20)


def test_a_kept_fragment_is_unfinished_until_it_is_finished(log: Log) -> None:
    first, second = make_fragment(markup="<p>a"), make_fragment(markup="<p>\ud800")
    assert [kept.status for kept in keep(log, first, second)] == ["pending", "pending"]
    assert raw.unfinished(log) == [(make_page(), "forum", [first, second])]
    answer = finish(log, first["id"], "stored", [{"platform": "forum", "id": "1"}])
    assert answer == {
        "fragment": first["id"],
        "status": "stored",
        "items": [{"platform": "forum", "id": "1"}],
    }
    assert raw.unfinished(log) == [(make_page(), "forum", [second])]


def test_the_same_fragment_again_gets_the_recorded_answer(log: Log) -> None:
    fragment = make_fragment()
    keep(log, fragment)
    answer = finish(log, fragment["id"], "not_understood", [], "no luck")
    [again] = keep(log, {**fragment, "markup": "other"})
    assert (again.status, again.result) == ("not_understood", answer)
    assert answer["error"] == "no luck"


def test_one_fragment_twice_in_a_batch_is_kept_once(log: Log) -> None:
    fragment = make_fragment()
    assert len(keep(log, fragment, fragment)) == 2
    assert raw.unfinished(log) == [(make_page(), "forum", [fragment])]


def test_unfinished_fragments_come_back_page_by_page(log: Log) -> None:
    pages = [make_page(visit="v1"), make_page(visit="v2")]
    pieces = [make_fragment() for _ in range(4)]
    for number, piece in enumerate(pieces):
        keep(log, piece, page=pages[number % 2])
    assert raw.unfinished(log) == [
        (pages[0], "forum", [pieces[0], pieces[2]]),
        (pages[1], "forum", [pieces[1], pieces[3]]),
    ]


def test_equal_pages_are_kept_once(log: Log) -> None:
    for _ in range(3):
        keep(log, make_fragment())
    with log.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM pages").scalar() == 1


def test_what_was_not_understood_is_counted_by_platform_and_host(log: Log) -> None:
    for host, error in (("a.example", "old"), ("a.example", "last"), ("www.b.example", "")):
        fragment = make_fragment()
        keep(log, fragment, page=make_page(host))
        finish(log, fragment["id"], "not_understood", [], error)
    common = {"platform": "forum", "last": "2026-03-01"}
    assert raw.not_understood(log) == [
        {**common, "host": "b.example", "count": 1, "error": ""},
        {**common, "host": "a.example", "count": 2, "error": "last"},
    ]


def test_a_fragment_is_never_finished_as_pending(log: Log) -> None:
    with pytest.raises(ValueError, match="no final status"):
        finish(log, "x", "pending")
