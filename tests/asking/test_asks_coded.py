"""What a reply answers, and what decided."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.asking.coding import BECAUSE, Code, Coder
from earmark.asking.finding import found_in, languages_asked
from earmark.asking.offer import Offer

LISTED = "Which one?\n1. Dark mode\n2. Offline reading\n3. Export to CSV\n4. All of these"
ADS = "Why so quiet? Ads? Too few posts? Title not shown?"
TEA = "Tea or coffee?"


def offer_of(text: str, language: str = "en") -> Offer:
    offer = found_in({"text": text, "language": {"tag": language}})
    assert offer is not None
    return offer


def code(ask: str, reply: str, language: str = "en", *, direct: bool = True) -> Code:
    item = {"text": ask, "language": {"tag": language}}
    return Coder(offer_of(ask, language), languages_asked(item)).code(
        reply, language, direct=direct
    )


def chosen(ask: str, reply: str, language: str = "en") -> list[int]:
    return sorted(code(ask, reply, language).options)


@pytest.mark.parametrize(
    ("reply", "wanted"),
    [
        ("2", [2]),
        ("2!", [2]),
        ("2️⃣", [2]),
        ("②", [2]),
        ("۲", [2]),
        ("#2", [2]),
        ("2.", [2]),
        ("2) because I commute", [2]),
        ("1 and 3", [1, 3]),
        ("1, 3 please", [1, 3]),
        ("option 3 for me, by far", [3]),
        ("I would take number 2", [2]),
        ("the second one", [2]),
        ("definitely the third", [3]),
        ("two", [2]),
        ("4", [1, 2, 3]),
    ],
)
def test_options_are_chosen_by_number_and_place(reply: str, wanted: list[int]) -> None:
    assert chosen(LISTED, reply) == wanted


@pytest.mark.parametrize(
    "reply", ["I waited 2 hours", "see you at 3", "9", "+1", "20 people", "one of my friends left"]
)
def test_a_number_that_is_no_place_chooses_nothing(reply: str) -> None:
    assert chosen(LISTED, reply) == []


def test_letters_choose_where_the_list_has_letters() -> None:
    lettered = "Which one?\na) every week\nb) every month\nc) never"
    assert chosen(lettered, "b!") == [2]
    assert chosen(lettered, "A or C") == [1, 3]
    assert chosen(lettered, "a week is too often") == [1]  # by its words
    assert chosen(LISTED, "b") == []


def test_a_number_names_an_option_that_is_a_number() -> None:
    ask = "How many mails a week? 5? 3? 1?"
    assert chosen(ask, "3") == [2]


@pytest.mark.parametrize(
    ("ask", "reply", "language", "wanted"),
    [
        (ADS, "the ads, mostly", "en", [1]),
        (ADS, "ADS ADS ADS", "en", [1]),
        (ADS, "a few more posts, fewer ads", "en", [1, 2]),
        (TEA, "coffe", "en", [2]),
        (TEA, "cofffeee", "en", [2]),
        ("Çay mı kahve mi?", "kahvesiz olmaz ama çayı seçerim", "tr", [1]),
        ("Reklam mı fiyat mı?", "REKLAMLARDAN bıktım", "tr", [1]),
        ("Чай или кофе?", "кофе без сахара", "ru", [2]),
        ("الشاي أم القهوة؟", "والقهوة طبعا", "ar", [2]),
        ("تبلیغات یا قیمت؟", "قیمت‌هاتون", "fa", [2]),
        ("تبلیغات یا قیمت؟", "تبليغات", "fa", [1]),
        ("Prețul sau calitatea?", "pretului", "ro", [1]),
        ("犬派？それとも猫派？", "ねこより犬です", "ja", [1]),
    ],
)
def test_options_are_named_by_their_words(
    ask: str, reply: str, language: str, wanted: list[int]
) -> None:
    assert chosen(ask, reply, language) == wanted


@pytest.mark.parametrize(
    ("ask", "reply", "language", "wanted"),
    [
        (ADS, "not the ads, too few posts", "en", [2]),
        (ADS, "I don't mind ads but there are too few posts", "en", [2]),
        (TEA, "coffee, not tea", "en", [2]),
        ("Çay mı kahve mi?", "çay değil kahve", "tr", [2]),
        ("چای یا قهوه؟", "چای نه، قهوه", "fa", [2]),
        ("Ceai sau cafea?", "nu ceai, cafea", "ro", [2]),
        ("Thé ou café ?", "pas de thé, café", "fr", [2]),
        ("Tee oder Kaffee?", "keinen Tee, lieber Kaffee", "de", [2]),
        ("犬派？それとも猫派？", "犬じゃなくて猫", "ja", [2]),
    ],
)
def test_what_is_denied_does_not_count(
    ask: str, reply: str, language: str, wanted: list[int]
) -> None:
    assert chosen(ask, reply, language) == wanted


def test_a_denial_within_an_option_is_part_of_its_name() -> None:
    assert chosen(ADS, "the title is not shown") == [3]


def test_options_told_apart_by_small_words_only_are_told_apart_by_them() -> None:
    ask = "Tortilla con cebolla o sin cebolla?"
    assert chosen(ask, "con", "es") == [1]
    assert chosen(ask, "sin cebolla", "es") == [2]


@pytest.mark.parametrize(
    ("ask", "reply", "language"),
    [
        (ADS, "all of these", "en"),
        (ADS, "All!", "en"),
        (TEA, "both", "en"),
        ("چای یا قهوه؟", "هر دو", "fa"),
        ("Çay mı kahve mi?", "ikisi de", "tr"),
        ("Ceai sau cafea?", "amândouă", "ro"),
        ("Tee oder Kaffee?", "beides", "de"),
        ("¿Té o café?", "los dos", "es"),
    ],
)
def test_all_are_taken_at_once(ask: str, reply: str, language: str) -> None:
    assert chosen(ask, reply, language) == [option.id for option in offer_of(ask, language).plain]


def test_all_stands_in_many_sentences_that_take_nothing() -> None:
    assert chosen(ADS, "all the best to you") == []
    assert chosen(ADS, "thank you all") == []


def test_a_word_that_everybody_uses_is_no_misspelling_of_an_option() -> None:
    assert chosen("Which one?\n1. Dark theme\n2. Search", "these are fine ideas") == []


def test_both_of_three_are_those_that_are_named() -> None:
    assert chosen(ADS, "both, the ads and the title") == [1, 3]


def test_all_but_one() -> None:
    assert chosen(ADS, "anything but ads") == [2, 3]


@pytest.mark.parametrize("reply", ["none of these", "neither", "None!"])
def test_none_is_an_answer_of_its_own(reply: str) -> None:
    found = code(TEA, reply)
    assert (found.none, found.other, found.options) == (True, False, frozenset())


@pytest.mark.parametrize(
    "reply", ["hot chocolate", "Something else: juice", "not coffee", "for me it's the weather"]
)
def test_an_answer_that_names_no_option_is_something_else(reply: str) -> None:
    assert (code(TEA, reply).other, code(TEA, reply).options) == (True, frozenset())


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "😀",
        "thanks for asking",
        "what do you mean by tea?",
        "either is fine",
        "https://x.example",
    ],
)
def test_what_does_not_answer_has_no_code(reply: str) -> None:
    assert not code(TEA, reply).answers


def test_a_reply_to_a_reply_answers_only_where_it_says_so() -> None:
    assert not code(TEA, "you are so right", direct=False).answers
    assert code(TEA, "tea", direct=False).options == {1}
    assert code(TEA, "for me it's the weather", direct=False).other


def test_an_option_is_chosen_by_its_emoji() -> None:
    ask = "Vote:\n❤️ Tea\n👍 Coffee"
    assert chosen(ask, "❤") == [1]
    assert chosen(ask, "👍🏽👍🏽") == [2]
    assert chosen(ask, "❤️ and coffee") == [1, 2]


def test_yes_and_no_are_said_in_many_ways() -> None:
    ask = "Shall we go on? Yes / No"
    assert chosen(ask, "yep, please") == [1]
    assert chosen(ask, "nope") == [2]


def test_other_words_for_an_option_name_it() -> None:
    offer = offer_of(TEA)
    tea = replace(offer.options[0], aliases=("a nice cuppa",))
    coder = Coder(replace(offer, options=(tea, offer.options[1])), ("en",))
    assert coder.code("cuppa for me").options == {1}


def test_what_a_reply_quotes_is_not_its_own() -> None:
    assert chosen(TEA, "> tea is best\ncoffee") == [2]


def test_what_decided_is_told_in_the_words_of_the_reply() -> None:
    assert code(ADS, "Mostly the Ads, sorry").because == "“Ads”"
    assert code(LISTED, "2, and CSV").because == "“2”, “CSV”"
    assert code(ADS, "thanks a lot").because == "only says “thanks”"
    assert code(TEA, "hot chocolate").because == "an answer that names no option"


@given(
    st.integers(1, 9), st.integers(2, 9), st.sampled_from(["{}", "{}!", " {} ", "#{}", "option {}"])
)
def test_a_place_is_chosen_exactly_where_the_list_has_it(place: int, many: int, form: str) -> None:
    names = ["oak", "pine", "birch", "maple", "willow", "cedar", "elm", "larch", "yew"][:many]
    ask = "\n".join(["Which tree?", *(f"{n}. {name}" for n, name in enumerate(names, 1))])
    assert chosen(ask, form.format(place)) == ([place] if place <= many else [])


@given(st.text(), st.sampled_from(["en", "fa", "tr", "ja", "und", ""]))
def test_any_reply_can_be_read_and_its_code_makes_sense(reply: str, language: str) -> None:
    found = Coder(offer_of(LISTED), ("en",)).code(reply, language)
    assert found.options <= {1, 2, 3}
    assert not (found.none and found.options)
    assert found.how in BECAUSE
