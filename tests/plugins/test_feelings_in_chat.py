"""Feelings as chats show them: emoji, emoticons, laughter, exclamations, hashtags, faint words."""

from __future__ import annotations

import pytest
from feelings import judged

from earmark import WordFeeling


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("😍", "positive"),
        ("😡", "negative"),
        (":)", "positive"),
        (":(", "negative"),
        ("🎈", "none"),
    ],
)
def test_emoji_tell_a_feeling_without_words_or_language(text: str, label: str) -> None:
    assert judged(text, "und").label == label


def test_skin_tones_and_repetition_do_not_hide_an_emoji() -> None:
    assert judged("👍🏽", "und").label == "positive"
    assert judged("👍👍👍", "und").score > judged("👍", "und").score


def test_laughing_and_crying_take_the_side_of_the_words() -> None:
    assert judged("terrible 😂").label == "negative"
    assert judged("I love it 😭").label == "positive"
    assert judged("😂", "und").label == "positive"
    assert judged("hahaha", "und").label == "positive"
    assert judged("hahaha rezalet", "tr").label == "negative"


def test_a_typed_laugh_beside_words_that_tell_nothing_amuses_faintly() -> None:
    found = judged("the shop opens at nine lol")
    assert (found.label, found.because) == ("positive", "“lol”")
    assert found.score < judged("the shop is nice").score


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("they never open before nine lol", "en"),
        ("does the shop open at nine lol?", "en"),
        ("hahaha saat dokuzda açılmıyor değil mi", "tr"),
        ("lol the shop is rubbish", "en"),
        ("oh damn, the shop opens at nine haha", "en"),
    ],
)
def test_a_laugh_that_may_be_one_of_scorn_amuses_nobody(text: str, language: str) -> None:
    assert judged(text, language).label in {"none", "negative"}


def test_a_laughing_emoji_beside_words_that_tell_nothing_is_a_way_to_speak() -> None:
    assert judged("the shop opens at nine 😂").label == "none"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("see you there, my friend", "positive"),
        ("stuck in a queue in the rain again", "negative"),
        ("yes, it broke", "negative"),
        ("finally, it is useless", "negative"),
        ("is your friend there?", "none"),
        ("they are no friends of this town", "none"),
        ("my friend is waiting in line in town", "none"),
    ],
)
def test_a_faint_word_goes_with_the_rest_and_counts_alone_where_nothing_is_asked_or_denied(
    text: str, label: str
) -> None:
    assert judged(text).label == label


def test_a_question_or_denial_silences_the_faint_words_of_its_sentence_only() -> None:
    assert judged("Good point! What do you make of it?").label == "positive"
    assert judged("I agree. He was not there at nine.").label == "positive"


def test_who_exclaims_and_blames_nothing_is_faintly_glad_in_english() -> None:
    found = judged("We were at the show on Sunday!")
    assert (found.label, found.because) == ("positive", "“!”")
    assert 0 < found.score < judged("the show was good").score
    assert found.words == {}, "a mark is no word that a person may correct"
    assert judged("Pazar günü gösterideydik hepimiz!", "tr").label == "none"
    assert judged("Wir waren am Sonntag dort!", "und").label in {"none", "unknown"}


@pytest.mark.parametrize(
    "text",
    [
        "We were at the show on Sunday",
        "Were we at the show on Sunday?!",
        "We were not at the show!",
        "Answer the mail I sent on Sunday!",
        "Hey guys, bring the old show back!",
        "Good morning to all of you!",
        "First!",
        "I sat there for 40 minutes!",
    ],
)
def test_an_exclamation_that_asks_denies_commands_greets_counts_or_is_short_tells_nothing(
    text: str,
) -> None:
    assert judged(text).label == "none"


def test_an_exclamation_beside_blame_only_makes_it_stronger() -> None:
    assert judged("The show was slow!").score < judged("The show was slow").score < 0


@pytest.mark.parametrize(
    ("text", "language", "label", "because"),
    [
        ("#WorstServiceEver", "en", "negative", "“WorstServiceEver”"),
        ("as always #ILoveThisShop", "en", "positive", "“ILove”"),
        ("#NotImpressed", "en", "negative", "“NotImpressed”"),
        ("bugün de #ÇokKötüHizmet", "tr", "negative", "“Kötü”"),
        ("#bestshopintown", "en", "none", ""),
        ("WorstServiceEver", "en", "none", ""),
        ("#", "en", "none", ""),
    ],
)
def test_a_hashtag_says_what_the_words_say_that_its_capitals_part(
    text: str, language: str, label: str, because: str
) -> None:
    found = judged(text, language)
    assert (found.label, found.because) == (label, because)


def test_faint_words_score_less_than_any_other() -> None:
    assert 0 < judged("see you there").score < judged("it is good").score


def test_what_a_person_said_is_faint_is_heard_in_a_question_too() -> None:
    faint = (WordFeeling("zorp", 0.5, "en"),)
    assert judged("is it zorp or not?", words=faint).label == "positive"


@pytest.mark.parametrize("sign", [":P", "=p", ";D", "\\o/", "^.^"])
def test_playful_emoticons_are_kind(sign: str) -> None:
    assert judged(f"the shop opens at nine {sign}").label == "positive"


@pytest.mark.parametrize("sign", ["-_-", "=/", ":S", "T_T", "</3", ">.<"])
def test_weary_and_sad_emoticons_are_not(sign: str) -> None:
    assert judged(f"the shop opens at nine {sign}").label == "negative"


def test_a_typed_smile_outweighs_one_weak_word() -> None:
    smiling, frowning = judged("it is slow :)"), judged("it is good :(")
    assert (smiling.label, frowning.label) == ("mixed", "mixed")
    assert smiling.score > 0 > frowning.score
    assert judged("it is terrible :)").score < 0


def test_signs_within_words_and_times_are_no_emoticons() -> None:
    for text in ("at 10:30", "ratio 4:3", "C:Program", "see:Shop", "the key a:s", "b=/c"):
        assert judged(text).label == "none", text


def test_kind_words_beside_a_mocking_emoji_are_not_meant() -> None:
    assert judged("Great job 🙄").label == "negative"


def test_applause_beside_blame_mocks_unless_a_but_parts_them() -> None:
    assert judged("Great job 👏 broken again").label == "negative"
    assert judged("Bravo, 5 saatte soğuk geldi 👏", "tr").label == "negative"
    assert judged("Great job, but it is broken again").label == "mixed"
    assert judged("Great job, I love it, broken again").label == "mixed"
