"""Words of feeling that tell none: what is hoped for, what is asked, and hints beside a "no"."""

from __future__ import annotations

from bisect import bisect_right

from earmark import Words

from .lists import LAUGH, NOT_AFTER, NOT_BEFORE
from .places import Place

HOPED = 3  # words between a hope and what is hoped for
FAINT = 1.0  # words below it only hint at a feeling
QUESTION_MARKS = frozenset("?\u061f\uff1f")


def without_hoped(text: Words, said: list[Place], places: list[Place], stretch: int) -> list[Place]:
    """Without praise of what is only hoped for ("I need a reliable …")."""
    hopes = {place.hopes for place in places if place.hopes}

    def hoped(place: Place) -> bool:
        clause = text.words[place.first].clause
        near = range(max(place.first - HOPED * stretch, 1), place.first + 1)
        return any(index in hopes and text.words[index - 1].clause == clause for index in near)

    return [place for place in said if place.strength < 0 or not (hopes and hoped(place))]


def without_asked(text: Words, said: list[Place], places: list[Place]) -> list[Place]:
    """Without weak praise in a question, and hints where something is asked or denied.

    A faint word is not heard in such a sentence, a laugh not in a text that has one: beside a
    "never" or a question it may well be one of scorn.
    """
    if all(_is_plain(place) for place in said):
        return said
    asked = asked_in(text)
    closed = asked | {
        text.words[place.first].sentence for place in places if place.asks or _denies(place)
    }

    def heard(place: Place) -> bool:
        sentence = text.words[place.first].sentence
        if place.yours or _is_plain(place):
            return True
        if LAUGH in place.roles:
            return not closed
        return sentence not in (asked if place.strength == FAINT else closed)

    return [place for place in said if heard(place)]


def _is_plain(place: Place) -> bool:
    """Whether it is heard wherever it stands: strong praise, and any blame that is no hint."""
    return place.strength > FAINT or place.strength <= -FAINT


def _denies(place: Place) -> bool:
    return not place.strength and not place.roles.isdisjoint((NOT_BEFORE, NOT_AFTER))


def asked_in(text: Words) -> set[int]:
    """The sentences that end in a question mark; not those that exclaim as well."""
    if QUESTION_MARKS.isdisjoint(text.signs):
        return set()
    starts = [word.start for word in text.words]
    bare = text.bare
    marks = [
        place
        for place, sign in enumerate(bare)
        if sign in QUESTION_MARKS and "!" not in bare[max(place - 1, 0) : place + 2]
    ]
    return {text.words[max(bisect_right(starts, mark) - 1, 0)].sentence for mark in marks}


def opens_question(text: Words, place: Place, asked: set[int]) -> bool:
    """Whether a question begins with it: an "isn't" there expects a yes."""
    words, first = text.words, place.first
    return words[first].sentence in asked and (
        not first or words[first - 1].sentence != words[first].sentence
    )
