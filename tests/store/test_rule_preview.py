"""What a rule would do to the archive: exactly what applying it does, found without reading all."""

from __future__ import annotations

from typing import Any

import pytest

from earmark.enrich.rules import NOBODY_DID_ANYTHING, Rules, apply_rules
from earmark.listening import rule_preview
from earmark.listening.rule_preview import preview
from earmark.query.match import is_match
from earmark.query.parse import parse_query
from earmark.store import ruled_items, runs
from earmark.store.edit import patch_item
from earmark.store.imported import put_items
from earmark.store.log import Log
from earmark.store.ruled import ruled_anew, without_ruling

AT = "2026-11-22T10:00:00Z"
SAID = {
    "late": "My parcel is late",
    "lost": "The parcel is lost, two weeks late",
    "win": "win a free phone",
    "praise": "so fast, thank you",
    "persian": "بسته‌ام دیر رسید",
}
LATE = {"name": "late", "when": "late", "add_tags": ["about:shipping"]}
MORE = {"effort": "autumn", "priority": 30}
QUERIES = [
    "late", "late OR win", "-late", "parcel NEAR/3 lost", "/pa.cel/", '="My"', "lang:en",
    "is:new", "state:new", "-state:new", "state:open", "tag:x", "-tag:x", "tag:about:*",
    "late -tag:about:shipping", "(late state:new) OR win", "-(late state:open)", "is:spam",
    "-is:spam", "assignee:Mira", "-assignee:Mira", "from:by-late", "since:2020-01-01 parcel",
    "effort:autumn", "-effort:autumn", "priority:>5", "-priority:>5",
    "is:answered", "is:unanswered", "-is:unanswered",
]  # fmt: skip


@pytest.fixture
def archive(log: Log) -> Log:
    """Items that a rule marked, hid and opened, and some that a person handled."""
    items = [
        {"platform": "forum", "id": id, "kind": "comment", "text": text, "page_url": "https://f/1"}
        | {"author": {"handle": f"by-{id}"}, "language": {"tag": "en"}}
        for id, text in SAID.items()
    ]
    log.call(lambda connection: put_items(connection, items, AT))
    done_by_rules(log, LATE | {"state": "open", "assignee": "Mira", **MORE})
    done_by_rules(log, {"name": "hide", "when": "win", "hide": True, "add_tags": ["x"]})
    log.call(lambda c: patch_item(c, "forum", "praise", {"state": "done", "add_tags": ["x"]}))
    log.call(lambda c: patch_item(c, "forum", "lost", {"remove_tags": ["about:shipping"]}))
    return log


def done_by_rules(log: Log, rule: dict[str, Any]) -> None:
    run = log.call(lambda connection: runs.begin(connection, "rules", {}))
    reads = ruled_items.block(log, 0, 100)
    anew = [(read, after(read.doc, rule)) for read in reads]
    new = [(read.row, read.text, doc) for read, doc in anew if doc != read.doc]
    log.call(lambda connection: ruled_items.write(connection, run, new))


def after(document: dict[str, Any], rule: dict[str, Any]) -> dict[str, Any]:
    ruling = apply_rules(Rules([rule]), without_ruling(document))
    return ruled_anew(document, ruling, {rule["name"]})


def ids(side: dict[str, Any]) -> set[str]:
    return {sample["id"] for sample in side["samples"]}


@pytest.mark.parametrize("query", QUERIES)
def test_every_item_is_judged_as_if_no_rule_had_touched_it(archive: Log, query: str) -> None:
    documents = [read.doc for read in ruled_items.block(archive, 0, 100)]
    asked = parse_query(query)
    bare = [NOBODY_DID_ANYTHING | without_ruling(document) for document in documents]
    wanted = {item["id"] for item in bare if is_match(asked, item)}
    rule = {"name": "new", "when": query, "add_tags": ["new"]}
    told = preview(archive, rule, None)
    assert ids(told["newly"]) == wanted
    assert told["caught"] == len(wanted)
    changed = {document["id"] for document in documents if after(document, rule) != document}
    assert told["would_change"] == len(changed)


def test_a_changed_rule_tells_what_comes_and_what_goes(archive: Log) -> None:
    told = preview(archive, LATE | {"when": "lost OR win"}, LATE)
    assert ids(told["newly"]) == {"win"}
    assert ids(told["lost"]) == {"late"}
    assert (told["kept"], told["caught"]) == (1, 2)


def test_each_sample_says_why_and_where(archive: Log) -> None:
    told = preview(archive, LATE | {"when": "fast"}, LATE)
    assert ids(told["lost"]) == {"late", "lost"}
    assert all(each["because"] == ["“fast” is not there"] for each in told["lost"]["samples"])
    told = preview(archive, {"name": "new", "when": "lost", "hide": True}, None)
    [sample] = told["newly"]["samples"]
    assert sample["because"] == ["“lost” is in the text"]
    [(start, end)] = sample["spans"]
    assert sample["text"][start:end] == "lost"


def test_what_a_person_refused_would_not_change(archive: Log) -> None:
    told = preview(archive, LATE | {"when": "lost"}, None)
    [sample] = told["newly"]["samples"]
    assert (sample["changes"], told["would_change"]) == (True, 1)  # it takes back state and person
    told = preview(archive, {"name": "z", "when": "lost", "add_tags": ["about:shipping"]}, None)
    [sample] = told["newly"]["samples"]
    assert (sample["changes"], told["would_change"]) == (False, 0)


def test_of_many_only_the_newest_are_looked_at(
    archive: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert preview(archive, {"name": "new", "when": "is:any"}, None)["is_all"] is True
    monkeypatch.setattr(rule_preview, "LOOKED_AT", 2)
    told = preview(archive, {"name": "new", "when": "is:any"}, None)
    assert (told["is_all"], told["looked_at"]) == (False, 2)
    assert ids(told["newly"]) == {"praise", "persian"}
    assert told["caught"] == len(SAID)  # the index tells
    told = preview(archive, {"name": "new", "when": "-state:done"}, None)
    assert (told["is_all"], told["caught"]) == (False, 1)  # nobody can tell without looking
    told = preview(archive, {"name": "new", "when": "tag:about:shipping OR a OR so"}, None)
    assert told["caught"] == 2  # the tag on a third one is of a rule


def test_items_are_counted_by_the_rules_that_stand_on_them(archive: Log) -> None:
    assert ruled_items.marked(archive) == {"late": 2, "hide": 1}
    mine = {"remove_tags": ["x"], "spam": False}
    archive.call(lambda c: patch_item(c, "forum", "win", mine))
    assert ruled_items.marked(archive) == {"late": 2}
