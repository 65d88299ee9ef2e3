"""The words that told a feeling, marked in the text they were said in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from earmark.query.highlight import Piece
from earmark.web.pages_marks import felt, telling_words

WORDS = {"so late": "blame", "late": "blame", "good": "praise"}


def marked(*line: Piece) -> list[tuple[str, str]]:
    return [(each.text, each.felt) for each in felt(line, WORDS) if each.felt or each.found]


def test_each_word_is_marked_where_it_stands_and_nowhere_else() -> None:
    line = Piece("So late, so late and goodness, good!", False)
    assert marked(line) == [("late", "blame"), ("so late", "blame"), ("good", "praise")]


def test_what_a_search_found_is_marked_as_found() -> None:
    line = (Piece("a ", False), Piece("late", True), Piece(" and good kettle", False))
    assert marked(*line) == [("late", ""), ("good", "praise")]


def test_words_are_those_that_weigh_or_those_that_are_quoted() -> None:
    emotions = [{"name": "anger", "because": "“hate”"}]
    judged = {"because": "“so late”", "words": {"so late": -1.0, "good": 2}, "emotions": emotions}
    assert telling_words(judged) == {"so late": "blame", "good": "praise", "hate": "said"}
    assert telling_words({"because": "“bad” after “but”"}) == {"bad": "said", "but": "said"}
    assert telling_words({}) == {}


@given(st.text(max_size=80), st.lists(st.text(max_size=6), max_size=5))
def test_no_sign_of_a_text_is_lost(text: str, words: list[str]) -> None:
    shown = felt([Piece(text, False)], dict.fromkeys([*words, text[2:5]], "said"))
    assert "".join(each.text for each in shown) == text
