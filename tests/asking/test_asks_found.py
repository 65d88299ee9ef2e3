"""What an item asks: its options from a poll, a list, questions in a row, or “A or B?”."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.asking.finding import found_in
from earmark.asking.offer import MOST, Offer

WORD = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=12)
LABEL = st.lists(WORD, min_size=1, max_size=4).map(" ".join).filter(lambda s: len(s) < 100)


def asked(text: str, language: str = "en", **more: Any) -> Offer | None:
    return found_in({"text": text, "language": {"tag": language}, **more})


def labels(text: str, language: str = "en") -> list[str] | None:
    offer = asked(text, language)
    return [option.label for option in offer.options] if offer else None


@pytest.mark.parametrize(
    "marks",
    [
        ("1.", "2.", "3."),
        ("1)", "2)", "3)"),
        ("(1)", "(2)", "(3)"),
        ("1-", "2-", "3-"),
        ("1️⃣", "2️⃣", "3️⃣"),
        ("①", "②", "③"),
        ("۱.", "۲.", "۳."),
        ("١-", "٢-", "٣-"),
        ("a)", "b)", "c)"),
        ("A.", "B.", "C."),
        ("الف)", "ب)", "ج)"),
        ("а)", "б)", "в)"),
        ("-", "-", "-"),
        ("•", "•", "•"),
        ("🍎", "🍐", "🍇"),
        ("👉", "👉", "👉"),
    ],
)
def test_a_list_with_a_line_for_each_option(marks: tuple[str, ...]) -> None:
    lines = [
        f"{mark} {label}" for mark, label in zip(marks, ("tea", "hot milk", "قهوه"), strict=True)
    ]
    assert labels("\n".join(["Which one do you want?", *lines])) == ["tea", "hot milk", "قهوه"]
    spaced = "\n\n".join(["Which one do you want?", *lines])
    assert labels(spaced) == ["tea", "hot milk", "قهوه"]


def test_a_list_within_a_line() -> None:
    assert labels("Which one? 1) tea 2) hot milk 3) juice") == ["tea", "hot milk", "juice"]
    assert labels("Vote! a) tea b) juice") == ["tea", "juice"]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        (
            "Why? Ads? Too few posts? Something else?",
            "en",
            ["Ads", "Too few posts", "Something else"],
        ),
        ("What keeps you away: ads? the price?", "en", ["ads", "the price"]),
        ("¿Por qué? ¿Precio? ¿Fallos?", "es", ["Precio", "Fallos"]),
        ("چرا نمی‌خرید؟ قیمت؟ کیفیت؟", "fa", ["قیمت", "کیفیت"]),
        ("Neden? Fiyat mı? Kalite mi?", "tr", ["Fiyat", "Kalite"]),
        ("なぜですか？値段？品質？", "ja", ["値段", "品質"]),
        ("Tea? Or coffee?", "en", ["Tea", "coffee"]),
    ],
)
def test_questions_in_a_row(text: str, language: str, found: list[str]) -> None:
    assert labels(text, language) == found


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Tea or coffee?", "en", ["Tea", "coffee"]),
        ("Do you prefer tea, coffee or juice?", "en", ["tea", "coffee", "juice"]),
        ("Should it be green or blue for the summer edition of it?", "en", ["green", "blue"]),
        ("Will it be tea or will it be coffee?", "en", ["tea", "coffee"]),
        ("Shall we go on? Yes / No", "en", ["Yes", "No"]),
        ("به نظرتون آبی بهتره یا سبز؟", "fa", ["آبی", "سبز"]),
        ("Çay mı kahve mi?", "tr", ["Çay", "kahve"]),
        ("Ce alegem: ceai sau cafea?", "ro", ["ceai", "cafea"]),
        ("أيهما تفضلون، الشاي أم القهوة؟", "ar", ["الشاي", "القهوة"]),
        ("Tee oder Kaffee?", "de", ["Tee", "Kaffee"]),
        ("Thé ou café ?", "fr", ["Thé", "café"]),
        ("Чай или кофе?", "ru", ["Чай", "кофе"]),
    ],
)
def test_alternatives_in_a_question(text: str, language: str, found: list[str]) -> None:
    assert labels(text, language) == found


def test_a_text_of_unknown_language_is_read_by_the_lists_that_know_its_words() -> None:
    assert labels("چای یا قهوه؟ کدوم بهتره؟", "und") is not None
    assert labels("1. x\n2. y\nWhich one do you want?", "und") == ["x", "y"]


def test_a_language_without_a_list_is_asked_in_by_lists_and_marks() -> None:
    assert labels("Co wolicie?\n1. herbata\n2. kawa", "pl") == ["herbata", "kawa"]
    assert labels("Herbata czy kawa?", "pl") is None


def test_what_stands_for_others_is_known_as_that() -> None:
    offer = asked("Which?\n1. Ads\n2. Price\n3. All of these\n4. None of these\n5. Other:")
    assert offer is not None
    assert [option.role for option in offer.options] == ["", "", "all", "none", "other"]
    assert [option.label for option in offer.plain] == ["Ads", "Price"]


def test_a_question_with_not_offers_yes_and_no() -> None:
    offer = asked("Dear all, buy or not?")
    assert offer is not None
    assert [option.role for option in offer.options] == ["yes", "no"]


def test_a_poll_is_asked_by_its_own_options_whatever_the_text_says() -> None:
    options = [{"label": "Gas", "votes": 3}, {"label": "Electric"}, {"label": " "}]
    offer = asked("Tea or coffee?", poll={"options": options})
    assert offer is not None
    assert (offer.source, [option.label for option in offer.options]) == (
        "poll",
        ["Gas", "Electric"],
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello everyone!",
        "What's new in 2.0?\n1. Dark mode\n2. Faster search",
        "Need tea or coffee?",
        "Tea or coffee? We have both, come in and sit down with us.",
        "Is it just me or is it slow?",
        "Really? Are you sure?",
        "Hello? Anybody? Thanks?",
        "More or less?",
        "Which one?\n1. only one",
        "Which one?\n1. tea\n3. coffee",
        "Which one?\n1. tea\n2. Tea",
        "To do today:\n- shop\n- cook",
        "1. How do I pay? By card.\n2. How do I cancel? Write to us.",
    ],
)
def test_where_it_is_not_plain_nothing_is_asked(text: str) -> None:
    assert asked(text) is None


@given(st.lists(LABEL, min_size=2, max_size=20, unique_by=str.casefold))
def test_a_numbered_list_gives_its_labels_in_order(wanted: list[str]) -> None:
    lines = [f"{number}. {label}" for number, label in enumerate(wanted, 1)]
    offer = asked("\n".join(["Which one would you choose?", *lines]))
    if offer is None:  # labels that fold alike, or that all stand for others
        return
    assert [option.label for option in offer.options] == [
        " ".join(label.split()) for label in wanted
    ]
    assert [option.id for option in offer.options] == list(range(1, len(wanted) + 1))


@given(
    st.text()
    | st.lists(
        st.sampled_from(["or", "?", "1.", "\n", "a)", "tea", "یا", "mi", "-", ":", ","])
    ).map(" ".join),
    st.sampled_from(["en", "fa", "tr", "ja", "und", "pl"]),
)
def test_any_text_can_be_read_and_an_offer_makes_sense(text: str, language: str) -> None:
    offer = asked(text, language)
    if offer is not None:
        assert 2 <= len(offer.plain) <= len(offer.options) <= MOST
        assert all(option.label.strip() for option in offer.options)
