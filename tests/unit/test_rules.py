"""Rules: what they add and why, why not, and that no text or pattern stalls them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.enrich.rules import Rules, apply_rules, explain, judge_by_rules
from earmark.enrich.sieve import Sieve
from earmark.query.match import is_match
from earmark.query.parse import parse_query
from earmark.query.said import Subject
from earmark.query.tree import BadQuery

NOW = datetime(2026, 11, 22, tzinfo=UTC)
Json = dict[str, Any]
LATE = {"name": "late", "when": "parcel late", "add_tags": ["about:shipping"]}


def item(text: str, **more: Any) -> Json:
    return {"platform": "forum", "id": "1", "kind": "comment", "text": text, **more}


def tags(rules: list[Json], text: str, **more: Any) -> list[str]:
    return [tag["name"] for tag in apply_rules(Rules(rules), item(text, **more))["tags"]]


def test_a_rule_adds_its_tags_with_its_name_and_the_words_that_decided() -> None:
    found = apply_rules(Rules([LATE]), item("My Parcel is LATE again"))
    assert found["tags"] == [
        {
            "name": "about:shipping",
            "by": "rule:late",
            "because": "“Parcel” is in the text; “LATE” is in the text",
        }
    ]


def test_a_rule_that_does_not_hold_adds_nothing() -> None:
    assert apply_rules(Rules([LATE]), item("on time")) == {"tags": [], "set": {}, "efforts": {}}


def test_a_rule_that_is_switched_off_adds_nothing() -> None:
    assert tags([LATE | {"enabled": False}], "late parcel") == []


@pytest.mark.parametrize(
    ("when", "more"),
    [
        ("lang:fa", {"language": {"tag": "fa"}}),
        ("platform:forum", {}),
        ("from:mina", {"author": {"handle": "@Mina"}}),
        ("likes:>10", {"likes": 11}),
        ("rating:<3", {"rating": {"value": 2, "best": 5}}),
        ("followers:>1k", {"author": {"followers": 2000}}),
        ("tag:complaint", {"tags": [{"name": "intent:complaint"}]}),
        ("sentiment:negative", {"sentiment": {"label": "negative", "score": -0.5}}),
        ("parcle~1 OR parcl~2", {}),
        ("-thanks", {}),
        ("state:new", {}),
    ],
)
def test_a_rule_asks_for_whatever_a_query_can(when: str, more: Json) -> None:
    rule = {"name": "r", "when": when, "add_tags": ["x"]}
    assert tags([rule], "A parcel", **more) == ["x"]


def test_of_several_rules_the_first_has_its_way_with_a_field() -> None:
    rules = [
        {"name": "one", "when": "late", "state": "open", "effort": "winter"},
        {"name": "two", "when": "late", "state": "ignored", "assignee": "Ayşe", "priority": 20},
        {"name": "three", "when": "late", "hide": True, "effort": "spring"},
    ]
    found = apply_rules(Rules(rules), item("late"))
    assert found["set"] == {
        "state": {"value": "open", "rule": "one"},
        "assignee": {"value": "Ayşe", "rule": "two"},
        "priority": {"value": 20, "rule": "two"},
        "spam": {"value": True, "rule": "three"},
    }
    assert found["efforts"] == {"winter": "one", "spring": "three"}


def test_no_rule_sees_what_another_one_did() -> None:
    chained = {"name": "chained", "when": "tag:about:shipping", "add_tags": ["y"]}
    assert tags([LATE, chained], "late parcel") == ["about:shipping"]


def test_why_is_told_in_words() -> None:
    told = explain(LATE, item("late parcel"))
    assert told["matched"]
    assert told["told"] == ("Rule “late” holds: “parcel” is in the text; “late” is in the text.")


def test_why_not_is_told_in_words() -> None:
    rule = LATE | {"when": "parcel late lang:tr likes:>5"}
    told = explain(rule, item("late letter", language={"tag": "en"}, likes=2))
    assert not told["matched"]
    assert told["told"] == (
        "Rule “late” does not hold: “parcel” is not there; the number of likes is 2, not > 5; "
        "the language is en, not tr."
    )
    assert told["because"] == ["“late” is in the text"]


def test_why_not_tells_that_a_rule_is_switched_off() -> None:
    told = explain(LATE | {"enabled": False}, item("late parcel"))
    assert told["matched"]
    assert told["told"].endswith("It is switched off.")


def test_a_query_that_is_none_any_more_leaves_the_other_rules_alone() -> None:
    rules = Rules([{"name": "old", "when": "(late", "add_tags": ["x"]}, LATE])
    assert list(rules.broken) == ["old"]
    assert [rule.name for rule, _ in rules.caught(item("late parcel"))] == ["late"]
    assert explain({"name": "old", "when": "(late"}, item("late"))["told"].startswith(
        "Rule “old” cannot be read: "
    )


def test_a_worker_is_told_what_every_item_is_caught_by() -> None:
    items = [item("late parcel"), item("fine")]
    first, second = judge_by_rules(items, json.dumps([LATE]))
    assert list(first["caught"]) == ["late"]
    assert second == {"tags": [], "set": {}, "efforts": {}, "caught": {}}


@pytest.mark.parametrize(
    "pattern", [r"(a+)+$", r"(a|aa)+$", r"(a|a?)+$", r"(.*a){20}$", r"^(([a-z])+.)+[A-Z]([a-z])+$"]
)
def test_no_regular_expression_stalls_a_rule(pattern: str) -> None:
    """Each of these takes a backtracking engine longer than the age of the universe."""
    rule = {"name": "bad", "when": f"/{pattern}/", "add_tags": ["x"]}
    assert tags([rule], "a" * 100_000 + "!") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x1b[2J",
        "\ud800",
        "<script>alert(1)</script>",
        "\u202eetal",
        "(" * 50_000,
        "a " * 50_000,
    ],
)
def test_hostile_text_is_judged_like_any_other(text: str) -> None:
    rules = [LATE, {"name": "script", "when": '"alert" /</', "add_tags": ["x"]}]
    found = apply_rules(Rules(rules), item(text))
    assert [tag["name"] for tag in found["tags"]] == (["x"] if "script" in text else [])


def test_a_reason_stays_short_however_long_the_query_is() -> None:
    words = [f"word{number}" for number in range(200)]
    rule = {"name": "long", "when": " ".join(words), "add_tags": ["x"]}
    (tag,) = apply_rules(Rules([rule]), item(" ".join(words)))["tags"]
    assert len(tag["because"]) == 500


WORDS = st.sampled_from(
    [
        "late",
        "parcel",
        "lat*",
        "pa*",
        "p*",
        '"late parcel"',
        "«نت فلیکس»",
        "کتاب‌ها",
        "coool",
        "İzmir",
        "lang:fa",
        "lang:fa-IR",
        "tag:x",
        "tag:about:*",
        "from:@Mina",
        "from:mina",
        "platform:forum",
        "sentiment:mixed",
        "kind:post",
        "late~1",
        "pracel~2",
        "coolest~2",
        '="late"',
        "=Late",
        "/la.e/",
        "/PARCEL|x/i",
        "/^late$/",
        "/.*/",
        "-late",
    ]
)
QUERIES = st.recursive(
    WORDS,
    lambda inner: st.tuples(inner, st.sampled_from(["", "OR", "AND", "NEAR/3"]), inner).map(
        lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"
    ),
    max_leaves=5,
)
TEXTS = st.lists(
    st.sampled_from(
        ["late", "parcel", "latest", "نت", "فلیکس", "کتابها", "cool", "cooool", "izmir"]
    ),
    max_size=6,
).map(" ".join)


@given(QUERIES, TEXTS)
def test_the_sieve_never_leaves_out_a_query_that_holds(query: str, text: str) -> None:
    try:
        parsed = parse_query(query)
    except BadQuery:
        return
    subject = Subject(
        item(
            text,
            language={"tag": "fa-IR"},
            tags=[{"name": "about:x"}],
            author={"handle": "@mina"},
            sentiment={"label": "mixed"},
        )
    )
    if is_match(parsed, subject, NOW):
        assert Sieve([parsed.root]).may_hold(subject) == [0]


def test_the_sieve_leaves_out_queries_whose_words_are_not_there() -> None:
    texts = ("late", "refund*", "likes:>3", "-late", "lang:fa", "tag:x", "tag:intent:*")
    queries = [parse_query(text).root for text in texts]
    assert Sieve(queries).may_hold(Subject(item("on time"))) == [2, 3, 6]
    found = item("on time", language={"tag": "fa-Arab-IR"}, tags=[{"name": "about:x"}])
    assert Sieve(queries).may_hold(Subject(found)) == [2, 3, 4, 5, 6]


def test_the_sieve_leaves_out_queries_whose_letters_are_not_there() -> None:
    texts = ("parcl~1", "/par.?cel/i", '="C++"', "platform:forum from:mina", '"on Tuesday"')
    sieve = Sieve([parse_query(text).root for text in texts])
    assert sieve.may_hold(Subject(item("on time"))) == []
    assert sieve.may_hold(Subject(item("PAR, C+"))) == []
    assert sieve.may_hold(Subject(item("PARCEL C++ on Tuesday", author={"name": "Mina"}))) == [
        0, 1, 2, 3, 4,
    ]  # fmt: skip


@given(st.lists(QUERIES, max_size=8), st.lists(TEXTS, min_size=1, max_size=3))
def test_rules_are_caught_as_if_each_was_asked_alone(queries: list[str], texts: list[str]) -> None:
    rules = [{"name": str(n), "when": when, "add_tags": ["x"]} for n, when in enumerate(queries)]
    known = Rules(rules)
    for text in texts:  # words that were met before too
        caught = [rule.name for rule, _ in known.caught(item(text, likes=3), NOW)]
        subject = Subject({"state": "new"} | item(text, likes=3))
        assert caught == [r.name for r in known.rules if is_match(r.query, subject, NOW)]
