"""Where words, phrases and patterns stand in passages and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import heappop, heappush
from itertools import groupby, islice
from operator import itemgetter
from typing import Protocol

from ..folding import inside_word, spellings
from .alike import alike
from .engine import compiled
from .tree import Alike, Exact, Near, Pattern, Saying, Words

MOST_NEAR = 1000  # places of one NEAR in an item; it is there with the first
# (passage, first word, word after the last)
Occurrence = tuple[int, int, int]


class Spoken(Protocol):
    """What was said, as words in passages; a phrase stands within one passage."""

    @property
    def words(self) -> Sequence[Sequence[str]]:
        """The stored words of each passage."""

    def vocabulary(self) -> Iterable[str]:
        """Each stored word at least once."""

    def places(self, word: str) -> Sequence[tuple[int, int]]:
        """The (passage, place) of each time a stored word stands."""


def occurrences(node: Saying | Near, said: Spoken) -> list[Occurrence]:
    """Where words, or a NEAR of them, stand, in order."""
    if isinstance(node, Words):
        return _of_words(node, said)
    if isinstance(node, Alike):
        close = alike(node.written, node.edits, said.vocabulary())
        return sorted((at, place, place + 1) for word in close for at, place in said.places(word))
    if isinstance(node, Near):
        return _of_near(node, said)
    return sorted({each for part in node.parts for each in occurrences(part, said)})  # type: ignore[arg-type]


@lru_cache(maxsize=1024)
def ways_of(written: str) -> tuple[tuple[str, ...], ...]:
    """The spellings of typed words, remembered."""
    return tuple(spellings(written))


def _of_words(node: Words, said: Spoken) -> list[Occurrence]:
    return sorted(set(_each_of_words(node, said)))


def _each_of_words(node: Words, said: Spoken) -> Iterator[Occurrence]:
    for way in ways_of(node.written):
        for at, start in _starts(way, node.longer, said):
            if _stands(way, node.longer, said.words[at], start):
                yield at, start, start + len(way)


def _starts(way: tuple[str, ...], longer: bool, said: Spoken) -> Iterator[tuple[int, int]]:
    """Where the first word of a spelling stands."""
    if len(way) > 1 or not longer:
        yield from said.places(way[0])
        return
    for word in said.vocabulary():
        if word.startswith(way[0]):
            yield from said.places(word)


def _stands(way: tuple[str, ...], longer: bool, words: Sequence[str], start: int) -> bool:
    stored = tuple(words[start : start + len(way)])
    if not longer:
        return stored == way
    return stored[:-1] == way[:-1] and len(stored) == len(way) and stored[-1].startswith(way[-1])


def stands(node: Saying | Near, said: Spoken) -> bool:
    """Whether words, or a NEAR of them, stand anywhere."""
    if isinstance(node, Near):
        return any(True for _ in _chains(node, said))
    if isinstance(node, Words):
        return any(True for _ in _each_of_words(node, said))
    return bool(occurrences(node, said))


def _of_near(node: Near, said: Spoken) -> list[Occurrence]:
    """One occurrence from the first to the last word for each that NEAR finds, the first ones."""
    return sorted(set(islice(_chains(node, said), MOST_NEAR)))


def _chains(node: Near, said: Spoken) -> Iterator[Occurrence]:
    """Where parts stand one after another, each near enough to the next, until all have."""
    where = [occurrences(part, said) for part in node.parts]
    if not all(where):
        return
    every = sorted((*each, number) for number, found in enumerate(where) for each in found)
    for _, group in groupby(every, key=itemgetter(0)):
        yield from _chains_in(node, list(group))


def _chains_in(node: Near, found: list[tuple[int, int, int, int]]) -> Iterator[Occurrence]:
    """Chains in one passage. Of those that have the same parts only the last to end is kept: what
    is too far from it is too far from all."""
    last: dict[int, tuple[int, int]] = {}  # parts: where such a chain ended, and where it began
    ending: list[tuple[int, int, int]] = []  # chains whose last phrase is not yet behind
    whole = (1 << len(node.parts)) - 1
    for at, start, end, number in found:
        while ending and ending[0][0] <= start:
            ended, begin, parts = heappop(ending)
            last[parts] = max((ended, begin), last.get(parts, (0, 0)))
        if number == 0 or not node.ordered:
            heappush(ending, (end, start, 1 << number))
        for parts in _before(node, number, last):
            ended, begin = last[parts]
            if start - ended >= node.within:
                continue
            heappush(ending, (end, begin, parts | 1 << number))
            if parts | 1 << number == whole:
                yield at, begin, end


def _before(node: Near, number: int, known: Iterable[int]) -> list[int]:
    """The sets of parts that may stand before a part; in order, only all those before it."""
    if node.ordered:
        return [parts for parts in [(1 << number) - 1] if parts in known]
    return [parts for parts in known if not parts >> number & 1]


def stands_in(node: Exact | Pattern, text: str) -> bool:
    """Whether exact signs or a regular expression stand in a text."""
    if isinstance(node, Pattern):
        found = compiled(node.expression, node.ignore_case).search(text)
        if not found or found.end() > found.start():
            return bool(found)
    return any(True for _ in spans_of(node, text))


def spans_of(node: Exact | Pattern, text: str) -> Iterator[tuple[int, int]]:
    """Where exact signs or a regular expression stand in a text."""
    if isinstance(node, Pattern):
        for found in compiled(node.expression, node.ignore_case).finditer(text):
            if found.end() > found.start():
                yield found.span()
        return
    start = text.find(node.written)
    while start >= 0:
        end = start + len(node.written)
        if not (inside_word(text, start) or inside_word(text, end)):
            yield start, end
        start = text.find(node.written, start + 1)
