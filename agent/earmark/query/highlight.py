"""What a query finds in a text, marked in the text as it was written."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from .said import Subject
from .spans import Occurrence, occurrences, spans_of
from .tree import Alike, And, Exact, Near, Node, Or, Pattern, Query, Words

Span = tuple[int, int]
MOST = 1000  # things found by one part of a query that are marked in one text


class Piece(NamedTuple):
    """A stretch of a text, and whether the query found it."""

    text: str
    found: bool


def highlights(query: Query, text: str) -> list[Span]:
    """Where in `text` stands what the query looks for: (start, end), in order and apart.

    Of what must not occur nothing is marked, nor of fields.
    """
    subject = Subject({"text": text})
    found = sorted({span for node in _wanted(query.root) for span in _found(node, subject, text)})
    return [(start, end) for _, start, end in _merged((0, *span) for span in found)]


def pieces(text: str, spans: Iterable[Span], start: int = 0, end: int | None = None) -> list[Piece]:
    """`text` from `start` to `end`, cut where spans begin and end."""
    last = len(text) if end is None else end
    cut: list[Piece] = []
    for first, after in spans:
        first, after = max(first, start), min(after, last)
        if first < after:
            cut += [Piece(text[start:first], False), Piece(text[first:after], True)]
            start = after
    cut.append(Piece(text[start:last], False))
    return [piece for piece in cut if piece.text]


def _wanted(node: Node) -> Iterator[Node]:
    """The parts that speak of words and are not excluded."""
    if isinstance(node, And | Or):
        for part in node.parts:
            yield from _wanted(part)
    elif isinstance(node, Words | Alike | Near | Exact | Pattern):
        yield node


def _found(node: Node, subject: Subject, text: str) -> Iterator[Span]:
    if isinstance(node, Exact | Pattern):
        yield from islice(spans_of(node, text), MOST)
    elif isinstance(node, Near):
        near = _merged(occurrences(node, subject)[:MOST])
        for part in node.parts:
            within = [each for each in occurrences(part, subject) if _is_within(each, near)]
            yield from _spans(within, subject)
    elif isinstance(node, Words | Alike):
        yield from _spans(occurrences(node, subject)[:MOST], subject)


def _merged(ranges: Iterable[Occurrence]) -> list[Occurrence]:
    """Ranges in order, those that meet made one."""
    merged: list[Occurrence] = []
    for at, start, end in ranges:
        if merged and merged[-1][0] == at and start <= merged[-1][2]:
            merged[-1] = (at, merged[-1][1], max(end, merged[-1][2]))
        else:
            merged.append((at, start, end))
    return merged


def _is_within(found: Occurrence, ranges: Sequence[Occurrence]) -> bool:
    at, first, after = found
    before = bisect_right(ranges, (at, first, sys.maxsize)) - 1
    return before >= 0 and ranges[before][0] == at and after <= ranges[before][2]


def _spans(found: Iterable[Occurrence], subject: Subject) -> Iterator[Span]:
    for at, first, after in found:
        words = subject.passages[at].words
        yield words[first].start, words[after - 1].end
