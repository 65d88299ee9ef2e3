"""Where words, phrases and patterns stand in passages and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from ..folding import inside_word, spellings
from .alike import alike
from .engine import compiled
from .tree import Alike, Exact, Near, Pattern, Saying, Words

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
    found = {
        (at, start, start + len(way))
        for way in ways_of(node.written)
        for at, start in _starts(way, node.longer, said)
        if _stands(way, node.longer, said.words[at], start)
    }
    return sorted(found)


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


def _of_near(node: Near, said: Spoken) -> list[Occurrence]:
    """One occurrence from the first to the last word for each that NEAR finds."""
    every = sorted(
        (*where, number)
        for number, part in enumerate(node.parts)
        for where in occurrences(part, said)
    )
    return sorted(set(_chains(node, every)))


def _chains(node: Near, every: list[tuple[int, int, int, int]]) -> Iterator[Occurrence]:
    """Which parts can stand one after another before each occurrence, each near enough to the
    next; kept is where the shortest such chain begins."""
    whole = (1 << len(node.parts)) - 1
    reach = node.within + max((end - start for _, start, end, _ in every), default=0)
    chains: list[dict[int, int]] = []
    oldest = 0
    for at, start, end, number in every:
        while every[oldest][0] < at or every[oldest][1] < start - reach:
            oldest += 1
        mine = {1 << number: start} if number == 0 or not node.ordered else {}
        for earlier in range(oldest, len(chains)):
            _, _, before_end, before = every[earlier]
            near = 0 <= start - before_end < node.within
            if near and (not node.ordered or before == number - 1):
                _go_on(mine, chains[earlier], 1 << number)
        chains.append(mine)
        if whole in mine:
            yield at, mine[whole], end


def _go_on(mine: dict[int, int], before: dict[int, int], own: int) -> None:
    for parts, begin in before.items():
        if not parts & own:
            mine[parts | own] = max(begin, mine.get(parts | own, 0))


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
