"""Items as a table for spreadsheets, with no cell that a spreadsheet would run.

A text that begins like a formula gets an apostrophe in front, and so does one that already has
apostrophes before such a beginning; taking one away there gives the text back. What does
not fit a cell (the reason of a tag, say) is in the NDJSON export.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from earmark.model import Json

# The last four are the full-width forms, which spreadsheets read as the plain ones.
FORMULA_SIGNS = frozenset("=+-@\t\r\n＝＋－＠")


def _at(*path: str) -> Callable[[Json], Any]:
    def read(item: Json) -> Any:
        value: Any = item
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    return read


def _listed(key: str) -> Callable[[Json], Any]:
    return lambda item: "\n".join(str(value) for value in item.get(key, []))


def _tag_names(item: Json) -> str:
    return ", ".join(tag["name"] for tag in item.get("tags", []))


def _poll(item: Json) -> str:
    options = item.get("poll", {}).get("options", [])
    return "\n".join(_poll_option(option) for option in options)


def _poll_option(option: Json) -> str:
    told = [option[key] for key in ("share", "votes") if option.get(key) is not None]
    return ": ".join([str(option.get("label", "")), *(str(value) for value in told)])


COLUMNS: dict[str, Callable[[Json], Any]] = {
    **{key: _at(key) for key in ("platform", "id", "kind", "url", "page_url", "page_title")},
    **{key: _at(key) for key in ("root_id", "parent_id", "depth")},
    **{f"author_{key}": _at("author", key) for key in ("name", "handle", "id", "url")},
    "author_followers": _at("author", "followers"),
    **{key: _at(key) for key in ("ours", "audience", "text", "truncated")},
    **{f"published_{key}": _at("published", key) for key in ("earliest", "latest", "shown")},
    **{key: _at(key) for key in ("edited", "likes", "dislikes", "replies", "shares", "views")},
    "rating": _at("rating", "value"),
    "rating_best": _at("rating", "best"),
    "poll": _poll,
    **{key: _listed(key) for key in ("mentions", "hashtags", "links", "media")},
    "language": _at("language", "tag"),
    "language_confidence": _at("language", "confidence"),
    "sentiment": _at("sentiment", "label"),
    "tags": _tag_names,
    **{key: _at(key) for key in ("state", "spam", "assignee", "note")},
    **{key: _at(key) for key in ("first_seen", "last_seen", "sightings", "revision")},
    "answered_by": _at("answered", "id"),
    "answered_after_least": _at("answered", "after", "least"),  # seconds
    "answered_after_most": _at("answered", "after", "most"),
}


def write_csv(items: Iterable[Json], stream: TextIO) -> None:
    """Write a heading and a row for each item, RFC 4180; `stream` must not translate newlines."""
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for item in items:
        writer.writerow([as_cell(read(item)) for read in COLUMNS.values()])


def as_cell(value: Any) -> str:
    """`value` as the text of a cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if begins_like_a_formula(text.lstrip("'")) else text


def begins_like_a_formula(text: str) -> bool:
    """Whether its first sign that a spreadsheet would not skip begins a formula."""
    for sign in text:
        if sign in FORMULA_SIGNS:
            return True
        if not (sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf")):
            return False
    return False
