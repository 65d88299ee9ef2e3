"""Language by langdetect's profiles and our own, summed exactly: see `profiles.py`."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from earmark import hookimpl

from .mixture import second_language
from .profiles import Profiles

# Sums of n-grams are far surer than they are right; this weight makes their probabilities honest.
WEIGHT = 0.15


@lru_cache(maxsize=1)
def profiles() -> Profiles:
    """The profiles, read at the first text: it takes a third of a second."""
    return Profiles()


@hookimpl
def register_languages(register: Callable[[str, float], None]) -> None:
    """One detector under this plugin's name."""
    register("langdetect", WEIGHT)


@hookimpl
def detect_languages(texts: list[str]) -> list[dict[str, float]]:
    """Probabilities of the languages that are written in a text's script.

    Scripts that only one language is written in are left to the letters: nothing for those.
    """
    return [profiles().probabilities(text) for text in texts]


@hookimpl
def find_second_languages(texts: list[str], tags: list[str]) -> list[dict[str, float]]:
    """English in texts of other languages, and others in English ones."""
    pairs = zip(texts, tags, strict=True)
    return [second_language(profiles(), text, tag) for text, tag in pairs]
