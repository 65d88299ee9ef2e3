"""The folding behind search and matching: each rule is a sentence that is tried."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.folding import (
    DRAWN_OUT,
    EVERY_TEXT,
    fold,
    inside_word,
    passages,
    search_index,
    spellings,
    steady_fold,
    words_in,
)  # fmt: skip

RULES = {
    "capitals are small letters": ("Hello ÉTÉ", "hello ete"),
    "dotless and dotted Turkish i are one letter": ("IŞIK ışık İSTANBUL", "isik isik istanbul"),
    "Romanian comma and cedilla are one letter": ("ţară țară ș ş", "tara tara s s"),
    "diacritics do not count": ("Şikâyet Ёлка Ἀθῆναι", "sikayet елка αθηναι"),
    "letters with a stroke are plain ones": ("Łódź Øre Đà", "lodz ore da"),
    "joined letters are two": ("Æon œuvre Straße", "aeon oeuvre strasse"),
    "Arabic and Persian yeh are one letter": ("كتابي کتابی على", "کتابی کتابی علی"),
    "so are kaf, its swash form and keheh": ("كتاب ڪتاب", "کتاب کتاب"),
    "alef with madda, hamza or wasla is alef": ("آب أب إب ٱلله", "اب اب اب الله"),
    "waw and yeh lose their hamza": ("مؤمن مسئول", "مومن مسیول"),
    "a hamza that stands alone stays": ("ماء ما", "ماء ما"),
    "teh marbuta and the forms of heh are heh": (
        "مدرسة کوردە ہم ھم خانهٔ خانۀ",
        "مدرسه کورده هم هم خانه خانه",
    ),
    "yeh barree is yeh": ("ہے", "هی"),
    "vowel marks of Arabic and Hebrew do not count": ("مُحَمَّد שָׁלוֹם", "محمد שלום"),
    "tatweel does not count": ("سلـــام", "سلام"),
    "presentation forms are letters": ("ﻓﺎرﺳﻲ ﷲ", "فارسی الله"),
    "Persian, Arabic and wide digits are digits": ("۱۲۳ ٤٥٦ １２", "123 456 12"),
    "wide and narrow forms are one": ("ＡＢＣ ﾊﾟﾝ", "abc パン"),
    "letters drawn in mathematics are letters": ("𝓝𝓮𝓽𝖋𝗅𝚒𝕩", "netflix"),
    "soft hyphens and marks of direction do not count": ("co\u00adoperate\u200f", "cooperate"),
    "vowel signs of Indic scripts are letters": ("हिन्दी", "हिन्दी"),
    "Korean stays as it is": ("한국어", "한국어"),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_rule(rule: str) -> None:
    written, folded = RULES[rule]
    assert fold(written) == folded


def test_the_zero_width_non_joiner_stays_for_words_to_be_parted_at() -> None:
    assert fold("می‌خواهم") == "می‌خواهم"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_fingerprints_are_made_with_the_letters_of_the_first_day() -> None:
    assert steady_fold("ٱ ہ ھ ے ڪ") == "ٱ ہ ھ ے ڪ"
    assert steady_fold("أ Ș ٣") == "ا s 3"


def folded_words(text: str) -> list[str]:
    return [word.folded for word in words_in(text)]


WORDS = {
    "signs part words": ("it's e-mail, a_b", ["it", "s", "e", "mail", "a", "b"]),
    "the trade mark sign is no letter": ("Netflix™ x²", ["netflix", "x2"]),
    "letters in circles are letters": ("ⓝⓔⓣ", ["net"]),
    "an emoji is no word": ("👍🏽 ok 1️⃣", ["ok", "1"]),
    "an apostrophe of any kind parts words": ("Netflix’i Netflixʼi", ["netflix", "i"] * 2),
    "ZWNJ parts words": ("کتاب‌ها", ["کتاب", "ها"]),
    "each sign of Chinese, Japanese and Thai is a word": ("東京へ ดี", ["東", "京", "へ", "ด", "ี"]),
    "a mark that makes another sign does not part it": ("か\u3099 ﾊﾟﾝ", ["が", "パ", "ン"]),
    "words among them stay whole": ("iPhone很好", ["iphone", "很", "好"]),
    "a fraction is two numbers": ("½", ["1", "2"]),
    "a drawn-out word has each letter once, behind a sign": ("cooool", [f"{DRAWN_OUT}col"]),
    "a letter twice is not drawn out": ("cool 1000", ["cool", "1000"]),
    "signs of the index in a text are not taken for it": (f"a{EVERY_TEXT}{DRAWN_OUT}b", ["a", "b"]),
}


@pytest.mark.parametrize("rule", WORDS)
def test_the_rule_of_words(rule: str) -> None:
    text, words = WORDS[rule]
    assert folded_words(text) == words


@given(st.text())
def test_words_know_where_they_stand(text: str) -> None:
    for words in passages(text):
        for word in words:
            alone = text[word.start : word.end]
            assert word.folded in [each.folded for each in words_in(alone, joined=True)]


@given(st.text(st.sampled_from("aB1 _-‌か東ดé™")), st.integers(0, 20))
def test_a_place_is_inside_a_word_where_a_word_reaches_over_it(text: str, at: int) -> None:
    assert inside_word(text, at) == any(word.start < at < word.end for word in words_in(text))


def test_a_mark_belongs_to_its_sign() -> None:
    assert inside_word("か\u3099", 1)


@given(st.text(st.sampled_from("aAbIıİ çß½ک‌ةآéé東ด๊ीि'-_🙂")))
def test_a_text_finds_itself(text: str) -> None:
    stored = search_index([text]).split()
    for way in spellings(text):
        if way == tuple(word.folded for word in words_in(text)):
            assert list(way) == stored[: len(way)]
            break
    else:
        assert not folded_words(text)


class Index:
    """A full-text table as the store makes it."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:")
        self.db.execute("create virtual table texts using fts5(text, tokenize='ascii')")

    def add(self, *texts: str) -> None:
        self.db.execute("insert into texts(text) values (?)", [search_index(texts)])

    def found(self, typed: str) -> bool:
        phrases = " OR ".join(f'"{" ".join(way)}"' for way in spellings(typed))
        sql = "select count(*) from texts where texts match ?"
        return bool(self.db.execute(sql, [phrases]).fetchone()[0])


@pytest.fixture
def index() -> Iterator[Index]:
    index = Index()
    yield index
    index.db.close()


FOUND = [
    ("Şikâyet ediyorum", "sikayet"),
    ("Sikayet ediyorum", "ŞİKÂYET"),
    ("رسيد كالا", "رسید کالا"),
    ("قرآن کریم", "قران"),
    ("می‌خواهم بروم", "می‌خواهم"),
    ("می‌خواهم بروم", "میخواهم"),
    ("میخواهم بروم", "می‌خواهم"),
    ("می خواهم بروم", "می‌خواهم"),
    ("را می‌خواهم بروم", "را می خواهم بروم"),
    ("را می‌خواهم بروم", "را میخواهم بروم"),
    ("کتاب‌هایم", "کتاب"),
    ("سفارش ۱۲۳", "123"),
    ("東京へ行きました", "東京"),
    ("我想退货", "退货"),
    ("สินค้าดีมาก", "ดีมาก"),
    ("it is broken, sadly", "is broken"),
    ("हिन्दी में लिखा", "हिन्दी"),
    ("çoooook güzel", "çok"),
    ("çoooook güzel", "çok güzel"),
    ("coooool", "cool"),
    ("cool", "coooool"),
    ("çok", "çoooook"),
    ("cooool", "coooooooool"),
    ("خییییلی خوب", "خیلی خوب"),
    ("NETFLIXXXX", "netflix"),
]


@pytest.mark.parametrize(("text", "typed"), FOUND)
def test_a_text_is_found_however_its_words_are_spelt(index: Index, text: str, typed: str) -> None:
    index.add(text)
    assert index.found(typed)


NOT_FOUND = [
    ("京都と東大", "東京"),
    ("good", "god"),
    ("god", "good"),
    ("1000000", "10"),
    ("ماء", "ما"),
    ("کتابها", "کتاب"),
    ("cook", "cok"),
]


@pytest.mark.parametrize(("text", "typed"), NOT_FOUND)
def test_other_words_stay_other_words(index: Index, text: str, typed: str) -> None:
    index.add(text)
    assert not index.found(typed)


def test_no_phrase_reaches_from_one_text_to_the_next(index: Index) -> None:
    index.add("late", "delivery")
    assert index.found("late")
    assert not index.found("late delivery")


@pytest.mark.parametrize("nothing", ["", "  ", "-", "!?", "😀", "\x00", "\u200c"])
def test_without_letter_or_digit_there_is_nothing_to_look_for(nothing: str) -> None:
    assert spellings(nothing) == []


@given(st.text(st.sampled_from("aAooı çک‌ةé東ด๊ʼ🙂 ")), st.booleans())
def test_words_that_are_remembered_are_those_that_are_read(text: str, joined: bool) -> None:
    long = text + " " * 2000  # too long to be remembered
    assert words_in(text, joined=joined) == words_in(long, joined=joined)


@given(st.lists(st.text()))
def test_the_index_holds_exactly_the_words_that_matching_sees(texts: list[str]) -> None:
    index = Index()
    index.add(*texts)
    index.db.execute("create virtual table words using fts5vocab(texts, row)")
    stored = {term for (term,) in index.db.execute("select term from words")}
    seen = {word.folded for text in texts for words in passages(text) for word in words}
    assert stored == seen | {EVERY_TEXT}
    index.db.close()
