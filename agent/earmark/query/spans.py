"""Where words, phrases and patterns stand in passages and texts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..folding import Word, spellings, words_in
from .alike import alike
from .engine import compiled
from .said import Subject
from .tree import Alike, Exact, Near, Pattern, Spoken, Words

# (passage, first word, word after the last)
Occurrence = tuple[int, int, int]


def occurrences(node: Spoken | Near, subject: Subject) -> list[Occurrence]:
    """Where words, or a NEAR of them, stand in an item, in order."""
    if isinstance(node, Words):
        return _of_words(node, subject)
    if isinstance(node, Alike):
        close = alike(node.written, node.edits, subject.places)
        return sorted(
            (at, place, place + 1) for word in close for at, place in subject.places[word]
        )
    if isinstance(node, Near):
        return _of_near(node, subject)
    return sorted({each for part in node.parts for each in occurrences(part, subject)})  # type: ignore[arg-type]


@lru_cache(maxsize=1024)
def ways_of(written: str) -> tuple[tuple[str, ...], ...]:
    return tuple(spellings(written))


def _of_words(node: Words, subject: Subject) -> list[Occurrence]:
    found = {
        (at, start, start + len(way))
        for way in ways_of(node.written)
        for at, start in _starts(way, node.longer, subject)
        if _stands(way, node.longer, subject.passages[at].words, start)
    }
    return sorted(found)


def _starts(way: tuple[str, ...], longer: bool, subject: Subject) -> Iterator[tuple[int, int]]:
    """Where the first word of a spelling stands."""
    if len(way) > 1 or not longer:
        yield from subject.places.get(way[0], ())
        return
    for word, places in subject.places.items():
        if word.startswith(way[0]):
            yield from places


def _stands(way: tuple[str, ...], longer: bool, words: Sequence[Word], start: int) -> bool:
    stored = words[start : start + len(way)]
    if len(stored) < len(way):
        return False
    usual = len(way) - longer
    if any(stored[n].folded != way[n] for n in range(usual)):
        return False
    return not longer or stored[-1].folded.startswith(way[-1])


def _of_near(node: Near, subject: Subject) -> list[Occurrence]:
    """One occurrence from the first to the last word for each that NEAR finds."""
    every = sorted(
        (*where, number)
        for number, part in enumerate(node.parts)
        for where in occurrences(part, subject)
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


def spans_of(node: Exact | Pattern, text: str) -> Iterator[tuple[int, int]]:
    """Where exact signs or a regular expression stand in a text."""
    if isinstance(node, Pattern):
        for found in compiled(node.expression, node.ignore_case).finditer(text):
            if found.end() > found.start():
                yield found.span()
        return
    start = text.find(node.written)
    if start < 0:
        return
    words = [(word.start, word.end) for word in words_in(text)]
    while start >= 0:
        end = start + len(node.written)
        if not (_inside(words, start) or _inside(words, end)):
            yield start, end
        start = text.find(node.written, start + 1)


def _inside(words: list[tuple[int, int]], at: int) -> bool:
    """Whether a place in a text is between two signs of one word."""
    before = bisect_left(words, (at, 0)) - 1
    return before >= 0 and words[before][1] > at
