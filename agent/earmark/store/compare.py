"""What another reading of the same fragments says otherwise of an item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..model import Json
from ..query.said import mapping
from .bounds import narrow
from .identity import ANY_SITE
from .merge import COUNTS, DETAILS, IN_TEXT, THREAD, same_text

Change = tuple[Any, Any]  # before and after; None where the field is absent

# What is known of a text beside it, and goes with it.
WITH_TEXT = ("truncated", "_complete", "_texts", "_text_seen")


def differences(known: Json, read: Json, *, whole: bool) -> dict[str, Change]:
    """The fields that `read` has otherwise than `known`, each with both values.

    `whole`: all sightings that made the known document were read again. Only then is a field that
    was not found now a lost one; else an earlier sighting may have had it.
    """
    foreign = read["platform"] == ANY_SITE != known.get("platform")
    found: dict[str, Change] = {}
    for name in (*COUNTS, *DETAILS):
        found |= plain(known, read, name, whole=whole)
    found |= of_text(known, read, whole=whole)
    found |= of_author(known, read, whole=whole)
    found |= of_audience(known, read, whole=whole)
    found |= of_published(known, read, whole=whole)
    found |= of_thread(known, read)
    found |= of_marks(known, read, whole=whole)
    if foreign:
        return {name: pair for name, pair in found.items() if pair[0] is None}
    return found


def plain(known: Json, read: Json, name: str, *, whole: bool) -> dict[str, Change]:
    before, after = known.get(name), read.get(name)
    if before == after or (after is None and not whole):
        return {}
    return {name: (before, after)}


def of_text(known: Json, read: Json, *, whole: bool) -> dict[str, Change]:
    """The text with what was found in it. A part of it does not replace all of it."""
    part = known.get("_complete") is True and read.get("_complete") is not True
    if (part or read.get("_translated")) and not whole:
        return {}
    found: dict[str, Change] = {}
    for name in IN_TEXT:
        found |= plain(known, read, name, whole=whole)
    if same_text(known.get("text"), read.get("text")) or not (read.get("text") or whole):
        return found
    return found | {"text": (known.get("text"), read.get("text"))}


def of_author(known: Json, read: Json, *, whole: bool) -> dict[str, Change]:
    before, after = dict(mapping(known.get("author"))), dict(mapping(read.get("author")))
    after = after if whole else {**before, **after}
    return {} if before == after else {"author": (before or None, after or None)}


def of_audience(known: Json, read: Json, *, whole: bool) -> dict[str, Change]:
    if read.get("audience", "unknown") == "unknown" and not whole:
        return {}
    return plain(known, read, "audience", whole=whole)


def of_published(known: Json, read: Json, *, whole: bool) -> dict[str, Change]:
    before, after = known.get("published"), read.get("published")
    if not whole and before and after:
        both = narrow(before, after)
        after = after if both.get("conflict") and not before.get("conflict") else both
    return plain({"published": before}, {"published": after}, "published", whole=whole)


def of_thread(known: Json, read: Json) -> dict[str, Change]:
    """What the plugin says of the thread; what the core infers only fills what is open, unless
    another platform has the item now, whose ids are others."""
    moved = known.get("platform") != read["platform"] != ANY_SITE
    inferred = () if moved else read.get("_inferred", ())
    found: dict[str, Change] = {}
    for name in THREAD:
        before, after = known.get(name), read.get(name)
        stays = name in inferred and before is not None
        if not stays and before != after and (after is not None or moved):
            found[name] = (before, after)
    return found


def of_marks(known: Json, read: Json, *, whole: bool) -> dict[str, Change]:
    """Whether it was edited, and its other ids: these are only added to."""
    found: dict[str, Change] = {}
    if known.get("edited") != read.get("edited") and (read.get("edited") or whole):
        found["edited"] = (known.get("edited"), read.get("edited"))
    before = list(known.get("aliases", []))
    more = [name for name in read.get("aliases", []) if name not in (*before, known.get("id"))]
    if more:
        found["aliases"] = (before or None, [*before, *more])
    return found


def is_whole(known: Json, read: Json) -> bool:
    """Whether as many visits were read again as the known document was seen in, from the first."""
    as_many = int(read.get("sightings", 0)) >= int(known.get("sightings", 0))
    return as_many and str(read.get("first_seen", "~")) <= str(known.get("first_seen", ""))


def take(document: Json, changes: Mapping[str, Change], read: Json) -> None:
    """Make the shown changes, in place, where the document still says what was shown."""
    for name, (before, after) in changes.items():
        if document.get(name) != before:
            continue
        if after is None:
            document.pop(name, None)
        else:
            document[name] = after
        if name == "text":
            take_with_text(document, read)
    thread = set(document.get("_inferred", ()))
    thread = {n for n in thread if n not in changes} | (
        set(changes) & set(read.get("_inferred", ()))
    )
    document.pop("_inferred", None)
    if thread:
        document["_inferred"] = sorted(thread)


def take_with_text(document: Json, read: Json) -> None:
    for name in WITH_TEXT:
        document.pop(name, None)
        if name in read:
            document[name] = read[name]
