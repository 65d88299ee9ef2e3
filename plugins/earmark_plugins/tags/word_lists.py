"""The lists of words that tags are told by, one file a language, read when first needed.

`words/<language>.toml` holds for each tag words and phrases. Case, accents and letter variants do
not matter; a word ending in * also stands for its longer forms. What negates and what thanks in a
language, and which emoji mock, is listed with its feelings, in the sentiment plugin's lists.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

from earmark import Phrases, Words, languages_knowing

NOT_BEFORE, NOT_AFTER, THANKS = "not before", "not after", "thanks"
KIND, UNKIND = "kind", "unkind"


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages that have a list."""
    names = (path.name for path in (files(__package__) / "words").iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@lru_cache(maxsize=64)
def word_list(language: str) -> Phrases[str]:
    """The phrases of one language by tag, and by what helps to read them."""
    return Phrases([*_tag_phrases(language), *_helping_phrases(language)])


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
    negation, emotions = feelings.get("negation", {}), feelings.get("emotions", {})
    for meaning, phrases in (
        (NOT_BEFORE, negation.get("before", [])),
        (NOT_AFTER, negation.get("after", [])),
        (THANKS, emotions.get("thanks", [])),
    ):
        for phrase in phrases:
            yield phrase, meaning
    for strength, phrases in feelings.get("strength", {}).items():
        for phrase in phrases if float(strength) else []:
            yield phrase, KIND if float(strength) > 0 else UNKIND


@lru_cache(maxsize=64)
def _read(package: str, name: str) -> dict[str, Any]:
    """One list of a package; empty where there is none."""
    path = files(package) / name
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
