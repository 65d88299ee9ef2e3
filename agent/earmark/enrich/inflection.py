"""Endings that languages put on names: “Netflix’ten”, «نتفلیکسو», “Netflixului”, «والنتفلكس».

All of it is folded text (see `folding.fold`): ı and i are one letter there, so are ș and s. What
may stand glued to a name is asked of the language of the text; where that is not known, of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 14  # letters of an ending

# Turkish and Azerbaijani: one slot after another, each of which may be empty.
_TURKIC = (
    "(?:c[iu]|l[iu]|s[iu]z|l[iu][kg])?"  # who deals with it, with, without
    "(?:l[ae]r)?"
    "(?:[iu]?m(?:[iu]z)?|[iu]n[iu]z|s?[iu])?"  # my, our, your, its
    "(?:[yn]?[iuae]|n?[dt][ae](?:n|ki)?|n?[iu]n(?:ki)?|n[iu]|y?l[ae]|n?c[ae])?"  # cases
    "(?:y?(?:[dt][iu]|m[iu]s|s[ae]))?(?:[dt][iu]r)?(?:l[ae]r)?"  # was, if, is
)
_PERSIAN = (
    "(?:ها|ا)?(?:یی?|ه?م|ه?ت|ه?ش|ا?م|ا?ت|ا?ش|م[او]ن|ت[او]ن|ش[او]ن|یم|ید|ند)?"  # its, my, our …
    "(?:رو|را|و|ه|م|ست|اس|ی)?"  # the object; is; also
)
_ROMANIAN = "(?:ul|u|ului|ule|uri|urile|urilor|ii|iului|iul|le|lor|a|ei|ele|elor|i|ilor)"
_GERMANIC = "(?:s|es|en)"
_ENGLISH = "(?:s|es)"
_ARABIC = "(?:ی|ها|ه|هم|نا|ک|یه)"
_GLUED_BEFORE = re.compile("(?:و|ف)?(?:ال|بال|کال|لل|ب|ک|ل)?")  # and, so, the, by, like, to

_OF_LANGUAGE = {
    "tr": _TURKIC,
    "az": _TURKIC,
    "fa": _PERSIAN,
    "ar": _ARABIC,
    "ro": _ROMANIAN,
    "en": _ENGLISH,
    "de": _GERMANIC,
    "nl": _ENGLISH,
    "sv": _ENGLISH,
    "da": _ENGLISH,
    "fr": _ENGLISH,
    "es": _ENGLISH,
    "pt": _ENGLISH,
}
_PATTERNS = {language: re.compile(endings) for language, endings in _OF_LANGUAGE.items()}
_ANY = tuple(dict.fromkeys(_PATTERNS.values()))
_UNKNOWN = ("", "und")


def may_end(ending: str, language: str = "") -> bool:
    """Whether a name may be followed by this, glued to it, in a text of a language (BCP 47).

    In a language whose endings are not known here, nothing may.
    """
    return len(ending) <= LONGEST and any(
        pattern.fullmatch(ending) for pattern in _patterns(language)
    )


def may_begin(beginning: str) -> bool:
    """Whether a name in Arabic letters may have this glued before it."""
    return _GLUED_BEFORE.fullmatch(beginning) is not None


def stems(name: str) -> list[str]:
    """What is left of a Romanian name in -a when it is inflected: “Dacia” is “Dacie-i” there."""
    return [name[:-1]] if len(name) >= MUCH and name.endswith("a") else []


MUCH = 5  # letters of a name that is known without its last one


def may_end_stem(ending: str, language: str = "") -> bool:
    """Whether a Romanian name may go on so after its -a is gone."""
    return language in ("ro", *_UNKNOWN) and ending in ("ei", "ii", "ie", "e", "ele", "elor")


def _patterns(language: str) -> Iterable[re.Pattern[str]]:
    if language in _UNKNOWN:
        return _ANY
    found = _PATTERNS.get(language.partition("-")[0].lower())
    return [found] if found else []
