"""The words for time in the languages Earmark is sure of, and the spelling they are sought in."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ي": "ی", "ك": "ک", "\u200c": " ", "أ": "ا", "\u2019": "'"})
_EDITED = re.compile(
    r"[(\[]?\s*(?<!\w)(?:edited|modifié|düzenlendi|editat[ăa]?|modificat[ăa]?|bearbeitet|editado"
    r"|ویرایش(?:\s?شده)?)(?!\w)\s*:?\s*[)\]]?",
    re.IGNORECASE,
)
_EDGES = " \t\n·•|,;:-–—()[]"


def spelled(shown: str) -> str:
    """`shown` in one spelling: lower case, ASCII digits, plain spaces, no marks, no “edited”."""
    text = unicodedata.normalize("NFKC", shown).translate(_LETTERS)
    kept = (c for c in text if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace())
    text = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in kept)
    text = text.replace("İ", "i").lower()
    return re.sub(r"\s+", " ", _EDITED.sub(" ", text)).strip(_EDGES)


NOW = frozenset({
    "now", "just now", "right now", "moments ago", "a moment ago", "a few seconds ago",
    "هم اکنون", "هماکنون", "همین الان", "همین حالا", "الان", "اکنون", "لحظاتی پیش", "لحظاتی قبل",
    "چند لحظه پیش", "چند ثانیه پیش", "az önce", "şimdi", "biraz önce", "demin", "şu anda",
    "chiar acum", "acum", "adineauri", "acum câteva secunde", "acum câteva clipe",
})  # fmt: skip

# For each language: the unit's name, and the words for it from full to short.
_UNIT_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "second": "seconds second secs sec s", "minute": "minutes minute mins min m",
        "hour": "hours hour hrs hr h", "day": "days day d", "week": "weeks week wks wk w",
        "month": "months month mos mo", "year": "years year yrs yr y",
    },
    "fa": {
        "second": "ثانیه", "minute": "دقیقه", "hour": "ساعت", "day": "روز", "week": "هفته",
        "month": "ماه", "year": "سال",
    },
    "tr": {
        "second": "saniye sn", "minute": "dakika dk", "hour": "saat sa", "day": "gün g",
        "week": "hafta hf h", "month": "ay", "year": "yıl sene y",
    },
    "ro": {
        "second": "secunde secundă secunda sec s", "minute": "minute minut min m",
        "hour": "ore oră ora h", "day": "zile zi z",
        "week": "săptămâni săptămână săptămîni saptamani saptamana săpt sapt",
        "month": "luni lună luna l", "year": "ani an a",
    },
}  # fmt: skip
UNITS = {
    lang: {word: unit for unit, words in units.items() for word in words.split()}
    for lang, units in _UNIT_WORDS.items()
}
# Without a language only abbreviations that mean the same everywhere are taken ("3 h" is three
# hours in English and three weeks in Turkish).
AMBIGUOUS_SHORT = frozenset({"h", "m", "a", "l", "g", "z"})

NUMBER_WORDS = {
    "en": {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
           "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    "fa": {"یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9,
           "ده": 10},
    "tr": {"bir": 1, "iki": 2, "üç": 3, "dört": 4, "beş": 5, "altı": 6, "yedi": 7, "sekiz": 8,
           "dokuz": 9, "on": 10},
    "ro": {"un": 1, "o": 1, "una": 1, "doi": 2, "două": 2, "trei": 3, "patru": 4, "cinci": 5,
           "șase": 6, "şase": 6, "șapte": 7, "şapte": 7, "opt": 8, "nouă": 9, "zece": 10},
}  # fmt: skip

# What stands before or after "3 days" to say that it is past; an empty pair allows none (short
# forms: "3d", "2 sa.").
PAST = {
    "en": ("", r"(?:ago|back)"),
    "fa": ("", r"(?:پیش|قبل)"),
    "tr": ("", r"önce(?:den)?"),
    "ro": (r"(?:acum|în urmă cu|in urma cu)", ""),
}
APPROXIMATE = {
    "en": r"(?:about|around|approximately|almost|nearly|over|more than|less than)",
    "fa": r"(?:حدود|تقریبا|نزدیک به|بیش از)",
    "tr": r"(?:yaklaşık|neredeyse)",
    "ro": r"(?:aproximativ|circa|aproape|peste)",
}

TODAY = {
    "today": 0, "yesterday": 1, "امروز": 0, "دیروز": 1, "پریروز": 2, "bugün": 0, "dün": 1,
    "evvelsi gün": 2, "azi": 0, "astăzi": 0, "astazi": 0, "ieri": 1, "alaltăieri": 2,
}  # fmt: skip
_WEEKDAYS = [
    "monday mon pazartesi pzt luni دوشنبه", "tuesday tue salı sal marți marţi سه‌شنبه",
    "wednesday wed çarşamba çar miercuri چهارشنبه", "thursday thu perşembe per joi پنجشنبه",
    "friday fri cuma vineri جمعه", "saturday sat cumartesi cmt sâmbătă sambata شنبه",
    "sunday sun pazar duminică duminica یکشنبه",
]  # fmt: skip
WEEKDAYS = {
    word.replace("\u200c", " "): number
    for number, words in enumerate(_WEEKDAYS)
    for word in words.split()
} | {"سه شنبه": 1, "سهشنبه": 1, "پنج شنبه": 3, "یک شنبه": 6, "چهار شنبه": 2, "دو شنبه": 0}

JALALI_MONTHS = {
    name: number
    for number, names in enumerate(
        ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد امرداد", "شهریور", "مهر", "آبان ابان",
         "آذر اذر", "دی", "بهمن", "اسفند"], start=1)
    for name in names.split()
}  # fmt: skip
CLOCK_WORDS = r"(?:at|saat|ora|la ora|la|ساعت|um|à|às|,|-|·|•)"
