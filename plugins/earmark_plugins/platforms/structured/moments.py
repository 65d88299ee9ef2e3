"""What on a page looks like a time: for machines, or as people write it in many languages.

Only recognised here; what it means is the core's to say.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bs4 import Tag

LONGEST = 90
_MONTHS = (
    "january february march april june july august september october november december jan feb "
    "mar apr may jun jul aug sept sep oct nov dec januar februar märz april mai juni juli oktober "
    "dezember jän jänner mrz okt dez janvier février fevrier mars avril juin juillet août aout "
    "septembre octobre novembre décembre decembre janv févr fevr avr juil déc enero febrero marzo "
    "abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr ago "
    "janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev set out "
    "gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug ott "
    "dic januari februari maart mei augustus mrt ocak şubat mart nisan mayıs haziran temmuz "
    "ağustos "
    "eylül ekim kasım aralık ianuarie februarie martie aprilie iunie iulie septembrie octombrie "
    "noiembrie decembrie ian iun iul noi stycznia lutego marca kwietnia maja czerwca lipca "
    "sierpnia "
    "września października listopada grudnia ledna února března dubna května června července srpna "
    "září října listopadu prosince январ[ья] феврал[ья] марта? апрел[ья] ма[йя] июн[ья] июл[ья] "
    "августа? сентябр[ья] октябр[ья] ноябр[ья] декабр[ья] янв фев мар апр июн июл авг сен окт ноя "
    "дек січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня "
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند ژانویه فوریه مارس آوریل "
    "مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر يناير فبراير مارس أبريل إبريل مايو يونيو يوليو "
    "أغسطس سبتمبر أكتوبر نوفمبر ديسمبر בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט "
    "בספטמבר באוקטובר בנובמבר בדצמבר tammikuuta maaliskuuta januarja"
)
_MONTH = "(?:" + "|".join(sorted(set(_MONTHS.split()), key=len, reverse=True)) + r")\.?"
_CLOCK = (
    r"\d{1,2}\s?[:.hH]\s?\d{2}(?::\d{2})?\s*(?:[ap]\.?\s?m\b\.?|uhr\b|h\b|Uhr|(?:上|下)午|ق\.ظ|ب\.ظ)?"
    r"|\d{1,2}\s?(?:[ap]\.?m\b\.?|uhr\b)"
)
_ZONE = r"(?:\s?(?:Z|(?:UTC|GMT)?\s?[+-]\d{2}:?\d{2}|UTC|GMT)(?!\w))?"
_JOIN = (
    r"(?:[\s,،;@|/·•–—()-]|at|um|à|as|às|alle|ore|a las|kl|o|om|la ora|ora|saat|ساعت|الساعة|в|on|"
    r"klo|(?:de )?la|בשעה|about)"
)
_DATES = (
    r"\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?",
    r"\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{4}(?!\d)|\d{1,2}[/-]\d{1,2}[/-]\d{2}(?!\d)|"
    r"\d\d\.\d\d\.\d\d(?!\d)",
    rf"\d{{1,2}}(?:st|nd|rd|th|er|\.|º|ª|،)?(?:\s+(?:de|of|d'|di|th))?[\s-]*{_MONTH}(?:,|،)?"
    r"(?:[\s-]+(?:de\s+|del\s+)?(?:\d{4}(?!\d|:\d)|'?\d{2}(?![\d:])))?",
    rf"{_MONTH}[\s-]+\d{{1,2}}(?:st|nd|rd|th)?(?!\d|:)(?:,?[\s-]+\d{{4}})?",
    r"\d{2,4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]?",
)
_UNIT = (
    r"(?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?|"
    r"sekunden?|minuten?|stunden?|std|tag(?:en?)?|wochen?|monat(?:en?)?|jahr(?:en?)?|"
    r"secondes?|heures?|jours?|semaines?|mois|ans?|années?|segundos?|minutos?|horas?|d[ií]as?|"
    r"semanas?|"
    r"mes(?:es)?|meses|años?|anos?|secondi|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]|"
    r"uren|uur|dagen|dag|weken|maanden|maand|jaar|saniye|dakika|saat|gün|hafta|ay|yıl|sene|"
    r"secunde?|minute?|ore|oră|zile?|săptămân[iă]|saptaman[ia]|luni|lună|luna|ani|an|"
    r"секунд[уы]?|минут[уы]?|час(?:а|ов)?|д(?:ень|ня|ней)|недел[юиь]|месяц(?:а|ев)?|год(?:а)?|лет|"
    r"ثانیه|دقیقه|ساعت|روز|هفته|ماه|سال|ثوان[ي]?|دقيقة|دقائق|ساعة|ساعات|يوم|أيام|أسبوع|أسابيع|شهر|"
    r"أشهر|سنة|سنوات|godzin[ya]?|dni|dzień|tygodni[ea]?|miesi[ąę]c[ye]?|lat|roku?|"
    r"timer|dager|uker|måneder|timmar|dagar|veckor|månader|år|päivää|tuntia|viikkoa|kuukautta|"
    r"vuotta)"
)
_AMOUNT = r"(?:\d{1,4}|an?|one|un[ea]?|o|ein(?:e[mnr]?)?|eine|bir|یک|единого)"
_RELATIVE = (
    rf"(?:(?:about|over|almost|nearly|around|circa|etwa|environ|yaklaşık|"
    rf"حدود)\s+)?{_AMOUNT}\s*{_UNIT}\.?"
    rf"(?:[\s,]*(?:and|و|ve|și|und|et|y|e)?\s*{_AMOUNT}\s*{_UNIT})?\s*"
    r"(?:ago|back|önce|پیش|قبل|назад|temu|sedan|siden|sitten|geleden|fa|atrás|zpět)",
    rf"(?:vor|il y a|hace|há|acum|acum \w+ cu|منذ|قبل|för|for|před|"
    rf"πριν)\s+(?:\w+\s+)?{_AMOUNT}\s*(?:de\s+)?{_UNIT}",
    r"\d{1,4}\s?(?:秒|分|分钟|分鐘|小时|小時|時間|天|日|週間|周|か月|ヶ月|个月|個月|年)(?:间|間)?\s?前|\d+\s?(?:초|분|시간|일|주|"
    r"개월|년)\s?전",
    r"(?:just now|yesterday|today|a moment ago|gestern|heute|hier|aujourd'hui|ayer|hoy|ieri|"
    r"oggi|gisteren|"
    r"vandaag|dün|bugün|az önce|şimdi|azi|astăzi|вчера|сегодня|только что|دیروز|امروز|پریروز|"
    r"لحظاتی پیش|"
    r"أمس|اليوم|昨日|今日|昨天|今天|어제|오늘|wczoraj|dzisiaj|dziś)",
)
_WEEKDAY = r"(?:[^\W\d]{2,10}\.?,?\s+)?"
_ANY_DATE = "|".join(_DATES)
_ANY = re.compile(
    rf"(?<!\w)(?:(?:{_CLOCK}){_JOIN}+{_WEEKDAY}(?:{_ANY_DATE})|(?:{_ANY_DATE})(?:{_JOIN}+(?:{_CLOCK}){_ZONE})?"
    rf"|(?:{'|'.join(_RELATIVE)})(?:{_JOIN}+(?:{_CLOCK}))?)(?!\w)",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"\s*\d{1,3}\s?(?:s|sec|m|min|mins|h|hr|hrs|d|w|wk|mo|y|yr|sa|dk|g|hf|std|j|sem)\.?\s*", re.I
)
# A time of the person's or of a change, not of what is said.
_OTHER_TIME = re.compile(
    r"join|since|regist|member|seit|dabei|üye|عضو|edited|bearbeitet|modified|update|zuletzt|last|"
    r"geändert|modifié|düzenle|ویرایش|inscri|born|visited|stay|purchas|d'inscription|stammt|"
    r"beitritt|заходил|регистрац",
    re.IGNORECASE,
)
_ATTRIBUTES = ("datetime", "data-utime", "data-timestamp", "data-time", "data-created", "data-date")


@lru_cache(4096)
def time_in(text: str) -> str | None:
    """The first time in a short text, as it stands there."""
    if len(text) > LONGEST:
        return None
    found = _ANY.search(text)
    if found:
        return found[0].strip(" ,;()|·•–—-@/")
    return text.strip() if _SHORT.fullmatch(text) else None


def named_time(text: str) -> str | None:
    """The time in the text of an element whose maker calls it one: also “8-21” and the like."""
    short = len(text) <= 40 and any(character.isdecimal() for character in text)
    return time_in(text) or (text.strip() if short else None)


def for_machines(tag: Tag) -> str | None:
    """The time an element carries in an attribute."""
    value = next((str(tag[name]).strip() for name in _ATTRIBUTES if tag.get(name)), "")
    if value and any(character.isdigit() for character in value):
        return value
    title = str(tag.get("title") or "")
    return time_in(title) if 6 <= len(title) <= 60 else None


def is_of_something_else(text: str, shown: str) -> bool:
    """Whether a text says that its time is that of a membership, a visit or a change."""
    return bool(_OTHER_TIME.search(text.replace(shown, "")))
