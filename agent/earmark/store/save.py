"""Puts parsed items into the log: each becomes a new item, or another sighting of a known one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from ..model import Json
from ..query.moments import stamp
from .desk import Desk, Entry, Key
from .identity import (
    Claim,
    make_claim,
    may_be_called,
    may_join,
    outranks,
    same_thing,
    takes_over,
    tell_apart,
)
from .merge import Sighting, first_document, leave_thread, merge, merge_people
from .placements import number_alike, place_of, write_places
from .schema import ITEMS, SIGHTINGS
from .threads import Placed, link

SEEN = sa.select(SIGHTINGS.c.item, SIGHTINGS.c.visit).where(
    SIGHTINGS.c.item.in_(sa.bindparam("items", expanding=True)),
    SIGHTINGS.c.visit.in_(sa.bindparam("visits", expanding=True)),
)
PUT_SIGHTING = insert(SIGHTINGS).on_conflict_do_nothing()


@dataclass(frozen=True, slots=True)
class Capture:
    """What was read from one fragment: its parsed items, and when this machine took it in."""

    fragment: Json
    items: Sequence[Json]
    seen_at: str


def save_captures(
    connection: sa.Connection, page: Json, captures: Sequence[Capture]
) -> list[list[Json]]:
    """Store the items of many fragments of one page at once; one list of results each.

    A result is `{platform, id, change}`, in the order of the items; `change` is `new`, `edited`
    (its author changed its text), `updated` (anything else changed) or `seen` (nothing did).
    """
    pairs = [
        (make_claim(item, page, capture.fragment, position), capture)
        for capture in captures
        for position, item in enumerate(capture.items)
    ]
    claims = [claim for claim, _ in pairs]
    number_alike(connection, claims)
    tell_apart(claims)
    desk = Desk(connection)
    desk.load(name for claim in claims for name in names_of(claim))
    placed = [placed_item(desk, claim, page, capture) for claim, capture in pairs]
    for one in placed:  # an item may have been absorbed by one that came after it
        one.entry = desk.by_key[one.entry.key]
    link(desk, placed)
    count_sightings(connection, placed)
    desk.flush()
    write_places(connection, ((p.claim, p.place, p.entry.row) for p in placed))
    write_sightings(connection, placed)
    return results(placed, captures)


def placed_item(desk: Desk, claim: Claim, page: Json, capture: Capture) -> Placed:
    sighting = sighting_of(page, capture)
    entry = settle(desk, claim, sighting)
    return Placed(claim, place_of(capture.fragment, claim.item), entry, sighting.at)


def names_of(claim: Claim) -> list[Key]:
    """Every name under which the item may be known."""
    own = [(claim.platform, claim.native_id or claim.derived_id)]
    return [*own, *claim.aliases(), *claim.fingerprints, *claim.twins]


def sighting_of(page: Json, capture: Capture) -> Sighting:
    """When the page was captured; a capture cannot be later than its arrival."""
    arrived = stamp(capture.seen_at) or capture.seen_at
    captured = stamp(capture.fragment.get("captured_at")) or arrived
    return Sighting(min(captured, arrived), page.get("translated") is True)


def settle(desk: Desk, claim: Claim, sighting: Sighting) -> Entry:
    """Find or make the item of a claim, and bring it up to date."""
    entry = desk.find((claim.platform, claim.native_id)) if claim.native_id else None
    others = [other for other in candidates(desk, claim) if other is not entry]
    if entry is None:
        entry = known_as(desk, claim, others, sighting)
    elif len(others) == 1 and outranks(claim, others[0].doc):
        absorb(desk, entry, others[0])
    if entry is None:
        entry = desk.add(first_document(claim, sighting))
    elif (version := merge(entry.doc, claim.item, sighting)) is not None:
        entry.versions.append(version)
        entry.change = entry.change or "edited"
    register_names(desk, claim, entry)
    entry.doc["first_seen"] = min(str(entry.doc.get("first_seen") or sighting.at), sighting.at)
    entry.doc["last_seen"] = max(str(entry.doc.get("last_seen") or sighting.at), sighting.at)
    return entry


def candidates(desk: Desk, claim: Claim) -> list[Entry]:
    """Items that other names of the claim lead to, as far as it may join them."""
    named = [desk.find(name) for name in claim.aliases()]
    alike = [desk.find(name) for name in claim.fingerprints]
    found = [e for e in named if e is not None and may_join(claim, e.doc)]
    found += [e for e in alike if e is not None and may_be(desk, claim, e)]
    return list(dict.fromkeys(found))


def may_be(desk: Desk, claim: Claim, entry: Entry) -> bool:
    """Whether a fingerprint may lead to an item. The item of another platform must be the only
    one that looks so, there and here."""
    if not may_join(claim, entry.doc) or not same_thing(claim, entry.doc):
        return False
    return not takes_over(claim, entry.doc) or (claim.alone and not has_twin(desk, claim, entry))


def has_twin(desk: Desk, claim: Claim, entry: Entry) -> bool:
    """Whether the platform that read the page before knows another item that looks the same."""
    twins = (desk.find(name) for name in claim.twins)
    return any(twin is not entry and may_join(claim, twin.doc) for twin in twins if twin)


def continued(desk: Desk, claim: Claim, sighting: Sighting) -> list[Entry]:
    """The item that stood at the same place of the same page before, when it is the same author's
    and its text was cut short there, or the browser has translated the page since."""
    if claim.at_place is None:
        return []
    entry = desk.entries.get(claim.at_place)
    if entry is None:
        [entry] = desk.load_where(ITEMS.c.id == claim.at_place)
    goes_on = sighting.translated or (
        entry.doc.get("_complete") is not True and claim.continues(str(entry.doc.get("text", "")))
    )
    return [entry] if goes_on and claim.is_by(entry.doc) else []


def known_as(desk: Desk, claim: Claim, others: Sequence[Entry], sighting: Sighting) -> Entry | None:
    """The one item that a claim without a known key is about; None when there is none, or when
    there are several and it cannot be told."""
    if claim.native_id is None:
        own = desk.find((claim.platform, claim.derived_id))
        if own is not None:
            others = [own]
    if not others and claim.native_id is None:
        others = continued(desk, claim, sighting)
    if len(others) != 1:
        return None
    entry = others[0]
    if outranks(claim, entry.doc):
        if takes_over(claim, entry.doc):
            leave_thread(entry.doc)
        desk.rename(entry, claim.platform, claim.native_id or claim.derived_id)
        entry.doc["id_source"] = "native" if claim.native_id else "derived"
        entry.change = entry.change or "updated"
    return entry


def absorb(desk: Desk, winner: Entry, loser: Entry) -> None:
    """Two items turned out to be one: everything of the loser moves to the winner."""
    if winner.key[0] != loser.key[0]:
        leave_thread(loser.doc)
    merge_people(winner.doc, loser.doc)
    desk.absorb(winner, loser)


def register_names(desk: Desk, claim: Claim, entry: Entry) -> None:
    """Let the item be found by every name this sighting gave it."""
    if claim.native_id is not None:
        desk.alias((claim.platform, claim.native_id), entry)
    for name in claim.fingerprints:
        desk.alias(name, entry)
    given = [name for name in claim.aliases() if may_be_called(claim, name[1])]
    for name in given:
        desk.alias(name, entry)
    answering = [name for _, name in given if desk.find((claim.platform, name)) is entry]
    known = entry.doc.get("aliases", [])
    added = [name for name in answering if name not in known and name != entry.key[1]]
    if added:
        entry.doc["aliases"] = [*known, *dict.fromkeys(added)]


def count_sightings(connection: sa.Connection, placed: Sequence[Placed]) -> None:
    """Count each visit in which an item was seen once."""
    known = seen_before(connection, placed)
    for one in placed:
        spot = (id(one.entry), one.claim.visit)
        if spot not in known:
            known.add(spot)
            one.entry.doc["sightings"] = int(one.entry.doc.get("sightings", 0)) + 1
            one.entry.change = one.entry.change or "seen"


def seen_before(connection: sa.Connection, placed: Sequence[Placed]) -> set[tuple[int, str]]:
    """(identity of an entry, visit) for sightings that are in the log already."""
    by_row = {p.entry.row: p.entry for p in placed if p.entry.row is not None}
    visits = {p.claim.visit for p in placed}
    if not by_row:
        return set()
    rows = connection.execute(SEEN, {"items": list(by_row), "visits": list(visits)})
    return {(id(by_row[item]), visit) for item, visit in rows}


def write_sightings(connection: sa.Connection, placed: Sequence[Placed]) -> None:
    rows = [
        {
            "item": one.entry.row,
            "visit": one.claim.visit,
            "seen_at": one.seen_at,
            "page_url": one.claim.page_url,
        }
        for one in placed
    ]
    if rows:
        connection.execute(PUT_SIGHTING, rows)


def results(placed: Sequence[Placed], captures: Sequence[Capture]) -> list[list[Json]]:
    """What became of each item, fragment by fragment."""
    told = iter(placed)
    return [
        [answer(one.entry) for _, one in zip(capture.items, told, strict=False)]
        for capture in captures
    ]


def answer(entry: Entry) -> Json:
    platform, id = entry.key
    return {"platform": platform, "id": id, "change": entry.change or "seen"}
