"""What watch terms and accounts say of an item that is there already."""

from __future__ import annotations

from ..model import Json
from .merge import take_ours

BY_TERMS = "terms"  # the `by` of their tags


def marked_anew(document: Json, told: Json) -> Json:
    """The document with what terms and accounts say now (`{tags, ours?}`) in place of what they
    said before; what anybody else put on or took off stays."""
    new = {tag["name"]: tag for tag in told["tags"]}
    tags = [
        new.get(tag.get("name"), tag) if is_of_terms(tag) else tag
        for tag in document.get("tags") or ()
        if tag.get("name") in new or not is_of_terms(tag)
    ]
    there = {tag.get("name") for tag in tags}
    tags += [tag for name, tag in new.items() if name not in there]
    after = {**document, "tags": tags} if tags or "tags" in document else dict(document)
    take_ours(after, told)
    return after


def is_of_terms(tag: Json) -> bool:
    return tag.get("by") == BY_TERMS and tag.get("removed") is not True


def is_refused(document: Json, name: str) -> bool:
    """Whether a person took this tag off."""
    tags = document.get("tags") or ()
    return any(tag.get("name") == name and tag.get("removed") for tag in tags)


def carries(document: Json, name: str) -> bool:
    """Whether the item has this tag, whoever put it on."""
    tags = document.get("tags") or ()
    return any(tag.get("name") == name and not tag.get("removed") for tag in tags)
