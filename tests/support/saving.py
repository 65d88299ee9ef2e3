"""Items put into a log as if one fragment had held them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from earmark.store.save import Capture, save_captures

Json = dict[str, Any]


def save_items(
    connection: Connection, page: Json, fragment: Json, items: Sequence[Json], seen_at: str
) -> list[Json]:
    """What `save_captures` answers for the one fragment."""
    return save_captures(connection, page, [Capture(fragment, items, seen_at)])[0]
