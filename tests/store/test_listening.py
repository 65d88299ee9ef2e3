"""Terms over the archive: what they would catch and lose, exactly that done, and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from earmark.enrich.knowledge import Knowledge, write_knowledge
from earmark.keeping.watch_terms import term_of
from earmark.listening.apply import Listening
from earmark.listening.preview import preview
from earmark.store import queries, runs
from earmark.store.edit import patch_item
from earmark.store.filters import Filters
from earmark.store.imported import put_items
from earmark.store.log import Log
from earmark.store.undo import undo
from earmark.workers import PluginWorkers

AT = "2026-11-22T10:00:00Z"
SAID = {
    "exact": "I like Netflix",
    "swapped": "netfilx is down",
    "torn": "net flix again",
    "ending": "Netflixten memnunum",
    "drawn": "netfliiiix",
    "tag": "#NetflixTürkiye harika",
    "handle": "thanks @netflixcare",
    "alias": "my nflx stock",
    "other": "flixbus is late",
    "pie": "a netflix pie, please",
}
NETFLIX = {"name": "Netflix", "aliases": ["nflx"], "handles": [{"handle": "netflixcare"}]}
FOUND = {"exact", "swapped", "torn", "ending", "drawn", "tag", "handle", "alias", "pie"}


def item(id: str, text: str, **more: Any) -> dict[str, Any]:
    author = {"handle": f"by-{id}"}
    return {"platform": "forum", "id": id, "kind": "comment", "text": text, "author": author} | more


@pytest.fixture
def archive(log: Log) -> Log:
    items = [item(id, text) for id, text in SAID.items()]
    log.call(lambda connection: put_items(connection, items, AT))
    return log


def newly(told: dict[str, Any]) -> set[str]:
    assert told["newly"]["count"] == len(told["newly"]["samples"])
    return {sample["id"] for sample in told["newly"]["samples"]}


def patch(log: Log, id: str, **what: Any) -> None:
    log.call(lambda connection: patch_item(connection, "forum", id, what))


def tagged(log: Log, tag: str = "about:brand:Netflix") -> set[str]:
    return {each["id"] for each in queries.stream(log, Filters(tag=(tag,)))}


async def apply(
    log: Log, tmp_path: Any, *terms: dict[str, Any], accounts: Any = (), rules: Any = ()
) -> int:
    """Apply terms as a run; its number."""
    known = Knowledge(terms=list(map(term_of, terms)), accounts=list(accounts), rules=list(rules))
    path = write_knowledge(tmp_path / "knowledge", known)
    number = log.call(lambda connection: runs.begin(connection, "terms", {}))
    with PluginWorkers(max_workers=1) as workers:
        told = await Listening(log, workers, lambda: path).apply(number, lambda done, total: None)
    log.call(lambda connection: runs.mark(connection, number, runs.DONE, told))
    return number


def state(log: Log) -> list[dict[str, Any]]:
    return list(queries.stream(log, Filters()))


@pytest.mark.parametrize("id", sorted(FOUND))
def test_the_index_leads_to_every_way_of_writing(archive: Log, id: str, monkeypatch: Any) -> None:
    monkeypatch.setattr("earmark.listening.sides.SAMPLES", 20)
    assert id in newly(preview(archive, term_of(NETFLIX), None))


def test_a_preview_tells_what_comes_and_why(archive: Log) -> None:
    told = preview(archive, term_of(NETFLIX | {"exclusions": ["netflix pie"]}), None)
    assert told["newly"]["count"] == len(FOUND) - 1
    assert told["lost"]["count"] == 0
    assert (told["is_all"], told["candidates"]) == (True, told["looked_at"])
    samples = {sample["id"]: sample for sample in told["newly"]["samples"]}
    for sample in samples.values():
        assert SAID[sample["id"]] == sample["text"]
        assert sample["text"][sample["start"] : sample["end"]] in sample["because"]


async def test_applying_does_what_the_preview_said(archive: Log, tmp_path: Any) -> None:
    await apply(archive, tmp_path, NETFLIX)
    assert tagged(archive) == FOUND
    told = preview(archive, term_of(NETFLIX), term_of(NETFLIX))
    assert (told["newly"]["count"], told["lost"]["count"], told["kept"]) == (0, 0, len(FOUND))
    without = preview(archive, term_of(NETFLIX | {"aliases": []}), term_of(NETFLIX))
    assert [sample["id"] for sample in without["lost"]["samples"]] == ["alias"]


async def test_a_run_is_undone_exactly(archive: Log, tmp_path: Any) -> None:
    before = state(archive)
    number = await apply(archive, tmp_path, NETFLIX)
    assert state(archive) != before
    await undo(archive, number)
    assert state(archive) == before


def test_of_many_the_newest_are_looked_at_and_all_counted(archive: Log, monkeypatch: Any) -> None:
    monkeypatch.setattr("earmark.listening.preview.LOOKED_AT", 3)
    told = preview(archive, term_of(NETFLIX), None)
    assert (told["looked_at"], told["is_all"]) == (3, False)
    assert told["candidates"] >= len(FOUND)


RULES = [
    {"name": "urgent", "when": "tag:about:brand:Netflix down", "add_tags": ["signal:urgent"]},
    {"name": "own", "when": "is:ours", "state": "done"},
]


async def test_rules_see_the_tags_that_terms_put_on_and_take_off(
    archive: Log, tmp_path: Any
) -> None:
    await apply(archive, tmp_path, NETFLIX, rules=RULES)
    assert tagged(archive, "signal:urgent") == {"swapped"}
    await apply(archive, tmp_path, rules=RULES)
    assert tagged(archive, "signal:urgent") == set()
    own = [{"handle": "by-pie", "platform": "forum"}]
    await apply(archive, tmp_path, accounts=own, rules=RULES)
    assert {each["id"] for each in state(archive) if each["state"] == "done"} == {"pie"}


async def test_what_rules_did_by_new_tags_is_undone_with_them(archive: Log, tmp_path: Any) -> None:
    before = state(archive)
    patch(archive, "swapped", state="waiting")
    patched = state(archive)
    number = await apply(archive, tmp_path, NETFLIX, rules=RULES)
    assert tagged(archive, "signal:urgent") == {"swapped"}
    await undo(archive, number)
    assert [each | {"revision": 0} for each in state(archive)] == [
        each | {"revision": 0} for each in patched
    ]
    assert before != patched


async def test_applying_twice_changes_nothing_more(archive: Log, tmp_path: Any) -> None:
    await apply(archive, tmp_path, NETFLIX)
    once = state(archive)
    await apply(archive, tmp_path, NETFLIX)
    assert state(archive) == once


async def test_a_tag_that_a_person_took_off_stays_off(archive: Log, tmp_path: Any) -> None:
    await apply(archive, tmp_path, NETFLIX)
    patch(archive, "pie", remove_tags=["about:brand:Netflix"])
    patch(archive, "other", add_tags=["about:brand:Netflix"])
    told = preview(archive, term_of(NETFLIX), term_of(NETFLIX))
    assert (told["newly"]["count"], told["lost"]["count"]) == (0, 0)
    await apply(archive, tmp_path, NETFLIX)
    assert tagged(archive) == FOUND - {"pie"} | {"other"}


async def test_a_term_that_is_gone_takes_its_tags_with_it(archive: Log, tmp_path: Any) -> None:
    await apply(archive, tmp_path, NETFLIX)
    patch(archive, "alias", add_tags=["about:brand:Netflix"])
    await apply(archive, tmp_path, {"name": "Flixbus", "kind": "competitor"})
    assert tagged(archive) == {"alias"}
    assert tagged(archive, "signal:competitor:Flixbus") == {"other"}


async def test_accounts_make_old_items_ours_and_not_ours_again(archive: Log, tmp_path: Any) -> None:
    await apply(archive, tmp_path, accounts=[{"handle": "by-exact", "platform": "forum"}])
    assert [each["id"] for each in state(archive) if each.get("ours")] == ["exact"]
    await apply(archive, tmp_path, accounts=[{"handle": "by-torn"}])
    assert [each["id"] for each in state(archive) if each.get("ours")] == ["torn"]
    await apply(archive, tmp_path)
    assert not any("ours" in each for each in state(archive))


async def test_the_handle_of_an_account_names_its_brand(archive: Log, tmp_path: Any) -> None:
    brand = {"handle": "netflixcare", "platform": "forum", "brand": "Netflix"}
    await apply(archive, tmp_path, accounts=[brand])
    assert tagged(archive) == {"handle"}
