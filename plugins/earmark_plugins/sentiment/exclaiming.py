"""A bare "!": in some languages who exclaims and blames nothing is mostly glad."""

from __future__ import annotations

from earmark import Phrases, Words

from .lists import COMMAND, NOT_AFTER, NOT_BEFORE, SAID, Meaning, exclaims
from .manners import FEW
from .places import Place, places_of
from .unfelt import QUESTION_MARKS
from .weighing import Felt

MARK = "!"
GLAD = 0.5  # no more than a faint word tells
CLOSING = frozenset({SAID, NOT_BEFORE, NOT_AFTER})


def exclaimed(text: Words, phrases: Phrases[Meaning], language: str) -> list[Felt]:
    """What the exclamation of a text tells in which no word tells anything.

    Nothing where it asks, denies, commands, or says what is listed as no feeling, as greetings are;
    nothing in a few words ("First!"), nor beside a number ("40 minutes on hold!").
    """
    if MARK not in text.bare or not exclaims(language) or len(text.words) <= FEW:
        return []
    if not QUESTION_MARKS.isdisjoint(text.signs) or any(map(str.isdigit, text.bare)):
        return []
    if any(_closes(text, place) for place in places_of(text, phrases)):
        return []
    return [Felt("", GLAD, GLAD, (), len(text.words), leaning=True, said=f"“{MARK}”")]


def _closes(text: Words, place: Place) -> bool:
    if place.asks or not CLOSING.isdisjoint(place.roles):
        return True
    return COMMAND in place.roles and _begins(text, place.first)


def _begins(text: Words, first: int) -> bool:
    """Whether a clause begins with a word."""
    return not first or text.words[first - 1].clause != text.words[first].clause
