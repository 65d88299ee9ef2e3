"""The lists that feelings are told by: words of each language, and emoji.

`words/<language>.toml` says how strong a word is, which emotion it tells, what negates,
intensifies and contrasts. Where it knows no word, the tag lists help: a complaint or a bug is felt,
praise too; a wish ("it would be great to …") is not, whatever words it is made of.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from earmark import Phrases, Words, languages_knowing

NOT_BEFORE, NOT_AFTER, MORE, LESS, BUT, ASK, HOPE, WISH, LAUGH, APPLAUSE, COMMAND, SAID = (
    "not before", "not after", "more", "less", "but", "ask", "hope", "wish", "laugh", "applause",
    "command", "said",
)  # fmt: skip
LAUGHTER = 0.5
_TAGGED = {
    "intent:complaint": -1.5,
    "intent:bug": -1.5,
    "signal:churn-risk": -1.5,
    "intent:praise": 1.5,
    "signal:advocate": 1.5,
}
_REQUESTS = {
    "intent:suggestion": WISH,
    "intent:expectation": HOPE,
    "intent:need": HOPE,
    "intent:question": ASK,
}
_HELPING = {
    ("negation", "before"): NOT_BEFORE,
    ("negation", "after"): NOT_AFTER,
    ("intensity", "more"): MORE,
    ("intensity", "less"): LESS,
    ("contrast", "words"): BUT,
    ("applause", "words"): APPLAUSE,
    ("exclamation", "commands"): COMMAND,
}
_JOINED = {"ar": "وفبل"}  # and, so, with, for


class Meaning(NamedTuple):
    """What a phrase does: SAID tells a feeling of some strength, or names an emotion.

    LAUGH stands in every language's list, and APPLAUSE beside what is told. `own` is false for
    what only the tag lists know.
    """

    role: str
    strength: float = 0.0
    emotion: str = ""
    own: bool = True
    yours: bool = False  # what a person said of it


class Signs(NamedTuple):
    """Emoji and emoticons: the pattern that finds them, and what each tells.

    Of `maybe` every one of them holds a character.
    """

    maybe: frozenset[str]
    pattern: re.Pattern[str]
    strength: dict[str, float]
    emotions: dict[str, str]
    leaning: frozenset[str]
    mocking: frozenset[str]
    applause: frozenset[str]


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages that have a list of feelings."""
    names = (path.name for path in (files(__package__) / "words").iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@lru_cache(maxsize=64)
def feelings(language: str) -> Phrases[Meaning]:
    """All phrases of one language that tell feelings or change them."""
    return Phrases(_phrases(language), _JOINED.get(language, ""))


def exclaims(language: str) -> bool:
    """Whether who exclaims in a language, and blames nothing, is mostly glad."""
    return language in languages() and "exclamation" in _read(__package__, f"words/{language}.toml")


def fitting(text: Words) -> list[str]:
    """The languages whose feelings a text of unknown language tells most of; maybe several."""
    return languages_knowing(text, _every_list())


@lru_cache(maxsize=1)
def signs() -> Signs:
    """The emoji and emoticons, longest first."""
    listed = _read(__package__, "emoji.toml")
    strength = {sign: float(value) for value, those in listed["strength"].items() for sign in those}
    leaning = dict.fromkeys(listed["leaning"]["positive"], 1.0)
    leaning |= dict.fromkeys(listed["leaning"]["negative"], -1.0)
    emotions = {sign: name for name, those in listed["emotions"].items() for sign in those}
    every = strength | leaning
    return Signs(
        frozenset(map(_rarest, every)),
        _pattern(every),
        every,
        emotions,
        frozenset(leaning),
        frozenset(listed["mocking"]["signs"]),
        frozenset(listed["applause"]["signs"]),
    )


def with_signs(yours: dict[str, float]) -> Signs:
    """The same, with what a person said of some of them."""
    known = signs()
    every = known.strength | yours
    return known._replace(
        maybe=known.maybe | frozenset(map(_rarest, yours)),
        pattern=_pattern(every),
        strength=every,
        emotions={sign: name for sign, name in known.emotions.items() if sign not in yours},
    )


def _rarest(sign: str) -> str:
    """The character of an emoji or emoticon that texts hold least: no bracket and no letter."""
    return next((one for one in sign if one not in "()-" and not one.isalpha()), sign[0])


def _pattern(every: dict[str, float]) -> re.Pattern[str]:
    """Emoji anywhere, emoticons only where no letter or digit touches them."""
    longest = sorted(every, key=lambda sign: (-len(sign), sign))
    emoji = "".join(re.escape(sign) for sign in longest if len(sign) == 1)
    typed = "|".join(re.escape(sign) for sign in longest if len(sign) > 1)
    return re.compile(f"[{emoji}]|(?<![\\w:;=])(?:{typed})+(?![\\w/])")


@lru_cache(maxsize=1)
def _every_list() -> Phrases[str]:
    return Phrases(
        (phrase, language)
        for language in sorted(languages())
        for phrase, meaning in _phrases(language)
        if meaning.role == SAID and meaning.strength and meaning.own
    )


def _phrases(language: str) -> Iterator[tuple[str, Meaning]]:
    listed = _read(__package__, f"words/{language}.toml")
    for value, phrases in listed.get("strength", {}).items():
        for phrase in phrases:
            yield phrase, Meaning(SAID, float(value))
    for emotion, phrases in listed.get("emotions", {}).items():
        for phrase in phrases:
            yield phrase, Meaning(SAID, emotion=emotion)
    for (section, key), role in _HELPING.items():
        for phrase in listed.get(section, {}).get(key, []):
            yield phrase, Meaning(role)
    for phrase in _read(__package__, "emoji.toml")["laughter"]["words"]:
        yield phrase, Meaning(LAUGH, LAUGHTER)
    yield from _tagged(language)


def _tagged(language: str) -> Iterator[tuple[str, Meaning]]:
    tags = _read("earmark_plugins.tags", f"words/{language}.toml")
    for tag, role in _REQUESTS.items():
        for phrase in tags.get(tag, []):
            yield phrase, Meaning(role, own=False)
    for tag, strength in _TAGGED.items():
        for phrase in tags.get(tag, []):
            yield phrase, Meaning(SAID, strength, own=False)
        for phrase in tags.get(f"no {tag}", []):
            yield phrase, Meaning(SAID)


@lru_cache(maxsize=64)
def _read(package: str, name: str) -> dict[str, Any]:
    """One list of a package; empty where there is none."""
    path = files(package) / name
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
