"""Dates as people and machines write them, as bounds in UTC."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earmark.parse.dates import resolve_published

NOW = "2026-11-21T12:00:00Z"  # a Saturday, 15:00 in Istanbul


def resolved(shown, lang="en", zone="Europe/Istanbul", **more):
    found = resolve_published(shown, NOW, time_zone=zone, lang=lang, **more)
    return (found["earliest"], found["latest"]) if found else None


def utc(text: str) -> str:
    return f"{text}:00Z" if len(text) == 16 else f"{text}Z"


@pytest.mark.parametrize(
    ("lang", "shown", "earliest", "latest"),
    [
        ("en", "Edited 3 days ago", "2026-11-17T12:00", "2026-11-18T12:00"),
        ("en", "3 days ago (edited)", "2026-11-17T12:00", "2026-11-18T12:00"),
        ("en", "1w", "2026-11-07T12:00", "2026-11-14T12:00"),
        ("fa", "دو ساعت پیش", "2026-11-21T09:00", "2026-11-21T10:00"),
        ("fa", "۵ دقیقه قبل", "2026-11-21T11:54", "2026-11-21T11:55"),
        ("fa", "دیروز ساعت ۱۰:۳۰", "2026-11-20T07:30", "2026-11-20T07:31"),
        ("fa", "یک سال پیش", "2024-11-21T12:00", "2025-11-21T12:00"),
        ("fa", "هم‌اکنون", "2026-11-21T11:55", "2026-11-21T12:00"),
        ("fa", "لحظاتی پیش", "2026-11-21T11:55", "2026-11-21T12:00"),
        ("fa", "۱۳۹۸/۰۸/۲۳", "2019-11-13T21:00", "2019-11-14T21:00"),
        ("fa", "۲۳ آبان ۱۳۹۸", "2019-11-13T21:00", "2019-11-14T21:00"),
        ("tr", "az önce", "2026-11-21T11:55", "2026-11-21T12:00"),
        ("tr", "bir yıl önce", "2024-11-21T12:00", "2025-11-21T12:00"),
        ("tr", "2 sa.", "2026-11-21T09:00", "2026-11-21T10:00"),
        ("tr", "3 g", "2026-11-17T12:00", "2026-11-18T12:00"),
        ("ro", "acum o oră", "2026-11-21T10:00", "2026-11-21T11:00"),
        ("ro", "acum o lună", "2026-09-21T12:00", "2026-10-21T12:00"),
        ("ro", "acum un an", "2024-11-21T12:00", "2025-11-21T12:00"),
        ("ro", "chiar acum", "2026-11-21T11:55", "2026-11-21T12:00"),
        ("ro", "3 z.", "2026-11-17T12:00", "2026-11-18T12:00"),
    ],
)
def test_the_twenty_hard_ones(lang, shown, earliest, latest):
    assert resolved(shown, lang) == (utc(earliest), utc(latest))


@pytest.mark.parametrize(
    ("lang", "shown", "earliest", "latest"),
    [
        ("fa", "پنجشنبه ۲۳ آبان ۱۳۹۸", "2019-11-13T21:00", "2019-11-14T21:00"),
        ("fa", "۱۲ آبان ۱۴۰۵ ساعت ۱۰:۲۰", "2026-11-03T07:20", "2026-11-03T07:21"),
        ("fa", "۱۲ آبان ۱۴۰۵ در ۱۰:۲۰ ق.ظ", "2026-11-03T07:20", "2026-11-03T07:21"),
        ("fa", "۱۲ آبان ۱۴۰۵ در ۱۰:۲۰ ب.ظ", "2026-11-03T19:20", "2026-11-03T19:21"),
        ("fa", "۳۰ آذر", "2025-12-20T21:00", "2025-12-21T21:00"),
        ("tr", "4 Kasım 2026 14:10", "2026-11-04T11:10", "2026-11-04T11:11"),
        ("tr", "dün 10:30", "2026-11-20T07:30", "2026-11-20T07:31"),
        ("tr", "Pazartesi 10:30", "2026-11-16T07:30", "2026-11-16T07:31"),
        ("tr", "3 h", "2026-10-24T12:00", "2026-10-31T12:00"),
        ("ro", "5 noiembrie 2026, 18:25", "2026-11-05T15:25", "2026-11-05T15:26"),
        ("ro", "acum 20 de minute", "2026-11-21T11:39", "2026-11-21T11:40"),
        ("ro", "luni la 10:30", "2026-11-16T07:30", "2026-11-16T07:31"),
        ("ro", "acum 3 săpt.", "2026-10-24T12:00", "2026-10-31T12:00"),
        ("en", "March 12, 2020, 3:11am", "2020-03-12T00:11", "2020-03-12T00:12"),
        ("en", "yesterday at 10:30 PM", "2026-11-20T19:30", "2026-11-20T19:31"),
        ("en", "today", "2026-11-20T21:00", "2026-11-21T12:00"),
        ("en", "Saturday", "2026-11-13T21:00", "2026-11-21T12:00"),
        ("en", "2 hours, 5 minutes ago", "2026-11-21T09:54", "2026-11-21T09:55"),
        ("en", "about 3 hours ago", "2026-11-21T08:00", "2026-11-21T10:00"),
        ("en", "Nov 3", "2026-11-02T21:00", "2026-11-03T21:00"),
        ("en", "Dec 24", "2025-12-23T21:00", "2025-12-24T21:00"),
        ("en", "May 2019", "2019-04-30T21:00", "2019-05-31T21:00"),
        ("en", "03/04/2026", "2026-03-03T21:00", "2026-04-03T21:00"),
        ("en-US", "03/04/2026", "2026-03-03T21:00", "2026-03-04T21:00"),
        ("en-GB", "03/04/2026", "2026-04-02T21:00", "2026-04-03T21:00"),
        ("tr", "03.04.2026 12:30", "2026-04-03T09:30", "2026-04-03T09:31"),
        ("de", "1. November 2023 um 11:54 Uhr", "2023-11-01T08:54", "2023-11-01T08:55"),
        ("de", "vor 3 Tagen", "2026-11-17T12:00", "2026-11-18T12:00"),
        ("es", "hace 2 horas", "2026-11-21T09:00", "2026-11-21T10:00"),
        ("fr", "il y a 3 mois", "2026-07-21T12:00", "2026-08-21T12:00"),
        ("ru", "3 дня назад", "2026-11-17T12:00", "2026-11-18T12:00"),
        ("ar", "منذ 3 ساعات", "2026-11-21T08:00", "2026-11-21T09:00"),
        ("ja", "3日前", "2026-11-17T12:00", "2026-11-18T12:00"),
        ("en", "3 gün önce", "2026-11-17T12:00", "2026-11-18T12:00"),
        ("", "۲۳ آبان ۱۳۹۸", "2019-11-13T21:00", "2019-11-14T21:00"),
    ],
)
def test_more_of_what_pages_show(lang, shown, earliest, latest):
    assert resolved(shown, lang) == (utc(earliest), utc(latest))


@pytest.mark.parametrize(
    ("shown", "moment"),
    [
        ("2026-02-10T11:40:55Z", "2026-02-10T11:40:55Z"),
        ("2026-02-10T11:40:55.123+03:30", "2026-02-10T08:10:55Z"),
        ("2020-05-07T07:01:18-0700", "2020-05-07T14:01:18Z"),
        ("1770723655", "2026-02-10T11:40:55Z"),
        ("1770723655123", "2026-02-10T11:40:55Z"),
        ("Tue, 14 Jan 2025 10:30:00 GMT", "2025-01-14T10:30:00Z"),
        ("2026-02-10 11:40:55", "2026-02-10T08:40:55Z"),
    ],
)
def test_what_is_exact_stays_exact(shown, moment):
    assert resolved(shown) == (moment, moment)


def test_a_day_is_a_whole_local_day_and_a_minute_one_minute():
    assert resolved("2026-02-10") == ("2026-02-09T21:00:00Z", "2026-02-10T21:00:00Z")
    assert resolved("2026-02-10T11:40") == ("2026-02-10T08:40:00Z", "2026-02-10T08:41:00Z")


def test_a_moment_that_a_plugin_made_is_taken_as_it_is():
    moment = datetime(2026, 2, 10, 11, 40, tzinfo=UTC)
    assert resolved(moment) == ("2026-02-10T11:40:00Z", "2026-02-10T11:40:00Z")
    assert resolved(moment.replace(tzinfo=None)) == ("2026-02-10T08:40:00Z",) * 2


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("", "2 sa"), ("", "3 h"), ("en", "12"), ("en", "3 cats"), ("en", "3pm"), ("en", "12:30"),
        ("en", "31/02/2026"), ("en", "2126-01-01"), ("en", "9999-12-31T23:59:59Z"), ("en", "0"),
        ("en", "0001-01-01T00:00:00Z"), ("en", ""), ("en", "hello world"), ("en", "2019"),
        ("en", "in 3 days"), ("en", "9" * 79), ("en", "1 January 2026 " * 40),
        ("fa", "۴۰ آبان ۱۴۰۴"),
        ("en", "9999 years ago"), ("en", "version 3.4.2026.1"), ("en", "May I help you"),
    ],
)  # fmt: skip
def test_no_date_is_better_than_a_wrong_one(lang, shown):
    assert resolved(shown, lang) is None


def test_the_sites_own_zone_goes_before_the_pages():
    assert resolved("2026-02-10 11:40", site_time_zone="UTC")[0] == "2026-02-10T11:40:00Z"


def test_an_offset_stands_where_the_zone_is_no_zone():
    assert resolved("2026-02-10 11:40", zone="../etc/passwd", utc_offset=-300) == (
        "2026-02-10T16:40:00Z",
        "2026-02-10T16:41:00Z",
    )


def test_without_any_zone_the_bounds_hold_whatever_the_zone_is():
    assert resolved("2026-02-10 11:40", zone="") == ("2026-02-09T21:40:00Z", "2026-02-10T23:41:00Z")


def test_the_words_of_the_page_are_kept():
    assert resolve_published(" 3  gün\nönce ", NOW, lang="tr")["shown"] == "3 gün önce"


UNITS = {
    "en": {60: "minutes ago", 3600: "hours ago", 86400: "days ago", 604800: "weeks ago"},
    "tr": {60: "dakika önce", 3600: "saat önce", 86400: "gün önce", 604800: "hafta önce"},
    "fa": {60: "دقیقه پیش", 3600: "ساعت پیش", 86400: "روز پیش", 604800: "هفته پیش"},
}


@given(
    st.sampled_from(sorted(UNITS)),
    st.sampled_from([60, 3600, 86400, 604800]),
    st.integers(1, 400),
    st.datetimes(datetime(2001, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
)
def test_the_true_time_lies_within_the_bounds_of_n_units_ago(lang, seconds, number, now):
    truth = now - timedelta(seconds=seconds * number + seconds / 3)
    shown = f"{number} {UNITS[lang][seconds]}"
    found = resolve_published(shown, now.isoformat(), lang=lang)
    earliest, latest = (datetime.fromisoformat(found[key]) for key in ("earliest", "latest"))
    assert earliest <= truth.replace(microsecond=0) <= latest <= now
    assert (latest - earliest).total_seconds() == seconds


@given(st.datetimes(datetime(1990, 1, 1), datetime(2026, 11, 20)), st.integers(-720, 840))
def test_an_iso_time_with_its_zone_is_read_exactly(local, minutes):
    offset = timedelta(minutes=minutes)
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    shown = f"{local:%Y-%m-%dT%H:%M:%S}{sign}{hours:02}:{rest:02}"
    moment = utc(f"{local - offset:%Y-%m-%dT%H:%M:%S}")
    assert resolved(shown) == (moment, moment)


@settings(max_examples=60)
@given(st.text(max_size=60), st.sampled_from(["", "en", "fa", "tr-TR", "xx", "🙂"]))
def test_any_text_is_taken_as_a_date_without_failing(shown, lang):
    found = resolve_published(shown, NOW, lang=lang, utc_offset=0)
    if found:
        assert "1970" <= found["earliest"] <= found["latest"] <= "2026-11-22T12:00:00Z"
