"""The inbox's own words: message catalogues, and dates and numbers as each language writes them.

Catalogues are read from their .po files at start, so a translator needs no build step. Wrap a
word in `_()` where it is shown, or in `N_()` where it is only named; `locales/babel.cfg` tells
`pybabel extract` where to look.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.core import negotiate_locale
from babel.dates import format_skeleton, format_time, format_timedelta
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import Translations
from persiantools.jdatetime import JalaliDate

from ..errors import Told

LOCALES = Path(__file__).with_name("locales")
DOMAINS = ("earmark", "doctor", "told")
UI_LANGUAGES = ("en", "fa", "tr", "ro")

PERSIAN_DIGITS = str.maketrans("0123456789%", "۰۱۲۳۴۵۶۷۸۹٪")
# Characters that reorder what stands around them; harmless in a block of their own, not in a
# title or a tooltip.
BIDI_CONTROLS = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
BIDI_CONTROLS |= dict.fromkeys(range(0x2066, 0x206A))
COMMAND = re.compile("`[^`]+`")


def N_(message: str) -> str:
    """Marks a message for translation where it is named but not yet shown."""
    return message


def without_bidi_controls(text: str) -> str:
    """`text` on one line, fit for where its direction cannot be isolated: a title, a tooltip."""
    return " ".join(text.translate(BIDI_CONTROLS).split())


def read_catalogue(language: str) -> Translations:
    """The catalogues of one interface language as one, compiled in memory."""
    first, *others = (_compiled(language, domain) for domain in DOMAINS)
    for other in others:
        first.merge(other)
    return first


def _compiled(language: str, domain: str) -> Translations:
    path = LOCALES / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, domain=domain)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled, domain)


class Words:
    """One interface language: its messages, and how it writes dates, times and numbers."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale.parse(language)
        self.dir = self.locale.text_direction
        self.catalogue = read_catalogue(language)

    def __call__(self, message: str) -> str:
        """The message in this language; itself where no translation is needed."""
        return self.catalogue.gettext(message) if message else ""

    def told(self, sentence: str) -> str:
        """A sentence in this language, where it knows what it was made of; else itself."""
        if not isinstance(sentence, Told) or self.language == "en":
            return str(sentence)
        shown = {name: self._shown(value) for name, value in sentence.values.items()}
        return self(sentence.template) % shown

    def _shown(self, value: object) -> str:
        if isinstance(value, list | tuple):
            parts = [self._shown(each) for each in value]
            either = isinstance(value, tuple)
            return format_list(parts, "or" if either else "standard", locale=self.locale)
        if isinstance(value, int | float):
            return self.number(value)
        return self.told(value) if isinstance(value, Told) else self.isolated(str(value))

    def number(self, value: float) -> str:
        """A number with this language's digits and separators."""
        numbering = "default" if self.language == "fa" else "latn"
        return self._digits(format_decimal(value, locale=self.locale, numbering_system=numbering))

    def percent(self, share: float) -> str:
        """A share between 0 and 1 as a percentage."""
        return self._digits(format_percent(share, locale=self.locale))

    def time(self, moment: datetime) -> str:
        """The hour and minute of a moment."""
        return self._digits(format_time(moment, "short", locale=self.locale))

    def date(self, moment: datetime, *, with_year: bool = True) -> str:
        """The day of a moment; Persian readers get their own calendar."""
        if self.language == "fa":
            day = JalaliDate(moment.date())  # type: ignore[no-untyped-call]
            year = f" {day.year}" if with_year else ""
            return self._digits(f"{day.day} {day.strftime('%B', locale='fa')}{year}")
        return format_skeleton("yMMMd" if with_year else "MMMd", moment, locale=self.locale)

    def exactly(self, moment: datetime) -> str:
        """Date and time of a moment on this machine's clock."""
        local = moment.astimezone()
        comma = "،" if self.language == "fa" else ","
        return f"{self.date(local)}{comma} {self.time(local)}"

    def briefly(self, moment: datetime, now: datetime | None = None) -> str:
        """A moment as a list shows it: the time today, else the day."""
        local = moment.astimezone()
        today = (now or datetime.now(UTC)).astimezone()
        return self.time(local) if local.date() == today.date() else self.day(moment, now)

    def day(self, moment: datetime, now: datetime | None = None) -> str:
        """The day of a moment, with the year unless it is this one."""
        local = moment.astimezone()
        today = (now or datetime.now(UTC)).astimezone()
        return self.date(local, with_year=local.year != today.year)

    def ago(self, moment: datetime, now: datetime | None = None) -> str:
        """How long ago a moment was."""
        difference = moment - (now or datetime.now(UTC))
        return self._digits(format_timedelta(difference, add_direction=True, locale=self.locale))

    def duration(self, seconds: int) -> str:
        """How long something took, shortly and no finer than minutes, as in 3 hr."""
        took = format_timedelta(
            seconds, granularity="minute", threshold=2, format="short", locale=self.locale
        )
        return self._digits(took)

    def listed(self, names: list[str]) -> str:
        """Several names as this language lists them."""
        return format_list(names, locale=self.locale)

    def isolated(self, text: str) -> str:
        """A foreign text inside a sentence: on one line, and it cannot move what is around it."""
        plain = without_bidi_controls(text)
        return f"\u2068{plain}\u2069" if self.dir == "rtl" else plain

    def command(self, text: str) -> str:
        """A sentence whose commands, between backticks, stay left to right."""
        return COMMAND.sub("\u2066\\g<0>\u2069", text) if self.dir == "rtl" else text

    def language_name(self, tag: str) -> str:
        """What this language calls the language `tag` (BCP 47); the tag itself where unknown."""
        try:
            name = Locale.parse(tag, sep="-").get_display_name(self.locale)
        except (ValueError, UnknownLocaleError):
            return tag
        return name or tag

    def own_name(self, language: str) -> str:
        """What speakers of `language` call it."""
        return Locale.parse(language).get_display_name() or language

    def _digits(self, text: str) -> str:
        return text.translate(PERSIAN_DIGITS) if self.language == "fa" else text


@cache
def words_in(language: str) -> Words:
    """The words of one of `UI_LANGUAGES`, read once."""
    return Words(language)


def language_of_process(environment: Mapping[str, str]) -> str:
    """The language a command speaks, by the variables that POSIX and gettext read."""
    chosen = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, chosen), "")
    if locale.partition(".")[0] in ("", "C", "POSIX"):
        return "en"
    wanted = [*environment.get("LANGUAGE", "").split(":"), locale]
    tags = [re.split("[.@]", each)[0] for each in wanted if each]
    return negotiate_locale(tags, UI_LANGUAGES) or "en"


def choose_language(asked: str, accept_language: str) -> str:
    """The interface language: the one asked for, else the browser's, else English."""
    if asked in UI_LANGUAGES:
        return asked
    wanted = [part.split(";")[0].strip() for part in accept_language.split(",")]
    tags = [tag for tag in wanted if tag and tag != "*"]
    return negotiate_locale(tags, UI_LANGUAGES, sep="-") or "en"
