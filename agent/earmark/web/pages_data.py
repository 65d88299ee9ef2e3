"""What the pages read of the log. Everything here blocks, and is called in a thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ..errors import EarmarkError
from ..model import Json
from ..query.tree import BadQuery
from ..store import queries, raw
from ..store.changes import last_change
from ..store.facets import count_facets
from ..store.filters import Filters
from ..store.log import Log
from ..store.schema import ITEMS
from .health import count_wrong, found_by
from .i18n import Words
from .pages_shown import parse_moment
from .pages_view import Query, without

if TYPE_CHECKING:
    from ..agent import Agent


class NoSuchItem(EarmarkError):
    """No item answers to this key."""

    code = "not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("This item is not in the log.", "It may have been erased.")


SAMPLE_PLATFORM = "sample"


@dataclass(slots=True)
class Listing:
    """One page of the list, as of the change numbered `change`.

    `drops` are filters without which an empty list would show something.
    """

    items: list[Json]
    change: int
    newer: str | None = None
    older: str | None = None
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    drops: list[tuple[str, str]] = field(default_factory=list)
    log_is_empty: bool = False
    misread: BadQuery | None = None


def read_listing(
    log: Log, query: Query, cursor: str | None, length: int, with_facets: bool
) -> Listing:
    """The rows of a view, and beside them how many there are of what."""
    with log.reading() as connection:  # before the rows: what comes between is told, not lost
        change = last_change(connection)
    try:
        filters = Filters.from_query(query)
    except BadQuery as error:
        return Listing([], change, misread=error)
    page = queries.page(log, filters, cursor, length)
    listing = Listing(page.items, change, page.previous, page.next)
    if with_facets:
        listing.facets = count_facets(log, filters)
    if not page.items and not cursor:
        listing.log_is_empty = not _has_items(log, {})
        listing.drops = [] if listing.log_is_empty else _to_blame(log, query)
    return listing


def _has_items(log: Log, query: Query) -> bool:
    return bool(queries.page(log, Filters.from_query(query), None, 1).items)


def _to_blame(log: Log, query: Query) -> list[tuple[str, str]]:
    chosen = [(name, value) for name, values in query.items() for value in values]
    return [pair for pair in chosen if _has_items(log, without(query, *pair))]


def find_item(log: Log, platform: str, item_id: str) -> Json:
    """The item of a key or an alias; raises NoSuchItem."""
    item = queries.get(log, platform, item_id)
    if item is None:
        raise NoSuchItem
    return item


def read_item(log: Log, item: Json, words: Words) -> Json:
    """What is shown with an item: its thread, and what each edit changed, the latest first."""
    key = (item["platform"], item["id"])
    kept = queries.versions(log, *key)
    texts = [version["text"] for version in kept] + [item.get("text", "")]
    edits = [
        {
            "before": before,
            "after": after,
            "when": words.exactly(parse_moment(version["replaced_at"])),
        }
        for version, (before, after) in zip(kept, pairwise(texts), strict=True)
    ]
    return {"thread": queries.thread(log, *key), "versions": edits[::-1]}


def pieces_not_understood(log: Log) -> list[Json]:
    """Per platform and host: how many pieces no plugin understood, and when last."""
    return raw.not_understood(log)


def last_stored(log: Log) -> str | None:
    """When an item was last stored."""
    last: str | None = queries.stats(log)["last_stored"]
    return last


def sample_heard(log: Log) -> bool:
    """Whether anything of the sample thread is in the log."""
    of_it = sa.select(ITEMS.c.id).where(ITEMS.c.platform == SAMPLE_PLATFORM).limit(1)
    with log.reading() as connection:
        return connection.execute(of_it).scalar() is not None


def first_heard(log: Log) -> Json | None:
    """The first item of a real page; None while there is none."""
    real = sa.select(ITEMS.c.platform, ITEMS.c.key).where(ITEMS.c.platform != SAMPLE_PLATFORM)
    with log.reading() as connection:
        row = connection.execute(real.order_by(ITEMS.c.id).limit(1)).first()
    return queries.get(log, row.platform, row.key) if row else None


async def count_problems(agent: Agent) -> int:
    """The number beside "Problems"."""
    return count_wrong(await found_by(agent))
