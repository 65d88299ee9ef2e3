"""What people type in the search field, as a tree, or as an error that points at the spot."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from earmark.query.fields import beginnings
from earmark.query.parse import DEEPEST, MOST_TERMS, parse_query
from earmark.query.tree import (
    Alike,
    Amount,
    And,
    BadQuery,
    Exact,
    Field,
    Near,
    Not,
    Or,
    Pattern,
    When,
    Words,
    every,
)  # fmt: skip

A, B, C = Words("a"), Words("b"), Words("c")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("a or b", And((A, Words("or"), B))),
        ("-a", Not(A)),
        ("NOT a", Not(A)),
        ("NOT -a", A),
        ("NOT " * 700 + "a", A),
        ("a -(b c)", And((A, Not(And((B, C)))))),
        ('"a b"', Words("a b")),
        ("«a b»", Words("a b")),
        ("“a b”", Words("a b")),
        ('-"a b"', Not(Words("a b"))),
        ('"a b', Words("a b")),
        ("a*", Words("a", longer=True)),
        ('"a b"*', Words("a b", longer=True)),
        ("word~1", Alike("word", 1)),
        ("words~2", Alike("words", 2)),
        ("word~0", Words("word")),
        ("a NEAR/5 b", Near((A, B), 5, False, "a NEAR/5 b")),
        ("NEAR/5(a b)", Near((A, B), 5, False, "NEAR/5(a b)")),
        ("a ONEAR/5 b", Near((A, B), 5, True, "a ONEAR/5 b")),
        ("a NEAR/5f b", Near((A, B), 5, True, "a NEAR/5f b")),
        ("a NEAR/2 b NEAR/2 c", Near((A, B, C), 2, False, "a NEAR/2 b NEAR/2 c")),
        ("a NEAR/2 (b OR c)", Near((A, Or((B, C))), 2, False, "a NEAR/2 (b OR c)")),
        ('="C++"', Exact("C++", '="C++"')),
        ("=iOS", Exact("iOS", "=iOS")),
        ("/ba+d/", Pattern("ba+d", False, "/ba+d/")),
        ("/a b/i", Pattern("a b", True, "/a b/i")),
        ("/usr/local", Words("/usr/local")),
        ("lang:fa", Field("language", "fa")),
        ("LANG:PT-br", Field("language", "pt-BR")),
        ("lang:fa lang:tr", Or((Field("language", "fa"), Field("language", "tr")))),
        ("tag:a tag:b", And((Field("tag", "a"), Field("tag", "b")))),
        ('from:"Ali Örnek"', Field("author", "Ali Örnek")),
        ("is:spam", Field("is", "spam")),
        ("is:done", Field("state", "done")),
        ("likes:>10", Amount("likes", ">", 10)),
        ("views:>=1.5k", Amount("views", ">=", 1500)),
        ("likes:۱۲", Amount("likes", "=", 12)),
        ("rating:2..3", And((Amount("rating", ">=", 2), Amount("rating", "<=", 3)))),
        ("sentiment:<-0.5", Amount("sentiment", "<", -0.5)),
        ("since:7d", When("since", "7d")),
        ("-since:2026-01-01", Not(When("since", "2026-01-01"))),
        ("12:30 http://x", And((Words("12:30"), Words("http://x")))),
        ("thanks :) (a)", And((Words("thanks"), A))),
        ("thanks:) a", And((Words("thanks:)"), A))),
        ("", And(())),
        (":-( !? -", And(())),
    ],
)
def test_what_is_typed_means(typed: str, meant: object) -> None:
    assert parse_query(typed).root == meant


@pytest.mark.parametrize(
    ("typed", "marked"),
    [
        ("a since:yesterday", "since:yesterday"),
        ("tag:", "tag:"),
        ("a b is:nice", "is:nice"),
        ("state:opne", "state:opne"),
        ("a lnag:fa", "lnag:"),
        ("likes:many a", "likes:many"),
        ("(a b", "("),
        ("a b) c", ")"),
        ("a OR", "OR"),
        ("a OR OR b", "OR"),
        ("AND a", "AND"),
        ("a (OR b)", "OR"),
        ("a NEAR b", "NEAR"),
        ("a NEAR/0 b", "NEAR/0"),
        ("NEAR/5 a", "NEAR/5"),
        ("NEAR/5(a)", "NEAR/5(a)"),
        ("a NEAR/5 lang:fa", "a NEAR/5 lang:fa"),
        ("a NEAR/5 b ONEAR/5 c", "ONEAR/5"),
        ("word~3", "word~3"),
        ("ab~1", "ab~1"),
        ("a /(/", "/(/"),
        ("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "("),
        ("a " * (MOST_TERMS + 1), "a"),
    ],
)
def test_an_error_points_at_the_spot(typed: str, marked: str) -> None:
    with pytest.raises(BadQuery) as raised:
        parse_query(typed)
    error = raised.value
    shown, carets = error.hint.splitlines()
    assert typed[error.start : error.end] == marked
    assert (carets.index("^"), len(carets)) == (error.start, error.end)
    assert shown == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("is:answerd", "answered"),
        ("state:snozed", "snoozed"),
        ("emotion:anget", "anger"),
        ("audience:pubilc", "public"),
        ("kind:reviw", "review"),
        ("lnag:fa", "lang:"),
        ("Form:mina", "from:"),
        ("emotions:anger", "emotion:"),
    ],
)
def test_an_error_says_what_was_probably_meant(typed: str, meant: str) -> None:
    error = error_of(typed)
    assert error is not None
    assert f"Did you mean “{meant}”?" in error.message


@pytest.mark.parametrize("typed", ["is:nice", "state:x", "kind:", "emotion:joy"])
def test_where_nothing_is_near_nothing_is_guessed(typed: str) -> None:
    error = error_of(typed)
    assert error is not None
    assert "mean" not in error.message


@pytest.mark.parametrize("typed", ['"form:mina"', "form: mina", "king://x", "time:12", "on1:a"])
def test_what_is_no_misspelt_field_is_words(typed: str) -> None:
    assert all(isinstance(node, Words | And) for node in every(parse_query(typed).root))


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("em", ["emotion:"]),
        ("is:an", ["is:answered", "is:any"]),
        ("STATE:d", ["STATE:done"]),
        ("feeling:m", ["feeling:mixed"]),
        ("likes:", []),
        ("nothing", []),
    ],
)
def test_what_is_begun_can_be_completed(typed: str, offered: list[str]) -> None:
    assert beginnings(typed) == offered


def test_every_value_that_is_offered_is_understood() -> None:
    for field in beginnings(""):
        for each in beginnings(field):
            assert parse_query(each).root


PIECES = st.sampled_from(
    ["a", "word", "(", ")", '"', "«", "»", "-", "=", "/", "*", "~1", "~9", " ", " OR ", " AND ",
     "NOT ", " NEAR/3 ", "NEAR/3(", " ONEAR/2 ", "NEAR", "lang:", "fa", "is:", "likes:", ">1",
     "since:", "7d", "\u200c", "中", ":)", "\x00", "\\", "\n"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=14).map("".join))
@example("=")
@example("/\\/")
def test_any_text_is_a_query_or_a_clear_error(text: str) -> None:
    with contextlib.suppress(BadQuery):
        assert parse_query(text).text == text


@given(st.lists(PIECES, max_size=14).map("".join))
def test_every_error_has_words_and_a_spot(text: str) -> None:
    error = error_of(text)
    assert error is None or (error.message and 0 <= error.start < error.end <= len(text))


def error_of(text: str) -> BadQuery | None:
    try:
        parse_query(text)
    except BadQuery as error:
        return error
    return None


@given(st.lists(PIECES, max_size=10).map("".join))
def test_a_part_means_the_same_read_alone(text: str) -> None:
    with contextlib.suppress(BadQuery):
        for node in every(parse_query(text).root):
            if isinstance(node, Near | Exact | Pattern):
                assert parse_query(node.source).root == node
