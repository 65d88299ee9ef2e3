"""What corrections make of an item that is there already, and what people see of that."""

from __future__ import annotations

from ..model import Json
from ..query.said import mapping, tag_names
from .merge import CORRECTED
from .ruled import same_tags


def corrected_anew(document: Json, told: Json) -> Json:
    """The document with what is judged of it now: `{language, tags, sentiment?, _corrected?}`."""
    after = dict(document)
    for field in ("language", "sentiment", CORRECTED):
        if told.get(field):
            after[field] = told[field]
        else:
            after.pop(field, None)
    if not same_tags(told["tags"], document.get("tags") or []):
        after["tags"] = _in_order(told["tags"], document)
    return after


def _in_order(tags: list[Json], document: Json) -> list[Json]:
    """Tags that were there stay in their places."""
    places = {tag.get("name"): place for place, tag in enumerate(document.get("tags") or [])}
    return sorted(tags, key=lambda tag: places.get(tag.get("name"), len(places)))


def seen_change(before: Json, after: Json) -> Json:
    """What people see of it: `{gains?, loses?, language?, sentiment?}`, the last two `[was, is]`,
    of which each may be empty; nothing where they see nothing."""
    was, now = set(tag_names(before)), set(tag_names(after))
    change: Json = {"gains": sorted(now - was), "loses": sorted(was - now)}
    for field, part in (("language", "tag"), ("sentiment", "label")):
        both = [str(mapping(each.get(field)).get(part) or "") for each in (before, after)]
        change[field] = both if both[0] != both[1] else []
    return {name: each for name, each in change.items() if each}
