"""Times and counts as people and platforms write them in ten languages."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.parse.counts import parse_count
from earmark.parse.dates import resolve_published
from earmark.parse.spans import back

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)  # a Saturday; 15:30 in Tehran
TEHRAN = "Asia/Tehran"
EASTERN_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")

# For each language: how a platform says that something was said so many units ago.
AGO = {
    "en": ["{n} seconds ago", "{n} min ago", "{n} hours ago", "{n}d", "{n} weeks ago", "{n} mo ago",
           "{n} yrs ago"],
    "fa": ["{n} ثانیه پیش", "{n} دقیقه قبل", "{n} ساعت پیش", "{n} روز پیش", "{n} هفته پیش",
           "{n} ماه پیش", "{n} سال پیش"],
    "tr": ["{n} saniye önce", "{n} dk. önce", "{n} saat önce", "{n} gün önce", "{n} hafta önce",
           "{n} ay önce", "{n} yıl önce"],
    "ro": ["acum {n} secunde", "acum {n} de minute", "acum {n} ore", "acum {n} zile",
           "acum {n} săptămâni", "acum {n} luni", "acum {n} ani"],
    "de": ["vor {n} Sekunden", "vor {n} Min.", "vor {n} Stunden", "vor {n} Tagen", "vor {n} Wochen",
           "vor {n} Monaten", "vor {n} Jahren"],
    "es": ["hace {n} segundos", "hace {n} min", "hace {n} horas", "hace {n} días",
           "hace {n} semanas", "hace {n} meses", "hace {n} años"],
    "fr": ["il y a {n} secondes", "il y a {n} min", "il y a {n} heures", "il y a {n} jours",
           "il y a {n} semaines", "il y a {n} mois", "il y a {n} ans"],
    "ar": ["منذ {n} ثوان", "قبل {n} دقائق", "منذ {n} ساعات", "قبل {n} أيام", "منذ {n} أسابيع",
           "قبل {n} أشهر", "منذ {n} سنوات"],
    "ru": ["{n} секунд назад", "{n} мин. назад", "{n} часов назад", "{n} дней назад",
           "{n} недель назад", "{n} мес. назад", "{n} лет назад"],
    "ja": ["{n}秒前", "{n}分前", "{n}時間前", "{n}日前", "{n}週間前", "{n}か月前", "{n}年前"],
}  # fmt: skip
UNITS = ["second", "minute", "hour", "day", "week", "month", "year"]
PHRASES = [
    (lang, unit, phrase)
    for lang, phrases in AGO.items()
    for unit, phrase in zip(UNITS, phrases, strict=True)
]


def resolved(shown: str, lang: str, zone: str = TEHRAN) -> tuple[str, str] | None:
    found = resolve_published(shown, _iso(NOW), time_zone=zone, lang=lang)
    return (found["earliest"], found["latest"]) if found else None


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ago(unit: str, number: int) -> tuple[str, str]:
    return _iso(back(NOW, unit, number + 1)), _iso(back(NOW, unit, number))


@pytest.mark.parametrize(("lang", "unit", "phrase"), PHRASES)
@given(number=st.integers(1, 11))
def test_so_many_units_ago_is_that_many_to_one_more(lang, unit, phrase, number):
    assert resolved(phrase.format(n=number), lang) == ago(unit, number)


@pytest.mark.parametrize(("lang", "digits"), [("fa", PERSIAN), ("ar", EASTERN_ARABIC)])
@given(number=st.integers(1, 11))
def test_local_digits_are_digits(lang, digits, number):
    for unit, phrase in zip(UNITS, AGO[lang], strict=True):
        shown = phrase.format(n=str(number).translate(digits))
        assert resolved(shown, lang) == ago(unit, number)


@pytest.mark.parametrize(("lang", "unit", "phrase"), PHRASES)
def test_a_phrase_with_its_word_for_past_needs_no_language(lang, unit, phrase):
    shown = phrase.format(n=3)
    if shown != "3d":
        assert resolved(shown, "") == ago(unit, 3)


@pytest.mark.parametrize(
    ("lang", "shown", "unit", "number"),
    [
        ("de", "vor einer Stunde", "hour", 1),
        ("de", "vor zwei Tagen", "day", 2),
        ("de", "3 Std.", "hour", 3),
        ("de", "2 Wo.", "week", 2),
        ("es", "hace un año", "year", 1),
        ("es", "hace una hora", "hour", 1),
        ("es", "5 sem", "week", 5),
        ("fr", "il y a un an", "year", 1),
        ("fr", "il y a une heure", "hour", 1),
        ("fr", "3 j", "day", 3),
        ("ar", "منذ ساعة", "hour", 1),
        ("ar", "قبل يومين", "day", 2),
        ("ar", "منذ سنة واحدة", "year", 1),
        ("ar", "قبل شهرين", "month", 2),
        ("ar", "٣ س", "hour", 3),
        ("ru", "час назад", "hour", 1),
        ("ru", "неделю назад", "week", 1),
        ("ru", "2 года назад", "year", 2),
        ("ru", "5 ч.", "hour", 5),
        ("ja", "1ヶ月前", "month", 1),
        ("ja", "3 日前", "day", 3),
        ("ja", "2時間前(編集済み)", "hour", 2),
        ("ro", "acum o oră", "hour", 1),
        ("tr", "3 gün önce", "day", 3),
        ("ru", "3 дня назад (изменено)", "day", 3),
        ("de", "vor 3 Tagen (bearbeitet)", "day", 3),
    ],
)
def test_words_and_abbreviations(lang, shown, unit, number):
    assert resolved(shown, lang) == ago(unit, number)


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", "just now"), ("fa", "لحظاتی پیش"), ("tr", "az önce"), ("ro", "chiar acum"),
        ("de", "gerade eben"), ("es", "hace un momento"), ("fr", "à l’instant"), ("ar", "الآن"),
        ("ru", "только что"), ("ja", "たった今"),
    ],
)  # fmt: skip
def test_now_is_within_the_last_minutes(lang, shown):
    assert resolved(shown, lang) == (_iso(NOW - timedelta(minutes=5)), _iso(NOW))


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", "yesterday at 10:30"), ("fa", "دیروز ساعت ۱۰:۳۰"), ("tr", "dün 10:30"),
        ("ro", "ieri la 10:30"), ("de", "gestern um 10:30"), ("es", "ayer a las 10:30"),
        ("fr", "hier à 10:30"), ("ar", "أمس الساعة ١٠:٣٠"), ("ru", "вчера в 10:30"),
        ("ja", "昨日 10:30"),
    ],
)  # fmt: skip
def test_yesterday_with_a_clock_is_that_minute_there(lang, shown):
    assert resolved(shown, lang) == ("2026-11-20T07:00:00Z", "2026-11-20T07:01:00Z")


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", "16 November 2026"), ("fa", "۲۵ آبان ۱۴۰۵"), ("tr", "16 Kasım 2026"),
        ("ro", "16 noiembrie 2026"), ("de", "16. November 2026"), ("es", "16 de noviembre de 2026"),
        ("fr", "16 novembre 2026"), ("ar", "١٦ نوفمبر ٢٠٢٦"), ("ru", "16 ноября 2026"),
        ("ru", "16 ноября 2026 г."), ("ja", "2026年11月16日"), ("fa", "۱۴۰۵/۰۸/۲۵"),
        ("de", "16.11.2026"), ("fr", "16/11/2026"), ("ja", "2026/11/16"), ("ja", "11月16日"),
        ("ja", "2026年11月16日(月)"),
    ],
)  # fmt: skip
def test_a_date_is_that_day_there(lang, shown):
    assert resolved(shown, lang) == ("2026-11-15T20:30:00Z", "2026-11-16T20:30:00Z")


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("de", "16. November 2026, 10:30"), ("es", "16 de noviembre de 2026 10:30"),
        ("fr", "16 novembre 2026 à 10:30"), ("ar", "16 نوفمبر 2026 10:30"),
        ("ru", "16 ноября 2026, 10:30"), ("ja", "2026年11月16日 10:30"),
        ("ja", "2026年11月16日10:30"), ("ja", "2026年11月16日 午前10時30分"),
        ("ja", "2026年11月16日月曜日 10時30分"),
        ("tr", "16 Kasım 2026 10:30"),
        ("ro", "16 noiembrie 2026, 10:30"), ("fa", "۲۵ آبان ۱۴۰۵ ساعت ۱۰:۳۰"),
    ],
)  # fmt: skip
def test_a_date_with_a_clock_is_that_minute_there(lang, shown):
    assert resolved(shown, lang) == ("2026-11-16T07:00:00Z", "2026-11-16T07:01:00Z")


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", "Reply"), ("de", "Antworten"), ("es", "Responder"), ("fr", "Répondre"),
        ("ar", "رد"), ("ru", "Ответить"), ("ja", "返信"), ("ja", "日"), ("ru", "назад"),
        ("ar", "ساعة"), ("es", "hace"), ("de", "vor"), ("fr", "il y a"), ("ja", "前"),
        ("fa", "دی"), ("en", "3 likes"), ("ru", "5 ответов"), ("ja", "3件の返信"),
    ],
)  # fmt: skip
def test_words_that_are_no_time_are_none(lang, shown):
    assert resolved(shown, lang) is None


@pytest.mark.parametrize(
    ("lang", "shown", "number"),
    [
        ("en", "1.2K", 1200), ("en", "1,204", 1204), ("en", "3.4M views", 3_400_000),
        ("fa", "۱٫۲ هزار", 1200), ("fa", "۱۲ هزار", 12_000), ("fa", "۳٬۴۵۶", 3456),
        ("tr", "1,2 B", 1200), ("tr", "12 bin", 12_000), ("tr", "1.204", 1204),
        ("ro", "2,3 mii", 2300), ("ro", "1,5 mil.", 1_500_000), ("ro", "1.204", 1204),
        ("de", "1,2 Tsd.", 1200), ("de", "3 Mio.", 3_000_000), ("de", "1.204", 1204),
        ("es", "1,2 mil", 1200), ("es", "3 M", 3_000_000), ("es", "12 mil Me gusta", 12_000),
        ("fr", "1,2 k", 1200), ("fr", "1 204", 1204), ("fr", "3,1 Md", 3_100_000_000),
        ("ar", "١٫٢ ألف", 1200), ("ar", "٣ ملايين", 3_000_000), ("ar", "١٬٢٠٤", 1204),
        ("ru", "1,2 тыс.", 1200), ("ru", "3 млн", 3_000_000), ("ru", "1 204", 1204),
        ("ja", "1.2万", 12_000), ("ja", "1.2万回視聴", 12_000), ("ja", "3億", 300_000_000),
        ("ja", "1,204件", 1204), ("", "1.2万", 12_000), ("", "۱۲ هزار", 12_000),
    ],
)  # fmt: skip
def test_a_count_as_shown_is_a_number(lang, shown, number):
    assert parse_count(shown, lang) == number


SHORTENED = {
    "en": (".", "K", 1000), "fa": ("٫", " هزار", 1000), "tr": (",", " B", 1000),
    "ro": (",", " mii", 1000), "de": (",", " Tsd.", 1000), "es": (",", " mil", 1000),
    "fr": (",", " k", 1000), "ar": ("٫", " ألف", 1000), "ru": (",", " тыс.", 1000),
    "ja": (".", "万", 10_000),
}  # fmt: skip


@pytest.mark.parametrize("lang", SHORTENED)
@given(whole=st.integers(1, 999), tenth=st.integers(0, 9))
def test_any_shortened_count_is_within_its_last_shown_digit(lang, whole, tenth):
    sign, word, factor = SHORTENED[lang]
    expected = whole * factor + tenth * factor // 10
    assert parse_count(f"{whole}{sign}{tenth}{word}", lang) == expected


@given(shown=st.text(max_size=60), lang=st.sampled_from([*AGO, ""]))
def test_whatever_a_page_shows_as_time_the_bounds_are_in_order_and_not_later(shown, lang):
    if found := resolved(shown, lang):
        assert found[0] <= found[1]
        assert found[0] <= _iso(NOW + timedelta(days=1))
