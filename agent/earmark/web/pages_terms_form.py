"""The form of a watch term: lists are typed one entry on each line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..model import Json

_BREAKS = re.compile(r"[\r\n]+")
WORDS = ("name", "kind", "purpose", "owner")
LISTS = ("aliases", "hashtags", "exclusions")
SWITCHES = ("ours", "can_act", "common", "retired")


def term_in(form: Any) -> Json:
    """The term that a form holds, as the API takes it; nothing is checked yet."""
    term: Json = {field: str(form.get(field, "")).strip() for field in WORDS}
    term |= {field: lines_in(form.get(field)) for field in LISTS}
    term |= {field: form.get(field) == "yes" for field in SWITCHES}
    return term | {"handles": [handle_in(line) for line in lines_in(form.get("handles"))]}


def lines_in(typed: Any) -> list[str]:
    """The lines that are not empty."""
    return [line.strip() for line in _BREAKS.split(str(typed or "")) if line.strip()]


def handle_in(line: str) -> Json:
    """`platform: handle`, or the handle alone."""
    platform, colon, handle = line.partition(":")
    if colon and handle.strip():
        return {"platform": platform.strip().lower(), "handle": handle.strip()}
    return {"handle": line}


def handle_lines(handles: Sequence[Json]) -> str:
    """Handles as they are typed."""
    return "\n".join(
        f"{each['platform']}: {each['handle']}" if each.get("platform") else each["handle"]
        for each in handles
    )
