"""The index of names finds every name that a comparison with all of them would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from earmark.enrich.near import Near, alike, one_mistake

LETTERS = "abcdeنتف"
NAME = st.text(LETTERS, min_size=5, max_size=16)
CHANGE = st.tuples(st.sampled_from("-+~x"), st.integers(0, 20), st.sampled_from(LETTERS))


def changed(word: str, kind: str, place: int, letter: str) -> str:
    """The word with one mistake: a letter left out, added or changed, or two swapped."""
    at = place % len(word)
    if kind == "-":
        return word[:at] + word[at + 1 :] or letter
    if kind == "+":
        return word[:at] + letter + word[at:]
    if kind == "~":
        return word[:at] + letter + word[at + 1 :]
    return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


@given(st.lists(NAME, min_size=1, max_size=8), st.lists(CHANGE, max_size=3))
def test_no_name_is_missed_that_is_alike(
    names: list[str], changes: list[tuple[str, int, str]]
) -> None:
    word = names[0]
    for change in changes:
        word = changed(word, *change)
    found, _ = Near([(name,) for name in names]).meant(word)
    assert {names[n] for n in found} == {name for name in names if alike(word, name)}


@given(st.lists(st.tuples(NAME, NAME), min_size=1, max_size=5), st.lists(CHANGE, max_size=2))
def test_no_word_of_a_name_is_missed_that_has_one_mistake(
    names: list[tuple[str, str]], changes: list[tuple[str, int, str]]
) -> None:
    word = names[0][1]
    for change in changes:
        word = changed(word, *change)
    _, parts = Near(names).meant(word)
    every = {(n, at) for n, words in enumerate(names) for at in range(len(words))}
    assert set(parts) == {(n, at) for n, at in every if one_mistake(word, names[n][at])}


def test_four_fifths_of_the_letters_are_alike_enough() -> None:
    assert alike("netfilx", "netflix") > 0.8
    assert alike("apple", "appla") == 0.8
    assert alike("nextfix", "netflix") == 0
    assert alike("abcdefghijklmnopqrst", "abcdefghijklmnopqxyz") == 0, "three mistakes are too many"
