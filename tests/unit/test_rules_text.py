"""Rules as a text: read back as written, and wrong ones named with line and spot."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.keeping.rules_text import BadRules, checked_rules, read_rules, write_rules
from earmark.keeping.tag_rules import failing_cases, refuse_failing

GUIDE = Path(__file__).parents[2] / "docs" / "rules.md"


def wrong(text: str) -> BadRules:
    with pytest.raises(BadRules) as caught:
        read_rules(text)
    return caught.value


def a_rule(**more: Any) -> str:
    return write_rules([{"name": "late", "when": "late", "add_tags": ["x"]} | more])


def test_the_rules_of_the_guide_are_rules_that_meet_their_test_cases() -> None:
    (text,) = re.findall(r"^```toml\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.M | re.S)
    rules = read_rules(text)
    assert len(rules) == 4
    assert all(rule["matches"] for rule in rules)
    assert failing_cases(rules) == []


def test_what_was_written_is_read_back() -> None:
    rules = [
        {
            "name": "everything",
            "when": '"two \\ words" /it\'s\\w/ «کتاب‌ها»',
            "add_tags": ["a:b", "ç"],
            "state": "open",
            "assignee": "Ayşe",
            "effort": "Winter",
            "priority": -5,
            "hide": True,
            "enabled": False,
            "note": "why not",
            "matches": [],
            "not": [{"text": 'say "no"', "likes": 3, "tags": ["x"]}],
        }
    ]
    assert read_rules(write_rules(rules)) == rules


LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    lambda text: text.split() and " ".join(text.split()) == text
)


@given(st.lists(st.tuples(LINES, LINES), max_size=3, unique_by=lambda pair: pair[0].casefold()))
def test_any_names_and_cases_are_read_back(pairs: list[tuple[str, str]]) -> None:
    rules = [{"name": name, "when": "x", "add_tags": [name], "not": [case]} for name, case in pairs]
    assert read_rules(write_rules(rules)) == rules


@given(st.text(max_size=200))
def test_whatever_is_given_is_taken_or_refused_in_words(text: str) -> None:
    with suppress(BadRules):
        read_rules(text)


def test_a_bad_query_is_named_with_rule_line_and_spot() -> None:
    error = wrong(
        a_rule() + "\n# Mine.\n" + a_rule(name="open", when="late").replace('"late"', '"(late"')
    )
    assert error.message == "Rule “open”, line 9: This “(” is never closed."
    assert error.hint == "(late\n^"


def test_what_is_no_toml_is_named_with_line_and_spot() -> None:
    error = wrong('[[rule]]\nname = "a" when')
    assert error.message.startswith("The rules are not TOML: line 2, column 12: ")
    assert error.hint == 'name = "a" when\n           ^'
    assert wrong("[[rule]").message.startswith("The rules are not TOML: ")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"when": ""}, "would catch everything"),
        ({"when": ":-)"}, "would catch everything"),
        ({"when": "/(?=a)/"}, "This regular expression cannot be used"),
        ({"add_tags": []}, "It does nothing."),
        ({"add_tags": [""]}, "“add_tags” must be a text"),
        ({"add_tags": ["a\x1b[2J"]}, "has a sign that nobody can see"),
        ({"state": "new"}, "must be open, waiting, done"),
        ({"priority": 0}, "and not 0"),
        ({"priority": True}, "must be a whole number"),
        ({"hide": "yes"}, "must be true or false"),
        ({"tags": ["x"]}, "“tags” is unknown."),
        ({"matches": [3]}, "must be a text"),
        ({"matches": [{"text": "a", "colour": "red"}]}, "“colour” is unknown."),
        ({"matches": [{"text": "a", "likes": [1]}]}, "is no text, number or list"),
        ({"matches": [{"text": "a", "likes": float("nan")}]}, "is no text, number or list"),
        ({"matches": [{"text": "a", "likes": 10**400}]}, "is no text, number or list"),
        ({"name": "n" * 81}, "longer than 80"),
    ],
)
def test_what_a_rule_cannot_say_is_refused_by_name(more: dict[str, Any], said: str) -> None:
    rule = {"name": "late", "when": "late", "add_tags": ["x"]} | more
    with pytest.raises(BadRules, match=re.escape(said)):
        checked_rules([rule])


def test_two_rules_cannot_have_one_name() -> None:
    assert wrong(a_rule() + a_rule(name="LATE")).message == (
        "Rule “LATE”, line 6: Another rule has this name."
    )


@pytest.mark.parametrize(
    "text",
    [
        "rule = 3",
        f"rule = {'9' * 5000}",
        f"rule = {'[' * 5000}",
        "rule = [1]",
        "[rule]\nname = 'a'",
        "title = 'x'",
    ],
)
def test_something_else_than_rules_is_refused(text: str) -> None:
    assert wrong(text).message


def test_a_line_is_not_guessed_where_a_text_looks_like_a_rule() -> None:
    text = 'rule = [{name = "a", when = "(", add_tags = ["x"]}]'
    assert wrong(text).message == "Rule “a”: This “(” is never closed."


def test_a_case_that_is_not_caught_is_told_with_the_reason() -> None:
    (failing,) = failing_cases(read_rules(a_rule(matches=["late", "on time"])))
    assert failing == {
        "rule": "late",
        "text": "on time",
        "wanted": True,
        "because": ["“late” is not there"],
    }


def test_a_case_that_must_not_be_caught_and_is_stops_the_rules() -> None:
    with pytest.raises(BadRules, match="catches its test case “so late”") as caught:
        refuse_failing(read_rules(a_rule(**{"not": ["so late"]})))
    assert "“late” is in the text" in caught.value.hint
