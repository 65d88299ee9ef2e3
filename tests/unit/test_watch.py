"""Watch terms are found as they are written, tagged, inflected and misspelt; what only looks alike
is not taken for them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.enrich.watch import MOST_WORDS, Watch
from earmark.folding import words_in

NAMES = ["Netflix", "Sprout Social", "Chatwoot", "Brandwatch", "نتفلیکس", "Instagram"]
BRANDS = Watch([{"name": name} for name in NAMES])

AS_WRITTEN = [
    ("Acme", "I like ACME."),
    ("acme", "Acme"),
    ("Acme", "Acme'nin fiyatı"),  # a Turkish suffix after an apostrophe
    ("Acme", "Acme’de bir sorun var"),
    ("Acme", "Acmeʼyi sevdim"),
    ("İstanbul Kart", "istanbul kart’ım çalışmıyor"),
    ("ISIK", "ışık"),
    ("Țăran", "taran"),
    ("Ștefan", "Şteﬀ, ştefan"),
    ("آکمه", "آکمه\u200cها را دوست دارم"),  # a Persian suffix after ZWNJ
    ("آكمه", "آکمه خوب است"),  # Arabic kaf
    ("دیجی\u200cکالا", "از دیجی کالا خریدم"),
    ("دیجی\u200cکالا", "از دیجیکالا خریدم"),
    ("دیجیکالا", "از دیجی\u200cکالا خریدم"),
    ("ي۱۲", "ی12"),
    ("Mi Store", "the new mi-store"),
    ("小米", "我买了小米手机"),
    ("L'Oréal", "L’Oreal'in kremi"),
    ("हिन्दी", "यह हिन्दी है"),
    ("Ａｃｍｅ", "acme"),
    ("acme", "see https://acme.example/prices"),
    ("acme", "#acme_launch"),
    ("acme", "@acme"),
    ("C3PO", "c3po"),
]
NOT_WRITTEN = [
    ("Acme", "Acmetron and placme"),
    ("Acme", ""),
    ("acme cloud", "acme. The cloud"),
    ("acme cloud", "cloud acme"),
    ("ان", "انسان"),
    ("हिन", "यह हिन्दी है"),  # a vowel sign belongs to its word
    ("小米", "小 大米"),
]


def found(text: str, *terms: Any, language: str = "", platform: str = "") -> list[str]:
    """The names found, each with how: `Netflix exact`."""
    given = [{"name": term} if isinstance(term, str) else term for term in terms]
    watch = Watch(given) if terms else BRANDS
    matches = watch.find(text, platform, language)
    assert all(text[match.start : match.end] == match.written for match in matches)
    return [f"{watch.terms[match.term]['name']} {match.how}" for match in matches]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("netfilx", "Netflix misspelt"),
        ("NetFlix’i", "Netflix inflected"),
        ("n3tflix", "Netflix misspelt"),
        ("net flix", "Netflix misspelt"),
        ("Neflix", "Netflix misspelt"),
        ("نت فلیکس", "نتفلیکس misspelt"),
        ("نت\u200cفلیکس", "نتفلیکس exact"),
        ("نتفلیکس", "نتفلیکس exact"),
        ("نتفیلکس", "نتفلیکس misspelt"),
        ("Sprout Socail", "Sprout Social misspelt"),
        ("chat woot", "Chatwoot misspelt"),
        ("brand watch", "Brandwatch misspelt"),
        ("İNSTAGRAM", "Instagram exact"),
        ("instegram", "Instagram misspelt"),
    ],
)
def test_the_spellings_people_use_are_accepted(text: str, expected: str) -> None:
    assert found(f"well {text} then") == [expected]


@pytest.mark.parametrize(
    "text",
    ["flixbus", "next fix", "chatroom", "internet flicks", "watch brand", "nflx", "insta"],
)
def test_what_only_looks_alike_is_rejected(text: str) -> None:
    assert found(f"well {text} then") == []


@pytest.mark.parametrize("text", ["nflx", "insta"])
def test_an_alias_finds_what_is_too_short_to_be_guessed(text: str) -> None:
    terms = [{"name": "Netflix", "aliases": ["nflx"]}, {"name": "Instagram", "aliases": ["insta"]}]
    assert [each.split()[1] for each in found(f"my {text} app", *terms)] == ["alias"]


@pytest.mark.parametrize(
    ("text", "name", "language"),
    [
        ("Netflix'ten memnunum", "Netflix", "tr"),
        ("Netflixten memnunum", "Netflix", "tr"),
        ("Netflixlerin hepsi", "Netflix", "tr"),
        ("Netflixciler geldi", "Netflix", "tr"),
        ("Trendyol'dakiler", "Trendyol", "tr"),
        ("نتفلیکس\u200cهای ایرانی", "نتفلیکس", "fa"),
        ("نتفلیکسو دوست دارم", "نتفلیکس", "fa"),
        ("نتفلیکسم قطع شد", "نتفلیکس", "fa"),
        ("نتفلیکسشون خرابه", "نتفلیکس", "fa"),
        ("Netflixul merge", "Netflix", "ro"),
        ("prețul Netflixului", "Netflix", "ro"),
        ("Facebook-ului", "Facebook", "ro"),
        ("prețul Daciei", "Dacia", "ro"),
        ("والنتفلیکس", "نتفلیکس", "ar"),
        ("بنتفلیکس", "نتفلیکس", "ar"),
        ("Netflix's prices", "Netflix", "en"),
        ("Netflixs prices", "Netflix", "en"),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_endings_of_a_language_may_be_on_a_name(
    text: str, name: str, language: str, known: bool
) -> None:
    assert found(text, name, language=language if known else "") == [f"{name} inflected"]


@pytest.mark.parametrize(
    ("text", "name", "language"),
    [
        ("Netflixten", "Netflix", "ja"),  # no language of these endings
        ("Nestle", "Nest", ""),  # short: nothing is glued to it
        ("Chatwootish", "Chatwoot", "en"),
        ("flexible Netflixable", "Netflix", "en"),
    ],
)
def test_what_is_no_ending_is_not_cut_off(text: str, name: str, language: str) -> None:
    assert found(text, name, language=language) == []


def test_a_short_name_is_found_with_an_apostrophe_but_never_misspelt() -> None:
    assert found("Nest'in fiyatı", "Nest") == ["Nest inflected"]
    assert found("nset, nes t, nests", "Nest") == []


@pytest.mark.parametrize("name", ["Apple", "Orange", "کتاب", "Şeker"])
def test_a_common_word_as_a_name_is_never_guessed(name: str) -> None:
    swapped = name[:-2] + name[-1] + name[-2]
    assert found(swapped, name) == []
    assert found(name.lower(), name) == [f"{name} exact"]


def test_a_term_can_be_called_common() -> None:
    assert found("a trelo board", "Trello") == ["Trello misspelt"]
    assert found("a trelo board", {"name": "Trello", "common": True}) == []


def test_a_common_word_is_not_taken_for_a_misspelling() -> None:
    assert found("they chose it, in a phase", "Chase") == []


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("an apple a day", ["Apple exact"]),
        ("grandma's apple pie!", []),
        ("apple pies are nice, Apple is not", ["Apple exact"]),
        ("an Apple; pie chart", ["Apple exact"]),
    ],
)
def test_an_exclusion_takes_back_what_it_covers(text: str, how: list[str]) -> None:
    assert found(text, {"name": "Apple", "exclusions": ["apple pie"]}) == how


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("thanks @netflix", ["Netflix handle"]),
        ("thanks @Netflix.", ["Netflix handle"]),
        ("thanks @NetflixTR", ["Netflix handle"]),
        ("@netflix_fan says", []),
        ("@netfilx says", []),  # another account
        ("#netflix", ["Netflix hashtag"]),
        ("#NetflixTürkiye", ["Netflix hashtag"]),
        ("#netflix_turkiye", ["Netflix hashtag"]),
        ("#nfparty tonight", ["Netflix hashtag"]),
        ("nfparty tonight", []),
        ("#nfpartytime", []),
        ("https://netflix.com/title/7", ["Netflix link"]),
        ("see https://www.instagram.com/netflixtr/", ["Netflix link"]),
        ("see https://www.instagram.com/netflixtr2/", []),
        ("see https://example.org/netfilx", []),
    ],
)
def test_tagged_mentions_are_told_apart_from_others(text: str, how: list[str]) -> None:
    term = {"name": "Netflix", "handles": [{"handle": "netflixtr"}], "hashtags": ["#nfparty"]}
    assert found(text, term) == how


def test_a_handle_of_one_platform_counts_there_and_in_links_to_it() -> None:
    term = {"name": "Acme Corp", "handles": [{"handle": "acme", "platform": "x"}]}
    assert found("hi @acme", term, platform="x") == ["Acme Corp handle"]
    assert found("hi @acme", term, platform="reddit") == []
    assert found("https://x.com/acme/status/1", term) == ["Acme Corp link"]
    assert found("https://twitter.com/acme", term) == ["Acme Corp link"]
    assert found("https://reddit.com/acme", term) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我买了小米手机", "小米"),
        ("the new mi-store", "Mi Store"),
        ("sproutsocial", "Sprout Social"),
        ("SproutSocial", "Sprout Social"),
        ("netfliiiix", "Netflix"),
        ("I write C++ and more", "C++"),
        ("AT&T is down", "AT&T"),
        ("L’Oreal'in kremi", "L'Oréal"),
        ("İstanbul kart’ım", "Istanbul Kart"),
        ("Sprout\nSocial", "Sprout Social"),
    ],
)
def test_a_name_is_found_in_any_script_and_spacing(text: str, name: str) -> None:
    assert len(found(text, name)) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("小 大米", "小米"),
        ("vitamin C", "C++"),
        ("Acmetron", "Acme"),
        ("my store", "Mi Store"),
        ("sprout. Social media", "Sprout Social"),
        ("do range", "Orange"),
        ("یه انسان خوب", "ان"),
        ("net. Fix it", "Netflix"),
    ],
)
def test_parts_of_words_and_of_sentences_are_no_name(text: str, name: str) -> None:
    assert found(text, name) == []


@pytest.mark.parametrize(("name", "text"), AS_WRITTEN)
def test_a_name_is_found_however_its_letters_are_typed(name: str, text: str) -> None:
    assert [each.rpartition(" ")[0] for each in found(text, "another", name)] == [name]


@pytest.mark.parametrize(("name", "text"), NOT_WRITTEN)
def test_part_of_a_word_or_another_order_is_no_name(name: str, text: str) -> None:
    assert found(text, name) == []


def test_a_longer_name_does_not_hide_a_shorter_one() -> None:
    assert sorted(found("acme cloud", "Acme", "Acme Cloud")) == ["Acme Cloud exact", "Acme exact"]


def test_the_name_of_one_term_is_no_misspelling_of_another() -> None:
    assert found("Netflux", "Netflix", "Netflux") == ["Netflux exact"]


def test_of_one_term_at_one_place_only_the_best_is_told() -> None:
    term = {"name": "Acme", "aliases": ["Acme Inc"], "handles": [{"handle": "acme"}]}
    assert found("@acme", term) == ["Acme handle"]
    assert found("Acme Inc", term) == ["Acme exact"]


def test_a_retired_term_is_not_looked_for() -> None:
    assert found("netflix", {"name": "Netflix", "retired": True}) == []


@pytest.mark.parametrize("piece", ["netflix ", "#netflix ", "@netflix ", "netfilx ", "apple pie "])
def test_what_a_long_text_costs_grows_with_its_length_only(piece: str) -> None:
    """Twenty thousand mentions would take minutes, were each compared with all others."""
    terms = [{"name": "Netflix"}, {"name": "Apple", "exclusions": ["apple pie"]}]
    found = Watch(terms).find(piece * 20_000)
    few = {"netfilx ": MOST_WORDS, "apple pie ": 0}
    assert len(found) == few.get(piece, 20_000)


def test_no_terms_and_no_words_find_nothing() -> None:
    assert Watch([]).find("anything at all") == []
    assert found("!!! anything \u200c", "!!!", "", "\u200c") == []


def test_a_sign_of_a_regular_expression_is_no_more_than_a_sign() -> None:
    assert found("a" * 5000, "(a+)+$", "[", "a|b", "\\") == []


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=30))
def test_any_name_with_a_word_is_found_between_any_texts(left: str, right: str, name: str) -> None:
    watch = Watch([{"name": name}])
    matches = watch.find(f"{left} \n. {name} . \n{right}")
    tagged = any(sign in name for sign in "@#＃/")  # a handle, a hashtag or a link by itself
    assert bool(matches) or tagged or not words_in(name)


@given(st.text(max_size=300))
def test_what_is_told_stands_in_the_text(text: str) -> None:
    for match in BRANDS.find(text):
        assert text[match.start : match.end] == match.written
