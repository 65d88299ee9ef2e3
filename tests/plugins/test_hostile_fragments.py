"""Fragments made to break their readers: of the wrong types, half characters, and cut off."""

import json
import math
import re
from random import Random

import pytest
from every_platform import CASES, ENTRIES, PLATFORMS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earmark import Author, Item, Platform, Poll, PollOption, Rating
from earmark.parse.reader import parse_fragments
from earmark.parse.saved_page import as_sent, cut_saved

PAGE = {"url": "https://host.example/t/1", "captured_at": "2026-11-21T12:00:00Z"}
RESPONSES = [case for case in CASES if "response" in case.about]
COUNTS = {"likes", "dislikes", "replies", "shares", "views"}
WORDS = {"id", "parent_id", "root_id", "text", "url", "kind", "audience"}
ODD = [
    *(None, True, -1, 10**30, 1.5, math.inf, math.nan, "", "²", "\ud800", "\x1b[31m", "//["),
    *([], {}, ["x"], {"id": {}}, [None]),
]


KEY = re.compile(r"(?:id|pk|code|key|uri|urn|number)$", re.IGNORECASE)
NO_KEY = re.compile(r"(?<![A-Za-z])None(?![A-Za-z])")


class Yields(Platform):
    name = "yields"

    def __init__(self, *items: Item | Exception) -> None:
        self.given = items

    def parse(self, fragment, page):
        for item in self.given:
            if isinstance(item, Exception):
                raise item
            yield item


def read(*items: Item | Exception) -> dict:
    (result,) = parse_fragments(Yields(*items), PAGE, [{"id": "f", "markup": "<p>x</p>"}])
    return result


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *((name, value) for name in sorted(COUNTS) for value in ([1], {"a": 1}, True, math.nan)),
        *(("id", value) for value in ([1], {}, 1.5, True)),
        *(("published", value) for value in ([], 1.5, {"a": 1}, True)),
        *(("url", value) for value in (1, [], {"a": 1}, "//[", "https://x.example/\x1b[31m")),
        *(("depth", value) for value in ("1", -1, 1.5, True, 10**9)),
        *(("mentions", value) for value in (7, [None, [], ""])),
        *(("links", value) for value in ([7, None, "javascript:x"],)),
        *(("rating", Rating(value, 5)) for value in ("4", True, -1, 6, math.nan, None)),
        ("author", Author(id={}, handle=["x"], name=math.nan, followers=[])),
        ("poll", Poll([PollOption("", 0.4)], votes=7)),
    ],
)
def test_a_value_of_another_type_is_left_out_and_the_rest_stays(field, value):
    plain = read(Item(text="said", id="a"))["items"][0]
    odd = read(Item(**{"text": "said", "id": "a", field: value}))["items"][0]
    assert odd.pop("id", "a") == plain.pop("id")
    assert odd | {"_native": True} == plain | {"_native": True}


def test_an_option_keeps_its_label_where_its_share_is_none():
    poll = Poll([PollOption("Tea", 1.4, "12"), PollOption("Coffee", 0.6)])
    assert read(Item(poll=poll))["items"][0]["poll"]["options"] == [
        {"label": "Tea", "votes": 12},
        {"label": "Coffee", "share": 0.6},
    ]


def test_what_was_read_before_a_plugin_failed_is_kept_beside_its_error():
    result = read(Item(text="first"), Item(text="second"), KeyError("id"), Item(text="third"))
    assert [item["text"] for item in result["items"]] == ["first", "second"]
    assert result["error"].startswith("KeyError: 'id'")
    assert "items" not in read(KeyError("id"))


def test_half_a_character_in_markup_costs_only_itself():
    name = "wordpress"
    markup = '<li class="comment" id="comment-7"><p class="comment-content">a\ud800b</p></li>'
    selector = PLATFORMS[name].items[0]
    sent = {"id": "f", "selector": selector, "markup": markup}
    (result,) = parse_fragments(PLATFORMS[name], PAGE, [sent])
    assert "error" not in result


def damaged(value, chance):
    """JSON in which anything may be missing, or be something else."""
    if chance.random() < 0.03:
        return chance.choice(ODD)
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if chance.random() > 0.03}
        return {key: damaged(inner, chance) for key, inner in kept.items()}
    if isinstance(value, list):
        return [damaged(inner, chance) for inner in value]
    return value


@pytest.mark.parametrize("case", RESPONSES, ids=lambda case: case.name)
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(seed=st.integers(0, 2**32))
def test_items_of_any_response_have_the_types_of_their_fields(case, seed):
    about = case.about
    cut = cut_saved(about["url"], case.content, ENTRIES, PAGE["captured_at"], about["response"])
    sent = as_sent(cut.fragments[0])
    sent["json"] = damaged(sent["json"], Random(seed))
    (result,) = parse_fragments(PLATFORMS[cut.entry["name"]], PAGE, [sent])
    json.dumps(result, ensure_ascii=False, allow_nan=False).encode()
    for item in result.get("items", []):
        assert all(type(item[name]) is int for name in COUNTS & item.keys())
        assert all(type(item[name]) is str for name in WORDS & item.keys())
        assert all(type(value) is str or name == "followers" for name, value in author(item))


def without_keys(value):
    """JSON whose entries have lost what tells them apart."""
    if isinstance(value, dict):
        named = ((key, None if KEY.search(key) else inner) for key, inner in value.items())
        return {key: without_keys(inner) for key, inner in named}
    return [without_keys(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("case", RESPONSES, ids=lambda case: case.name)
def test_entries_without_a_key_get_no_id_that_all_of_them_would_share(case):
    about = case.about
    cut = cut_saved(about["url"], case.content, ENTRIES, PAGE["captured_at"], about["response"])
    sent = as_sent(cut.fragments[0])
    sent["json"] = without_keys(sent["json"])
    (result,) = parse_fragments(PLATFORMS[cut.entry["name"]], PAGE, [sent])
    for item in result.get("items", []):
        told = [item.get(name, "") for name in ("id", "parent_id", "root_id", "url")]
        told.append(item.get("author", {}).get("id", ""))
        assert [key for key in told if NO_KEY.search(key)] == []


def author(item: dict) -> list:
    return list(item.get("author", {}).items())


ANSWERED = {
    "googlemaps": "data-review-id",
    "googleplay": "data-review-id",
    "producthunt": "data-test",
}


@pytest.mark.parametrize("case", [case for case in CASES if case.platform in ANSWERED], ids=str)
def test_where_the_id_is_missing_nothing_is_called_none(case):
    about, missing = case.about, ANSWERED[case.platform]
    cut = cut_saved(about["url"], case.content, ENTRIES, PAGE["captured_at"])
    sent = [as_sent(fragment) for fragment in cut.fragments]
    for each in sent:
        each["markup"] = each["markup"].replace(missing, "data-other")
    results = parse_fragments(PLATFORMS[case.platform], PAGE, sent)
    assert "None" not in json.dumps([result.get("items") for result in results])
