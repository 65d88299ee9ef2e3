"""Which of many queries may hold for an item, told by a look at its words alone.

Most queries need a word that most items do not have: those need not be judged one by one.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..query.said import Subject
from ..query.spans import ways_of
from ..query.tree import And, Near, Node, Or, Words

STEM = 3  # letters by which the longer forms of a word are found


class Sieve:
    """Made once for many queries; `may_hold` never leaves out one that holds."""

    def __init__(self, queries: Sequence[Node]) -> None:
        self._always: list[int] = []
        self._by_key: dict[str, list[int]] = {}
        for place, query in enumerate(queries):
            wanted = keys_of(query)
            if wanted is None:
                self._always.append(place)
            for key in wanted or ():
                self._by_key.setdefault(key, []).append(place)

    def may_hold(self, subject: Subject) -> list[int]:
        """The places of those that may, in their order."""
        found = set(self._always)
        if self._by_key:
            for key in subject.places.keys() | {stem_of(word) for word in subject.places}:
                found.update(self._by_key.get(key, ()))
        return sorted(found)


def keys_of(query: Node) -> frozenset[str] | None:
    """Words, and beginnings of words, one of which an item needs; None where that is not told."""
    match query:
        case Words(written, longer):
            return _first_words(written, longer)
        case Or(parts):
            found = [keys_of(part) for part in parts]
            if any(keys is None for keys in found):
                return None
            return frozenset().union(*(keys for keys in found if keys))
        case And(parts) | Near(parts):
            told = [keys for part in parts if (keys := keys_of(part)) is not None]
            return min(told, key=len, default=None)
    return None


def stem_of(word: str) -> str:
    """The beginning of a word, in signs that no word has."""
    return f"{word[:STEM]}*"


def _first_words(written: str, longer: bool) -> frozenset[str] | None:
    """The first word of each spelling; where the only word may go on, its beginning."""
    keys = set()
    for way in ways_of(written):
        goes_on = longer and len(way) == 1
        if goes_on and len(way[0]) < STEM:
            return None
        keys.add(stem_of(way[0]) if goes_on else way[0])
    return frozenset(keys)
