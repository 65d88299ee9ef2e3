"""Whether one program made the records of a group: it puts names and times in the same places.

The parts of an article lie beside one another as comments do, and each may name somebody and a
day; but there they stand now in a heading, now in a paragraph, now in a footnote.
"""

from __future__ import annotations

import re
from collections import Counter

from bs4 import Tag

from .record import Sketch

MANY = 5  # records, from which on one that is unlike the others stands out
MOST = 0.8  # of them are alike, where one is
_NUMBER = re.compile(r"\d+")

Place = tuple[str, ...]


def share_of_times(ones: list[Sketch]) -> float:
    """How many of the records have their time in the kind of element where most have it."""
    return _commonest([_place(one.time_tag) for one in ones])[1]


def of_one_make(ones: list[Sketch]) -> list[Sketch]:
    """Without those whose name and time both stand where hardly any other's do."""
    whole = [one for one in ones if one.is_whole]
    time, timed = _commonest([_place(one.time_tag) for one in whole])
    name, named = _commonest([_place(one.author_tag) for one in whole])
    if len(whole) < MANY or min(timed, named) < MOST:
        return ones
    return [one for one in ones if time == _place(one.time_tag) or name == _place(one.author_tag)]


def _place(tag: Tag | None) -> Place:
    if tag is None:
        return ()
    classes = sorted({_NUMBER.sub("#", str(name)) for name in tag.get("class") or ()})
    return (tag.name, *classes)


def _commonest(places: list[Place]) -> tuple[Place, float]:
    if not places:
        return (), 0.0
    place, times = Counter(places).most_common(1)[0]
    return place, times / len(places)
