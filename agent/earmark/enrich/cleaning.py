"""What is left of a text when its language is asked for: words as their writer would spell them."""

from __future__ import annotations

import re

from .scripts import count_scripts, main_script

_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@[\w.]+")
_PLACEHOLDER = re.compile(r"<\|?\w+\|?>|&#?\w+;")
_HASHTAG = re.compile(r"#\w+")
_EMOJI_OR_DIGIT = re.compile(
    "[\\d\U0001f000-\U0001ffff\u2600-\u27bf\u2b00-\u2bff\u200d\ufe0f\u20e3\ue000-\uf8ff]"
)
_RUN = re.compile(r"(\S)\1{2,}")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f]+")


def clean_text(text: str) -> str:
    """`text` without addresses, handles, placeholders, emoji and digits; empty without letters.

    Hashtags go when three letters remain without them. Runs of one sign are shortened, shouting
    is lowered, and Latin words leave a text in another script.
    """
    for pattern in (_URL, _HANDLE, _PLACEHOLDER):
        text = pattern.sub(" ", text)
    text = _EMOJI_OR_DIGIT.sub(" ", _without_hashtags(text))
    text = " ".join(_RUN.sub(_shortened, text).split())
    script = main_script(text)
    if not script:
        return ""
    if script != "LATIN":
        text = " ".join(_LATIN_WORD.sub(" ", text).split())
    return _lowered(text)


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
    letters = sum(sign.isalpha() for sign in text)
    if letters <= 3 or sum(sign.isupper() for sign in text) <= 0.6 * letters:
        return text
    if "İ" in text:
        text = text.replace("İ", "i").replace("I", "ı")
    return text.lower()
