"""The intents plugin: tags by word lists, each with the words that decided."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark import Tag
from earmark_plugins.tags.intents import suggest_tags
from earmark_plugins.tags.word_lists import languages

TAGS = {
    "intent:complaint", "intent:question", "intent:suggestion", "intent:praise", "intent:bug",
    "signal:urgent", "about:pricing", "about:shipping", "about:support",
}  # fmt: skip
MORE_TAGS = {
    "intent:purchase-intent", "intent:need", "intent:expectation", "signal:churn-risk",
    "signal:advocate", "signal:recruit", "signal:beta-candidate", "signal:content-idea:learn",
    "signal:content-idea:explore", "signal:content-idea:qa", "signal:interest",
    "signal:buying-habit", "signal:promise",
}  # fmt: skip


def tags(text: str, language: str, **more: Any) -> dict[str, str]:
    """The names of the tags of one text, with their reasons; `more` of the item."""
    item = {"text": text, "language": {"tag": language}} | more
    (suggested,) = suggest_tags([item])
    assert all(isinstance(tag, Tag) for tag in suggested)
    return {tag.name: tag.because for tag in suggested}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "Very disappointed, the parcel never arrived",
            "en",
            {"intent:complaint", "about:shipping"},
        ),
        ("It doesn't work since the update", "en", {"intent:bug"}),
        ("It doesn’t work", "en", {"intent:bug"}),
        ("It would be nice to have a dark theme", "en", {"intent:suggestion"}),
        ("How do I change my name", "en", {"intent:question"}),
        ("Your staff was wonderful", "en", {"intent:praise", "about:support"}),
        ("I need an answer ASAP", "en", {"signal:urgent"}),
        ("Too expensive for me", "en", {"about:pricing"}),
        ("We met on a Tuesday", "en", {"intent:other"}),
        (
            "Ürün bozuk geldi, iade istiyorum",
            "tr",
            {"intent:bug", "intent:complaint", "about:pricing"},
        ),
        ("URUN BOZUKTU", "tr", {"intent:bug"}),
        ("Kargom nerede", "tr", {"about:shipping", "intent:question"}),
        ("Keşke karanlık mod olsa", "tr", {"intent:suggestion"}),
        ("Elinize sağlık, harika olmuş", "tr", {"intent:praise"}),
        ("Acilen dönüş yapın", "tr", {"signal:urgent"}),
        ("Müşteri hizmetleri cevap vermiyor", "tr", {"about:support"}),
        ("Sunt dezamăgită de voi", "ro", {"intent:complaint"}),
        ("Sunt dezamagit de voi", "ro", {"intent:complaint"}),
        ("Nu mai merge dupa actualizare", "ro", {"intent:bug"}),
        ("Ar fi bine să existe și alte culori", "ro", {"intent:suggestion"}),
        ("Mulțumesc, sunteți extraordinari", "ro", {"intent:praise"}),
        ("Coletul a întârziat", "ro", {"about:shipping"}),
        ("اصلا کار نمی‌کند", "fa", {"intent:bug"}),
        ("اصلا كار نمي كند", "fa", {"intent:bug"}),
        ("اصلا کار نمیکند", "fa", {"intent:bug"}),
        ("کاش حالت شب داشت", "fa", {"intent:suggestion"}),
        ("ممنونم، عالیه", "fa", {"intent:praise"}),
        ("پشتیبانی جواب نمیده", "fa", {"about:support"}),
        ("قیمتش خیلی بالاست", "fa", {"about:pricing"}),
        ("چطور می‌تونم سفارش بدم", "fa", {"intent:question", "about:shipping"}),
    ],
)
def test_a_text_is_tagged_by_the_words_of_its_language(
    text: str, language: str, expected: set[str]
) -> None:
    assert expected <= set(tags(text, language))


def test_the_reason_shows_the_words_as_they_were_written() -> None:
    assert tags("İADE istiyorum, Bozuk bu", "tr")["intent:complaint"] == "“İADE”"
    assert tags("It is NOT Working, crashes!", "en")["intent:bug"] == "“NOT Working”, “crashes”"
    assert tags("کار نمی‌کنه", "fa")["intent:bug"] == "“کار نمی‌کنه”"


def test_a_question_mark_is_enough_in_any_language() -> None:
    assert tags("Wanneer komt het?", "nl") == {"intent:question": "“?”"}
    assert tags("متى يصل؟", "ar")["intent:question"] == "“متى”, “؟”"
    assert tags("いつ届きますか？", "ja")["intent:question"].endswith("“？”")


def test_a_question_mark_in_an_address_asks_nothing() -> None:
    assert tags("https://example.org/?q=1", "nl") == {}


def test_a_word_inside_another_does_not_count() -> None:
    assert set(tags("She was debugging on a pricewise basis", "en")) == {"intent:other"}


def test_an_unknown_language_is_read_by_the_list_that_knows_most_words() -> None:
    assert set(tags("berbat", "und")) == {"intent:complaint"}
    assert "intent:bug" in tags("nu merge", "und")


def test_a_second_language_is_read_too() -> None:
    mixed = {"tag": "tr", "second": {"tag": "en", "share": 0.4}}
    (found,) = suggest_tags([{"text": "kargo gelmedi, it would be nice", "language": mixed}])
    assert {"about:shipping", "intent:suggestion"} <= {tag.name for tag in found}


def test_a_known_language_uses_its_own_list_only() -> None:
    assert tags("berbat", "tr") == {"intent:complaint": "“berbat”"}
    assert tags("berbat", "de") == {}


def test_a_regional_tag_uses_the_list_of_its_language() -> None:
    assert "intent:praise" in tags("thanks a lot", "en-GB")


def test_an_item_without_text_or_language_has_no_tags() -> None:
    assert suggest_tags([{}]) == [[]]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It is not great", "en"),
        ("I wouldn't recommend it", "en"),
        ("Hiç güzel değil", "tr"),
        ("Nu e frumos deloc", "ro"),
        ("اصلا خوب نیست", "fa"),
        ("Das ist nicht gut", "de"),
    ],
)
def test_denied_praise_is_none(text: str, language: str) -> None:
    assert "intent:praise" not in tags(text, language)


def test_a_denied_problem_is_none() -> None:
    assert "intent:bug" not in tags("No crashes so far", "en")
    assert "intent:complaint" not in tags("It is not terrible", "en")
    assert "signal:urgent" not in tags("This is not urgent", "en")


def test_a_negation_denies_only_its_clause() -> None:
    assert "intent:praise" in tags("Not for me, great work though", "en")


def test_a_negation_within_a_phrase_denies_nothing_else() -> None:
    assert tags("doesn't work crashes", "en")["intent:bug"] == "“doesn't work”, “crashes”"


def test_a_wish_in_the_shape_of_a_question_asks_nothing() -> None:
    assert set(tags("Could you add a dark mode?", "en")) == {"intent:suggestion"}
    assert "intent:question" not in tags("Karanlık mod ekler misiniz?", "tr")
    both = tags("Please add a dark mode. When is the next update?", "en")
    assert {"intent:suggestion", "intent:question"} <= set(both)


def test_a_wish_praises_nothing() -> None:
    assert "intent:praise" not in tags("It would be great to have a dark mode", "en")


def test_thanks_beside_business_are_manners() -> None:
    assert "intent:praise" in tags("Thanks!", "en")
    assert "intent:praise" not in tags("Thanks, but it still doesn't work", "en")
    assert "intent:praise" not in tags("Thanks, how do I log in?", "en")
    assert "intent:praise" not in tags("Giriş yapamıyorum, teşekkürler", "tr")
    assert "intent:praise" not in tags("Thanks, I am so disgusted", "en")


def test_applause_beside_blame_mocks_unless_a_but_parts_them() -> None:
    assert "intent:praise" not in tags("Great job 👏 broken again", "en")
    assert "intent:praise" not in tags("Bravo, iar nu merge aplicația", "ro")
    assert "intent:praise" in tags("Great job, but it is broken again", "en")
    assert "intent:praise" in tags("Great job, I love it", "en")


def test_what_a_list_says_is_not_meant_so_is_not() -> None:
    assert "intent:complaint" not in tags("Complaints department is on the left", "en")
    assert "intent:bug" not in tags("It works without any issues", "en")
    assert "intent:complaint" in tags("No problem, but it is terrible", "en")


def test_a_question_of_japanese_ends_with_its_sentence() -> None:
    assert tags("これは水ですか", "ja")["intent:question"] == "“ですか”"
    assert "intent:question" not in tags("高いですから買いません", "ja")


def test_letters_joined_to_an_arabic_word_do_not_hide_it() -> None:
    assert "intent:complaint" in tags("التطبيق بطيء وسيئ", "ar")
    assert "intent:bug" in tags("حدثته ولا يعمل", "ar")


def test_words_may_stand_between_the_parts_of_a_phrase() -> None:
    assert tags("Kargo yine çok geç bana geldi", "tr")["intent:complaint"] == "“geç bana geldi”"


def test_kind_words_beside_a_mocking_emoji_complain() -> None:
    found = tags("Great job 🙄", "en")
    assert "intent:praise" not in found
    assert found["intent:complaint"] == "“Great job 🙄”"


def test_overlapping_words_are_shown_as_one() -> None:
    assert tags("I love this app", "en")["intent:praise"] == "“I love this”"


def test_a_remark_without_another_intent_is_one() -> None:
    assert tags("The bus was blue again", "en") == {
        "intent:other": "a remark that asks, wants and judges nothing"
    }
    assert "intent:other" in tags("昨日友達と駅で会った", "ja")


def test_what_tells_a_feeling_or_a_signal_is_no_mere_remark() -> None:
    assert "intent:other" not in tags("I am so heartbroken over here", "en")
    assert "intent:other" not in tags("locked out, this is urgent", "en")
    assert set(tags("I am Ada, ada@example.com, hello there", "en")) == {"signal:pii"}


@pytest.mark.parametrize(
    "text", ["https://example.org/a-b-c-d", "@anna @bob @carol @dan", "😂😂😂 🎈", "ok", "12 34 56"]
)
def test_links_names_numbers_and_emoji_are_no_remark(text: str) -> None:
    assert "intent:other" not in tags(text, "und")


def test_a_rating_blames_or_praises_unless_the_words_say_the_opposite() -> None:
    assert tags("", "und", rating={"value": 1, "best": 5}) == {"intent:complaint": "rated 1 of 5"}
    assert tags("", "und", rating={"value": 9, "best": 10}) == {"intent:praise": "rated 9 of 10"}
    assert tags("", "und", rating={"value": 3}) == {}
    assert "intent:complaint" not in tags("I love this app", "en", rating={"value": 1, "best": 5})
    assert "intent:praise" not in tags("It crashes", "en", rating={"value": 5, "best": 5})


def test_many_followers_make_a_voice_others_listen_to() -> None:
    author = {"handle": "ada", "followers": 12400}
    assert tags("hi", "en", author=author)["signal:influencer"] == "12,400 followers"
    assert "signal:influencer" not in tags("hi", "en", author={"followers": 9999})
    assert "signal:influencer" not in tags("hi", "en", author={"followers": "many"})


def test_the_text_of_a_reason_is_short_however_long_the_word() -> None:
    because = tags("disappoint" + "e" * 5000, "en")["intent:complaint"]
    assert len(because) < 50


@given(st.text(), st.sampled_from([*sorted(languages()), "und", "nl"]))
def test_any_text_can_be_tagged_and_reasons_quote_it(text: str, language: str) -> None:
    for name, because in tags(text, language).items():
        for quoted in re.findall("“(.+?)”", because) if name.startswith("intent:") else []:
            assert quoted.removesuffix("…") in " ".join(text.split())


def test_tagging_takes_time_in_proportion_to_the_text() -> None:
    """Answered at once, whatever is repeated: quadratic work would reach the test's time limit."""
    for part in ("a", "not great ", "?", "1 ", "a@", "great, ", "disappoint", "the "):
        tags(part * (100_000 // len(part)), "en")
        tags(part * (100_000 // len(part)), "und")


@pytest.mark.parametrize("language", sorted(languages()))
def test_a_word_list_has_every_tag_and_no_word_twice(language: str) -> None:
    path = files("earmark_plugins.tags") / "words" / f"{language}.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    assert {name for name in words if not name.startswith("no ")} == TAGS | MORE_TAGS
    assert {name.removeprefix("no ") for name in words} == TAGS | MORE_TAGS
    for name, listed in words.items():
        assert len(listed) == len(set(listed)), name
        assert len(listed) <= 700, name
        assert len(listed) >= 15 or name.startswith("no "), name
        assert [word for word in listed if set("*|") & set(word[:-1])] == [], name


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Sorry about that! We'll look into it and get back to you.", "en"),
        ("ممنون که گفتید، بررسی می‌کنیم و خبر می‌دهیم", "fa"),
        ("Ne pare rău, vom verifica și revenim cu un răspuns", "ro"),
        ("Kusura bakmayın, inceleyip size dönüş yapacağız", "tr"),
        ("Das tut uns leid, wir kümmern uns darum", "de"),
        ("Lo sentimos, lo revisaremos mañana", "es"),
        ("Désolés, on regarde ça et on vous tient au courant", "fr"),
        ("نعتذر، سنتواصل معك قريبا", "ar"),
        ("Простите, исправим в следующем обновлении", "ru"),
        ("Desculpe, vamos verificar", "pt"),
        ("Ci dispiace, ce ne occupiamo subito", "it"),
        ("Mohon maaf, akan kami cek", "id"),
        ("申し訳ございません。確認いたします。", "ja"),
    ],
)
def test_what_we_promise_is_told_of_our_own_words_only(text: str, language: str) -> None:
    assert "signal:promise" in tags(text, language, ours=True)
    assert "signal:promise" not in tags(text, language)


def test_what_we_deny_is_no_promise() -> None:
    assert "signal:promise" in tags("It comes in the next update.", "en", ours=True)
    assert "signal:promise" not in tags("It is not in the next update.", "en", ours=True)
