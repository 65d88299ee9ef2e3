"""Items of Earmark's own export, each field checked before it is let in."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from earmark.errors import EarmarkError
from earmark.model import AUDIENCES, ITEM_KINDS, STATES, Json

PLATFORM = re.compile(r"[a-z][a-z0-9_-]{0,63}")
SENTIMENTS = ("positive", "negative", "mixed", "none", "unknown")
LONGEST = 2_000_000  # characters of a text
LONGEST_NAME = 20_000  # of any other text
WHOLE = 2**53

Check = Callable[[Any], bool]


class BadItem(EarmarkError):
    """A line that is no item as Earmark exports it."""

    code = "bad_item"


def text(longest: int = LONGEST_NAME) -> Check:
    return lambda value: isinstance(value, str) and len(value) <= longest


def one_of(*values: str) -> Check:
    return lambda value: value in values


def whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= WHOLE


def number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= WHOLE


def flag(value: Any) -> bool:
    return isinstance(value, bool)


def each(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(check, value))


def record(**fields: Check) -> Check:
    return lambda value: (
        isinstance(value, dict)
        and all(name in fields and fields[name](each) for name, each in value.items())
    )


def mapping(check: Check) -> Check:
    """Any names, and what each must be."""
    return lambda value: isinstance(value, dict) and all(map(check, value.values()))


def anything(value: Any) -> bool:
    """Whatever JSON: it belongs to a part of Earmark that reads it with care."""
    return True


MOMENT = text(40)
FIELDS: dict[str, Check] = {
    "platform": lambda value: isinstance(value, str) and bool(PLATFORM.fullmatch(value)),
    "id": lambda value: isinstance(value, str) and 0 < len(value) <= LONGEST_NAME,
    "id_source": one_of("native", "derived"),
    "aliases": each(text()),
    "kind": one_of(*ITEM_KINDS),
    **dict.fromkeys(("url", "page_url", "page_title", "root_id", "parent_id"), text()),
    "depth": whole,
    "author": record(id=text(), handle=text(), name=text(), url=text(), followers=whole),
    "ours": flag,
    "audience": one_of(*AUDIENCES),
    "text": text(LONGEST),
    "truncated": flag,
    "published": record(earliest=MOMENT, latest=MOMENT, shown=text(), conflict=flag),
    "edited": flag,
    **dict.fromkeys(("likes", "dislikes", "replies", "shares", "views"), whole),
    "rating": record(value=number, best=number),
    "poll": record(
        options=each(record(label=text(), share=number, votes=whole)), votes=whole, closes=text()
    ),
    **dict.fromkeys(("mentions", "hashtags", "links", "media"), each(text())),
    "language": record(
        tag=text(100),
        confidence=number,
        source=text(),
        because=text(),
        second=record(tag=text(100), share=number),
    ),
    "sentiment": record(
        label=one_of(*SENTIMENTS),
        score=number,
        because=text(),
        by=text(),
        words=mapping(number),
        emotions=each(record(name=text(100), because=text())),
    ),
    "tags": each(record(name=text(), by=text(), because=text(), words=each(text()))),
    "state": one_of(*STATES),
    "spam": flag,
    **dict.fromkeys(("assignee", "note"), text(LONGEST)),
    **dict.fromkeys(("efforts", "promise"), anything),
    **dict.fromkeys(("first_seen", "last_seen"), MOMENT),
    **dict.fromkeys(("sightings", "revision"), whole),
    "read_by": record(plugin=text(), version=text()),
}
REQUIRED = ("platform", "id", "kind")


def checked(value: Json) -> Json:
    """The item on a line, with every field that is known. Raises BadItem for what cannot be."""
    for name in REQUIRED:
        if name not in value:
            raise BadItem(f"it has no {name}: this is no item of an export")
    for name, check in FIELDS.items():
        if name in value and not check(value[name]):
            raise BadItem(f"{name} is not what an export holds")
    return {name: each for name, each in value.items() if name in FIELDS}
