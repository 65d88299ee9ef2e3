"""Items that come whole from a file, with what people did with them: added, or brought together
with what is known of them here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from ..model import Json
from ..query.moments import stamp
from .desk import Desk, Entry, Key
from .hosts import host_of
from .identity import Claim, make_claim
from .judged import YOU, is_yours, keep_judged
from .merge import (
    CORRECTED,
    COUNTS,
    DETAILS,
    IN_TEXT,
    MEANING,
    THREAD,
    Sighting,
    fill,
    merge,
    remember_text,
    take_corrected,
)

# What people did, taken where nothing was done here.
OWN = ("assignee", "promise", "ours", "efforts", "note", "priority")
READ = (*COUNTS, *DETAILS, *IN_TEXT, *THREAD, *MEANING, "author", "text", "published", "edited")


def put_items(connection: sa.Connection, items: Sequence[Json], at: str) -> list[str]:
    """Store items of a file, in order: of each `new`, `updated` or `seen` (nothing came of it).

    `at` is when they are taken in, for those that do not say when they were seen. Twice is
    harmless. An item that is known here keeps what people did with it here.
    """
    claims = [claim_of(item) for item in items]
    desk = Desk(connection)
    desk.load(name for claim in claims for name in names_of(claim))
    entries = [settle(desk, claim, at) for claim in claims]
    desk.flush()
    return [
        {"new": "new", "updated": "updated", "edited": "updated"}.get(entry.change, "seen")
        for entry in entries
    ]


def claim_of(item: Json) -> Claim:
    url = str(item.get("page_url") or item.get("url") or "")
    complete = {"_complete": item.get("truncated") is not True, "_source": ""}
    complete |= {CORRECTED: item[CORRECTED]} if CORRECTED in item else {}
    public = {key: value for key, value in item.items() if not key.startswith("_")}
    return make_claim(public | complete, {"url": url}, {}, 0)


def names_of(claim: Claim) -> Iterable[Key]:
    return [(claim.platform, str(claim.item["id"])), *claim.aliases(), *claim.fingerprints]


def settle(desk: Desk, claim: Claim, at: str) -> Entry:
    entry = desk.find((claim.platform, str(claim.item["id"])))
    if entry is None:
        entry = desk.add(new_document(claim, at))
    else:
        join(entry.doc, claim, at)
    for name in names_of(claim):
        desk.alias(name, entry)
    return entry


def new_document(claim: Claim, at: str) -> Json:
    """The item as it is in the file, and what the log needs beside it."""
    item = claim.item
    document = {key: value for key, value in item.items() if not key.startswith("_")}
    for key, value in (("state", "new"), ("first_seen", at), ("last_seen", at)):
        document.setdefault(key, value)
    document.setdefault("id_source", "derived" if str(item["id"]).startswith("~") else "native")
    document.setdefault("sightings", 1)
    document.setdefault("revision", 1)
    document["_host"] = host_of(str(item.get("page_url") or item.get("url") or ""))
    document["_text_seen"] = document["last_seen"]
    document["_complete"] = item["_complete"]
    take_corrected(document, item)
    remember_text(document, item)
    return document


def join(document: Json, claim: Claim, at: str) -> None:
    """Bring what is known and what the file says together: the later sighting is right about what
    the page showed, and what is known here about what people did."""
    item = claim.item
    seen = str(item.get("last_seen") or at)
    if (stamp(seen) or "") > (stamp(document.get("last_seen")) or ""):
        merge(document, {"tags": [], **item}, Sighting(seen, translated=False))
        document["last_seen"] = seen
    else:
        fill(document, item, READ)
    if first := item.get("first_seen"):
        document["first_seen"] = min(str(document.get("first_seen") or first), str(first))
    counts = (int(each.get("sightings", 0)) for each in (document, item))
    document["sightings"] = max(counts)
    take_people(document, item)


def take_people(document: Json, item: Json) -> None:
    if document.get("state", "new") == "new" and item.get("state"):
        document["state"] = item["state"]
    if item.get("spam"):
        document["spam"] = True
    fill(document, item, OWN)
    known = {tag.get("name") for tag in document.get("tags", [])}
    more = [tag for tag in item.get("tags", []) if tag.get("name") not in known]
    for field in MEANING:
        if is_yours(item.get(field)) and not is_yours(document.get(field)):
            keep_judged(document, field)
            document[field] = item[field]
    mine = [tag for tag in more if tag.get("by") == YOU]
    if mine:
        document["tags"] = [*document.get("tags", []), *mine]
