"""What was said and not meant: thanks as manners, kindness in mockery, laughter beside anger."""

from __future__ import annotations

from collections.abc import Sequence

from .lists import signs
from .weighing import Felt

FEW = 3  # words; an emoji of either side beside more that tell no feeling is a way to speak
HEARTFELT = 2.5  # thanks this strong are more than manners
BLAME = -1.0  # what weighs less goes with applause that is meant


def meant(felt: Sequence[Felt], words: int, asks: bool) -> list[Felt]:
    """What is left when manners are taken out of what so many words told.

    `asks` says that the text has a question mark.
    """
    kept = _with_side_taken(_without_mocked(felt))
    requests = [one for one in kept if not one.plain]
    kept = [one for one in kept if one.plain]
    if words > FEW and all(one.leaning for one in kept):
        return [one for one in kept if not one.sign]
    blames = any(one.plain < 0 for one in kept)
    only_thanks = all(_is_thanks(one) for one in kept if one.plain > 0)
    if blames or (only_thanks and (asks or requests)):
        return [one for one in kept if not _is_thanks(one)]
    return kept


def _is_thanks(one: Felt) -> bool:
    return "thanks" in one.emotions and 0 < one.plain < HEARTFELT


def _with_side_taken(felt: Sequence[Felt]) -> list[Felt]:
    """Without what leans, where it is not on the side of the rest, or of most that leans."""
    side = sum(one.plain for one in felt if not one.leaning) or sum(one.plain for one in felt)
    return [one for one in felt if not one.leaning or one.plain * side > 0]


def _without_mocked(felt: Sequence[Felt]) -> list[Felt]:
    """Without kind words where an emoji mocks, or where they only applaud what goes wrong."""
    if any(one.sign in signs().mocking for one in felt) or _applauds_blame(felt):
        return [one for one in felt if one.plain <= 0 or one.leaning]
    return list(felt)


def _applauds_blame(felt: Sequence[Felt]) -> bool:
    """Whether there is blame, no "but", and nothing kind but applause and thanks."""
    kind = [one for one in felt if one.plain > 0 and not one.leaning]
    return (
        any(one.applause for one in kind)
        and all(one.applause or _is_thanks(one) for one in kind)
        and any(one.plain <= BLAME for one in felt)
        and not any(one.after_but for one in felt)
    )
