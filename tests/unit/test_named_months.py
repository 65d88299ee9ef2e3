"""Dates with a month's name, as each language writes them."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from earmark.parse.date_words import spelled
from earmark.parse.dates import resolve_published
from earmark.parse.named_months import named_month
from earmark.parse.spans import PageClock

CAPTURED_AT = "2026-11-21T12:00:00Z"
LANGUAGES = "en en-US tr ro de es fr it pt-BR nl pl ru ar hu".split()  # noqa: SIM905
DAYS = st.dates(date(1990, 1, 1), date(2026, 11, 20))


def earliest(shown: str, lang: str) -> str | None:
    span = resolve_published(shown, CAPTURED_AT, lang=lang, site_time_zone="UTC")
    return span and span["earliest"]


@given(DAYS, st.sampled_from(LANGUAGES), st.sampled_from(["medium", "long"]))
def test_a_day_is_read_as_its_language_writes_it(day, lang, length):
    shown = format_date(day, length, locale=lang.replace("-", "_"))
    assert earliest(shown, lang) == f"{day.isoformat()}T00:00:00Z"


@pytest.mark.parametrize(
    ("shown", "lang", "expected"),
    [
        ("21 Kasım 10:30", "tr", "2026-11-21T10:30:00Z"),
        ("22 Kasım 10:30", "tr", "2025-11-22T10:30:00Z"),
        ("Sat, 14 Nov 2026 10:00 pm", "en", "2026-11-14T22:00:00Z"),
        ("12 Kasım 2026, Perşembe", "tr", "2026-11-12T00:00:00Z"),
        ("5 בנובמבר 2026", "he", "2026-11-05T00:00:00Z"),
        ("20 בנובמבר 2026 בשעה 9:10", "he", "2026-11-20T09:10:00Z"),
        ("1er mars 2026", "fr", "2026-03-01T00:00:00Z"),
        ("18 בנובמבר 2026 בשעה 14:51", "he", "2026-11-18T14:51:00Z"),
        ("18 نوفمبر 2026، 2:51 م", "ar", "2026-11-18T14:51:00Z"),
        ("18 نوفمبر 2026 في 2:51 ص", "ar", "2026-11-18T02:51:00Z"),
        ("1. November 2026 um 11:54 Uhr", "de", "2026-11-01T11:54:00Z"),
        ("8:00 AM · Nov 20, 2026", "en", "2026-11-20T08:00:00Z"),
    ],
)
def test_clocks_weekdays_and_missing_years_are_understood(shown, lang, expected):
    assert earliest(shown, lang) == expected


@pytest.mark.parametrize(
    ("shown", "lang"),
    [("18 ноя 2026, 10:00", "ru"), ("18 Nov 2026 10:00", "en"), ("18 Kas 2026 10:00", "tr")],
)
def test_a_month_may_be_cut_to_its_first_three_letters(shown, lang):
    assert earliest(shown, lang) == "2026-11-18T10:00:00Z"


def test_three_letters_that_two_months_share_name_neither():
    assert earliest("18 jui 2026", "fr") is None


@pytest.mark.parametrize("lang", ["", "ru", "xx"])
@pytest.mark.parametrize(
    "shown", ["Sat, 31 Oct 2026 08:12:30 +0000", "October 31, 2026 at 11:12:30 AM GMT+03:00"]
)
def test_a_zone_behind_the_clock_counts_and_english_is_read_on_any_page(shown, lang):
    assert earliest(shown, lang) == "2026-10-31T08:12:30Z"


@pytest.mark.parametrize("shown", ["31 February 2026", "May", "3 of them", "Mars 3 rover, 2026"])
def test_what_is_no_day_is_left_out(shown):
    assert earliest(shown, "en") is None


@given(st.text(max_size=30), st.sampled_from([*LANGUAGES, "", "xx", "zz-ZZ", "../etc"]))
def test_any_text_in_any_language_is_borne(shown, lang):
    clock = PageClock(datetime(2026, 11, 21, tzinfo=UTC), UTC, lang)
    with suppress(ValueError):  # a day that no month has: its caller leaves it out
        named_month(spelled(shown), clock)


# What stands around a comment's date on sites that nobody wrote a plugin for.
SHOWN = [
    "21. November 2019 um 10:30 Uhr",
    "am 21. November 2019 um 10:30",
    "schrieb am 21.11.2019 10:30",
    "Donnerstag, 21. November 2019, 10:30 Uhr",
    "Do, 21.11.2019 - 10:30",
    "10:30 Uhr am 21.11.2019",
    "21.11.2019 um 10:30 Uhr Uhr",
    "November 21, 2019 um 10:30 am",
    "le 21 novembre 2019 à 10h30",
    "Le jeudi 21 novembre 2019 à 10 h 30",
    "publié le 21/11/2019 10h30",
    "21 novembre 2019 alle 10:30",
    "giovedì 21 novembre 2019 alle ore 10:30",
    "21 de novembro de 2019 às 10:30",
    "em 21 de novembro de 2019 às 10h30",
    "21 de noviembre de 2019 a las 10:30",
    "21 listopada 2019 o 10:30",
    "dnia 21 listopada 2019 o godz. 10:30",
    "21 november 2019 om 10:30",
    "op 21 november 2019 om 10:30",
    "den 21 november 2019 kl. 10:30",
    "21. marraskuuta 2019 klo 10.30",
    "21. listopadu 2019 v 10:30",
    "21 ноября 2019 в 10:30",
    "чт, 21 нояб. 2019 г., 10:30",
    "21 Kasım 2019 saat 10:30",
    "2019年11月21日 上午10:30",
    "2019年11月21日(木) 10:30",
    "發表於 2019-11-21 10:30",
    "於 2019/11/21 10:30",
    "2019. 11. 21. 오전 10:30",
    "10:30, 21 November 2019",
    "Posted 21 Nov 2019 - 10:30 AM",
    "Thursday the 21st of November 2019 at 10:30",
    "Thu Nov 21, 2019 10:30 am",
    "- 2019-11-21 10:30",
]


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("lang", ["", "ja"])
def test_a_date_is_read_in_whatever_language_the_page_claims_to_be(shown, lang):
    assert earliest(shown, lang) == "2019-11-21T10:30:00Z"


@pytest.mark.parametrize(
    ("shown", "latest"),
    [
        ("am 21. November 2019 um 10 Uhr", "2019-11-21T11:00:00Z"),
        ("21-Nov-19", "2019-11-22T00:00:00Z"),
        ("Posted on November 21, 2019", "2019-11-22T00:00:00Z"),
    ],
)
def test_bounds_are_as_wide_as_what_is_shown(shown, latest):
    span = resolve_published(shown, CAPTURED_AT, site_time_zone="UTC")
    assert span
    assert span["latest"] == latest
    assert span["earliest"].startswith("2019-11-21T")


@pytest.mark.parametrize("shown", ["am 5", "le 12", "10:30 12"])
def test_words_before_a_number_make_no_day_of_it(shown):
    assert earliest(shown, "") is None
