"""Words that a few letters tell apart, by Damerau's and Levenshtein's distance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from ..folding import DRAWN_OUT, spellings, squeezed


@lru_cache(maxsize=256)
def base_of(word: str) -> str:
    """A typed word as it is compared; empty unless it is one word written with letters."""
    ways = _ways(word)
    drawn_out = any(way.startswith(DRAWN_OUT) for way in ways)
    return next(way for way in ways if way[0] != DRAWN_OUT) if drawn_out else ""


@lru_cache(maxsize=256)
def lengths_of(word: str, edits: int) -> tuple[int, int]:
    """How short and how long a stored word can be that is like a typed one."""
    lengths = [len(way) for way in (*_ways(word), DRAWN_OUT + squeezed(base_of(word)))]
    return min(lengths) - edits, max(lengths) + edits


@lru_cache(maxsize=1024)
def _ways(word: str) -> tuple[str, ...]:
    return tuple(way[0] for way in spellings(word) if len(way) == 1)


def alike(word: str, edits: int, stored: Iterable[str]) -> set[str]:
    """Those of some stored words that at most `edits` letters tell from a typed word."""
    least, most = lengths_of(word, edits)
    usual: list[str] = []
    drawn_out: list[str] = []
    for each in stored:
        if least <= len(each) <= most:
            (drawn_out if each[0] == DRAWN_OUT else usual).append(each)
    found = {each for way in _plain(word) for each in _near(way, edits, usual)}
    bare = [each[1:] for each in drawn_out]
    return found | {DRAWN_OUT + each for each in _near(squeezed(base_of(word)), edits, bare)}


@lru_cache(maxsize=256)
def _plain(word: str) -> tuple[str, ...]:
    return tuple(way for way in _ways(word) if way[0] != DRAWN_OUT)


def _near(word: str, edits: int, among: list[str]) -> list[str]:
    if not among:
        return []
    distance = DamerauLevenshtein.distance
    found = process.extract(word, among, scorer=distance, score_cutoff=edits, limit=None)
    return [each for each, _, _ in found]


class Likes:
    """Many typed words, each with the number of letters that may be other, known by their place."""

    def __init__(self, typed: Sequence[tuple[str, int]]) -> None:
        self._typed = typed
        usual = [(way, place) for place, (word, _) in enumerate(typed) for way in _plain(word)]
        self._usual = [way for way, _ in usual], [place for _, place in usual]
        self._drawn_out = [squeezed(base_of(word)) for word, _ in typed], range(len(typed))
        self._most = max((edits for _, edits in typed), default=0)
        lengths = {length for word, edits in typed for length in lengths_of(word, edits)}
        self._least, self._longest = min(lengths, default=0), max(lengths, default=0)

    def like(self, stored: str) -> set[int]:
        """The places of those for which `alike` finds a stored word."""
        if not self._least <= len(stored) <= self._longest:
            return set()
        ways, places = self._drawn_out if stored[0] == DRAWN_OUT else self._usual
        word, distance = stored.removeprefix(DRAWN_OUT), DamerauLevenshtein.distance
        found = process.extract(word, ways, scorer=distance, score_cutoff=self._most, limit=None)
        likely = ((places[at], mistakes) for _, mistakes, at in found)
        return {place for place, mistakes in likely if mistakes <= self._typed[place][1]}
