"""The words for time in ten languages, and the spelling they are sought in.

Every word here goes through `spelled`, as what a page shows does.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ي": "ی", "ك": "ک", "\u200c": " ", "أ": "ا", "\u2019": "'"})
_EDITED = re.compile(
    r"[(\[]?\s*(?<!\w)(?:edited|modifié|düzenlendi|editat[ăa]?|modificat[ăa]?|bearbeitet|editado"
    r"|editada|изменено|отредактировано|ред\.|معدل|معدلة|تم التعديل|編集済み|ویرایش(?:\s?شده)?)"
    r"(?!\w)\s*:?\s*[)\]]?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[ -~\s]*", re.ASCII)  # needs no other letters
_SPACE = re.compile(r"\s+")
_EDGES = " \t\n·•|,;:-–—()[]"


def spelled(shown: str) -> str:
    """`shown` in one spelling: lower case, ASCII digits, plain spaces, no marks, no “edited”."""
    text = shown if _PLAIN.fullmatch(shown) else _in_plain_letters(shown)
    return _SPACE.sub(" ", _EDITED.sub(" ", text.lower())).strip(_EDGES)


def _in_plain_letters(shown: str) -> str:
    text = unicodedata.normalize("NFKC", shown).translate(_LETTERS)
    kept = (c for c in text if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace())
    text = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in kept)
    return text.replace("İ", "i")


def _listed(*words: str) -> frozenset[str]:
    return frozenset(map(spelled, words))


NOW = _listed(
    "now", "just now", "right now", "moments ago", "a moment ago", "a few seconds ago",
    "هم‌اکنون", "هماکنون", "همین الان", "همین حالا", "الان", "اکنون", "لحظاتی پیش", "لحظاتی قبل",
    "چند لحظه پیش", "چند ثانیه پیش",
    "az önce", "şimdi", "biraz önce", "demin", "şu anda",
    "chiar acum", "acum", "adineauri", "acum câteva secunde", "acum câteva clipe",
    "gerade eben", "soeben", "eben", "jetzt", "gerade jetzt", "vor wenigen Sekunden",
    "vor einigen Sekunden", "vor ein paar Sekunden",
    "ahora", "ahora mismo", "justo ahora", "hace un momento", "hace unos segundos",
    "à l’instant", "maintenant", "il y a quelques secondes", "il y a un instant",
    "الآن", "للتو", "منذ لحظات", "قبل لحظات", "منذ ثوان", "قبل ثوان", "منذ بضع ثوان",
    "только что", "сейчас", "прямо сейчас", "несколько секунд назад",
    "たった今", "今", "ちょうど今", "数秒前",
)  # fmt: skip

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
    "de": {
        "second": "Sekunden Sekunde Sek s", "minute": "Minuten Minute Min",
        "hour": "Stunden Stunde Std h", "day": "Tagen Tage Tag Tg T d",
        "week": "Wochen Woche Wo", "month": "Monaten Monate Monat Mon",
        "year": "Jahren Jahre Jahr J",
    },
    "es": {
        "second": "segundos segundo seg s", "minute": "minutos minuto min", "hour": "horas hora h",
        "day": "días día dias dia d", "week": "semanas semana sem", "month": "meses mes",
        "year": "años año a",
    },
    "fr": {
        "second": "secondes seconde sec s", "minute": "minutes minute min mn",
        "hour": "heures heure h", "day": "jours jour j", "week": "semaines semaine sem",
        "month": "mois", "year": "ans an années année a",
    },
    "ar": {
        "second": "ثانية ثوان ثواني ث", "minute": "دقيقة دقائق د", "hour": "ساعة ساعات س",
        "day": "يوم أيام يوما ي", "week": "أسبوع أسابيع أسبوعا", "month": "شهر أشهر شهور شهرا",
        "year": "سنة سنوات سنين عام أعوام عاما",
    },
    "ru": {
        "second": "секунда секунды секунд секунду сек с",
        "minute": "минута минуты минут минуту мин м",
        "hour": "час часа часов ч", "day": "день дня дней дн д",
        "week": "неделя недели недель неделю нед", "month": "месяц месяца месяцев мес",
        "year": "год года лет г л",
    },
    "ja": {
        "second": "秒", "minute": "分", "hour": "時間", "day": "日", "week": "週間 週",
        "month": "か月 ヶ月 カ月 ケ月 ヵ月 箇月", "year": "年",
    },
}  # fmt: skip
UNITS = {
    lang: {spelled(word): unit for unit, words in units.items() for word in words.split()}
    for lang, units in _UNIT_WORDS.items()
}
# Words that hold their number: the Arabic dual.
TWO = {
    spelled(word): unit
    for word, unit in {
        "ثانيتين": "second", "دقيقتين": "minute", "ساعتين": "hour", "يومين": "day",
        "أسبوعين": "week", "شهرين": "month", "سنتين": "year", "عامين": "year",
    }.items()
}  # fmt: skip
# Where a unit alone, with the word for past, is one: “час назад”, «منذ ساعة».
ALONE_IS_ONE = frozenset({"ar", "ru"})
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
    "de": {"einem": 1, "einer": 1, "ein": 1, "eine": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5,
           "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10},
    "es": {"un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7,
           "ocho": 8, "nueve": 9, "diez": 10},
    "fr": {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
           "huit": 8, "neuf": 9, "dix": 10},
    "ar": {"ثلاث": 3, "ثلاثة": 3, "أربع": 4, "أربعة": 4, "خمس": 5, "خمسة": 5, "ست": 6, "ستة": 6,
           "سبع": 7, "سبعة": 7, "ثماني": 8, "ثمانية": 8, "تسع": 9, "تسعة": 9,
           "عشر": 10, "عشرة": 10},
    "ru": {"один": 1, "одну": 1, "одна": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5,
           "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10},
    "ja": {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
           "十": 10},
}  # fmt: skip
NUMBER_WORDS = {
    lang: {spelled(word): number for word, number in words.items()}
    for lang, words in NUMBER_WORDS.items()
}

# What stands before, or after, "3 days" to say that it is past; short forms have neither.
PAST = {
    "en": ("", r"(?:ago|back)"),
    "fa": ("", r"(?:پیش|قبل)"),
    "tr": ("", r"önce(?:den)?"),
    "ro": (r"(?:acum|în urmă cu|in urma cu)", ""),
    "de": (r"vor", ""),
    "es": (r"hace", ""),
    "fr": (r"il y a", ""),
    "ar": (r"(?:منذ|قبل)", ""),
    "ru": ("", r"назад"),
    "ja": ("", r"前"),
}
APPROXIMATE = {
    "en": r"(?:about|around|approximately|almost|nearly|over|more than|less than)",
    "fa": r"(?:حدود|تقریبا|نزدیک به|بیش از)",
    "tr": r"(?:yaklaşık|neredeyse)",
    "ro": r"(?:aproximativ|circa|aproape|peste)",
    "de": r"(?:etwa|ungefähr|ca\.?|rund|fast|über|mehr als)",
    "es": r"(?:aproximadamente|unos|unas|casi|más de|alrededor de)",
    "fr": r"(?:environ|presque|plus de|près de)",
    "ar": r"(?:حوالی|نحو|تقریبا|اکثر من)",
    "ru": r"(?:около|примерно|почти|более)",
    "ja": r"(?:約|およそ)",
}

TODAY = {
    spelled(word): days
    for days, words in enumerate([
        "today امروز bugün azi astăzi astazi heute hoy aujourd’hui اليوم сегодня 今日 本日",
        "yesterday دیروز dün ieri gestern ayer hier أمس البارحة вчера 昨日",
        "پریروز alaltăieri vorgestern anteayer avant-hier позавчера 一昨日 おととい",
    ])
    for word in words.split()
} | {"evvelsi gün": 2, spelled("أول أمس"): 2}  # fmt: skip
_WEEKDAYS = [
    "monday mon pazartesi pzt luni دوشنبه montag lunes lundi الاثنين الإثنين понедельник 月曜日",
    "tuesday tue salı sal marți marţi سه‌شنبه dienstag martes mardi الثلاثاء вторник 火曜日",
    "wednesday wed çarşamba çar miercuri چهارشنبه mittwoch miércoles mercredi الأربعاء среда среду"
    " 水曜日",
    "thursday thu perşembe per joi پنجشنبه donnerstag jueves jeudi الخميس четверг 木曜日",
    "friday fri cuma vineri جمعه freitag viernes vendredi الجمعة пятница пятницу 金曜日",
    "saturday sat cumartesi cmt sâmbătă sambata شنبه samstag sábado samedi السبت суббота субботу"
    " 土曜日",
    "sunday sun pazar duminică duminica یکشنبه sonntag domingo dimanche الأحد воскресенье 日曜日",
]  # fmt: skip
WEEKDAYS = {
    spelled(word): number for number, words in enumerate(_WEEKDAYS) for word in words.split()
} | {"سه شنبه": 1, "سهشنبه": 1, "پنج شنبه": 3, "یک شنبه": 6, "چهار شنبه": 2, "دو شنبه": 0}

JALALI_MONTHS = {
    name: number
    for number, names in enumerate(
        ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد امرداد", "شهریور", "مهر", "آبان ابان",
         "آذر اذر", "دی", "بهمن", "اسفند"], start=1)
    for name in names.split()
}  # fmt: skip
CLOCK_WORDS = (
    r"(?:at|saat|ora|la ora|la|در|ساعت|um|a las|a la|as|alle ore|alle|ore|à|às|om|kl\.?|klo"
    r"|o godz\.?|godz\.?|o|v|в|во|о|الساعة|الساعه|בשעה|ob|στις|,|،|-|–|·|•|@|/|\||:)"
)
# What leads to a date and says nothing of it: “posted on”, “schrieb am”, “publié le”, “發表於”.
_LEADING_VERBS = (
    "posted written published submitted added commented reviewed said wrote created date sent "
    "schrieb schreibt sagt sagte meint geschrieben veröffentlicht erstellt verfasst kommentierte "
    "gepostet datum publié posté écrit déposé ajouté publicado escrito enviado publicada dijo "
    "disse postado pubblicato scritto inviato pubblicata geplaatst geschreven schreef dodano "
    "napisano opublikowano postat scris publicat написано добавлено опубликовано skrev skrevet "
    "kirjoitti gönderildi yayınlandı tarih 发表 發表 发布 發佈 投稿日 نوشته"
)
_LEADING_PREPOSITIONS = (
    "on am vom den the le du el il em op dnia de del pe la data w в от від 於 于 تاریخ در في بتاريخ"
)
_SHORT_WEEKDAYS = (
    "mo di mi do fr sa so lun mar mer jeu ven sam dim mié mie jue vie sáb sab dom gio seg ter qua "
    "qui sex lunedì martedì mercoledì giovedì venerdì sabato domenica domingo segunda-feira "
    "terça-feira quarta-feira quinta-feira sexta-feira maandag dinsdag woensdag donderdag vrijdag "
    "zaterdag zondag poniedziałek wtorek środa czwartek piątek sobota niedziela пн вт ср чт пт сб "
    "вс"
)
_ANY_WEEKDAY = "|".join({*WEEKDAYS, *map(spelled, _SHORT_WEEKDAYS.split())})
LEADING = (
    rf"(?:(?:{'|'.join(map(spelled, _LEADING_VERBS.split()))})\s*:?\s*)?"
    rf"(?:(?:{'|'.join(map(spelled, _LEADING_PREPOSITIONS.split()))})(?![^\W\d])\s*:?\s*)?"
    rf"(?:(?:{_ANY_WEEKDAY})(?![^\W\d])[.,]*\s+(?:(?:den|the)\s+)?)?"
)
