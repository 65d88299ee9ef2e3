"""How well pages are read: what each page gave, and what each site gave day by day.

A page's row tells of the newest visit. A site's rows are sums a day, without addresses, so that a
site that gives less than it used to is noticed also where pages about others are not kept.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from ..model import Json
from .hosts import host_of
from .schema import ITEMS, PAGE_HEALTH, SIGHTINGS, SITE_YIELDS

OF_PAGE = ("platform", "visit", "at", "elements", "empty", "heard", "updated", "not_understood",
           "expected", "items")  # fmt: skip
USUAL_DAYS = 30
AS_JSON = {PAGE_HEALTH.name: ("fields", "compared"), SITE_YIELDS.name: ("fields", "differs")}


@dataclass(frozen=True)
class Spot:
    """A page as one platform reads it, in one visit. `url` is its canonical address."""

    url: str
    platform: str
    visit: str
    at: str

    @property
    def host(self) -> str:
        return host_of(self.url)

    @property
    def day(self) -> str:
        return self.at[:10]


@dataclass(frozen=True)
class Heard:
    """What one batch gave: counts, and how many of its items have each watched field."""

    items: int = 0
    new: int = 0
    updated: int = 0
    not_understood: int = 0
    expected: int | None = None
    fields: Json | None = None
    barren: bool = False  # elements of a known platform, none of them understood


def note_heard(connection: sa.Connection, spot: Spot, heard: Heard) -> None:
    """Add what a batch gave to its page and to its site's day."""
    row = page_row(connection, spot)
    if heard.barren and not row["items"] and not row["not_understood"]:
        _note_barren(connection, spot)
    row["heard"] += heard.new
    row["updated"] += heard.updated
    row["not_understood"] += heard.not_understood
    row["items"] += heard.items
    row["expected"] = row["expected"] if heard.expected is None else heard.expected
    row["fields"] = added(row["fields"], heard.fields or {})
    put(connection, PAGE_HEALTH, row)
    if heard.items:
        day = day_row(connection, spot)
        day["items"] += heard.items
        day["fields"] = added(day["fields"], heard.fields or {})
        put(connection, SITE_YIELDS, day | {"barren": 0})


def _note_barren(connection: sa.Connection, spot: Spot) -> None:
    """Count a visit that gave nothing though something stands there."""
    day = day_row(connection, spot)
    counted = {"silent": day["silent"] + 1, "barren": day["barren"] + 1}
    put(connection, SITE_YIELDS, day | counted)


def note_report(
    connection: sa.Connection, spot: Spot, elements: int, empty: bool, *, keep_page: bool
) -> None:
    """Take down what a browser says of a page; without `keep_page` not which page it was."""
    row = page_row(connection, spot)
    told_before = row["elements"] is not None
    row |= {"elements": elements, "empty": int(empty), "at": spot.at}
    silent = not elements and not empty and not row["items"]
    if keep_page or row["items"]:
        put(connection, PAGE_HEALTH, row)
    if silent and not told_before:
        _note_barren(connection, spot)


def note_compared(connection: sa.Connection, spot: Spot, told: Json) -> None:
    """Take down how two readers of a visit agree, `{differs, agrees}`.

    At the page only where its visit is written down already.
    """
    row = page_row(connection, spot)
    if row["elements"] is not None or row["items"]:
        put(connection, PAGE_HEALTH, row | {"compared": told})
    day = day_row(connection, spot)
    differs = added(day["differs"], dict.fromkeys(told["differs"], 1))
    put(connection, SITE_YIELDS, day | {"compared": day["compared"] + 1, "differs": differs})


def page(connection: sa.Connection, url: str) -> Json | None:
    """The newest row of a page by its canonical address: `OF_PAGE`, `fields`; None without one."""
    found = sa.select(PAGE_HEALTH).where(PAGE_HEALTH.c.url == url)
    row = connection.execute(found.order_by(PAGE_HEALTH.c.at.desc()).limit(1)).mappings().first()
    return None if row is None else opened(row, PAGE_HEALTH)


def comments_of_page(connection: sa.Connection, url: str) -> int:
    """How many comments of that page are in the log, whenever they were heard."""
    of_page = sa.select(SIGHTINGS.c.item).where(SIGHTINGS.c.page_url == url)
    counted = sa.select(sa.func.count()).where(ITEMS.c.id.in_(of_page), ITEMS.c.kind != "post")
    return int(connection.execute(counted).scalar_one())


def is_read_by(connection: sa.Connection, url: str, platform: str) -> bool:
    """Whether items of that page are in the log as those of `platform`."""
    same = (ITEMS.c.page_url == url) & (ITEMS.c.platform == platform)
    return connection.execute(sa.select(ITEMS.c.id).where(same).limit(1)).first() is not None


def samples(connection: sa.Connection, url: str, how_many: int) -> list[Json]:
    """The documents of some of the page's items, the newest first."""
    found = (
        sa.select(ITEMS.c.doc)
        .where(ITEMS.c.page_url == url)
        .order_by(ITEMS.c.kind == "post", ITEMS.c.id.desc())
        .limit(how_many)
    )
    return [json.loads(doc) for doc in connection.execute(found).scalars()]


def days_of(connection: sa.Connection, platform: str, host: str) -> list[Json]:
    """A site's days, the newest first, at most a month: `{day, items, silent, barren, fields,
    compared, differs}`; `barren` are the visits since the last that gave something."""
    of_site = (SITE_YIELDS.c.platform == platform) & (SITE_YIELDS.c.host == host)
    found = sa.select(SITE_YIELDS).where(of_site).order_by(SITE_YIELDS.c.day.desc())
    rows = connection.execute(found.limit(USUAL_DAYS + 1)).mappings()
    return [opened(row, SITE_YIELDS) for row in rows]


def sites(connection: sa.Connection) -> list[tuple[str, str]]:
    """Every (platform, host) that is known to the days."""
    found = sa.select(SITE_YIELDS.c.platform, SITE_YIELDS.c.host).distinct()
    return [(platform, host) for platform, host in connection.execute(found)]


def page_row(connection: sa.Connection, spot: Spot) -> Json:
    """The row to write for a page; counts begin anew with each visit."""
    same = (PAGE_HEALTH.c.url == spot.url) & (PAGE_HEALTH.c.platform == spot.platform)
    row = connection.execute(sa.select(PAGE_HEALTH).where(same)).mappings().first()
    if row is not None and row["visit"] == spot.visit:
        return opened(row, PAGE_HEALTH) | {"at": spot.at}
    fresh = {"url": spot.url, "platform": spot.platform, "visit": spot.visit, "at": spot.at}
    counts = {"heard": 0, "updated": 0, "not_understood": 0, "items": 0}
    unknown = dict.fromkeys(("elements", "expected", "compared"))
    return fresh | counts | unknown | {"empty": 0, "fields": {}}


def day_row(connection: sa.Connection, spot: Spot) -> Json:
    key = {"platform": spot.platform, "host": spot.host, "day": spot.day}
    same = sa.and_(*(SITE_YIELDS.c[name] == value for name, value in key.items()))
    row = connection.execute(sa.select(SITE_YIELDS).where(same)).mappings().first()
    if row is not None:
        return opened(row, SITE_YIELDS)
    return key | {"items": 0, "silent": 0, "barren": 0, "compared": 0, "fields": {}, "differs": {}}


def put(connection: sa.Connection, table: sa.Table, row: Json) -> None:
    written = {name: json.dumps(row[name], sort_keys=True) for name in AS_JSON[table.name]}
    values = row | {name: text for name, text in written.items() if row[name] is not None}
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in values.items() if name not in keys}
    connection.execute(insert(table).values(values).on_conflict_do_update(keys, set_=rest))


def opened(row: Any, table: sa.Table) -> Json:
    texts = {name: row[name] for name in AS_JSON[table.name] if row[name] is not None}
    return dict(row) | {name: json.loads(text) for name, text in texts.items()}


def added(fields: Json, more: Json) -> Json:
    return dict(Counter(fields) + Counter(more))


def usual(days: Sequence[Json]) -> tuple[Json, int]:
    """The sums of the fields and of the items of those days."""
    fields: Json = {}
    for day in days:
        fields = added(fields, day["fields"])
    return fields, sum(day["items"] for day in days)
