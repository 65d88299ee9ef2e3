"""The folding behind search, matching and fingerprints, against SQLite's own full-text index."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.folding import fold, search_query, search_tokens


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Hello", "hello"),
        ("IŞIK", "isik"),
        ("ışık", "isik"),
        ("İSTANBUL", "istanbul"),
        ("ţară ș ş", "tara s s"),
        ("Straße", "strasse"),
        ("Łódź Øre Đà", "lodz ore da"),
        ("Æon œuvre", "aeon oeuvre"),
        ("Ёлка", "елка"),
        ("Ἀθῆναι", "αθηναι"),
        ("كتابي على", "کتابی علی"),
        ("مدرسة", "مدرسه"),
        ("کوردە", "کورده"),
        ("مُحَمَّد", "محمد"),
        ("سلـــام", "سلام"),
        ("ﻓﺎرﺳﻲ", "فارسی"),
        ("שָׁלוֹם", "שלום"),
        ("۱۲۳ ٤٥٦ １２", "123 456 12"),
        ("co\u00adoperate\u200f", "cooperate"),
        ("हिन्दी", "हिन्दी"),
        ("ﾊﾟﾝ が", "パン が"),
        ("한국어", "한국어"),
    ],
)
def test_spellings_of_one_word_fold_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_the_zero_width_non_joiner_stays() -> None:
    assert fold("می‌خواهم") == "می‌خواهم"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


class Index:
    """A full-text table as the store makes it."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:")
        self.db.execute(
            "create virtual table texts using fts5"
            "(text, content='', tokenize='unicode61 remove_diacritics 0')"
        )

    def add(self, text: str) -> None:
        self.db.execute("insert into texts(text) values (?)", [search_tokens(text)])

    def found(self, query: str) -> list[int]:
        sql = "select rowid from texts where texts match ? order by rowid"
        return [row[0] for row in self.db.execute(sql, [search_query(query)])]


@pytest.fixture
def index() -> Iterator[Index]:
    index = Index()
    yield index
    index.db.close()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Şikâyet ediyorum", "sikayet"),
        ("Sikayet ediyorum", "ŞİKÂYET"),
        ("رسيد كالا", "رسید کالا"),
        ("می‌خواهم بروم", "می‌خواهم"),
        ("می‌خواهم بروم", "میخواهم"),
        ("میخواهم بروم", "می‌خواهم"),
        ("می خواهم بروم", "می‌خواهم"),
        ("را می‌خواهم بروم", '"را می خواهم بروم"'),
        ("سفارش ۱۲۳", "123"),
        ("東京へ行きました", "東京"),
        ("สินค้าดีมาก", "ดีมาก"),
        ("it is broken, sadly", '"is broken"'),
        ('he said "no way"', "no way"),
        ("हिन्दी में लिखा", "हिन्दी"),
    ],
)
def test_a_text_is_found_however_its_words_are_spelt(index: Index, text: str, query: str) -> None:
    index.add(text)
    assert index.found(query) == [1]


def test_all_words_must_occur(index: Index) -> None:
    index.add("late delivery")
    index.add("late")
    assert index.found("delivery late") == [1]


def test_words_in_quotes_stand_together(index: Index) -> None:
    index.add("delivery was late")
    index.add("late delivery")
    assert index.found('"late delivery"') == [2]


def test_signs_of_a_run_stand_together(index: Index) -> None:
    index.add("京都と東大")
    assert index.found("東京") == []


def test_a_word_after_a_minus_must_not_occur(index: Index) -> None:
    index.add("late delivery")
    index.add("late refund")
    assert index.found('late -delivery -"no such"') == [2]
    assert index.found("-delivery") == [2]


def test_a_minus_inside_a_word_excludes_nothing(index: Index) -> None:
    index.add("an e-mail came")
    assert index.found("e-mail") == [1]


@pytest.mark.parametrize("nothing", ["", "  ", '""', "-", "!?", "😀", "\x00"])
def test_a_query_without_letters_or_digits_is_empty(nothing: str) -> None:
    assert search_query(nothing) == ""


OPERATORS = st.sampled_from(
    ["AND", "OR", "NOT", "NEAR(", ")", "*", "^", ":", '"', "-", " ", "\x00"]
)


@given(st.lists(st.one_of(OPERATORS, st.text())).map("".join))
def test_no_query_is_a_syntax_error(typed: str) -> None:
    index = Index()
    index.add("anything")
    if search_query(typed):
        index.found(typed)
    index.db.close()


@given(st.text())
def test_any_text_can_be_indexed(text: str) -> None:
    index = Index()
    index.add(text)
    index.db.close()
