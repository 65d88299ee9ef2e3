"""Items as every interface prints them."""

from __future__ import annotations

from ..model import Json


def printed(document: Json) -> Json:
    """A document without what is private to the log: keys with `_`, absent values, removed tags."""
    shown = {
        key: value
        for key, value in document.items()
        if not key.startswith("_") and value not in (None, [], {})
    }
    if isinstance(shown.get("tags"), list):
        shown["tags"] = [tag for tag in shown["tags"] if tag.get("removed") is not True]
        if not shown["tags"]:
            del shown["tags"]
    return shown
