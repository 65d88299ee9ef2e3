"""Exports: nothing lost in NDJSON, nothing that a spreadsheet would run in CSV."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from earmark.share.csv_export import COLUMNS, as_cell, write_csv
from earmark.share.exporters import register_exporters
from earmark.share.ndjson import write_ndjson

SIGNS = "=+-@\t\r\n＝＋－＠"
INVISIBLE = "".join(
    sign
    for sign in map(chr, range(sys.maxunicode + 1))
    if (sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf")) and sign not in SIGNS
)
ITEM = {
    "platform": "sample",
    "id": "7",
    "kind": "comment",
    "author": {"name": "Zeynep", "handle": "@zeynep", "followers": 3},
    "text": 'Işık 👩‍👧 iyi;\n"çok" iyi, می‌خواهم',
    "published": {"earliest": "2026-11-20T09:00:00Z", "latest": "2026-11-21T09:00:00Z"},
    "tags": [{"name": "intent:praise", "by": "intents"}, {"name": "ışık"}],
    "links": ["https://a.example/1", "https://a.example/2"],
    "poll": {"options": [{"label": "Evet", "share": 0.5, "votes": 2}, {"label": "Hayır"}]},
    "spam": False,
    "sightings": 2,
    "answered": {"id": "9", "after": {"least": 60, "most": 3660}},
}

texts = st.text(st.characters(exclude_categories=["Cs"]))
hostile = st.builds("".join, st.tuples(st.text(INVISIBLE + "'"), st.sampled_from(SIGNS), texts))


def as_csv(*items: dict[str, object]) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    write_csv(items, stream)
    stream.seek(0)
    return list(csv.DictReader(stream))


def begins_like_a_formula(cell: str) -> bool:
    return cell.lstrip(INVISIBLE).startswith(tuple(SIGNS))


@given(st.one_of(texts, hostile))
@example('=HYPERLINK("http://evil.example","x")')
@example("＝1+1")
@example("\u200b=1+1")
@example("\t=1")
@example("\x1e@")
@example("\r\n=1")
@example(" -2+3")
@example("'=1")
def test_no_cell_begins_like_a_formula_and_every_text_can_be_had_back(text):
    (row,) = as_csv({"text": text, "author": {"name": text}, "tags": [{"name": text}]})
    assert not any(begins_like_a_formula(cell) for cell in row.values())
    kept = row["text"]
    guarded = kept.startswith("'") and begins_like_a_formula(kept.lstrip("'"))
    assert (kept[1:] if guarded else kept) == text


@pytest.mark.parametrize(
    "text", ["hello", "it's", "'quoted'", "a=b", "🙂 ok", "5 - 3", 'ı, i; "x"']
)
def test_an_ordinary_text_is_left_as_it_is(text):
    assert as_cell(text) == text


def test_a_row_holds_the_fields_of_an_item_in_words():
    (row,) = as_csv(ITEM)
    assert list(row) == list(COLUMNS)
    expected = {
        "platform": "sample",
        "author_name": "Zeynep",
        "author_handle": "'@zeynep",
        "author_followers": "3",
        "text": ITEM["text"],
        "published_earliest": "2026-11-20T09:00:00Z",
        "published_shown": "",
        "tags": "intent:praise, ışık",
        "links": "https://a.example/1\nhttps://a.example/2",
        "poll": "Evet: 0.5: 2\nHayır",
        "spam": "false",
        "sightings": "2",
        "answered_by": "9",
        "answered_after_least": "60",
        "answered_after_most": "3660",
    }
    assert {key: row[key] for key in expected} == expected


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(texts, json_values, max_size=4), max_size=4))
@example([{"text": "a\u2028b\u0085c\nd"}])
def test_ndjson_is_one_item_a_line_for_any_reader_and_loses_nothing(items):
    stream = io.StringIO(newline="")
    write_ndjson(items, stream)
    lines = stream.getvalue().splitlines()
    assert [json.loads(line) for line in lines] == items


def test_our_formats_are_named_by_the_hook_that_plugins_use():
    named = {}
    register_exporters(named.__setitem__)
    assert set(named) == {"ndjson", "csv"}
