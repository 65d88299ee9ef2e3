"""The lists of words that tags are told by, one file a language, read when first needed.

`words/<language>.toml` holds for each tag words and phrases. Case, accents and letter variants do
not matter; a word ending in * also stands for its longer forms, … for up to two words within a
phrase, and a | at its end for the end of a clause. Under "no <tag>" stands what is not meant so,
though words of it are listed ("no problem"). What negates, contrasts, thanks and applauds in a
language, and which emoji mock, is listed with its feelings, in the sentiment plugin's lists.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from earmark import Phrases, Words, languages_knowing

NOT_BEFORE, NOT_AFTER, BUT = "not before", "not after", "but"
THANKS, APPLAUSE = "thanks", "applause"
KIND, UNKIND = "kind", "unkind"
NO = "no "
_HELPING = {
    NOT_BEFORE: ("negation", "before"),
    NOT_AFTER: ("negation", "after"),
    BUT: ("contrast", "words"),
    THANKS: ("emotions", "thanks"),
    APPLAUSE: ("applause", "words"),
}
_JOINED = {"ar": "وفبل"}  # and, so, with, for


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages that have a list."""
    names = (path.name for path in (files(__package__) / "words").iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@lru_cache(maxsize=64)
def word_list(language: str) -> Phrases[str]:
    """The phrases of one language by tag, and by what helps to read them."""
    listed = [*_tag_phrases(language), *_helping_phrases(language)]
    return Phrases(listed, _JOINED.get(language, ""))


def fitting(text: Words) -> list[str]:
    """The languages whose lists know most words of a text of unknown language; maybe several."""
    return languages_knowing(text, _every_list())


@lru_cache(maxsize=1)
def _every_list() -> Phrases[str]:
    return Phrases(
        (phrase, language)
        for language in sorted(languages())
        for phrase in sorted({phrase for phrase, _ in _tag_phrases(language)})
    )


@lru_cache(maxsize=1)
def mocking() -> frozenset[str]:
    """The emoji beside which kind words are not meant."""
    listed = _read("earmark_plugins.sentiment", "emoji.toml")
    return frozenset(listed["mocking"]["signs"])


def _tag_phrases(language: str) -> Iterator[tuple[str, str]]:
    for tag, phrases in _read(__package__, f"words/{language}.toml").items():
        for phrase in phrases:
            yield phrase, tag


def _helping_phrases(language: str) -> Iterator[tuple[str, str]]:
    feelings = _read("earmark_plugins.sentiment", f"words/{language}.toml")
    for meaning, (section, key) in _HELPING.items():
        for phrase in feelings.get(section, {}).get(key, []):
            yield phrase, meaning
    for strength, phrases in feelings.get("strength", {}).items():
        for phrase in phrases if float(strength) else []:
            yield phrase, KIND if float(strength) > 0 else UNKIND


@lru_cache(maxsize=64)
def _read(package: str, name: str) -> dict[str, Any]:
    """One list of a package; empty where there is none."""
    path = files(package) / name
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
