"""Where in a full-text index a term may stand: the stored words that may be part of it."""

from __future__ import annotations

from collections.abc import Sequence

from ..folding import DRAWN_OUT
from ..model import Json
from .names import names_of
from .near import LEAST, like, one_mistake
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

    def _single(self, stored: Sequence[str]) -> list[str]:
        """The words that hold a name, or are like one."""
        found: dict[str, None] = {}
        for name in self._names:
            key = undrawn(name.key)
            found.update(dict.fromkeys(word for word in stored if key in word))
            if name.loose:
                stem = key[:-1]
                found.update(dict.fromkeys(word for word in stored if word.startswith(stem)))
                found.update(dict.fromkeys(like(key, stored)))
        return list(found)


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
