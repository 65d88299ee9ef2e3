"""What people do with an item: its state, note, tags and the like."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from babel import Locale

from ..errors import EarmarkError
from ..model import STATES, Json
from ..query.said import mapping
from .changes import record_changes
from .derive import dumps
from .desk import LAYOUT, Desk, Entry
from .judged import YOU, keep_judged, keep_judged_tag, put_judged_back, put_judged_tag_back
from .layouts import Row
from .printed import printed
from .ruled import note_by_you

UNKNOWN = "und"
# How strong a feeling is that a person names: as one strong word.
SCORES = {"positive": 0.7, "negative": -0.7, "mixed": 0.0, "none": 0.0, "unknown": 0.0}


class NoSuchItem(EarmarkError):
    """No item answers to this key."""

    code = "not_found"
    status = 404


class RevisionConflict(EarmarkError):
    """The item was changed since it was read."""

    code = "revision_conflict"
    status = 412


class BadPatch(EarmarkError):
    """A patch that cannot be applied."""

    code = "bad_patch"
    status = 422


def patch_item(
    connection: sa.Connection, platform: str, id: str, patch: Json, if_match: int | None = None
) -> Json:
    """Change an item as a person asked; the item as it is then, as printed.

    `patch` may hold `state`, `note`, `assignee` (both removed by an empty text), `spam`,
    `language` (a BCP 47 code without region), `sentiment` (`{label}`), `add_tags`, `remove_tags`
    and `forget_tags`. A person's word is taken back by an empty language, an empty label or
    `forget_tags`. Raises NoSuchItem, BadPatch, and RevisionConflict when `if_match` is given and
    is not the item's revision.
    """
    desk = Desk(connection)
    desk.load([(platform, id)])
    entry = desk.find((platform, id))
    if entry is None:
        raise NoSuchItem("There is no such item.")
    revision = entry.doc.get("revision", 1)
    if if_match is not None and if_match != revision:
        raise RevisionConflict(
            "The item was changed meanwhile.", "Read it again, then repeat the change."
        )
    for name, value in patch.items():
        setter(name)(entry.doc, value)
        note_by_you(entry.doc, name)
    if entry.has_news():
        write(connection, entry, revision + 1)
    return printed(entry.doc)


def write(connection: sa.Connection, entry: Entry, revision: int) -> None:
    entry.doc["revision"] = revision
    assert entry.row is not None
    row = Row(entry.row, entry.doc, dumps(entry.doc), entry.before)
    LAYOUT.write(connection, [row])
    record_changes(connection, [(entry.row, entry.doc, "patched")])


def setter(name: str) -> Callable[[Json, object], None]:
    if name not in SETTERS:
        known = ", ".join(SETTERS)
        raise BadPatch(f"“{name}” cannot be changed.", f"What can be changed: {known}.")
    return SETTERS[name]


def set_state(document: Json, value: object) -> None:
    if value not in STATES:
        raise BadPatch(f"“{value}” is no state.", f"States are: {', '.join(STATES)}.")
    document["state"] = value


def set_spam(document: Json, value: object) -> None:
    if not isinstance(value, bool):
        raise BadPatch("spam must be true or false.")
    document["spam"] = value


def set_text(name: str) -> Callable[[Json, object], None]:
    """A setter for a plain text, which an empty one removes."""

    def set_it(document: Json, value: object) -> None:
        if not isinstance(value, str):
            raise BadPatch(f"{name} must be text.")
        document[name] = value
        if not value:
            del document[name]

    return set_it


def add_tags(document: Json, value: object) -> None:
    """Tags a person puts on stay, whatever plugins think later."""
    for name in tag_names(value):
        keep_judged_tag(document, name)
        others = [tag for tag in document.get("tags", []) if tag.get("name") != name]
        document["tags"] = [*others, {"name": name, "by": YOU}]


def remove_tags(document: Json, value: object) -> None:
    """Removed tags are remembered as removed, so that no plugin puts them on again."""
    names = {tag["name"] for tag in document.get("tags", [])} & set(tag_names(value))
    for name in names:
        keep_judged_tag(document, name)
    document["tags"] = [
        {"name": tag["name"], "by": YOU, "removed": True} if tag.get("name") in names else tag
        for tag in document.get("tags", [])
    ]


def forget_tags(document: Json, value: object) -> None:
    """What a person said of tags is taken back."""
    for name in tag_names(value):
        put_judged_tag_back(document, name)


def tag_names(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise BadPatch("Tags must be a list of names.")
    names = [" ".join(name.split()) for name in value]
    if not all(names):
        raise BadPatch("A tag needs a name.")
    return names


def set_language(document: Json, value: object) -> None:
    """What a person says of the language stays, whatever is read later, also of another text."""
    if value == "":
        put_judged_back(document, "language")
        return
    tag = language_code(value)
    second = mapping(mapping(document.get("language")).get("second"))
    keep_judged(document, "language")
    document["language"] = {"tag": tag, "confidence": 1.0, "source": YOU}
    if second and second.get("tag") != tag:
        document["language"]["second"] = dict(second)


def language_code(value: object) -> str:
    """The code of a language, or `und`; raises BadPatch."""
    tag = str(value).strip().lower()
    if tag != UNKNOWN and (len(tag) > 3 or tag not in Locale("en").languages):
        raise BadPatch(f"“{value}” is no language.", "Give its code, as in fa, tr, ro, en or und.")
    return tag


def set_sentiment(document: Json, value: object) -> None:
    """What a person says of the feeling stays, as with the language."""
    label = mapping(value).get("label")
    if label == "":
        put_judged_back(document, "sentiment")
        return
    if not isinstance(label, str) or label not in SCORES:
        raise BadPatch(f"“{label}” is no feeling.", f"Feelings are: {', '.join(SCORES)}.")
    keep_judged(document, "sentiment")
    document["sentiment"] = {"label": label, "score": SCORES[label], "by": YOU}


SETTERS: dict[str, Callable[[Json, object], None]] = {
    "state": set_state,
    "note": set_text("note"),
    "spam": set_spam,
    "assignee": set_text("assignee"),
    "language": set_language,
    "sentiment": set_sentiment,
    "add_tags": add_tags,
    "remove_tags": remove_tags,
    "forget_tags": forget_tags,
}
