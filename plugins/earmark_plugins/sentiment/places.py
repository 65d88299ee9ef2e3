"""Where a text says what the lists know: the longest phrase decides, own words before tag lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from earmark import Found, Phrases, Words

from .lists import ASK, HOPE, SAID, WISH, Meaning


class Place(NamedTuple):
    """Phrases found from one word up to before another, of which the longest decides.

    `hopes` is the word after a phrase that hopes for something, or 0.
    """

    first: int
    end: int
    strength: float
    emotions: tuple[str, ...]
    roles: frozenset[str]
    own: bool
    asks: bool
    hopes: int
    yours: bool = False  # what a person said decides


def _found(
    text: Words, phrases: Phrases[Meaning], yours: Phrases[Meaning] | None
) -> Iterator[list[Found[Meaning]]]:
    """What is found by the word it begins at, the longest first."""
    if yours is None:
        yield from phrases.found_in(text)
        return
    begun: dict[int, list[Found[Meaning]]] = {}
    for found in (*yours.found_in(text), *phrases.found_in(text)):
        begun.setdefault(found[0].first, []).extend(found)
    for first in sorted(begun):
        yield sorted(begun[first], key=lambda one: -one.end)


def places_of(
    text: Words, phrases: Phrases[Meaning], yours: Phrases[Meaning] | None = None
) -> Iterator[Place]:
    """What is found, left to right without overlap; what the tag lists know may hold own words."""
    reached = 0
    for found in _found(text, phrases, yours):
        if found[0].first >= reached:
            place = _place(found)
            yield place
            yield from _longer(found, place)
            if place.own or WISH in place.roles:
                reached = place.end


def _place(found: list[Found[Meaning]]) -> Place:
    own = [one for one in found if one.meaning.own]
    wishes = [one for one in found if one.meaning.role == WISH]
    if wishes and (not own or wishes[0].end > own[0].end):
        return Place(
            wishes[0].first, wishes[0].end, 0.0, (), frozenset({WISH}), False, True, wishes[0].end
        )
    kept = own or found
    end = kept[0].end
    longest = [one.meaning for one in kept if one.end == end]
    said = [meaning for meaning in longest if meaning.yours]
    longest = said or longest
    strength = next((meaning.strength for meaning in longest if meaning.strength), 0.0)
    emotions = tuple(dict.fromkeys(meaning.emotion for meaning in longest if meaning.emotion))
    roles = frozenset(meaning.role for meaning in longest)
    asks = any(one.meaning.role in (ASK, HOPE, WISH) for one in found)
    hopes = max((one.end for one in found if one.meaning.role in (HOPE, WISH)), default=0)
    return Place(kept[0].first, end, strength, emotions, roles, bool(own), asks, hopes, bool(said))


def _longer(found: list[Found[Meaning]], helper: Place) -> Iterator[Place]:
    """What the tag lists know that begins with a helping word ("no funciona")."""
    if helper.own and not helper.strength:
        for one in found:
            meaning = one.meaning
            if one.end > helper.end and meaning.role == SAID and meaning.strength:
                yield Place(one.first, one.end, meaning.strength, (), frozenset(), False, False, 0)
                return


def telling(places: list[Place]) -> list[Place]:
    """The places that tell a feeling; one of the tag lists only where no own word stands in it."""
    taken = {
        index
        for place in places
        if place.own and (place.strength or place.yours)
        for index in range(place.first, place.end)
    }
    wished = {
        index for p in places if WISH in p.roles for index in range(p.first, p.end)
    }  # fmt: skip
    said: list[Place] = []
    reached = 0
    for place in places:
        if not place.strength or place.first in wished:
            continue
        if not place.own:
            if place.first < reached or not taken.isdisjoint(range(place.first, place.end)):
                continue
            reached = place.end
        said.append(place)
    return said
