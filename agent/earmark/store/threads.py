"""Finds the parents that plugins left open, and hands root and depth down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from .desk import Desk, Entry
from .identity import Claim
from .merge import keep_inferred
from .pairs import PairSelect
from .placements import Place
from .schema import ITEMS, PLACEMENTS

STANDING = PairSelect(
    sa.select(PLACEMENTS.c.visit, PLACEMENTS.c.ref, PLACEMENTS.c.item).order_by(
        PLACEMENTS.c.position.desc()
    ),
    PLACEMENTS.c.visit,
    PLACEMENTS.c.ref,
)
WAITING = PairSelect(
    sa.select(PLACEMENTS.c.visit, PLACEMENTS.c.parent_ref, PLACEMENTS.c.item)
    .join(ITEMS)
    .where(ITEMS.c.parent.is_(None)),
    PLACEMENTS.c.visit,
    PLACEMENTS.c.parent_ref,
)


@dataclass(eq=False, slots=True)
class Placed:
    """An item on the desk with its claim and its place."""

    claim: Claim
    place: Place
    entry: Entry
    seen_at: str


def link(desk: Desk, placed: Sequence[Placed]) -> None:
    """Set the parents that can be known by now, then root and depth of all concerned."""
    touched = [one.entry for one in placed]
    touched += link_by_ref(desk, placed)
    touched += link_waiting(desk, placed)
    touched += link_by_outline(desk, placed)
    inherit(desk, touched)


def set_parent(child: Entry, parent: Entry) -> bool:
    """Make an inferred link; a parent the plugin named stays."""
    inferred = set(child.doc.get("_inferred", ()))
    free = "parent_id" not in child.doc or "parent_id" in inferred
    if not free or child is parent or child.key[0] != parent.key[0]:
        return False
    if child.doc.get("parent_id") == parent.key[1] or child.doc.get("root_id") == child.key[1]:
        return False
    child.doc["parent_id"] = parent.key[1]
    keep_inferred(child.doc, inferred | {"parent_id"})
    return True


def link_by_ref(desk: Desk, placed: Sequence[Placed]) -> list[Entry]:
    """Children whose enclosing element is known, here or from before."""
    here = {(p.claim.visit, p.claim.ref): p.entry for p in reversed(placed)}
    wanted = {
        (p.claim.visit, p.place.parent_ref)
        for p in placed
        if p.place.parent_ref and "parent_id" not in p.entry.doc
    }
    known: dict[tuple[str, str], Entry] = {**standing(desk, wanted - here.keys()), **here}
    linked = []
    for one in placed:
        parent = known.get((one.claim.visit, one.place.parent_ref or ""))
        if (
            parent is not None
            and "parent_id" not in one.entry.doc
            and set_parent(one.entry, parent)
        ):
            linked.append(one.entry)
    return linked


def standing(desk: Desk, spots: set[tuple[str, str]]) -> dict[tuple[str, str], Entry]:
    """The first items of elements, by visit and ref."""
    rows = STANDING.rows(desk.connection, spots)
    at = {(visit, ref): item for visit, ref, item in rows}
    entries = load_rows(desk, set(at.values()))
    return {spot: entries[item] for spot, item in at.items() if item in entries}


def load_rows(desk: Desk, rows: set[int]) -> dict[int, Entry]:
    missing = rows - desk.entries.keys()
    if missing:
        desk.load_where(ITEMS.c.id.in_(sorted(missing)))
    return {row: desk.entries[row] for row in rows if row in desk.entries}


def link_waiting(desk: Desk, placed: Sequence[Placed]) -> list[Entry]:
    """Children that arrived before the element that encloses them."""
    parents = {(p.claim.visit, p.claim.ref): p.entry for p in reversed(placed) if p.claim.fresh}
    rows = list(WAITING.rows(desk.connection, parents))
    entries = load_rows(desk, {item for _, _, item in rows})
    return [
        entries[item]
        for visit, ref, item in rows
        if item in entries and set_parent(entries[item], parents[visit, ref])
    ]


def link_by_outline(desk: Desk, placed: Sequence[Placed]) -> list[Entry]:
    """Where no enclosing element is named: the nearest shallower item above is the parent."""
    linked: list[Entry] = []
    for visit in {p.claim.visit for p in placed if has_outline(p.place)}:
        column = outline_of(desk, visit, [p for p in placed if p.claim.visit == visit])
        linked += link_column(column)
    return linked


def has_outline(place: Place) -> bool:
    return place.parent_ref is None and place.outline is not None and place.sequence is not None


def outline_of(desk: Desk, visit: str, placed: Sequence[Placed]) -> list[tuple[float, Entry]]:
    """Depth and item, from the top of the page down, of everything in a visit that has both."""
    here = {p.claim.ref: p for p in placed}
    rows = desk.connection.execute(
        sa.select(*(PLACEMENTS.c[name] for name in ("ref", "sequence", "outline", "item"))).where(
            *(PLACEMENTS.c.visit == visit, PLACEMENTS.c.position == 0),
            *(PLACEMENTS.c.parent_ref.is_(None), PLACEMENTS.c.outline.is_not(None)),
        )
    ).all()
    entries = load_rows(desk, {row.item for row in rows if row.ref not in here})
    found = [
        (row.sequence, row.outline, entries[row.item])
        for row in rows
        if row.sequence is not None and row.ref not in here and row.item in entries
    ]
    found += [
        (p.place.sequence or 0, p.place.outline or 0.0, p.entry)
        for p in placed
        if has_outline(p.place) and p.claim.position == 0
    ]
    found.sort(key=lambda row: row[0])
    return [(depth, entry) for _, depth, entry in found]


def link_column(column: Sequence[tuple[float, Entry]]) -> list[Entry]:
    above: list[tuple[float, Entry]] = []
    linked = []
    for depth, entry in column:
        while above and above[-1][0] >= depth:
            above.pop()
        if above and set_parent(entry, above[-1][1]):
            linked.append(entry)
        above.append((depth, entry))
    return linked


def inherit(desk: Desk, entries: Iterable[Entry]) -> None:
    """Root and depth from the parent where the plugin gave none, down to the last child."""
    waiting = list(dict.fromkeys(entries))
    desk.load([parent_key(entry) for entry in waiting if "parent_id" in entry.doc])
    waiting = [e for e in waiting if take_over(e, desk.find(parent_key(e))) or e.row is None]
    seen: set[int] = set()
    while waiting:
        seen |= {id(entry) for entry in waiting}
        waiting = [
            child
            for parent, child in children(desk, waiting)
            if take_over(child, parent) and id(child) not in seen
        ]


def parent_key(entry: Entry) -> tuple[str, str]:
    return entry.key[0], str(entry.doc.get("parent_id"))


def children(desk: Desk, parents: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    by_key = {parent.key: parent for parent in parents}
    desk.load_replies(by_key)
    around = (*desk.entries.values(), *desk.new)
    return [(by_key[k], e) for e in around if (k := parent_key(e)) in by_key]


def take_over(child: Entry, parent: Entry | None) -> bool:
    """Hand root and depth to one child; whether anything changed."""
    if parent is None or parent is child:
        return False
    inferred = set(child.doc.get("_inferred", ()))
    before = (child.doc.get("root_id"), child.doc.get("depth"))
    if "root_id" not in child.doc or "root_id" in inferred:
        child.doc["root_id"] = parent.doc.get("root_id") or parent.key[1]
        inferred.add("root_id")
    depth = parent.doc.get("depth", None if "parent_id" in parent.doc else 0)
    if isinstance(depth, int) and ("depth" not in child.doc or "depth" in inferred):
        child.doc["depth"] = depth + 1
        inferred.add("depth")
    keep_inferred(child.doc, inferred)
    return before != (child.doc.get("root_id"), child.doc.get("depth"))
