"""A rule's language and platform stand beside its query, and filters become one query."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.query.parse import parse_query
from earmark.query.tree import And, BadQuery
from earmark.web.pages_of_search import rule_of, term_of
from earmark.web.pages_rules_query import apart, joined

PIECES = st.sampled_from(
    ["a", "b", " OR ", " AND ", "-", "(", ")", " NEAR/3 ", '"', '"a b"', " lang:fa", " lang:tr",
     " platform:x", " on:y", ' platform:"x y"', " tag:z", " ", ":)", " NOT "]
)  # fmt: skip


@pytest.mark.parametrize(
    ("when", "query", "chosen"),
    [
        ("late", "late", {}),
        ("late lang:fa", "late", {"language": "fa"}),
        ("late lang:fa platform:x", "late", {"language": "fa", "platform": "x"}),
        ("(a OR b) lang:fa", "a OR b", {"language": "fa"}),
        ('late platform:"x y"', "late", {"platform": "x y"}),
        ("lang:fa", "", {"language": "fa"}),
        ("a OR lang:fa", "a OR lang:fa", {}),
        ("a OR b lang:fa", "a OR b lang:fa", {}),
        ("late -lang:fa", "late -lang:fa", {}),
        ("late (b lang:fa)", "late (b lang:fa)", {}),
        ("lang:fa late", "lang:fa late", {}),
        ("late lang:tr lang:fa", "late lang:tr lang:fa", {}),
        ("(a) (b) lang:fa", "(a) (b)", {"language": "fa"}),
    ],
)
def test_fields_at_the_end_stand_apart(when: str, query: str, chosen: dict[str, str]) -> None:
    assert apart(when) == (query, chosen)


@given(st.lists(PIECES, max_size=9).map("".join))
def test_a_query_taken_apart_and_joined_means_the_same(when: str) -> None:
    try:
        wanted = parse_query(when).root
    except BadQuery:
        return
    query, chosen = apart(when)
    assert parse_query(joined(query, chosen)).root == wanted


@given(st.lists(PIECES, max_size=9).map("".join), st.sampled_from(["fa", "pt-BR"]))
def test_what_is_chosen_is_asked_beside_all_of_the_query(query: str, language: str) -> None:
    try:
        alone = parse_query(query).root
        both = parse_query(joined(query, {"language": language})).root
    except BadQuery:
        return
    chosen = parse_query(f"lang:{language}").root
    parts = both.parts if isinstance(both, And) else (both,)
    assert chosen in parts
    assert alone == And(()) or alone in (*parts, both) or set(alone.parts) <= {*parts}


def asked(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@pytest.mark.parametrize(
    ("filters", "when"),
    [
        ({"text": ["late parcel"]}, "late parcel"),
        ({"text": ["a OR b"], "language": ["fa"]}, "(a OR b) lang:fa"),
        ({"text": ["a"], "language": ["fa", "tr"]}, "a lang:fa lang:tr"),
        ({"tag": ["about:x y"], "state": ["new"]}, 'state:new tag:"about:x y"'),
        ({"author": ["Ali Örnek"], "since": ["7d"]}, 'from:"Ali Örnek" since:7d'),
        ({"text": ["a", "b"]}, "(a ) (b )"),
    ],
)
def test_filters_become_the_query_of_a_rule(filters: dict[str, list[str]], when: str) -> None:
    assert asked(rule_of(filters)) == {"when": when}
    assert parse_query(when)


def test_of_nothing_and_of_nonsense_no_rule_is_made() -> None:
    assert rule_of({}) == rule_of({"text": ["(a"]}) == rule_of({"since": ["nonsense"]}) == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [("Netflix", "Netflix"), ('"net flix"', "net flix"), ("a b", ""), ("net*", ""), ("(a", "")],
)
def test_a_word_or_phrase_can_be_listened_for(text: str, name: str) -> None:
    assert asked(term_of({"text": [text]})).get("name", "") == name
