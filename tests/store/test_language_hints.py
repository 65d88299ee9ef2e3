"""What earlier items say about the language of the next: of their author and of their thread."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from store_samples import Saver, make_item

from earmark.store.language_hints import language_hints
from earmark.store.log import Log

Json = dict[str, Any]


def said(id: str, tag: str, confidence: float = 0.9, handle: str = "mina", **more: Any) -> Json:
    language = {"tag": tag, "confidence": confidence, "source": "langdetect"}
    author = {"handle": handle}
    return make_item(id, f"text {id}", author=author, language=language, root_id=f"r{id}", **more)


def hint(log: Log, **more: Any) -> Json:
    item = make_item("next", "ok", author={"handle": "Mina"}, root_id="other") | more
    return language_hints(log, [item])[0]


def test_a_new_author_in_a_new_thread_gives_no_hint(log: Log) -> None:
    assert hint(log) == {}


def test_an_author_is_likely_to_write_in_the_same_language_again(log: Log, save: Saver) -> None:
    save(said("1", "tr"))
    assert hint(log) == {"author": {"tag": "tr", "weight": 0.6}}
    save(said("2", "tr"))
    assert hint(log) == {"author": {"tag": "tr", "weight": 0.65}}


def test_what_was_told_without_certainty_teaches_nothing(log: Log, save: Saver) -> None:
    save(said("1", "tr", confidence=0.69), said("2", "und", confidence=0.3))
    assert hint(log) == {}


def test_an_author_of_two_languages_gives_no_hint(log: Log, save: Saver) -> None:
    save(said("1", "tr"), said("2", "en"))
    assert hint(log) == {}


def test_what_a_person_said_of_one_item_counts_most(log: Log, save: Saver) -> None:
    save(*(said(str(n), "tr") for n in range(3)))
    mended = said("9", "az")
    mended["language"] = {"tag": "az", "confidence": 1, "source": "you"}
    save(mended)
    assert hint(log) == {"author": {"tag": "az", "weight": 0.7}}


def test_only_the_newest_items_count(log: Log, save: Saver) -> None:
    save(*(said(str(n), "tr") for n in range(20)))
    save(*(said(str(n), "en") for n in range(20, 26)))
    assert hint(log)["author"]["tag"] == "en"


def test_the_author_of_another_platform_is_another(log: Log, save: Saver) -> None:
    save(said("1", "tr", platform="elsewhere"))
    assert hint(log) == {}


@pytest.mark.parametrize(
    "where", [{"root_id": "t1"}, {"page_url": "https://forum.example.org/t/1"}]
)
def test_a_thread_or_else_its_page_keeps_its_language(log: Log, save: Saver, where: Json) -> None:
    earlier = said("1", "ro", handle="ana") | where
    if "page_url" in where:
        del earlier["root_id"]
    save(earlier)
    item = make_item("next", "ok", author={}) | where
    assert language_hints(log, [item]) == [{"thread": {"tag": "ro", "weight": 0.6}}]


def test_an_item_that_is_read_again_says_nothing_about_itself(log: Log, save: Saver) -> None:
    save(said("1", "tr"))
    assert hint(log, id="1") == {}
    assert hint(log, id=None, text="text 1") == {}


def test_a_batch_is_asked_about_in_one_statement_that_uses_indexes(log: Log, save: Saver) -> None:
    save(*(said(str(n), "tr", handle=f"user{n}") for n in range(40)))
    asked: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if "FROM items" in statement:
            asked.append((statement, values))

    with log.reading() as connection:
        sa.event.listen(connection.engine, "before_cursor_execute", note)
        items = [said(f"n{n}", "und", handle=f"user{n}") for n in range(40)]
        assert all("author" in each for each in language_hints(log, items))
        sa.event.remove(connection.engine, "before_cursor_execute", note)
        ((statement, values),) = asked
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    assert not [row for row in plan if "SCAN items" in row[3]]
