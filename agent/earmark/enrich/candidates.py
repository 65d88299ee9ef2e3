"""Where in a full-text index a term may stand: the stored words that may be part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..folding import DRAWN_OUT
from ..model import Json
from .names import names_of
from .near import LEAST, alike, one_mistake
from .spelling import undrawn

_PIECE = 2  # letters of a half of a torn name


class Candidates:
    """The names of one term, compared with the words of an index."""

    def __init__(self, term: Json) -> None:
        names = names_of([term])
        self._names = [each for each in names if not each.stem and each.kind != "exclusion"]

    def phrases(self, stored: Sequence[str]) -> list[list[Sequence[str]]]:
        """What to look for, given the different words of the index: any of the entries, each a
        list of words of which any may stand at its place in a phrase."""
        found: list[list[Sequence[str]]] = []
        together = self._single(stored)
        if together:
            found.append([together])
        for name in self._names:
            if len(name.words) > 1:
                found.append([_like(word, stored, name.loose) for word in name.words])
            elif name.loose:
                found += _torn(name.key)
        return [phrase for phrase in found if all(phrase)]

    def _single(self, stored: Iterable[str]) -> list[str]:
        """The words that hold a name, or are like one."""
        keys = [(undrawn(name.key), name.loose) for name in self._names]
        return [word for word in stored if any(_may_be(undrawn(word), *key) for key in keys)]


def _may_be(word: str, key: str, loose: bool) -> bool:
    """Whether a stored word may be a name, with whatever glued to it, or a misspelling of it."""
    if key in word or (loose and word.startswith(key[:-1])):
        return True
    return loose and abs(len(word) - len(key)) <= 2 and alike(word, key) > 0


def _like(part: str, stored: Sequence[str], loose: bool) -> list[str]:
    """The stored words that may stand for a word of a name."""
    if not loose:
        return [part]
    part = undrawn(part)
    like = [word for word in stored if word.startswith(part) or one_mistake(undrawn(word), part)]
    return [part, DRAWN_OUT + part, *like]


def _torn(key: str) -> list[list[Sequence[str]]]:
    """The two halves of a name, cut anywhere."""
    cuts = range(_PIECE, len(key) - _PIECE + 1) if len(key) >= LEAST else range(0)
    return [[(key[:cut],), (key[cut:],)] for cut in cuts]
