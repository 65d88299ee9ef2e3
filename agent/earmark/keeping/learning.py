"""What people do to items, and what is learned from it for the next time.

What they say of an item is known again in every item with the same text. What its words mean is
only offered (`learnable`), because a word stands in many texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from ..enrich.corrections import ITEM, TAG, WORD, text_key
from ..model import Json
from ..query.said import mapping
from ..store.changes import now
from ..store.desk import Desk
from ..store.edit import patch_item, tag_names
from ..store.judged import YOU, judged
from ..store.ruled import BY_RULE
from ..words import words_of
from .corrections import LONGEST_PHRASE, MOST, Corrections

TEACHING = ("language", "sentiment", "add_tags", "remove_tags", "forget_tags")
SHOWN_TEXT = 300  # characters of a text that a correction shows
MOST_OFFERED = 10
FEW = 4  # words of a text that may be a phrase by itself
STRENGTHS = {"positive": 2, "negative": -2, "none": 0}


@dataclass(frozen=True, slots=True)
class Patched:
    """An item as a person changed it, as printed; the correction that came of it; and what more
    could be learned, each as `Corrections.add` takes it, without `phrase` where only the person
    knows the words."""

    item: Json
    learned: Json | None = None
    learnable: list[Json] = field(default_factory=list)


def patch_and_learn(
    corrections: Corrections, platform: str, id: str, patch: Json, if_match: int | None = None
) -> Patched:
    """Change an item as a person asked (see `store.edit.patch_item`), and learn from it. Blocks."""

    def work(connection: sa.Connection, known: list[Json]) -> tuple[list[Json], Patched]:
        before = _document(connection, platform, id)
        item = patch_item(connection, platform, id, patch, if_match)
        if not any(name in patch for name in TEACHING):
            return known, Patched(item)
        after = learned(known, before, item, patch, now())
        return after, Patched(item, learnable=learnable(before, item, patch))

    patched = corrections.change_with(work)
    key = text_key(str(patched.item.get("text") or ""))
    said = next((one for one in corrections.all() if one.get("key") == key), None)
    teaches = said is not None and any(name in patch for name in TEACHING)
    return Patched(patched.item, said if teaches else None, patched.learnable)


def _document(connection: sa.Connection, platform: str, id: str) -> Json:
    desk = Desk(connection)
    desk.load([(platform, id)])
    entry = desk.find((platform, id))
    return entry.doc if entry else {}


# -- the same text ---------------------------------------------------------------------------------


def learned(known: Sequence[Json], before: Json, item: Json, patch: Json, at: str) -> list[Json]:
    """The corrections, with what a patch says of the text of an item."""
    key = text_key(str(item.get("text") or ""))
    if not key:
        return list(known)
    old = next((one for one in known if one.get("key") == key), None)
    said = {"language": None, "sentiment": None, "tags": {}, **(old or {})}
    for name in ("language", "sentiment"):
        if name in patch:
            said[name] = _told(item, name)
    said["tags"] = _tags_said(dict(said["tags"]), before, patch)
    others = [one for one in known if one is not old]
    kept = {name: said[name] for name in ("language", "sentiment", "tags") if said[name]}
    if not kept:
        return others
    shown = " ".join(str(item["text"]).split())[:SHOWN_TEXT]
    new = {"kind": ITEM, "key": key, "platform": item["platform"], "item": item["id"]}
    new |= {"text": shown, "at": at} | ({"id": old["id"]} if old else {})
    return [*_with_room(others), new | kept]


def _told(item: Json, name: str) -> Any:
    """What a person says now of the language or the feeling; None where they take it back."""
    told = mapping(item.get(name))
    if name == "language":
        return told.get("tag") if told.get("source") == YOU else None
    of_label = {key: told[key] for key in ("label", "score") if key in told}
    return of_label if told.get("by") == YOU else None


def _tags_said(said: dict[str, bool], before: Json, patch: Json) -> dict[str, bool]:
    """What is said of tags with an axis; names without one are notes to oneself."""
    by = {tag.get("name"): str(tag.get("by", "")) for tag in before.get("tags", [])}
    for name in _axes(patch, "add_tags"):
        said[name] = True
    for name in _axes(patch, "remove_tags"):
        said.pop(name, None)
        if name in by and by[name] != YOU and not by[name].startswith(BY_RULE):
            said[name] = False
    for name in _axes(patch, "forget_tags"):
        said.pop(name, None)
    return said


def _axes(patch: Json, field: str) -> list[str]:
    return [name for name in tag_names(patch.get(field, [])) if ":" in name]


def _with_room(corrections: list[Json]) -> list[Json]:
    """Without the oldest of what was said of items, where there is no room for one more."""
    of_items = [one for one in corrections if one["kind"] == ITEM]
    if len(of_items) < MOST:
        return corrections
    oldest = min(of_items, key=lambda one: str(one["at"]))
    return [one for one in corrections if one is not oldest]


# -- what could be learned -------------------------------------------------------------------------


def learnable(before: Json, item: Json, patch: Json) -> list[Json]:
    """What could be learned of words from a patch, as corrections that can be added."""
    offers = [*_of_tags(before, patch), *_of_feeling(before, item, patch)]
    language = str(mapping(item.get("language")).get("tag") or "und").split("-")[0]
    said = {} if language == "und" else {"language": language}
    return [said | offer for offer in offers][:MOST_OFFERED]


def _of_tags(before: Json, patch: Json) -> Iterator[Json]:
    known = {tag["name"]: tag for tag in before.get("tags", []) if not tag.get("removed")}
    for name in _axes(patch, "remove_tags"):
        for word in known.get(name, {}).get("words", []):
            yield {"kind": TAG, "tag": name, "phrase": word, "holds": False}
    for name in _axes(patch, "add_tags"):
        if name not in known:
            yield {"kind": TAG, "tag": name, "holds": True} | _whole_text(before)


def _of_feeling(before: Json, item: Json, patch: Json) -> Iterator[Json]:
    said = mapping(item.get("sentiment"))
    if "sentiment" not in patch or said.get("by") != YOU or said["label"] not in STRENGTHS:
        return
    was, strength = judged(before, "sentiment"), STRENGTHS[said["label"]]
    if mapping(before.get("sentiment")).get("label") == said["label"]:
        return
    words = mapping(was.get("words"))
    contrary = [word for word, weight in words.items() if not strength or weight * strength < 0]
    for word in contrary:
        yield {"kind": WORD, "phrase": word, "strength": strength}
    if not contrary and strength:
        yield {"kind": WORD, "strength": strength} | _whole_text(before)


def _whole_text(item: Json) -> Json:
    """A text of a few words as a phrase; nothing where the person has to say which words."""
    text = " ".join(str(item.get("text") or "").split())
    few = 0 < len(words_of(text).words) <= FEW and len(text) <= LONGEST_PHRASE
    return {"phrase": text} if few else {}
