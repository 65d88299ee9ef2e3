"""Words of a text as lists are matched against them: spelling, place, sentence and clause."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark import Phrases, languages_knowing, words_of


def forms(text: str) -> list[str]:
    return [word.forms[0] for word in words_of(text).words]


def found(text: str, *phrases: str) -> list[str]:
    """The listed phrases that stand in a text, as they are written there."""
    words = words_of(text)
    listed = Phrases((phrase, phrase) for phrase in phrases)
    return [words.written(one.first, one.end) for begun in listed.found_in(words) for one in begun]


def test_words_are_folded_and_know_how_they_were_written() -> None:
    words = words_of("İADE Mulţumesc كتاب")
    assert [word.forms[0] for word in words.words] == ["iade", "multumesc", "کتاب"]
    assert words.written(0, 2) == "İADE Mulţumesc"


def test_addresses_and_handles_are_no_words() -> None:
    assert forms("see https://great.example/bad?q=love and write to love@bad.example") == [
        "see", "and", "write", "to",
    ]  # fmt: skip
    assert forms("@great_app works") == ["works"]


def test_a_hashtag_is_its_words() -> None:
    assert forms("#best_app") == ["best", "app"]


def test_each_sign_of_a_script_without_spaces_is_a_word() -> None:
    assert forms("最高のapp") == ["最", "高", "の", "app"]
    assert found("このアプリは最高です", "最高") == ["最高"]
    assert found("แอปนี้ดีมาก", "ดีมาก") == ["ดีมาก"]
    assert found("ｱﾌﾟﾘ", "アプリ") == ["ｱﾌﾟﾘ"]


def test_a_half_space_in_a_phrase_may_be_a_space_or_nothing() -> None:
    for written in ("کار نمی‌کند", "کار نمی کند", "کار نمیکند"):
        assert found(written, "کار نمی‌کند") == [written]


def test_drawn_out_letters_are_read_twice_and_once() -> None:
    assert found("goooood", "good") == ["goooood"]
    assert found("loooove it", "love it") == ["loooove it"]
    assert found("harikaaaa", "harika") == ["harikaaaa"]
    assert found("good", "god") == []


def test_a_star_stands_for_longer_forms_of_the_last_word() -> None:
    assert found("disappointing", "disappoint*") == ["disappointing"]
    assert found("disappoint", "disappoint*") == ["disappoint"]
    assert found("kargo gelmedi", "kargo gel*") == ["kargo gelmedi"]
    assert found("kargo almadı", "kargo gel*") == []


def test_the_longest_phrase_comes_first() -> None:
    assert found("not bad at all", "not bad", "not bad at all", "no*") == [
        "not bad at all", "not bad", "not",
    ]  # fmt: skip


def test_a_gap_stands_for_up_to_two_words_of_a_clause() -> None:
    assert found("çok geç geldi", "geç … geldi") == ["geç geldi"]
    assert found("geç de olsa geldi", "geç … gel*") == ["geç de olsa geldi"]
    assert found("geç ama yine de geldi", "geç … geldi") == []
    assert found("geç oldu, kargo geldi", "geç … geldi") == []
    assert found("a x b x x c d", "a … b … c d") == ["a x b x x c d"]
    assert found("電話が全然出ません", "電話が…出ません") == ["電話が全然出ません"]
    assert found("電話が今日はずっと出ません", "電話が…出ません") == []


def test_the_longest_phrase_comes_first_also_beyond_a_gap() -> None:
    assert found("a b x c", "a … c", "a b", "a") == ["a b x c", "a b", "a"]


def test_a_bar_ends_a_phrase_with_its_clause() -> None:
    assert found("いつですか", "ですか|") == ["ですか"]
    assert found("いつですか 教えて", "ですか|") == ["ですか"]
    assert found("いつですか、教えて", "ですか|") == ["ですか"]
    assert found("高いですから", "ですか|") == []
    assert found("are you open or", "or|") == ["or"]
    assert found("open or not", "or|") == []


def test_letters_that_a_language_joins_to_a_word_do_not_hide_it() -> None:
    words = words_of("وسيئ فلا يعمل ولد")
    listed = Phrases([("سيئ", 1), ("لا يعمل", 2), ("لد", 3), ("ولد", 4)], joined="وف")
    assert [one.meaning for begun in listed.found_in(words) for one in begun] == [1, 2, 4]
    assert found("وسيئ", "سيئ") == []


def test_a_phrase_reaches_over_a_comma_and_not_over_the_end_of_a_sentence() -> None:
    assert found("well, done", "well done") == ["well, done"]
    assert found("well. Done", "well done") == []
    assert found("well\ndone", "well done") == []
    assert found("よく。できた", "よくできた") == []


def test_sentences_and_clauses_are_counted() -> None:
    words = words_of("one, two. three").words
    assert [(word.sentence, word.clause) for word in words] == [(0, 0), (0, 1), (1, 2)]


def test_a_point_inside_a_word_ends_nothing() -> None:
    assert {word.sentence for word in words_of("version 2.5 of app.js").words} == {0}


@pytest.mark.parametrize(
    ("text", "languages"),
    [("harika olmuş", ["tr"]), ("super", ["ro", "tr"]), ("xyzzy", []), ("da", [])],
)
def test_the_lists_that_know_most_words_tell_the_language(text: str, languages: list[str]) -> None:
    listed = Phrases(
        [("harika", "tr"), ("super", "tr"), ("super", "ro"), ("da", "ro"), ("olmuş", "tr")]
    )
    assert languages_knowing(words_of(text), listed) == languages


@given(st.text())
def test_words_lie_in_the_text_in_order(text: str) -> None:
    words = words_of(text).words
    assert all(0 <= word.start < word.end <= len(text) and word.forms[0] for word in words)
    assert all(a.start <= b.start for a, b in pairwise(words))


@given(st.lists(st.text(min_size=1), max_size=5), st.text())
def test_any_phrase_can_be_listed_and_any_text_searched(phrases: list[str], text: str) -> None:
    for written in found(text, *phrases):
        assert written in text


@given(st.text(alphabet="abc éığşچ ", min_size=1).filter(str.strip))
def test_a_text_is_found_in_itself(text: str) -> None:
    phrase = " ".join(text.split())
    assert found(phrase, phrase)
