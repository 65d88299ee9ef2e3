"""What tells many words and expressions at once tells the same as each of them asked alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.folding import DRAWN_OUT
from earmark.query.alike import Likes, alike
from earmark.query.letters import Letters
from earmark.query.spans import stands_in
from earmark.query.tree import Exact, Pattern

WORD = st.text("abcoş", min_size=5, max_size=8)
STORED = st.one_of(WORD, st.text("abcos", min_size=1, max_size=8).map(DRAWN_OUT.__add__))
EXPRESSIONS = (
    "late", "l[ao]te?", "^late$", "(?i)late", "la|te", "(?:par){2}", ".*", "", r"\bİş", "ſtrasse",
    r"a.{3}e\s", "[^l]ate",
)  # fmt: skip
WANTED = st.one_of(
    st.builds(
        lambda expression, ignore: Pattern(expression, ignore, f"/{expression}/"),
        st.sampled_from(EXPRESSIONS),
        st.booleans(),
    ),
    st.sampled_from(["late", "LATE", "C++", "par", "İş"]).map(lambda word: Exact(word, word)),
)
TEXT = st.lists(
    st.sampled_from(["late", "LATE", "lote", "par", "C++", "İş", "i̇ş", "Straße", "\ud800", "K"]),
    max_size=6,
).map(" ".join)


@given(st.lists(st.tuples(WORD, st.sampled_from([1, 2])), max_size=6), STORED)
def test_words_are_like_those_that_each_is_like_alone(
    typed: list[tuple[str, int]], stored: str
) -> None:
    found = {place for place, (word, edits) in enumerate(typed) if alike(word, edits, [stored])}
    assert Likes(typed).like(stored) == found


@given(st.lists(WANTED, max_size=6), TEXT)
def test_no_expression_is_left_out_that_stands_in_a_text(
    wanted: list[Exact | Pattern], text: str
) -> None:
    text = text.replace("\ud800", "?") if any(isinstance(w, Pattern) for w in wanted) else text
    may_stand = set(Letters(wanted).may_stand_in(text))
    assert may_stand >= {place for place, each in enumerate(wanted) if stands_in(each, text)}


def test_expressions_are_left_out_whose_letters_are_not_there() -> None:
    wanted = [Pattern("par(cel)?s", True, ""), Exact("C++", ""), Pattern(r"\d+", False, "")]
    assert list(Letters(wanted).may_stand_in("on time")) == [2]
    assert list(Letters(wanted).may_stand_in("PARCELS, C++")) == [0, 1, 2]


@pytest.mark.parametrize("letters", ["lone \ud800", "x" * 200_000])
def test_where_re2_cannot_tell_every_expression_may_stand(letters: str) -> None:
    wanted = [Exact(letters, ""), Exact("late", "")]
    assert list(Letters(wanted).may_stand_in("on time")) == [0, 1]
