"""Which language a text is in: cleaning, what letters say, and how votes are weighed."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.enrich.cleaning import clean_parts, clean_text
from earmark.enrich.language import Vote, combine, decide, known
from earmark.enrich.scripts import main_script


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("see https://example.org/a?b=c or www.example.org now", "see or now"),
        ("@someone.else thanks", "thanks"),
        ("mail me at a@b", "mail me at a@b"),
        ("<user> said &amp; left", "said left"),
        ("great #launch #day", "great"),
        ("#launch_day", "launch day"),
        ("nice 👍🏽❤️ 10/10", "nice /"),
        ("sooooo good!!!", "soo good!!"),
        ("عااااالی", "عالی"),
        ("WHERE IS MY ORDER", "where is my order"),
        ("KARGO ÇOK GECİKTİ", "kargo çok gecikti"),
        ("IŞIK İSTİYORUM", "ışık istiyorum"),
        ("OK", "OK"),
        ("این iPhone خراب است", "این خراب است"),
        ("We really love the سلام", "We really love the سلام"),
        ("12345 😀 @you https://example.org", ""),
    ],
)
def test_only_the_words_of_a_text_remain(written: str, cleaned: str) -> None:
    assert clean_text(written) == cleaned


@pytest.mark.parametrize(
    ("written", "main", "other"),
    [
        ("این خیلی خوبه THANK YOU GUYS", "این خیلی خوبه", "thank you guys"),
        ("They really like to say سلام", "They really like to say سلام", "سلام"),
        ("nothing else", "nothing else", ""),
        ("", "", ""),
    ],
)
def test_words_in_another_script_come_beside_the_text(written: str, main: str, other: str) -> None:
    assert clean_parts(written) == (main, other)


@given(st.text())
def test_any_text_can_be_cleaned_and_decided(text: str) -> None:
    answer = decide(clean_text(text), [])
    assert set(answer) == {"tag", "confidence", "source"}


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("hello", "LATIN"),
        ("東京へ行く", "HIRAGANA"),
        ("我们去北京", "CJK"),
        ("my phone مانتور شکست", "ARABIC"),
        ("my phone is и that is all", "LATIN"),
        ("", ""),
        ("12 !", ""),
    ],
)
def test_a_text_has_a_main_script(text: str, script: str) -> None:
    assert main_script(text) == script


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("안녕하세요", "ko"),
        ("ありがとう", "ja"),
        ("谢谢你们", "zh"),
        ("תודה", "he"),
        ("ευχαριστώ", "el"),
        ("ขอบคุณ", "th"),
        ("یہ بہت اچھا ہے", "ur"),
        ("زۆر سوپاس بۆ ئێوە", "ckb"),
        ("Дякую, її ще немає", "uk"),
        ("Это хорошо, спасибо, вы были правы", "ru"),
        ("çox yaxşı, təşəkkür", "az"),
    ],
)
def test_letters_of_one_language_decide_alone(text: str, tag: str) -> None:
    assert decide(text, []) == {"tag": tag, "confidence": 1.0, "source": "letters"}


def test_a_text_without_letters_has_no_language_whatever_the_hints() -> None:
    hint = {"page": {"tag": "fa", "weight": 0.7}}
    assert decide("", [], hint) == {"tag": "und", "confidence": 0.0, "source": "none"}


def test_hints_alone_never_answer() -> None:
    hint = {"page": {"tag": "tr", "weight": 0.7}}
    assert combine([], hint)["tag"] == "und"
    assert combine([Vote("a", 1, {})], hint)["tag"] == "und"


def test_votes_are_weighted_logs_of_probabilities() -> None:
    votes = [Vote("a", 1.0, {"en": 0.8, "fr": 0.2}), Vote("b", 0.5, {"en": 0.25, "fr": 0.75})]
    english, french = 0.8 * 0.25**0.5, 0.2 * 0.75**0.5
    answer = combine(votes)
    assert answer["tag"] == "en"
    assert answer["source"] == "a+b"
    assert math.isclose(answer["confidence"], english / (english + french), abs_tol=1e-4)


def test_below_the_threshold_the_language_is_unknown() -> None:
    answer = combine([Vote("a", 1.0, {"en": 0.4, "fr": 0.35, "de": 0.25})])
    assert answer == {"tag": "en", "confidence": 0.4, "source": "a"}
    assert known(answer) == {"tag": "und", "confidence": 0.4, "source": "a"}
    assert known(answer, 0.3) == answer


def test_letters_that_arabic_has_not_leave_persian_urdu_and_sorani() -> None:
    vote = Vote("a", 1.0, {"ar": 0.9, "fa": 0.05, "ur": 0.04, "ckb": 0.01})
    assert decide("سلام", [vote])["tag"] == "ar"
    assert decide("سپاسگزارم گرامی", [vote])["tag"] == "fa"


def test_urdu_without_its_letters_is_the_less_likely_the_longer_the_text() -> None:
    votes = [Vote("a", 1.0, {"fa": 0.5, "ur": 0.5})]
    short, longer = decide("کامنت", votes), decide("اولین کامنت من", votes)
    assert short["tag"] == longer["tag"] == "fa"
    assert short["confidence"] < longer["confidence"]


def test_hints_that_agree_are_no_surer_than_the_surest() -> None:
    votes = [Vote("a", 1.0, {"en": 0.5, "ro": 0.4})]
    one = {"page": {"tag": "ro", "weight": 0.7}}
    three = dict.fromkeys(("page", "author", "thread"), one["page"])
    assert combine(votes, one)["confidence"] == combine(votes, three)["confidence"]


def test_a_hint_that_disagrees_makes_the_others_less_sure() -> None:
    votes = [Vote("a", 1.0, {"en": 0.4, "ro": 0.4})]
    page = {"page": {"tag": "ro", "weight": 0.7}}
    both = page | {"author": {"tag": "en", "weight": 0.6}}
    assert combine(votes, both)["tag"] == "ro"
    assert combine(votes, both)["confidence"] < combine(votes, page)["confidence"]


@pytest.mark.parametrize("where", ["page", "author", "thread"])
def test_a_hint_tips_a_close_vote(where: str) -> None:
    votes = [Vote("a", 1.0, {"en": 0.5, "ro": 0.4})]
    hint: dict[str, Any] = {where: {"tag": "ro-RO", "weight": 0.6}}
    assert combine(votes)["tag"] == "en"
    assert combine(votes, hint)["tag"] == "ro"


def test_a_hint_does_not_overrule_a_clear_vote() -> None:
    votes = [Vote("a", 1.0, {"en": 0.999, "ro": 0.0001})]
    assert combine(votes, {"page": {"tag": "ro", "weight": 1.0}})["tag"] == "en"


def test_a_language_of_another_script_is_not_answered() -> None:
    votes = [Vote("a", 1.0, {"ru": 0.9, "en": 0.1})]
    assert decide("hello there", votes)["tag"] == "en"


def test_letters_speak_for_a_language_that_detectors_doubt() -> None:
    votes = [Vote("a", 0.15, {"tr": 0.5, "hu": 0.5, "et": 0.5})]
    assert decide("ağır", votes)["confidence"] > decide("agir", votes)["confidence"]


def test_a_rare_language_needs_more_than_an_expected_one() -> None:
    votes = [Vote("a", 1.0, {"cy": 0.5, "en": 0.5})]
    assert combine(votes)["tag"] == "en"
