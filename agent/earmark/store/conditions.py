"""Filters as SQL conditions, in the shapes that stay fast however large the log is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ..folding import fold, search_query
from .filters import Filters
from .schema import ITEM_SEARCH, ITEM_TAGS, ITEMS

Condition = sa.ColumnElement[bool]
PLAIN = ("platform", "language", "state", "kind")


@dataclass(frozen=True, slots=True)
class Scope:
    """The items that filters let through.

    `position` is the row id to page by, taken from the table that is walked: the search index, a
    tag's keys, or the items themselves.
    """

    source: sa.FromClause
    position: sa.ColumnElement[int]
    conditions: tuple[Condition, ...]

    def select(
        self, *columns: Any, also: tuple[sa.FromClause, Condition] | None = None
    ) -> sa.Select[Any]:
        """A select of columns of these items, with one more table joined when `also` says so."""
        source = self.source.join(*also) if also is not None else self.source
        return sa.select(*columns).select_from(source).where(*self.conditions)


def scope_of(filters: Filters, leave_out: str = "", *, to_count: bool = False) -> Scope:
    """The scope of filters, without those on the field `leave_out`.

    Without statistics SQLite would rather use the index for facets than walk the items in order.
    Only what counts (`to_count`) and filters by nothing else may use it.
    """
    source: sa.FromClause = ITEMS
    position: sa.ColumnElement[int] = ITEMS.c.id
    conditions = item_conditions(filters, leave_out)
    if filters.spam != "any":
        plain = to_count and not conditions and not filters.tag and not filters.text
        spam = ITEMS.c.spam if plain else ITEMS.c.spam + 0
        conditions.append(spam == int(filters.spam == "only"))
    for number, name in enumerate(filters.tag if leave_out != "tag" else ()):
        tags = ITEM_TAGS.alias(f"tag{number}")
        source = tags.join(source, tags.c.item == ITEMS.c.id)
        position = tags.c.item
        conditions.append(tags.c.tag == name)
    if match := search_query(filters.text):
        source = ITEM_SEARCH.join(source, ITEM_SEARCH.c.rowid == ITEMS.c.id)
        position = ITEM_SEARCH.c.rowid
        conditions.append(ITEM_SEARCH.c.item_search.op("MATCH")(match))
    return Scope(source, position, tuple(conditions))


def item_conditions(filters: Filters, leave_out: str) -> list[Condition]:
    conditions: list[Condition] = []
    for name in (*PLAIN, "author", "page"):
        values = getattr(filters, name)
        if values and name != leave_out:
            conditions.append(any_of(name, values))
    conditions += [sa.not_(excluded(name, value)) for name, value in filters.without]
    if (earliest := filters.earliest()) is not None:
        conditions.append(sa.func.coalesce(ITEMS.c.published_latest, "") >= earliest)
    if (before := filters.before()) is not None:
        conditions.append(sa.func.coalesce(ITEMS.c.published_earliest, "~") < before)
    return conditions


def any_of(name: str, values: tuple[str, ...]) -> Condition:
    """One of the values, in a field of the items."""
    if name in PLAIN:
        return ITEMS.c[name] == values[0] if len(values) == 1 else ITEMS.c[name].in_(values)
    if name == "author":
        names = [fold(value).removeprefix("@") for value in values]
        handles = [*names, *(f"@{each}" for each in names)]
        return sa.or_(ITEMS.c.author_handle.in_(handles), ITEMS.c.author_name.in_(names))
    return sa.or_(*(on_page(value) for value in values))


def on_page(address: str) -> Condition:
    """An address, or its beginning when it is written without a scheme."""
    if "://" in address:
        return ITEMS.c.page_url == address.partition("#")[0]
    starts = [f"{scheme}://{www}{address}" for scheme in ("https", "http") for www in ("", "www.")]
    return sa.or_(*(between(start) for start in starts))


def between(start: str) -> Condition:
    """A range instead of LIKE: it uses the index, and its text is never a pattern."""
    return sa.and_(ITEMS.c.page_url >= start, ITEMS.c.page_url < start + "\U0010ffff")


def excluded(name: str, value: str) -> Condition:
    if name == "tag":
        carried = sa.select(ITEM_TAGS.c.item).where(ITEM_TAGS.c.tag == value)
        return ITEMS.c.id.in_(carried)
    # A field that is absent is not the excluded value.
    return sa.func.coalesce(any_of(name, (value,)), sa.false())
