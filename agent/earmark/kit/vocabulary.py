"""The words of interfaces, in ten languages: what a recorded page may keep as it was written.

`interface_words.json` has what people's names and prose are told apart from; the words of times
come from the Unicode locale data that Babel carries.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_timedelta

from .tokens import words_in

LANGUAGES = ("en", "fa", "tr", "ro", "de", "es", "fr", "ar", "ru", "ja")
LISTED = Path(__file__).with_name("interface_words.json")
_SECONDS = (1, 60, 3600, 86_400, 604_800, 2_629_800, 31_557_600)
_COUNTS = (1, 2, 3, 5, 11, 21)
# Units and scales that stand against their number: 3d, 12k, 2sa.
_SHORT = "s sec m min h hr hrs d w wk mo y yr k b mn bn mln tsd sn dk sa g ay yıl st std tg px em"
# What addresses are made of, beside words that a plugin looks for.
_ADDRESSES = (
    "http https www m mobile old api cdn static assets img images media index html htm php asp aspx"
    " jpg jpeg png gif webp svg mp4 webm css js json xml pdf ico default feed rss en fa tr ro de es"
    " fr ar ru ja u p r c t s q id user users profile profiles people author authors member members"
    " comment comments post posts status statuses thread threads topic topics forum forums item"
    " items story watch reel photo photos video videos group groups page pages search tag tags"
    " category hashtag explore login signup reply replies permalink question questions issues"
    " discussions pull review reviews product products blog news archive category wp content"
    " uploads plugins themes share intent embed com org net"
)


@cache
def interface_words() -> frozenset[str]:
    """Every word that an interface may show, in lower case."""
    written = " ".join(_listed().values())
    return frozenset(words_in(f"{written} {_SHORT}")) | time_words()


@cache
def time_words() -> frozenset[str]:
    """The words that times and dates are written with, in lower case."""
    phrases = (phrase for tag in LANGUAGES for phrase in _times(Locale.parse(tag)))
    return frozenset(words_in(" ".join([*phrases, _listed()["times"]])))


@cache
def address_words() -> frozenset[str]:
    """The words that addresses are made of, whosever page it is."""
    return frozenset(_ADDRESSES.split())


@cache
def _listed() -> dict[str, str]:
    listed: dict[str, str] = json.loads(LISTED.read_text("utf-8"))
    return listed


def _times(locale: Locale) -> Iterator[str]:
    yield from ("am pm utc gmt", *locale.periods.values())
    for names in (locale.months, locale.days):
        for widths in names.values():
            for width in ("wide", "abbreviated"):
                yield from widths.get(width, {}).values()
    for seconds in (unit * count for unit in _SECONDS for count in _COUNTS):
        for ahead in (seconds, -seconds):
            yield format_timedelta(timedelta(seconds=ahead), add_direction=True, locale=locale)
        yield format_timedelta(timedelta(seconds=seconds), format="short", locale=locale)
