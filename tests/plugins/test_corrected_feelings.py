"""What a person said that words feel like stands above the lists, and is named as the reason."""

from __future__ import annotations

from typing import Any

import feelings
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark import Sentiment, WordFeeling
from earmark_plugins.sentiment.feelings import judge_sentiment

SICK = WordFeeling("sick", 2, "en")


def judged(text: str, *words: WordFeeling, language: str = "en", **more: Any) -> Sentiment:
    return feelings.judged(text, language, words, **more)


def test_a_word_feels_as_a_person_said_and_the_reason_says_so() -> None:
    assert judged("this is terrible").label == "negative"
    told = judged("this is terrible", WordFeeling("terrible", 2))
    assert (told.label, told.because) == ("positive", "“terrible” is praise, you said")
    told = judged("what a doozy", WordFeeling("doozy", -2))
    assert (told.label, told.because) == ("negative", "“doozy” is blame, you said")


def test_a_word_that_tells_nothing_is_named_where_nothing_else_tells() -> None:
    silent = WordFeeling("terrible", 0)
    told = judged("Terrible weather", silent)
    assert (told.label, told.because) == ("none", "“Terrible” tells nothing, you said")
    told = judged("I love it, terrible as it is", silent)
    assert (told.label, told.because) == ("positive", "“I love”")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("such a sick beat", "positive"),
        ("it is not sick", "negative"),
        ("sick, but the sound is horrible", "mixed"),
        ("Sickkkk!", "positive"),
        ("it is sick of you", "negative"),
        ("seasick", "none"),
    ],
)
def test_what_a_person_said_is_heard_as_any_word_is(text: str, label: str) -> None:
    assert judged(text, SICK).label == label


def test_a_denied_word_keeps_what_was_said_of_it_in_its_reason() -> None:
    assert judged("it is not sick", SICK).because == "“not sick”: “sick” is praise, you said"


def test_a_reason_with_what_was_said_stays_readable_beside_others() -> None:
    told = judged("It arrived late, but the beat is sick", SICK)
    assert told.because.startswith("“sick” is praise, you said, ")


def test_what_is_said_in_one_language_is_not_said_in_another() -> None:
    gift = WordFeeling("gift", -3, "de")
    assert judged("Gift", gift, language="de").label == "negative"
    assert judged("Gift", gift, language="en").label == "none"
    assert judged("gift", gift, language="und").label == "negative"
    assert judged("Gift", gift._replace(language="")).label == "negative"


def test_a_language_without_a_list_learns_from_a_person() -> None:
    lekker = WordFeeling("lekker", 2, "nl")
    assert judged("erg lekker hoor", language="nl").label == "unknown"
    assert judged("erg lekker hoor", lekker, language="nl").label == "positive"
    assert judged("hoor eens", lekker, language="nl").label == "unknown"


def test_a_stem_stands_for_its_longer_forms() -> None:
    assert judged("fugly and fuglier", WordFeeling("fugl*", -2)).label == "negative"


@pytest.mark.parametrize(
    ("text", "said", "label"),
    [
        ("ok 🙃", WordFeeling("🙃", 2, is_sign=True), "positive"),
        ("so it goes 😀", WordFeeling("😀", -2, is_sign=True), "negative"),
        ("so it goes 😀", WordFeeling("😀", 0, is_sign=True), "none"),
        ("so it goes 🪱", WordFeeling("🪱\ufe0f", -2, is_sign=True), "negative"),
        ("so it goes :v", WordFeeling(":v", 2, is_sign=True), "positive"),
        ("so it goes ]^-", WordFeeling("]", -2, is_sign=True), "negative"),
        ("so it goes \\d", WordFeeling("^", -2, is_sign=True), "none"),
    ],
)
def test_an_emoji_tells_what_a_person_said(text: str, said: WordFeeling, label: str) -> None:
    told = judged(text, said)
    assert told.label == label
    if label != "none":
        assert "you said" in told.because


def test_the_words_that_decided_are_told_with_their_weight() -> None:
    told = judged("I love it, but the box was terrible")
    praises = {word: weight > 0 for word, weight in told.words.items()}
    assert praises == {"I love": True, "terrible": False}


def test_ten_thousand_words_of_a_person_are_read_once() -> None:
    many = tuple(WordFeeling(f"word{number}", 1) for number in range(10_000))
    items = [{"text": f"word{number} it is", "language": {"tag": "en"}} for number in range(50)]
    assert {told.label for told in judge_sentiment(items, many) if told} == {"positive"}


SIGNS = st.sampled_from([*"ab^]-[\\\\()*+?.|…:= \n", "\u200f", "\u200c", "🙃", "\ufe0f", "ی", "愛"])
PHRASES = st.lists(SIGNS, min_size=1, max_size=8).map("".join)
SAID = st.builds(WordFeeling, PHRASES, st.floats(-3, 3), st.sampled_from(["", "en"]), st.booleans())


@given(text=PHRASES, said=st.lists(SAID, max_size=4).map(tuple))
def test_whatever_is_said_of_whatever_it_is_judged(text: str, said: Any) -> None:
    told = judged(f"well {text} good", *said)
    assert told.label in ("positive", "negative", "mixed", "none")
    assert -1 <= told.score <= 1
