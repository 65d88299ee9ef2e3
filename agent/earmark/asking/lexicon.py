"""What is said in asks and replies, one list a language in `words/`, and what each phrase does.

A list's keys are roles: what joins options (`or`), what takes all or none of them, what denies,
what is only manners, and so on. A native speaker can mend a list without reading code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from ..words import Phrases, Words, languages_knowing, words_of

ORDINALS = ("first", "second", "third", "fourth", "fifth")
LAST = "last"


class Said(NamedTuple):
    """A listed phrase in a text: its role, and the words from `first` up to before `end`."""

    role: str
    first: int
    end: int


class Lexicon:
    """The lists of some languages, read together.

    `dull` are words that tell no options apart; `numbers` are words for numbers.
    """

    def __init__(self, languages: tuple[str, ...]) -> None:
        listed = {pair for language in languages for pair in _listed(language)}
        self._phrases: Phrases[str] = Phrases(sorted(listed))
        said = {words_of(phrase).words for phrase, role in listed if role == "function"}
        self.dull = frozenset(words[0].forms[0] for words in said if len(words) == 1)
        counts = [_read(language)["count"] for language in languages]
        spelt = [(words_of(word), n) for count in counts for n, word in enumerate(count, 1)]
        self.numbers = {read.words[0].forms[0]: n for read, n in spelt if read.words}

    def said_in(self, text: Words, *roles: str) -> list[Said]:
        """The phrases of these roles in a text; none that is part of a longer phrase."""
        return [one for one in self.every_said(text) if one.role in roles]

    def is_rhetoric(self, sentence: Words) -> bool:
        """Whether a question is only a heading or a pitch: “What's new?”, “Need help?”. Such words
        begin a sentence or end it; within one they may be meant."""
        return any(
            one.first <= 1 or one.end == len(sentence.words)
            for one in self.said_in(sentence, "rhetoric")
        )

    def every_said(self, text: Words) -> list[Said]:
        """All listed phrases in a text, in order, without those inside a longer one."""
        found = [
            Said(one.meaning, one.first, one.end)
            for begun in self._phrases.found_in(text)
            for one in begun
        ]
        inner = _inner({(one.first, one.end) for one in found})
        return [one for one in found if (one.first, one.end) not in inner]


def _inner(spans: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The spans that lie within a longer one."""
    inner, reached = set(), 0
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if span[1] <= reached:
            inner.add(span)
        reached = max(reached, span[1])
    return inner


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages that have a list."""
    names = (path.name for path in (files(__package__) / "words").iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def languages_of(tag: str, text: str = "") -> tuple[str, ...]:
    """The lists that read a text of a language (BCP 47); where it is `und` or empty, those that
    know most of its words."""
    language = tag.partition("-")[0].lower()
    if language in languages():
        return (language,)
    if language not in ("", "und") or not text:
        return ()
    return tuple(languages_knowing(words_of(text), _every_list()))


@lru_cache(maxsize=64)
def lexicon(languages: tuple[str, ...]) -> Lexicon:
    """The lexicon of these languages, in any order."""
    return Lexicon(languages)


@lru_cache(maxsize=1)
def _every_list() -> Phrases[str]:
    return Phrases(
        (phrase, language)
        for language in sorted(languages())
        for phrase in sorted({phrase for phrase, _ in _listed(language)})
    )


def _listed(language: str) -> Iterator[tuple[str, str]]:
    for role, phrases in _read(language).items():
        for phrase in phrases if role != "count" else ():
            yield phrase, role


@lru_cache(maxsize=64)
def _read(language: str) -> dict[str, list[str]]:
    path = files(__package__) / "words" / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
