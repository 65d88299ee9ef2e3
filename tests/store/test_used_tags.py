"""The tags that are in use: each once, in order, none that nobody carries."""

from __future__ import annotations

from pathlib import Path

from inbox_box import made_up, save

from earmark.store.edit import patch_item
from earmark.store.log import open_log
from earmark.store.used_tags import MOST, tags_in_use


def tags(*names: str) -> list[dict[str, str]]:
    return [{"name": name, "by": "intents"} for name in names]


def test_tags_in_use_are_named_once_and_in_order(tmp_path: Path) -> None:
    log = open_log(tmp_path / "log.sqlite3")
    assert tags_in_use(log) == []
    save(log, made_up("1", "x", tags=tags("b", "ç")), made_up("2", "y", tags=tags("a", "b")))
    assert tags_in_use(log) == ["a", "b", "ç"]
    log.call(lambda conn: patch_item(conn, "hackernews", "2", {"remove_tags": ["a"]}))
    assert tags_in_use(log) == ["b", "ç"]
    log.close()


def test_not_more_of_them_are_named_than_a_list_can_show(tmp_path: Path) -> None:
    log = open_log(tmp_path / "log.sqlite3")
    save(log, made_up("1", "x", tags=tags(*(f"t{number}" for number in range(MOST + 20)))))
    assert len(tags_in_use(log)) == MOST
    log.close()
