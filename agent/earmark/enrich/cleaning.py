"""What is left of a text when its language is asked for: words as their writer would spell them."""

from __future__ import annotations

import re

from .scripts import count_scripts, main_of_scripts

_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@[\w.]+")
_TAG = re.compile(r"<\|?\w+\|?>")
_ENTITY = re.compile(r"&#?\w+;")
_TAKEN_OUT = ((("//", "www", "WWW"), _URL), ("@", _HANDLE), ("<", _TAG), ("&", _ENTITY))
_HASHTAG = re.compile(r"#\w+")
_EMOJI_OR_DIGIT = re.compile(
    "[\\d\U0001f000-\U0001ffff\u2600-\u27bf\u2b00-\u2bff\u200d\ufe0f\u20e3\ue000-\uf8ff]"
)
_RUN = re.compile(r"(\S)\1{2,}")
_SHOUTED, _LEAST_SHOUTED = 0.6, 4  # share of capitals from which on letters shout; so many at least
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f]+")


def clean_text(text: str) -> str:
    """`text` without addresses, handles, placeholders, emoji and digits; empty without letters.

    Hashtags go when three letters remain without them. Runs of one sign are shortened, shouting
    is lowered, and words in another script than the main one leave.
    """
    return clean_parts(text)[0]


def clean_parts(text: str) -> tuple[str, str]:
    """A text as `clean_text` leaves it, and what is in other scripts than its main one.

    Only Latin words are taken out of a text in another script: names and brands are Latin
    everywhere. Of a Latin text all remains; what is in another script comes beside it.
    """
    for marks, pattern in _TAKEN_OUT:
        if any(mark in text for mark in marks):  # looking for a sign is quicker than a pattern
            text = pattern.sub(" ", text)
    text = _EMOJI_OR_DIGIT.sub(" ", _without_hashtags(text))
    text = " ".join(_RUN.sub(_shortened, text).split())
    script, scripts = main_of_scripts(text)
    if not script:
        return "", ""
    other = ""
    if scripts > 1:
        main, other = _parted(text, script)
        text = main if script != "LATIN" else text
    return _lowered(text), _lowered(other)


def _parted(text: str, script: str) -> tuple[str, str]:
    """The text without its Latin words and those; of a Latin text the rest."""
    latin = " ".join(_LATIN_WORD.findall(text))
    rest = " ".join(_LATIN_WORD.sub(" ", text).split())
    return (rest, latin) if script != "LATIN" else (latin, rest)


def _without_hashtags(text: str) -> str:
    if "#" not in text:
        return text
    bare = _HASHTAG.sub(" ", text)
    if sum(count_scripts(bare).values()) >= 3:
        return bare
    return text.replace("#", " ").replace("_", " ")


def _shortened(run: re.Match[str]) -> str:
    return run[1] * (2 if run[1].isascii() else 1)


def _lowered(text: str) -> str:
    """`text` in lower case when it is shouted, the Turkish way when it holds an İ."""
    if text.islower():
        return text
    capitals = sum(map(str.isupper, text))
    if capitals <= _SHOUTED * _LEAST_SHOUTED:  # as in most texts: no need to count the letters
        return text
    letters = sum(map(str.isalpha, text))
    if letters < _LEAST_SHOUTED or capitals <= _SHOUTED * letters:
        return text
    if "İ" in text:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()
