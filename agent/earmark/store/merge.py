"""What a new sighting of an item changes in what is known of it.

Absent never erases and partial never overwrites full. Only two complete texts of the same kind of
fragment that differ make an edit. What people did with an item is theirs and stays.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ..model import Json
from ..query.moments import stamp
from ..query.said import mapping
from .bounds import narrow
from .identity import ANY_SITE, Claim
from .judged import YOU, is_yours, keep_judged, renew_judged, renew_judged_tags
from .ruled import note_both, take_ruling

COUNTS = ("likes", "dislikes", "replies", "shares", "views")
DETAILS = ("kind", "url", "rating", "poll")
IN_TEXT = ("mentions", "hashtags", "links", "media")  # as many as the text shown has
THREAD = ("root_id", "parent_id", "depth")
# Written by the text's readers, so they go with the text they were read from.
MEANING = ("language", "sentiment")
CORRECTED = "_corrected"
OWN = ("state", "note", "spam", "assignee", "efforts", "promise", "ours", "priority")


@dataclass(frozen=True, slots=True)
class Sighting:
    """The circumstances in which an item was seen: when, and whether a browser translated it."""

    at: str
    translated: bool


def first_document(claim: Claim, sighting: Sighting) -> Json:
    """The document of an item never seen before."""
    document = {key: value for key, value in claim.item.items() if known_key(key)}
    document.update(
        id=claim.native_id or claim.derived_id,
        id_source="native" if claim.native_id else "derived",
        state="new",
        first_seen=sighting.at,
        last_seen=sighting.at,
        sightings=0,
        revision=1,
        _host=claim.host,
        _text_seen=sighting.at,
        _complete=is_complete(claim.item),
    )
    take_ours(document, claim.item)
    take_corrected(document, claim.item)
    take_ruling(document, claim.item.get("_rules"))
    if sighting.translated:
        document["_translated"] = True
    else:
        remember_text(document, claim.item)
    return document


def known_key(key: str) -> bool:
    """Whether a plugin may set it; what people write and the core counts is not a page's to say."""
    return key not in {*OWN, "first_seen", "last_seen", "sightings", "revision", "aliases"} and (
        not key.startswith("_")
    )


def merge(document: Json, item: Json, sighting: Sighting) -> Json | None:
    """Bring `document` up to date, in place; the version it leaves behind when it was an edit."""
    take_ours(document, item)
    late = (stamp(sighting.at) or "") < (stamp(document.get("last_seen")) or "")
    foreign = item["platform"] == ANY_SITE != document.get("platform")
    take_details(document, item, (*COUNTS, *DETAILS), only_missing=late or foreign)
    partial = document.get("_complete") is True and not is_complete(item)
    only_missing = late or foreign or partial or sighting.translated
    take_details(document, item, IN_TEXT, only_missing=only_missing)
    take_author(document, item, only_missing=late or foreign)
    fill(document, item, ("audience",), over="unknown")
    fill(document, item, ("page_url", "page_title"))
    merge_thread(document, item, only_missing=foreign)
    if isinstance(item.get("published"), dict):
        document["published"] = narrow(document.get("published") or {}, item["published"])
    if sighting.translated:
        return None
    version = merge_text(document, item, sighting, late=late)
    if item.get("edited") is True:
        document["edited"] = True
    return version


def take_details(
    document: Json, item: Json, fields: tuple[str, ...], *, only_missing: bool
) -> None:
    """Counts and other plain fields: the newest sighting is right, unless it came late."""
    if only_missing:
        fill(document, item, fields)
    else:
        document.update({key: item[key] for key in fields if item.get(key) is not None})


def take_author(document: Json, item: Json, *, only_missing: bool) -> None:
    author, known = mapping(item.get("author")), mapping(document.get("author"))
    if author:
        document["author"] = {**author, **known} if only_missing else {**known, **author}


def fill(document: Json, item: Json, fields: tuple[str, ...], over: object = None) -> None:
    """Take fields that are absent so far (or hold `over`)."""
    for key in fields:
        if key in item and document.get(key) in (None, over):
            document[key] = item[key]


def leave_thread(document: Json) -> None:
    """Forget the thread that another platform placed it in: its ids mean nothing to this one."""
    for key in (*THREAD, "_inferred"):
        document.pop(key, None)


def merge_thread(document: Json, item: Json, *, only_missing: bool) -> None:
    """Parent, root and depth: what a plugin says counts more than what the core inferred."""
    inferred = set(document.get("_inferred", ()))
    for key in THREAD:
        if key in item and (key in inferred or key not in document or not only_missing):
            document[key] = item[key]
            inferred.discard(key)
    keep_inferred(document, inferred)


def keep_inferred(document: Json, inferred: set[str]) -> None:
    """Remember which fields of the thread the core inferred."""
    document.pop("_inferred", None)
    if inferred:
        document["_inferred"] = sorted(inferred)


def is_complete(item: Json) -> bool:
    return item.get("_complete", True) is True and item.get("truncated") is not True


def same_text(one: object, other: object) -> bool:
    return str(one or "").split() == str(other or "").split()


def text_print(item: Json) -> str:
    text = " ".join(str(item.get("text", "")).split())
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def remember_text(document: Json, item: Json) -> None:
    """Remember the last complete text of each kind of fragment, by its fingerprint."""
    if is_complete(item) and item.get("text"):
        source = str(item.get("_source", ""))
        document["_texts"] = {**mapping(document.get("_texts")), source: text_print(item)}


def merge_text(document: Json, item: Json, sighting: Sighting, *, late: bool) -> Json | None:
    """The text of a sighting whose page was not translated; the version it replaces, if any."""
    if not item.get("text"):
        return None
    if late and document.get("text") and not document.get("_translated"):
        return None
    if same_text(item["text"], document.get("text")):
        confirm(document, item)
        return None
    if item["platform"] == ANY_SITE != document.get("platform") and document.get("_complete"):
        return None
    complete = is_complete(item)
    known = mapping(document.get("_texts")).get(str(item.get("_source", "")))
    edited = complete and document.get("_complete") and known not in (None, text_print(item))
    reread = is_read_otherwise(document, item)
    if edited and not document.get("_translated") and not reread:
        return edit(document, item, sighting)
    if (reread and complete) or is_fuller(document, item, complete):
        replace_text(document, item, sighting)
    if complete:
        remember_text(document, item)
    return None


def is_read_otherwise(document: Json, item: Json) -> bool:
    """Whether another plugin, or another version of it, read the text that is known, and the page
    does not say that its author changed it: then a difference is the reading's."""
    known, new = document.get("read_by"), item.get("read_by")
    return bool(known and new and known != new) and item.get("edited") is not True


def confirm(document: Json, item: Json) -> None:
    """The same text once more; it may now be known to be whole."""
    document.pop("_translated", None)
    if is_complete(item):
        document["_complete"] = True
        document.pop("truncated", None)
    if item.get("read_by") and item["platform"] == document.get("platform"):
        document["read_by"] = item["read_by"]
    remember_text(document, item)
    take_meaning(document, item, same=True)


def is_fuller(document: Json, item: Json, complete: bool) -> bool:
    """Whether a differing text that is no edit says more than the one that is known."""
    if document.get("_translated") or not document.get("text"):
        return True
    if complete != bool(document.get("_complete")):
        return complete
    return len(str(item["text"])) > len(str(document["text"]))


def edit(document: Json, item: Json, sighting: Sighting) -> Json:
    version = {
        "text": str(document.get("text", "")),
        "seen_at": str(document.get("_text_seen") or document["first_seen"]),
        "replaced_at": sighting.at,
    }
    document["_texts"] = {}  # the other kinds still show the text from before the edit
    document["edited"] = True
    replace_text(document, item, sighting)
    remember_text(document, item)
    return version


def replace_text(document: Json, item: Json, sighting: Sighting) -> None:
    document["text"] = item["text"]
    document["_text_seen"] = sighting.at
    document["_complete"] = is_complete(item)
    if item.get("read_by"):
        document["read_by"] = item["read_by"]
    document.pop("_translated", None)
    document.pop("truncated", None)
    if item.get("truncated") is True:
        document["truncated"] = True
    take_meaning(document, item, same=False)


def take_ours(document: Json, item: Json) -> None:
    """Whether one of the person's accounts wrote it, where that was looked at."""
    if item.get("ours") is True:
        document["ours"] = True
    elif item.get("ours") is False:
        document.pop("ours", None)


def take_corrected(document: Json, item: Json) -> None:
    """Which corrections had a say in what was judged: when one goes, it is judged again."""
    if item.get(CORRECTED):
        document[CORRECTED] = item[CORRECTED]
    elif "tags" in item:
        document.pop(CORRECTED, None)


def take_meaning(document: Json, item: Json, *, same: bool) -> None:
    """Language, feeling and tags of a text; what a person said of it stays."""
    take_ours(document, item)
    take_corrected(document, item)
    take_ruling(document, item.get("_rules"))
    for key in MEANING:
        if key in item and is_yours(document.get(key)):
            renew_judged(document, key, item[key])
        elif key in item:
            document[key] = item[key]
    if isinstance(item.get("tags"), list):
        renew_judged_tags(document, item["tags"], replace=not same)
        document["tags"] = merge_tags(document.get("tags") or [], item["tags"], replace=not same)


def merge_tags(known: list[Json], suggested: list[Json], *, replace: bool) -> list[Json]:
    """Known tags with suggestions added. A removed tag stays removed. With `replace` (the text
    is another one now), tags that nobody but a plugin put there go unless suggested again."""
    kept = [tag for tag in known if not replace or tag.get("by") == YOU or tag.get("removed")]
    names = {tag.get("name") for tag in kept}
    return kept + [tag for tag in suggested if tag.get("name") not in names]


def merge_people(document: Json, other: Json) -> None:
    """What people did with another item that turned out to be this one."""
    if document.get("state", "new") == "new" and other.get("state"):
        document["state"] = other["state"]
    notes = [note for note in (document.get("note"), other.get("note")) if note]
    if notes:
        document["note"] = "\n\n".join(dict.fromkeys(notes))
    if other.get("spam"):
        document["spam"] = True
    for key in MEANING:
        if is_yours(other.get(key)) and not is_yours(document.get(key)):
            keep_judged(document, key)
            document[key] = other[key]
    fill(document, other, ("assignee", "promise", "ours", "priority"))
    note_both(document, other)
    efforts = [*document.get("efforts", []), *other.get("efforts", [])]
    if efforts:
        document["efforts"] = list(dict.fromkeys(efforts))
    document["tags"] = merge_people_tags(document.get("tags") or [], other.get("tags") or [])
    document["sightings"] = int(document.get("sightings", 0)) + int(other.get("sightings", 0))
    fill(document, other, ("text", "published", *COUNTS, *DETAILS, *IN_TEXT, *THREAD))
    document["first_seen"] = min(document["first_seen"], other["first_seen"])


def merge_people_tags(tags: list[Json], others: list[Json]) -> list[Json]:
    """Both lists together; of two entries of one name, the one a person wrote counts."""
    by_name: dict[object, Json] = {}
    for tag in (*tags, *others):
        known = by_name.get(tag.get("name"))
        if known is None or (tag.get("by") == YOU and known.get("by") != YOU):
            by_name[tag.get("name")] = tag
    return list(by_name.values())
