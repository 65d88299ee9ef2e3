"""Where on a page, in which visit, an item stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from ..model import Json
from .identity import Claim, ref_within
from .pairs import PairSelect
from .schema import PLACEMENTS

ALIKE = PairSelect(
    sa.select(
        *(PLACEMENTS.c.likeness, PLACEMENTS.c.selector, PLACEMENTS.c.ref, PLACEMENTS.c.position),
        PLACEMENTS.c.occurrence,
    ),
    PLACEMENTS.c.visit,
    PLACEMENTS.c.likeness,
)
AT_ELEMENT = PairSelect(
    sa.select(PLACEMENTS.c.ref, PLACEMENTS.c.position, PLACEMENTS.c.item),
    PLACEMENTS.c.visit,
    PLACEMENTS.c.ref,
)
SPOT = ("visit", "ref", "position")
PUT = insert(PLACEMENTS)
PUT = PUT.on_conflict_do_update(
    index_elements=SPOT,
    set_={c.name: PUT.excluded[c.name] for c in PLACEMENTS.c if c.name not in SPOT},
)

Spot = tuple[str, int]  # ref of the element, position of the item in its fragment


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page says a fragment is: under which other, and how deep at which point."""

    parent_ref: str | None
    sequence: int | None
    outline: float | None


def place_of(fragment: Json, item: Json) -> Place:
    """The place an item's fragment came with, or the one the plugin gave the item in there."""
    order, outline = fragment.get("order"), fragment.get("outline")
    above = str(fragment.get("parent_ref") or "")
    if item.get("_within"):
        above = ref_within(str(fragment.get("ref", "")), str(item["_within"]))
    return Place(
        parent_ref=above or None,
        sequence=order if isinstance(order, int) else None,
        outline=float(outline) if isinstance(outline, int | float) else None,
    )


def number_alike(connection: sa.Connection, claims: Sequence[Claim]) -> None:
    """Number items that look alike, by the element they stand in.

    One selector's elements are told apart (two people may write the same, one person twice); what
    another selector shows is counted anew, for it is the same things once more.
    """
    for visit in {claim.visit for claim in claims}:
        same = [claim for claim in claims if claim.visit == visit]
        taken = taken_numbers(connection, visit, {claim.likeness for claim in same})
        standing = rows_at(connection, visit, {claim.ref for claim in same})
        for claim in same:
            numbers = taken.setdefault((claim.likeness, claim.selector), {})
            spot = (claim.ref, claim.position)
            claim.at_place = standing.get(spot)
            claim.fresh = claim.at_place is None
            if spot not in numbers:
                used = set(numbers.values())
                numbers[spot] = next(n for n in range(len(used) + 1) if n not in used)
            claim.occurrence = numbers[spot]


def rows_at(connection: sa.Connection, visit: str, refs: Iterable[str]) -> dict[Spot, int]:
    """The items that stand at places of a visit."""
    rows = AT_ELEMENT.rows(connection, [(visit, ref) for ref in refs])
    return {(ref, position): item for ref, position, item in rows}


def taken_numbers(
    connection: sa.Connection, visit: str, likenesses: Iterable[str]
) -> dict[tuple[str, str], dict[Spot, int]]:
    """Occurrence numbers already given in a visit, by what looks alike and selector."""
    rows = ALIKE.rows(connection, [(visit, likeness) for likeness in likenesses])
    taken: dict[tuple[str, str], dict[Spot, int]] = {}
    for likeness, selector, ref, position, occurrence in rows:
        taken.setdefault((likeness, selector), {})[ref, position] = occurrence
    return taken


def write_places(
    connection: sa.Connection, placed: Iterable[tuple[Claim, Place, int | None]]
) -> None:
    """Remember where items stand; the last one seen at a spot is the one that stands there."""
    rows = [
        {
            "visit": claim.visit,
            "ref": claim.ref,
            "position": claim.position,
            "item": row,
            "parent_ref": place.parent_ref,
            "sequence": place.sequence,
            "outline": place.outline,
            "likeness": claim.likeness,
            "selector": claim.selector,
            "occurrence": claim.occurrence,
        }
        for claim, place, row in placed
    ]
    if rows:
        connection.execute(PUT, rows)
