"""The feelings plugin: what words, emoji and ratings tell, each judgement with what decided."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark import Sentiment, WordFeeling
from earmark_plugins.sentiment.feelings import EMOTIONS, judge_sentiment
from earmark_plugins.sentiment.lists import languages


def judged(text: str, language: str = "en", words: Any = (), **more: Any) -> Sentiment:
    """The feeling of one text; `more` of the item, `words` what a person said."""
    (found,) = judge_sentiment([{"text": text, "language": {"tag": language}} | more], words)
    assert found is not None
    return found


def stars(value: float, best: float | None = 5) -> dict[str, Any]:
    return {"value": value} | ({"best": best} if best else {})


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("I love this app", "en", "positive"),
        ("This is terrible", "en", "negative"),
        ("Harika bir ürün", "tr", "positive"),
        ("Berbat bir uygulama", "tr", "negative"),
        ("Foarte frumos, felicitări", "ro", "positive"),
        ("O mizerie de aplicatie", "ro", "negative"),
        ("خیلی عالیه", "fa", "positive"),
        ("افتضاح بود", "fa", "negative"),
        ("رائع جدا", "ar", "positive"),
        ("Очень плохо", "ru", "negative"),
        ("Einfach wunderbar", "de", "positive"),
        ("Es una basura", "es", "negative"),
        ("C'est magnifique", "fr", "positive"),
        ("最高です", "ja", "positive"),
        ("The shop opens at nine", "en", "none"),
        ("Mağaza dokuzda açılıyor", "tr", "none"),
        ("فروشگاه ساعت نه باز می‌شود", "fa", "none"),
    ],
)
def test_a_feeling_is_told_by_the_words_of_its_language(
    text: str, language: str, label: str
) -> None:
    assert judged(text, language).label == label


def test_the_reason_shows_the_words_as_they_were_written() -> None:
    assert judged("I LOVE it").because == "“I LOVE”"
    assert judged("It is not good").because == "“not good”"
    assert judged("Berbat!", "tr").because == "“Berbat”"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It is not good", "en"),
        ("not very good", "en"),
        ("I don't like it", "en"),
        ("iyi değil", "tr"),
        ("güzel bir ürün değil", "tr"),
        ("nu e bun", "ro"),
        ("خوب نیست", "fa"),
        ("не хорошо", "ru"),
        ("nicht gut", "de"),
    ],
)
def test_denied_praise_blames(text: str, language: str) -> None:
    assert judged(text, language).score < 0


@pytest.mark.parametrize(
    ("text", "language"),
    [("not bad", "en"), ("fena değil", "tr"), ("nu e rău", "ro"), ("بد نیست", "fa")],
)
def test_denied_blame_hardly_praises(text: str, language: str) -> None:
    assert 0 <= judged(text, language).score < judged("great").score


def test_a_negation_reaches_three_words_in_its_clause() -> None:
    assert judged("not in my view good").label == "negative"
    assert judged("not in my honest view good").label == "positive"
    assert judged("not today, good").label == "positive"


def test_intensity_capitals_drawn_out_letters_and_exclamation_make_a_feeling_stronger() -> None:
    plain = judged("it is good").score
    for stronger in ("it is very good", "it is GOOD", "it is goooood", "it is good!"):
        assert judged(stronger).score > plain
    assert judged("it is a bit good").score < plain
    assert judged("IT IS GOOD").score == plain, "all is shouted, so capitals tell nothing"


def test_what_follows_a_but_counts_more() -> None:
    kind, unkind = judged("It is slow but good"), judged("It is good but slow")
    assert kind.score > 0 > unkind.score
    assert unkind.label == "mixed"
    assert "“slow” after “but”" in unkind.because


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Great app but it crashes all the time", "en"),
        ("Uygulama güzel ama sürekli çöküyor", "tr"),
        ("Aplicația e frumoasă, dar se blochează mereu", "ro"),
    ],
)
def test_praise_and_blame_of_some_weight_are_mixed(text: str, language: str) -> None:
    assert judged(text, language).label == "mixed"


def test_one_kind_word_in_a_complaint_does_not_make_it_mixed() -> None:
    assert judged("Terrible, useless, a waste of money. Thanks").label == "negative"


def test_a_wish_is_no_feeling() -> None:
    assert judged("It would be great to have a dark mode").label == "none"


def test_what_is_hoped_for_is_not_praised() -> None:
    assert judged("I need a reliable phone").label == "none"
    assert judged("I expected a great phone").label == "none"
    assert judged("I need a phone, this one is great").label == "positive"


def test_thanks_in_a_question_or_a_request_are_manners() -> None:
    assert judged("How do I log in? Thanks").label == "none"
    assert judged("I need the invoice, thanks").label == "none"
    assert judged("Thanks").label == "positive"


def test_what_only_the_tag_lists_know_is_felt_too() -> None:
    assert judged("The app keeps crashing on my phone").label == "negative"


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


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("Is the green one nice?", "en", "none"),
        ("Yeşil olan iyi mi?", "tr", "none"),
        ("این رنگ خوبه؟", "fa", "none"),
        ("Is it nice? It is good", "en", "positive"),
        ("How nice is that?!", "en", "positive"),
        ("Why is it so slow?", "en", "negative"),
    ],
)
def test_weak_praise_in_a_question_is_asked_not_felt(text: str, language: str, label: str) -> None:
    assert judged(text, language).label == label


def test_nothing_but_and_not_only_deny_nothing() -> None:
    assert judged("nothing but a wonderful time").label == "positive"
    assert judged("nothing but hassle").label == "negative"
    assert judged("it is not only slow, it is ugly").label == "negative"


def test_an_answer_of_one_word_tells_no_feeling() -> None:
    for text in ("Yes", "Nope", "Me too", "See you tomorrow"):
        assert judged(text).label == "none", text


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


def test_a_negation_that_opens_a_question_denies_nothing() -> None:
    assert judged("Isn't that amazing?").label == "positive"
    assert judged("Don't you just love her voice?").label == "positive"
    assert judged("Why isn't it amazing?").label == "negative"
    assert judged("Isn't that amazing").label == "negative", "nobody asks"


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


def test_a_phrase_of_blame_that_begins_with_a_negation_blames() -> None:
    assert judged("No logro ver mis pedidos", "es").label == "negative"
    assert judged("L'application ne s'ouvre plus", "fr").label == "negative"


def test_what_the_tag_lists_say_is_no_complaint_is_not_felt() -> None:
    assert judged("Complaints department is on the left").label == "none"


def test_an_address_feels_nothing() -> None:
    assert judged("https://love.example/:)", "und").label == "none"


def test_a_language_without_a_list_is_unknown_but_for_emoji_and_rating() -> None:
    assert judged("een heel mooi ding", "nl").label == "unknown"
    assert judged("een heel mooi ding 😍", "nl").label == "positive"
    assert judged("een heel mooi ding", "nl", rating=stars(5)).label == "positive"


def test_a_text_of_unknown_language_is_read_by_the_list_that_knows_most_of_it() -> None:
    assert judged("berbat", "und").label == "negative"
    assert judged("xyzzy plugh", "und").label == "unknown"
    assert judged("", "und").label == "none"


@pytest.mark.parametrize(
    ("rating", "label"),
    [
        (stars(5), "positive"),
        (stars(2), "negative"),
        (stars(3), "mixed"),
        (stars(9, 10), "positive"),
        (stars(1, None), "negative"),
    ],
)
def test_without_words_the_rating_decides(rating: dict[str, Any], label: str) -> None:
    found = judged("", "und", rating=rating)
    assert found.label == label
    assert found.because.startswith("rated ")


def test_words_and_a_rating_that_disagree_are_mixed() -> None:
    found = judged("I love it", rating=stars(1))
    assert found.label == "mixed"
    assert found.because == "“I love”, rated 1 of 5"


def test_a_middling_rating_beside_praise_and_blame_is_mixed() -> None:
    text = "A perfect screen, an excellent camera, outstanding sound, a weak battery"
    assert judged(text).label == "positive"
    assert judged(text, rating=stars(3)).label == "mixed"


@pytest.mark.parametrize("rating", [{}, {"value": "five"}, {"value": 5, "best": 0}])
def test_what_is_no_rating_is_none(rating: dict[str, Any]) -> None:
    assert judged("The shop opens at nine", rating=rating).label == "none"


@pytest.mark.parametrize(
    ("text", "language", "emotion"),
    [
        ("I am so angry", "en", "anger"),
        ("Very disappointed", "en", "disappointment"),
        ("I'm worried about my data", "en", "worry"),
        ("Thank you so much", "en", "thanks"),
        ("Amazing work", "en", "admiration"),
        ("Hayal kırıklığına uğradım", "tr", "disappointment"),
        ("Mulțumesc frumos", "ro", "thanks"),
        ("ممنونم", "fa", "thanks"),
        ("😡", "und", "anger"),
    ],
)
def test_an_emotion_is_told_with_its_words(text: str, language: str, emotion: str) -> None:
    found = {one.name: one.because for one in judged(text, language).emotions}
    assert emotion in found
    assert all(quoted in text for quoted in re.findall("“(.+?)”", found[emotion]))


def test_the_strongest_praise_is_admiration() -> None:
    assert [one.name for one in judged("SUPERB!").emotions] == ["admiration"]


def test_the_strongest_blame_when_stressed_is_anger() -> None:
    assert "anger" in [one.name for one in judged("The WORST app ever!").emotions]
    assert "anger" in [one.name for one in judged("REZALET!", "tr").emotions]


def test_thanks_for_nothing_thank_nobody() -> None:
    assert "thanks" not in [one.name for one in judged("Thanks for nothing").emotions]


def test_an_emotion_within_a_longer_phrase_of_another_meaning_is_none() -> None:
    assert judged("She hates to leave").emotions == []
    assert [one.name for one in judged("She hates it").emotions] == ["anger"]


def test_a_denied_emotion_is_none() -> None:
    assert judged("I am not angry").emotions == []


@given(st.text(), st.sampled_from([*sorted(languages()), "und", "nl"]))
def test_any_text_can_be_judged_again_alike(text: str, language: str) -> None:
    found = judged(text, language)
    assert found == judged(text, language)
    assert -1 <= found.score <= 1
    for quoted in re.findall("“(.+?)”", found.because):
        assert quoted.removesuffix("…") in " ".join(text.split())


@pytest.mark.parametrize(
    "part",
    [
        *("a", "not good ", "GOOD a b c d ", "but ", "good, ", "very ", ":)", "😍", "!", "ha"),
        *("#aB", "aB", "lol? ", "my friend! ", "not nice? ", "-_-", "the show! "),
    ],
)
def test_judging_takes_time_in_proportion_to_the_text(part: str) -> None:
    """Answered at once: quadratic work would reach the test's time limit."""
    judged(part * (100_000 // len(part)))
    judged(part * (100_000 // len(part)), "und")


@pytest.mark.parametrize("language", sorted(languages()))
def test_a_list_of_feelings_is_whole(language: str) -> None:
    path = files("earmark_plugins.sentiment") / "words" / f"{language}.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8"))
    assert {abs(float(value)) for value in listed["strength"]} <= {0, 0.5, 1, 2, 3}
    assert set(listed["emotions"]) == set(EMOTIONS)
    assert sum(map(len, listed["strength"].values())) >= 150
    assert set(listed["negation"]) <= {"before", "after"}
    assert set(listed["intensity"]) == {"more", "less"}
    assert listed["contrast"]["words"]
    every = [word for words in listed["strength"].values() for word in words]
    assert [word for word, count in Counter(every).items() if count > 1] == []
    for word in listed["applause"]["words"]:
        assert judged(word, language).score > 0, word
