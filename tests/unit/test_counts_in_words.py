"""Counts with words behind them, in parts and in groups, as languages write them."""

import pytest
from babel.numbers import format_compact_decimal
from hypothesis import given
from hypothesis import strategies as st

from earmark.parse.counts import parse_count

LANGUAGES = [
    *("en", "tr", "fa", "ro", "de", "es", "fr", "ar", "ru", "ja", "zh", "zh-Hant", "ko", "hi"),
    *("he", "it", "pt", "nl", "pl", "uk", "sv", "cs", "hu", "id", "vi", "th", "el", "fi", "da"),
]
UNSPACED = {"ja", "zh", "zh-Hant", "ko"}


@given(
    st.sampled_from(LANGUAGES),
    st.sampled_from(["short", "long"]),
    st.integers(1, 999),
    st.sampled_from([1000, 10_000, 100_000, 1_000_000]),
)
def test_a_shortened_count_is_read_as_its_language_writes_it(lang, length, digits, times):
    number = max(digits * times // 100, 1100)
    if length == "long" and lang in UNSPACED:
        length = "short"  # they have no longer form
    locale = lang.replace("-", "_")
    shown = format_compact_decimal(number, format_type=length, locale=locale, fraction_digits=1)
    read = parse_count(shown, lang)
    assert read is not None, shown
    assert abs(read - number) <= number * 0.051  # as far as the decimal that is shown


@pytest.mark.parametrize(
    ("shown", "lang", "number"),
    [
        ("2 Millionen", "de", 2_000_000), ("2,5 millions de vues", "fr", 2_500_000),
        ("3 тысячи", "ru", 3000), ("1,2К", "ru", 1200), ("2 miliarde", "ro", 2_000_000_000),
        ("1.2 billion views", "en", 1_200_000_000), ("3 MİLYON", "tr", 3_000_000),
        ("1.2 الف", "ar", 1200), ("٣ مليارات", "ar", 3_000_000_000), ("12 ألفًا", "ar", 12_000),
        ("۱٫۵ ميليون", "fa", 1_500_000), ("۵ میلیون\u200cنفر", "fa", 5_000_000),
        ("1,2 tys. wyświetleń", "pl", 1200), ("2 Millionen", "", 2_000_000),
        ("3.4 crore views", "en-IN", 34_000_000), ("1.2 लाख बार देखा गया", "hi", 120_000),
        ("12 हजार", "hi", 12_000), ("12 हज़ार", "hi", 12_000), ("1.2w", "zh", 12_000),
        ("3 אלף צפיות", "he", 3000), ("34 mii de vizualizări", "ro", 34_000),
    ],
)  # fmt: skip
def test_a_number_is_times_the_word_behind_it(shown, lang, number):
    assert parse_count(shown, lang) == number


@pytest.mark.parametrize(
    ("shown", "lang", "number"),
    [
        ("1,2 mil M de visualizaciones", "es", 1_200_000_000), ("2 mil millones", "es", 2 * 10**9),
        ("2 mil milhões", "pt-PT", 2 * 10**9), ("۱۲ هزار و ۳۴۵", "fa", 12_345),
        ("۳ میلیون و ۲۰۰ هزار", "fa", 3_200_000), ("۱۲ هزار بازدید و ۳ نظر", "fa", 12_000),
        ("1万2千", "ja", 12_000), ("1万2345", "ja", 12_345), ("2億3000万", "ja", 230_000_000),
        ("1만 2천", "ko", 12_000), ("1.2만 34", "ko", 12_000), ("1万 34", "ja", 10_000),
        ("12 mil Me gusta", "es", 12_000), ("1.2K 34", "en", 1200), ("۱/۲ هزار", "fa", 1200),
    ],
)  # fmt: skip
def test_a_number_in_parts_is_their_sum_or_product(shown, lang, number):
    assert parse_count(shown, lang) == number


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_tens_of_thousands_and_the_rest_are_one_number(tens, rest):
    assert parse_count(f"{tens}万{rest}件", "ja") == tens * 10_000 + rest


@given(st.integers(0, 10**9), st.sampled_from(["{} views", "{}", "({})"]))
def test_lakhs_and_crores_are_grouped_in_twos(number, around):
    rest, last = divmod(number, 1000)
    pairs = f"{rest:,}" if rest < 100 else _in_pairs(rest)
    shown = f"{pairs},{last:03}" if rest else str(number)
    assert parse_count(around.format(shown), "en-IN") == number


def _in_pairs(number: int) -> str:
    head, pair = divmod(number, 100)
    return f"{_in_pairs(head)},{pair:02}" if head else str(pair)


@pytest.mark.parametrize(
    ("shown", "lang", "number"),
    [
        ("返信3件", "ja", 3), ("コメント87件", "ja", 87), ("共87条评论", "zh", 87),
        ("約1.5万人", "ja", 15_000), ("댓글1,204개", "ko", 1204), ("١،٢٠٤ تعليق", "ar", 1204),
        ("12, 3 of them new", "en", 12), ("34 12", "en", 34), ("12²", "en", 12),
        ("5 T-shirts", "en", 5), ("4 babies", "en", 4), ("5 медведей", "ru", 5), (3.0, "en", 3),
    ],
)  # fmt: skip
def test_the_first_number_counts_wherever_it_stands(shown, lang, number):
    assert parse_count(shown, lang) == number


@pytest.mark.parametrize("shown", ["1.2.3", "1,00,0", "½", "²", 2.7, float("nan"), float("-inf")])
def test_what_is_no_whole_number_is_no_count(shown):
    assert parse_count(shown, "en") is None
