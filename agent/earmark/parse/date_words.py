"""The words for time, in ten languages and a few beside them, and the spelling they are sought in.

Every word here goes through `spelled`, as what a page shows does.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ي": "ی", "ك": "ک", "\u200c": " ", "أ": "ا", "\u2019": "'"})
_EDITED = re.compile(
    r"[(\[]?\s*(?<!\w)(?:edited|modifié|düzenlendi|editat[ăa]?|modificat[ăa]?|bearbeitet|editado"
    r"|editada|modificat[oa]|bewerkt|изменено|изм\.|отредактировано|ред\.|змінено|معدلة?|عدلت?"
    r"|تم التعدیل|編集済み|(?:已|最后)?(?:编辑|編輯)(?:于|於)?|수정됨|ویرایش(?:\s?شده)?)"
    r"(?!\w)\s*:?\s*[)\]]?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[ -~\s]*", re.ASCII)  # needs no other letters
_SPACE = re.compile(r"\s+")
_ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670]")  # «يومًا» and «هفتهٔ» with and without
_EDGES = " \t\n·•|,;:-–—()[]"


def spelled(shown: str) -> str:
    """`shown` in the spelling in which words are sought: as `plainly_spelled`, with ı as i.

    Turkish capitals lose the difference between the two in lower case.
    """
    return plainly_spelled(shown).replace("ı", "i")


def plainly_spelled(shown: str) -> str:
    """`shown` in lower case, with ASCII digits and plain spaces, without marks and “edited”."""
    text = shown if _PLAIN.fullmatch(shown) else _in_plain_letters(shown)
    return _SPACE.sub(" ", _EDITED.sub(" ", text.lower())).strip(_EDGES)


def _in_plain_letters(shown: str) -> str:
    text = unicodedata.normalize("NFKC", shown).translate(_LETTERS)
    kept = (c for c in text if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace())
    text = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in kept)
    return _ARABIC_MARKS.sub("", text).replace("İ", "i")


def _listed(*words: str) -> frozenset[str]:
    return frozenset(map(spelled, words))


NOW = _listed(
    "now", "just now", "right now", "moments ago", "a moment ago", "a few seconds ago",
    "seconds ago",
    "هم‌اکنون", "هماکنون", "همین الان", "همین حالا", "الان", "اکنون", "لحظاتی پیش", "لحظاتی قبل",
    "چند لحظه پیش", "چند ثانیه پیش", "لحظه‌ای پیش", "لحظه ای قبل",
    "az önce", "az evvel", "birkaç saniye önce", "şimdi", "biraz önce", "demin", "şu anda",
    "chiar acum", "acum", "adineauri", "acum câteva secunde", "acum câteva clipe",
    "gerade eben", "soeben", "eben", "jetzt", "gerade jetzt", "vor wenigen Sekunden",
    "vor einigen Sekunden", "vor ein paar Sekunden",
    "ahora", "ahora mismo", "justo ahora", "hace un momento", "hace unos segundos",
    "à l’instant", "maintenant", "il y a quelques secondes", "il y a un instant",
    "الآن", "للتو", "منذ لحظات", "قبل لحظات", "منذ ثوان", "قبل ثوان", "منذ بضع ثوان",
    "только что", "сейчас", "прямо сейчас", "несколько секунд назад",
    "たった今", "今", "ちょうど今", "数秒前",
    "刚刚", "剛剛", "刚才", "방금", "방금 전", "지금", "adesso", "poco fa", "agora", "agora mesmo",
    "zojuist", "przed chwilą", "teraz", "щойно",
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
    "it": {
        "second": "secondi secondo s", "minute": "minuti minuto min", "hour": "ore ora h",
        "day": "giorni giorno g", "week": "settimane settimana sett",
        "month": "mesi mese", "year": "anni anno",
    },
    "pt": {
        "second": "segundos segundo s", "minute": "minutos minuto min", "hour": "horas hora h",
        "day": "dias dia d", "week": "semanas semana sem", "month": "meses mês mes",
        "year": "anos ano a",
    },
    "nl": {
        "second": "seconden seconde sec", "minute": "minuten minuut min", "hour": "uur uren u",
        "day": "dagen dag d", "week": "weken week w", "month": "maanden maand mnd",
        "year": "jaar jaren j",
    },
    "pl": {
        "second": "sekund sekundy sekundę sek", "minute": "minut minuty minutę min",
        "hour": "godzin godziny godzinę godz", "day": "dni dzień",
        "week": "tygodni tygodnie tydzień tyg", "month": "miesięcy miesiące miesiąc mies",
        "year": "lat lata rok",
    },
    "uk": {
        "second": "секунд секунди секунду с", "minute": "хвилин хвилини хвилину хв",
        "hour": "годин години годину год", "day": "днів дні день дн",
        "week": "тижнів тижні тиждень тиж", "month": "місяців місяці місяць міс",
        "year": "років роки рік р",
    },
    "zh": {
        "second": "秒 秒钟 秒鐘", "minute": "分钟 分鐘 分", "hour": "小时 小時 个小时 個小時",
        "day": "天", "week": "周 週 星期 个星期 個星期", "month": "个月 個月", "year": "年",
    },
    "ko": {
        "second": "초", "minute": "분", "hour": "시간", "day": "일", "week": "주",
        "month": "개월 달", "year": "년",
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
ALONE_IS_ONE = frozenset({"ar", "ru", "uk", "pl"})
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
           "șase": 6, "şase": 6, "șapte": 7, "şapte": 7, "opt": 8, "nouă": 9, "zece": 10,
           "doua": 2, "sase": 6, "sapte": 7, "noua": 9},
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
    "it": {"un": 1, "una": 1, "uno": 1, "due": 2, "tre": 3},
    "pt": {"um": 1, "uma": 1, "dois": 2, "duas": 2, "três": 3},
    "nl": {"een": 1, "één": 1, "twee": 2, "drie": 3},
    "pl": {"jeden": 1, "dwa": 2, "dwie": 2, "trzy": 3},
    "uk": {"один": 1, "одну": 1, "два": 2, "дві": 2, "три": 3},
    "zh": {"一": 1, "两": 2, "兩": 2, "三": 3},
    "ko": {"한": 1, "두": 2, "세": 3},
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
    "tr": ("", r"(?:önce(?:den)?|evvel)"),
    "ro": (r"(?:acum|în urmă cu|in urma cu|cu(?=.* în urmă))", r"în urmă"),
    "de": (r"vor", ""),
    "es": (r"hace", ""),
    "fr": (r"il y a", ""),
    "ar": (r"(?:منذ|قبل)", ""),
    "ru": ("", r"назад"),
    "it": ("", r"fa"),
    "pt": (r"há", r"atrás"),
    "nl": ("", r"geleden"),
    "pl": ("", r"temu"),
    "uk": ("", r"тому"),
    "zh": ("", r"(?:之|以)?前"),
    "ko": ("", r"전"),
    "ja": ("", r"前"),
}
APPROXIMATE = {
    "en": r"(?:about|around|approximately|almost|nearly|over|more than|less than)",
    "fa": r"(?:حدود|تقریبا|نزدیک به|بیش از)",
    "tr": r"(?:yaklaşik|neredeyse)",
    "ro": r"(?:aproximativ|circa|aproape|peste)",
    "de": r"(?:etwa|ungefähr|ca\.?|rund|fast|über|mehr als)",
    "es": r"(?:aproximadamente|unos|unas|casi|más de|alrededor de)",
    "fr": r"(?:environ|presque|plus d[e']|moins d[e']|près d[e'])",
    "ar": r"(?:حوالی|نحو|تقریبا|اکثر من)",
    "ru": r"(?:около|примерно|почти|более)",
    "it": r"(?:circa|quasi|oltre|più di)",
    "pt": r"(?:cerca de|quase|mais de|aproximadamente)",
    "nl": r"(?:ongeveer|bijna|meer dan|ruim)",
    "pl": r"(?:około|prawie|ponad)",
    "uk": r"(?:близько|майже|понад)",
    "zh": r"(?:约|約|大约|大約)",
    "ko": r"약",
    "ja": r"(?:約|およそ)",
}

TODAY = {
    spelled(word): days
    for days, words in enumerate([
        "today امروز bugün azi astăzi astazi heute hoy aujourd’hui اليوم сегодня 今日 本日"
        " 今天 오늘 oggi hoje vandaag dzisiaj dziś сьогодні היום",
        "yesterday دیروز dün ieri gestern ayer hier أمس البارحة вчера 昨日 昨天 어제 ontem "
        "gisteren wczoraj вчора אתמול",
        "پریروز alaltăieri vorgestern anteayer avant-hier позавчера 一昨日 おととい 前天 그저께 "
        "anteontem eergisteren przedwczoraj позавчора",
    ])
    for word in words.split()
} | {"evvelsi gün": 2, spelled("أول أمس"): 2}  # fmt: skip
_WEEKDAYS = [
    "monday mon pazartesi pzt luni دوشنبه montag lunes lundi الاثنين الإثنين понедельник 月曜日"
    " lunedì segunda-feira maandag poniedziałek понеділок 星期一 周一 週一 월요일",
    "tuesday tue salı sal marți marţi سه‌شنبه dienstag martes mardi الثلاثاء вторник 火曜日 martedì"
    " terça-feira dinsdag wtorek вівторок 星期二 周二 週二 화요일",
    "wednesday wed çarşamba çar miercuri چهارشنبه mittwoch miércoles mercredi الأربعاء среда среду"
    " 水曜日 mercoledì quarta-feira woensdag środa środę середа середу 星期三 周三 週三 수요일",
    "thursday thu perşembe per joi پنجشنبه donnerstag jueves jeudi الخميس четверг 木曜日 giovedì"
    " quinta-feira donderdag czwartek четвер 星期四 周四 週四 목요일",
    "friday fri cuma vineri جمعه freitag viernes vendredi الجمعة пятница пятницу 金曜日 venerdì"
    " sexta-feira vrijdag piątek п'ятниця п'ятницю 星期五 周五 週五 금요일",
    "saturday sat cumartesi cmt sâmbătă sambata شنبه samstag sábado samedi السبت суббота субботу"
    " 土曜日 sabato zaterdag sobota sobotę субота суботу 星期六 周六 週六 토요일",
    "sunday sun pazar duminică duminica یکشنبه sonntag domingo dimanche الأحد воскресенье 日曜日"
    " domenica zondag niedziela niedzielę неділя неділю 星期日 星期天 周日 週日 일요일",
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
    r"|o godz\.?|godz\.?|o|v|в|во|о|فی|عند|の|الساعة|الساعه|בשעה|ob|στις|,|،|-|–|·|•|@|/|\||:)"
)
# What leads to a date and says nothing of it: “posted on”, “schrieb am”, “publié le”, “發表於”.
_LEADING_VERBS = (
    "streamed premiered updated answered asked replied bewertet "
    "posted written published submitted added commented reviewed said wrote created date sent "
    "schrieb schreibt sagt sagte meint geschrieben veröffentlicht erstellt verfasst kommentierte "
    "gepostet datum publié posté écrit déposé ajouté publicado escrito enviado publicada dijo "
    "disse postado pubblicato scritto inviato pubblicata geplaatst geschreven schreef dodano "
    "napisano opublikowano postat scris publicat написано добавлено опубликовано skrev skrevet "
    "kirjoitti gönderildi yayınlandı tarih 发表 發表 发布 發佈 投稿日 نوشته ارسال نظر"
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
    rf"(?:(?:{'|'.join(map(spelled, _LEADING_VERBS.split()))})(?:\s+شده)?\s*:?\s*)?"
    rf"(?:(?!il y a)(?:{'|'.join(map(spelled, _LEADING_PREPOSITIONS.split()))})"
    r"(?![^\W\d])\s*:?\s*)?"
    rf"(?:(?:{_ANY_WEEKDAY})(?![^\W\d])[.,]*\s+(?:(?:den|the)\s+)?)?"
)
