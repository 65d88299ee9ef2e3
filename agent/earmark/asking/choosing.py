"""Options chosen in a reply by number, letter or place: “2”, “b!”, “گزینه ۳”, “the second one”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..words import Words
from .lexicon import LAST, ORDINALS, Lexicon, Said
from .offer import Offer

_PIECES = re.compile(r"\d+|[^\W\d]+")
_KEYCAP = re.compile("\ufe0f?\u20e3")  # what makes a digit an emoji
_MOST_DIGITS = 2
_WITH_NOUN = 3  # words of a place that is told whole


class Chosen(NamedTuple):
    """A place chosen, from 1, by the words from `first` up to before `end`."""

    place: int
    first: int
    end: int


class _Read(NamedTuple):
    """A reply as places are looked for in it: what is said, by the word where it begins."""

    text: Words
    said: list[Said]
    known: Lexicon
    offer: Offer


def chosen_in(text: Words, said: list[Said], known: Lexicon, offer: Offer) -> list[Chosen]:
    """The places chosen: all in a reply, or in its first clause, that consists of them (“2) but
    longer”); else those that an option's noun stands beside (“option 2”)."""
    read = _Read(text, said, known, offer)
    if text.text.lstrip().startswith("+"):  # “+1” agrees
        return []
    every = list(_every(read))
    for clauses in (None, 0):
        found = [one for one in every if clauses is None or not text.words[one.first].clause]
        if found and _consists_of(read, found, clauses):
            return found
    return [one for one in every if _is_named(read, one)]


def _every(read: _Read) -> Iterator[Chosen]:
    """Whatever could choose a place."""
    many = max(option.place for option in read.offer.options)
    ordinals = {role: place for place, role in enumerate(ORDINALS, 1)} | {LAST: many}
    for one in read.said:
        if one.role in ordinals and ordinals[one.role] <= many:
            yield Chosen(ordinals[one.role], one.first, one.end)
    taken = {n for one in read.said if one.role in ordinals for n in range(one.first, one.end)}
    for place, word in enumerate(read.text.words):
        if place not in taken:
            for piece in _PIECES.findall(word.forms[0]):
                number = _number(piece, read)
                if number and number <= many:
                    yield Chosen(number, place, place + 1)


def _number(piece: str, read: _Read) -> int:
    """The place that a number, a letter of the list or a word for a number means; 0 for none."""
    if piece.isdigit():
        return int(piece) if len(piece) <= _MOST_DIGITS else 0
    letters = read.offer.letters
    if piece in letters:
        return letters.index(piece) + 1
    return read.known.numbers.get(piece, 0)


def _consists_of(read: _Read, every: list[Chosen], clauses: int | None) -> bool:
    """Whether a reply, or its first clause, says nothing but places and what goes with them."""
    filled = {n for one in every for n in range(one.first, one.end)}
    filled |= {
        n for one in read.said if one.role in ("alone", "option") for n in range(one.first, one.end)
    }
    wanted = [n for n, word in enumerate(read.text.words) if clauses is None or not word.clause]
    strong = [one for one in every if not _is_weak(read, one)]
    return bool(strong) and filled >= {*wanted} and _glue_is_filled(read, wanted)


def _glue_is_filled(read: _Read, wanted: list[int]) -> bool:
    """Whether what is written together with a number (“۱و۳”) also is a number or joins them."""
    joins = {"و", "ve", "si", "and", "y", "e", "et", "und", "と", "&"}
    return all(
        piece in joins or _number(piece, read)
        for place in wanted
        if len(pieces := _PIECES.findall(read.text.words[place].forms[0])) > 1
        for piece in pieces
    )


def _is_weak(read: _Read, one: Chosen) -> bool:
    """Whether it is a word for a number that also is an article or a pronoun (“one”, “un”)."""
    form = read.text.words[one.first].forms[0]
    return form in read.known.numbers and read.known.numbers[form] == 1 and not form.isdigit()


def _is_named(read: _Read, one: Chosen) -> bool:
    """Whether an option's noun stands right before or behind it, or # before it; “the second one”
    has its noun within."""
    if one.end - one.first >= _WITH_NOUN:
        return True
    text, words = read.text.text, read.text.words
    start, end = words[one.first].start, words[one.end - 1].end
    if text[max(0, start - 1) : start] == "#" or _KEYCAP.match(text, end):
        return True
    return any(
        said.role == "option" and (said.end == one.first or said.first == one.end)
        for said in read.said
    )
