"""Whether two words are one: with other endings, what Arabic glues before it, or one mistake."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..enrich.common import is_common
from ..enrich.inflection import may_begin, may_end
from ..enrich.near import LEAST, alike

_ARTICLE = re.compile("(?:و|ف)?(?:ال|بال|کال|لل)(?=.{3})")
_STEM = 4  # letters that words with different endings share at least
_SHARED = 0.7  # of the shorter one
_ENDING = 5  # letters that may stand behind what is shared
_GLUED = 3  # letters of a word that may have an ending glued to it


@lru_cache(maxsize=20_000)
def same_word(said: str, meant: str, language: str = "") -> bool:
    """Whether a folded word said in a text of a language (BCP 47) is a form of the one meant.

    A word that everybody uses is no misspelling of another.
    """
    if said == meant:
        return True
    one, other = _ARTICLE.sub("", said), _ARTICLE.sub("", meant)
    short, long = sorted((one, other), key=len)
    if short == long or (len(short) >= _GLUED and _glued(short, long, language)):
        return True
    shared = len(beginning((short, long)))
    inflected = (
        shared >= max(_STEM, _SHARED * len(short))
        and len(short) - shared <= _ENDING - 2
        and len(long) - shared <= _ENDING
    )
    return inflected or (not is_common([said]) and _misspelt(one, other))


def _misspelt(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= LEAST - 1 and alike(one, other) > 0


def _glued(short: str, long: str, language: str) -> bool:
    if long.startswith(short):
        return may_end(long[len(short) :], language)
    return long.endswith(short) and may_begin(long[: -len(short)])


def beginning(words: Sequence[str]) -> str:
    """What some words begin with, all of them."""
    shared = 0
    for signs in zip(*words, strict=False):
        if len(set(signs)) > 1:
            break
        shared += 1
    return words[0][:shared] if words else ""
