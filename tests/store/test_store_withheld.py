"""What is withheld waits, comes back whole, or goes without a trace."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from store_samples import Json, make_fragment, make_page

from earmark.store import raw, withheld
from earmark.store.engine import make_engine, set_up_writer
from earmark.store.log import Log, open_log
from earmark.store.migrate import MIGRATIONS

DAY_1, DAY_2, DAY_3 = (f"2026-03-0{day}T10:00:00.000Z" for day in (1, 2, 3))


def run(log: Log, work: Callable[..., Any], *arguments: Any) -> Any:
    return log.write(lambda conn: work(conn, *arguments)).result(20)


def keep(log: Log, page: Json, at: str = DAY_1, error: str = "", *keys: str) -> str:
    """A withheld fragment of that page, under these keys; its id."""
    fragment = make_fragment(markup="<p>private")
    run(log, raw.keep, "b", page, [fragment], "forum", at)
    run(log, raw.finish, [raw.Outcome(fragment["id"], raw.WITHHELD, error=error)])
    run(log, withheld.withhold, {fragment["id"]: keys})
    return str(fragment["id"])


def count(log: Log, table: str) -> int:
    with log.reading() as connection:
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


def test_what_is_withheld_is_answered_as_not_kept_and_is_not_pending(log: Log) -> None:
    fragment = make_fragment()
    run(log, raw.keep, "b", make_page(), [fragment], "forum", DAY_1)
    [answer] = run(log, raw.finish, [raw.Outcome(fragment["id"], raw.WITHHELD)])
    assert answer == {"fragment": fragment["id"], "status": "not_kept", "items": []}
    [again] = run(log, raw.keep, "b", make_page(), [fragment], "forum", DAY_2)
    assert again.result == answer
    assert raw.unfinished(log) == []


def test_what_is_released_is_pending_again_in_order_of_arrival(log: Log) -> None:
    first, other, last = (
        keep(log, make_page(), DAY_1, "", *keys) for keys in (("a", "t"), ("b",), ("t",))
    )
    assert run(log, withheld.release, ["t"]) == [first, last]
    [(_, _, waiting)] = raw.unfinished(log)
    assert [fragment["id"] for fragment in waiting] == [first, last]
    assert raw.unfinished(log, only=[last, other])[0][2] == [waiting[1]]
    assert run(log, withheld.release, ["t", "a"]) == [], "nothing is released twice"


def test_the_release_survives_a_restart(log: Log) -> None:
    name = keep(log, make_page(), DAY_1, "", "a")
    run(log, withheld.release, ["a"])
    log.close()
    again = open_log(log.path)
    assert [f["id"] for _, _, found in raw.unfinished(again) for f in found] == [name]
    again.close()


def test_a_mark_counts_only_while_its_reason_does(log: Log) -> None:
    run(log, withheld.mark, {"page:1": "Acme", "page:2": "old"}, DAY_1)
    assert run(log, withheld.marked, ["page:1", "page:2", "page:3"], {"Acme"}) == {"page:1": "Acme"}


def test_marks_are_forgotten_by_kind_unless_they_are_renewed(log: Log) -> None:
    run(log, withheld.mark, {"page:1": "a", "page:2": "a", "thread:1": "a"}, DAY_1)
    run(log, withheld.mark, {"page:2": "b"}, DAY_3)
    run(log, withheld.unmark, "page", DAY_2)
    every = ["page:1", "page:2", "thread:1"]
    assert run(log, withheld.marked, every, {"a", "b"}) == {"page:2": "b", "thread:1": "a"}


def test_what_was_withheld_for_long_is_deleted_with_its_page(log: Log) -> None:
    keep(log, make_page("old.example"), DAY_1, "", "a", "b")
    keep(log, make_page("shared.example"), DAY_1, "", "c")
    fresh = keep(log, make_page("shared.example"), DAY_3, "", "c")
    assert run(log, withheld.forget_some, DAY_2) == 2
    assert run(log, withheld.forget_some, DAY_2) == 0
    assert (count(log, "fragments"), count(log, "pages"), count(log, "withheld")) == (1, 1, 1)
    assert run(log, withheld.release, ["a", "b", "c"]) == [fresh]


def test_only_what_is_withheld_is_forgotten(log: Log) -> None:
    pending, stored = make_fragment(), make_fragment()
    run(log, raw.keep, "b", make_page(), [pending, stored], "forum", DAY_1)
    run(log, raw.finish, [raw.Outcome(stored["id"], "stored")])
    assert run(log, withheld.forget_some, DAY_3) == 0
    assert count(log, "fragments") == 2


def test_thousands_of_keys_and_fragments_are_no_trouble(log: Log) -> None:
    fragments = [make_fragment() for _ in range(1200)]
    names = [fragment["id"] for fragment in fragments]
    run(log, raw.keep, "b", make_page(), fragments, "forum", DAY_1)
    run(log, raw.finish, [raw.Outcome(name, raw.WITHHELD) for name in names])
    run(log, withheld.withhold, {name: [f"thread:{name}", "page:1"] for name in names})
    run(log, withheld.mark, {f"thread:{name}": "Acme" for name in names}, DAY_1)
    keys = run(log, withheld.marked, [f"thread:{name}" for name in names], {"Acme"})
    assert len(keys) == 1200
    assert run(log, withheld.release, keys) == names


def test_what_is_withheld_unread_still_tells_of_a_broken_plugin(log: Log) -> None:
    keep(log, make_page(), DAY_1, "forum found nothing", "a")
    keep(log, make_page(), DAY_1, "", "a")
    [told] = raw.not_understood(log)
    assert (told["count"], told["error"]) == (1, "forum found nothing")
    run(log, withheld.release, ["a"])
    assert raw.not_understood(log) == []


def test_forgetting_takes_the_page_only_with_its_last_fragment(log: Log) -> None:
    one, other = make_fragment(), make_fragment()
    run(log, raw.keep, "b", make_page(), [one, other], "forum", DAY_1)
    run(log, raw.forget, [one["id"]])
    assert count(log, "pages") == 1
    run(log, raw.forget, [other["id"], "never there"])
    assert (count(log, "pages"), count(log, "fragments")) == (0, 0)
    run(log, raw.forget, [])


def test_what_is_deleted_does_not_lie_in_the_file(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "log.sqlite3")) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        set_up_writer(connection, None)
        assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_a_log_of_the_first_version_is_brought_here_with_all_it_holds(tmp_path: Path) -> None:
    path, fragment, page = tmp_path / "log.sqlite3", make_fragment(), make_page(plan="p1")
    make_log_of_revision(path, "0001")
    with closing(sqlite3.connect(path)) as connection, connection:
        body = zlib.compress(json.dumps(page).encode())
        connection.execute("INSERT INTO pages VALUES (1, 'd', ?)", [body])
        told = ["f1", 1, "b", "forum", "forum.example.org", DAY_1, raw.PENDING, "[]", ""]
        told.append(raw.pack(fragment))
        connection.execute("INSERT INTO fragments VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", told)
    log = open_log(path)
    assert raw.unfinished(log) == [(page, "forum", [fragment])]
    with log.reading() as connection:
        asked = "SELECT format, plan, plugin, plugin_version, size = length(body) FROM fragments"
        assert connection.exec_driver_sql(asked).one() == (1, "p1", "", "", 1)
    run(log, withheld.mark, {"page:1": "Acme"}, DAY_1)
    log.close()


def make_log_of_revision(path: Path, revision: str) -> None:
    """A log as an older Earmark left it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = make_engine(path, write=True)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()
