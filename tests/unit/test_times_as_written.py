"""Times as sites write them where clocks change, years turn, and calendars and zones differ."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_timedelta
from hypothesis import assume, given
from hypothesis import strategies as st

from earmark.parse.dates import resolve_published
from earmark.parse.spans import back
from earmark.store.bounds import narrow, span

NOW = "2026-11-21T12:00:00Z"  # a Saturday
LANGUAGES = [
    *("en", "tr", "fa", "ro", "de", "es", "fr", "ar", "ru", "ja", "it", "pt", "nl", "pl", "uk"),
    *("zh", "zh-Hant", "ko"),
]
SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604_800}
ZONES = [
    *("Europe/Bucharest", "America/New_York", "Asia/Tehran", "Australia/Lord_Howe"),
    *("Africa/Cairo", "America/St_Johns", "Asia/Tokyo", "Pacific/Auckland", "America/Santiago"),
]
DAYS_NEAR_NEW_YEAR = st.datetimes(datetime(2027, 12, 30), datetime(2028, 1, 3))
PASSED = st.integers(0, 60 * 24 * 6)  # minutes, less than a week


def bounds(shown, lang="en", zone="UTC", now=NOW, **more):
    found = resolve_published(shown, now, time_zone=zone, lang=lang, **more)
    return (found["earliest"], found["latest"]) if found else None


def minute(day: str, clock: str) -> tuple[str, str]:
    start = datetime.fromisoformat(f"{day}T{clock}")
    return f"{start.isoformat()}Z", f"{(start + timedelta(minutes=1)).isoformat()}Z"


def day(date: str) -> tuple[str, str]:
    start = datetime.fromisoformat(date)
    return f"{start.isoformat()}Z", f"{(start + timedelta(days=1)).isoformat()}Z"


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ago(unit: str, number: int) -> tuple[str, str]:
    now = datetime.fromisoformat(NOW)
    return iso(back(now, unit, number + 1)), iso(back(now, unit, number))


@given(st.sampled_from(LANGUAGES), st.sampled_from(list(SECONDS)), st.integers(2, 3))
def test_time_passed_is_read_as_its_language_writes_it(lang, unit, number):
    passed = timedelta(seconds=-number * SECONDS[unit])
    locale = lang.replace("-", "_")
    shown = format_timedelta(passed, unit, threshold=100, add_direction=True, locale=locale)
    assert bounds(shown, lang) == ago(unit, number)


@given(st.sampled_from(ZONES), st.datetimes(datetime(1990, 1, 1), datetime(2026, 11, 20)))
def test_a_shown_minute_holds_the_moment_also_where_clocks_go_back(zone, moment):
    true = moment.replace(tzinfo=UTC, second=0, microsecond=0)
    local = true.astimezone(ZoneInfo(zone))
    for shown in (f"{local:%d.%m.%Y %H:%M}", f"{local:%Y-%m-%d %H:%M:%S}"):
        earliest, latest = bounds(shown, "de", zone)
        assert earliest <= iso(true) <= latest


def test_an_hour_that_clocks_show_twice_is_both_and_any_other_is_one():
    assert bounds("25.10.2026 03:30", "ro", "Europe/Bucharest") == (
        "2026-10-25T00:30:00Z",
        "2026-10-25T01:31:00Z",
    )
    assert bounds("25.10.2026 02:30", "ro", "Europe/Bucharest") == (
        "2026-10-24T23:30:00Z",
        "2026-10-24T23:31:00Z",
    )


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2029, 12, 31)) | DAYS_NEAR_NEW_YEAR,
    PASSED,
    st.sampled_from(ZONES),
    st.sampled_from(["{0:%B} {0.day}", "{0:%B} {0.day} at {0:%H:%M}", "{0:%d %b}"]),
)
def test_a_day_without_its_year_is_never_taken_for_that_of_a_year_ago(now, passed, zone, shown):
    now = now.replace(tzinfo=UTC, microsecond=0)
    true = now - timedelta(minutes=passed)
    found = bounds(shown.format(true.astimezone(ZoneInfo(zone))), "en", "", iso(now))
    assert found is None or found[0] <= iso(true) <= found[1]


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2029, 12, 31)),
    st.integers(0, 500),
    st.sampled_from([("{0:%d} {0:%B} {0.year}", "en"), ("{0.month}月{0.day}日", "ja")]),
)
def test_a_day_is_found_by_whoever_knows_the_sites_zone(now, passed, shape):
    now = now.replace(tzinfo=UTC, microsecond=0)
    true = now - timedelta(days=passed)
    shown, lang = shape
    assume("year" in shown or passed < 365)
    found = bounds(shown.format(true), lang, "", iso(now), site_time_zone="UTC")
    assert found
    assert found[0] <= iso(true) <= found[1]
    assert found[0] == f"{true:%Y-%m-%d}T00:00:00Z"


@pytest.mark.parametrize(
    ("shown", "lang"), [("Feb 29", "en"), ("29. Feb.", "de"), ("2月29日", "ja"), ("۱۰ اسفند", "fa")]
)
def test_a_leap_day_without_its_year_is_the_last_there_was(shown, lang):
    now = "2029-01-10T12:00:00Z" if lang != "fa" else "2028-04-10T12:00:00Z"
    assert bounds(shown, lang, now=now) == day("2028-02-29")


def test_a_day_that_has_begun_elsewhere_only_is_left_out_without_its_year():
    assert bounds("Jan 2", zone="America/New_York", now="2026-01-02T03:00:00Z") is None
    assert bounds("Jan 1", zone="", now="2025-12-31T20:00:00Z") is None
    assert bounds("Jan 3", zone="", now="2025-12-31T20:00:00Z") is not None


def test_a_day_that_is_not_yet_here_was_within_the_last_one():
    assert bounds("Nov 22, 2026", zone="Europe/Istanbul") == ("2026-11-20T21:00:00Z", NOW)


@pytest.mark.parametrize(
    ("shown", "lang", "expected"),
    [
        ("26/11/16", "ja", day("2026-11-16")),
        ("26.11.16", "ko", day("2026-11-16")),
        ("26-11-16 10:30", "zh", minute("2026-11-16", "10:30")),
        ("16/11/26", "tr", day("2026-11-16")),
        ("۰۵/۰۸/۲۵", "fa", day("2026-11-16")),
        ("۹۸/۰۸/۲۳", "fa", day("2019-11-14")),
        ("۲۵/۰۸/۱۴۰۵", "fa", day("2026-11-16")),
        ("۱۴۰۵-۰۸-۲۵ ۱۰:۳۰", "fa", minute("2026-11-16", "10:30")),
        ("۲۰۲۶-۱۱-۱۶", "fa", day("2026-11-16")),
        ("13/1/2026", "en-US", day("2026-01-13")),
        ("16. 11. 2026 10:30", "de", minute("2026-11-16", "10:30")),
        ("16.11.", "de", day("2026-11-16")),
        ("31.12.", "de", day("2025-12-31")),
        ("2026/11/16(月) 10:30:12.34", "ja", ("2026-11-16T10:30:12Z",) * 2),
        ("01/06/1447", "ar", None),
        ("۱۰ رمضان ۱۴۴۷", "fa", None),
        ("3.1.", "en", None),
    ],
)  # fmt: skip
def test_numbers_stand_in_the_order_and_calendar_of_their_language(shown, lang, expected):
    assert bounds(shown, lang) == expected


@pytest.mark.parametrize(
    ("shown", "lang", "month"),
    [("Nov '25", "en", 11), ("Nov ’25", "en", 11), ("November 2025", "de", 11),
     ("2025年11月", "ja", 11), ("noviembre de 2025", "es", 11), ("KASIM 2025", "tr", 11)],
)  # fmt: skip
def test_a_month_and_its_year_are_a_whole_month(shown, lang, month):
    assert bounds(shown, lang) == (f"2025-{month}-01T00:00:00Z", f"2025-{month + 1}-01T00:00:00Z")


@pytest.mark.parametrize(
    ("shown", "lang"),
    [
        ("昨日の10:30", "ja"), ("昨天上午10:30", "zh"), ("어제 오전 10:30", "ko"),
        ("ontem às 10:30", "pt"),
        ("gisteren om 10:30", "nl"), ("wczoraj o 10:30", "pl"), ("вчера в 10:30", "ru"),
        ("вчора о 10:30", "uk"), ("أمس عند 10:30 ص", "ar"), ("ieri alle 10:30", "it"),
        ("le vendredi à 10h30", "fr"),
        ("am Freitag um 10:30", "de"), ("El viernes a las 10:30", "es"),
        ("в пятницу в 10:30", "ru"),
        ("دیروز ۱۰:۳۰ صبح", "fa"), ("20 Kasım 2026 ÖÖ 10:30", "tr"),
    ],
)  # fmt: skip
def test_a_named_day_with_its_clock_is_that_minute(shown, lang):
    assert bounds(shown, lang) == minute("2026-11-20", "10:30")


@pytest.mark.parametrize(
    ("shown", "lang"), [("igår 10:30", "sv"), ("i går kl. 10:30", "da"), ("tegnap 10:30", "hu")]
)
def test_where_its_words_are_not_ours_it_is_that_minute_or_nothing(shown, lang):
    assert bounds(shown, lang) in (minute("2026-11-20", "10:30"), None)


@pytest.mark.parametrize(
    ("shown", "lang"),
    [
        ("16 Kasım 2026 ÖS 10:30", "tr"), ("10:30 ÖS 16 Kasım 2026", "tr"),
        ("2026年11月16日 晚上10:30", "zh"), ("۲۵ آبان ۱۴۰۵، ۱۰:۳۰ بعدازظهر", "fa"),
        ("۲۵ آبان ۱۴۰۵، ۱۰:۳۰ بعد از ظهر", "fa"), ("16 نوفمبر 2026 10:30 مساءً", "ar"),
        ("16 nov. 2026, 10:30 p.\u00a0m.", "es"), ("16 تشرين الثاني 2026 10:30 م", "ar"),
    ],
)  # fmt: skip
def test_the_second_half_of_the_day_has_its_word(shown, lang):
    assert bounds(shown, lang) == minute("2026-11-16", "22:30")


@pytest.mark.parametrize(
    ("shown", "lang", "unit", "number"),
    [
        ("3 YIL ÖNCE", "tr", "year", 3), ("3 gün evvel", "tr", "day", 3),
        ("cu 3 ore în urmă", "ro", "hour", 3), ("acum doua ore", "ro", "hour", 2),
        ("یکسال پیش", "fa", "year", 1), ("دو هفتهٔ پیش", "fa", "week", 2),
        ("منذ ١١ يوماً", "ar", "day", 11), ("منذ 3 ساعات (تم التعديل)", "ar", "hour", 3),
        ("عُدّل منذ 3 ساعات", "ar", "hour", 3), ("publié il y a 3 jours", "fr", "day", 3),
        ("Streamed 3 weeks ago", "en", "week", 3), ("Updated 3y", "en", "year", 3),
        ("编辑于 3小时前", "zh", "hour", 3), ("3시간 전(수정됨)", "ko", "hour", 3),
        ("modificato 2 anni fa", "it", "year", 2), ("rok temu", "pl", "year", 1),
    ],
)  # fmt: skip
def test_what_stands_around_time_passed_is_passed_over(shown, lang, unit, number):
    assert bounds(shown, lang) == ago(unit, number)


@pytest.mark.parametrize(
    ("shown", "lang"), [("刚刚", "zh"), ("방금 전", "ko"), ("az evvel", "tr"), ("щойно", "uk")]
)
def test_now_is_the_last_minutes_and_not_the_last_week(shown, lang):
    assert bounds(shown, lang) == ("2026-11-21T11:55:00Z", NOW)


@pytest.mark.parametrize(
    ("shown", "lang", "latest"),
    [
        ("last week", "en", "2026-11-21T00:00:00Z"), ("geçen ay", "tr", "2026-11-01T00:00:00Z"),
        ("l'année dernière", "fr", "2026-01-01T00:00:00Z"),
        ("ماه گذشته", "fa", "2026-11-21T00:00:00Z"), ("אתמול", "he", "2026-11-21T00:00:00Z"),
        ("il y a moins d'une minute", "fr", NOW),
    ],
)  # fmt: skip
def test_the_last_week_or_month_may_have_ended_just_now(shown, lang, latest):
    assert bounds(shown, lang)[1] == latest


def shown_at(true: datetime, now: datetime, unit: str) -> str:
    """What a site says at `now`: so many whole units ago, or the day."""
    if unit == "date":
        return f"{true:%d.%m.%Y}"
    return f"vor {int((now - true).total_seconds() // SECONDS[unit])} {GERMAN[unit]}"


GERMAN = {"minute": "Minuten", "hour": "Stunden", "day": "Tagen", "week": "Wochen"}


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)),
    st.lists(
        st.tuples(st.integers(0, 60 * 24 * 40), st.sampled_from([*GERMAN, "date"])), min_size=2
    ),
)
def test_each_later_sighting_leaves_the_true_time_within_bounds_that_never_widen(true, sightings):
    true, known, now = true.replace(microsecond=0), None, true
    for minutes, unit in sightings:
        now += timedelta(minutes=minutes)
        seen = resolve_published(shown_at(true, now, unit), iso(now), time_zone="UTC", lang="de")
        if seen is None:  # more than four digits of minutes
            continue
        narrower = narrow(known, seen) if known else seen
        earliest, latest = span(narrower)
        assert "conflict" not in narrower
        assert earliest <= true <= latest
        assert known is None or latest - earliest <= span(known)[1] - span(known)[0]
        known = narrower
