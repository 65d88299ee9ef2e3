"""Terms are found as whole words in every script, in time that their number does not set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.keeping.words import Terms, words_of

FOUND = [
    ("Acme", "I like ACME."),
    ("acme", "Acme"),
    ("Acme", "Acme'nin fiyatı"),  # a Turkish suffix after an apostrophe
    ("Acme", "Acme’de bir sorun var"),
    ("Acme", "Acmeʼyi sevdim"),
    ("İstanbul Kart", "istanbul kart’ım çalışmıyor"),
    ("ISIK", "ışık"),
    ("Țăran", "taran"),
    ("Ștefan", "Şteﬀ, ştefan"),
    ("آکمه", "آکمه\u200cها را دوست دارم"),  # a Persian suffix after ZWNJ
    ("آكمه", "آکمه خوب است"),  # Arabic kaf
    ("دیجی\u200cکالا", "از دیجی کالا خریدم"),
    ("دیجی\u200cکالا", "از دیجیکالا خریدم"),
    ("دیجیکالا", "از دیجی\u200cکالا خریدم"),
    ("ي۱۲", "ی12"),
    ("Mi Store", "the new mi-store"),
    ("小米", "我买了小米手机"),
    ("L'Oréal", "L’Oreal'in kremi"),
    ("हिन्दी", "यह हिन्दी है"),
    ("Ａｃｍｅ", "acme"),
    ("acme", "see https://acme.example/prices"),
    ("acme", "#acme_launch"),
    ("acme", "@acme"),
    ("C3PO", "c3po"),
]
NOT_FOUND = [
    ("Acme", "Acmetron and placme"),
    ("Acme", ""),
    ("acme cloud", "acme. The cloud"),
    ("acme cloud", "cloud acme"),
    ("ان", "انسان"),
    ("हिन", "यह हिन्दी है"),  # a vowel sign belongs to its word
    ("小米", "小 大米"),
]


@pytest.mark.parametrize(("term", "text"), FOUND)
def test_a_term_is_found_however_it_is_spelt(term: str, text: str) -> None:
    assert Terms(["other", term]).found_in(text) == term


@pytest.mark.parametrize(("term", "text"), NOT_FOUND)
def test_part_of_a_word_or_another_order_is_no_match(term: str, text: str) -> None:
    assert Terms([term]).found_in(text) == ""


def test_a_longer_term_does_not_hide_a_shorter_one() -> None:
    terms = Terms(["acme cloud store", "acme", "cloud nine"])
    assert terms.found_in("acme cloud shop") == "acme"
    assert terms.found_in("in the cloud nine of acme") == "cloud nine"


def test_a_term_after_the_false_start_of_another_is_found() -> None:
    assert Terms(["a b c", "b d"]).found_in("a b d") == "b d"


def test_no_terms_find_nothing_and_cost_nothing() -> None:
    assert Terms([]).found_in("anything at all") == ""


def test_a_term_without_a_word_is_never_found() -> None:
    assert Terms(["!!!", "", "\u200c"]).found_in("!!! anything \u200c") == ""


def test_a_sign_of_a_regular_expression_is_no_more_than_a_sign() -> None:
    terms = Terms(["(a+)+$", "[", "a|b", "\\"])
    assert terms.found_in("a" * 5000) == ""
    assert terms.found_in("so a it is") == "(a+)+$"


class CountingTree(dict[str, object]):
    """Counts how often it is asked whether a word begins a term."""

    asked = 0

    def __contains__(self, word: object) -> bool:
        self.asked += 1
        return super().__contains__(word)


def test_how_many_terms_there_are_does_not_change_what_a_text_costs() -> None:
    text = " ".join(f"word{n}" for n in range(1000))
    costs = []
    for many in (1, 5000):
        terms = Terms([f"term{n} of many" for n in range(many)])
        tree = CountingTree(terms._tree)
        terms._tree = tree
        assert terms.found_in(text) == ""
        costs.append(tree.asked)
    assert costs == [1000, 1000]


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=30))
def test_any_term_with_a_word_is_found_between_any_texts(left: str, right: str, term: str) -> None:
    expected = term if words_of(term) else ""
    assert Terms([term]).found_in(f"{left} {term} {right}") == expected
