"""How many items there are of each value of a field, as the filters of the inbox show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from ..query.tree import Field, every
from .conditions import PLAIN, Condition
from .documents import in_rows
from .filters import Filters
from .log import Log
from .ours import rows_of_ours
from .schema import ITEM_TAGS, ITEMS
from .scope import ask, filter_conditions

FACET_VALUES = 200
FEW = 1 / 20  # of all items: reading so many takes as long as walking the index over all fields
SPAM = sa.select(ITEMS.c.id).where(ITEMS.c.spam == 1)

Counts = list[tuple[str, int]]


def count_facets(log: Log, filters: Filters) -> dict[str, Counts]:
    """How many items there are of each value of a field, the most frequent first. A filter on the
    field itself does not count there, so that another value can be chosen instead. What the
    person's own accounts wrote counts only where the filters ask for it."""
    alike = [name for name in PLAIN if not getattr(filters, name)]
    with log.reading() as connection:
        found = _found(connection, filters)
        counted = _count_together(connection, found, filters, alike)
        for name in set(PLAIN) - set(alike):
            others = _without(filters, [name])
            counted |= _count_together(connection, found, others, [name])
        counted["tag"] = most(_count_tags(connection, found, filters))
    return counted


def _without(filters: Filters, names: Sequence[str]) -> Filters:
    nothing: dict[str, Any] = dict.fromkeys(names, ())
    return replace(filters, **nothing)


@dataclass(frozen=True, slots=True)
class _Found:
    """What filters let through, their own fields aside: these `rows`; or where that is not known,
    everything without those of `ours`, and spam as in `Filters`."""

    rows: frozenset[int] | None
    ours: frozenset[int]
    spam: str
    is_few: bool = False

    def conditions(self) -> list[Condition]:
        """What holds for `items`."""
        if self.rows is not None:
            # Where they are many, they are not looked up, but met on the way through the index.
            return [in_rows(ITEMS.c.id if self.is_few else ITEMS.c.id + 0, self.rows)]
        others = [sa.not_(in_rows(ITEMS.c.id, self.ours))] if self.ours else []
        return others if self.spam == "any" else [ITEMS.c.spam == int(self.spam == "only"), *others]

    def left_out(self) -> Condition:
        """What holds for `items` that are left out, where rows are not known."""
        mine = in_rows(ITEMS.c.id, self.ours) if self.ours else sa.false()
        return mine if self.spam == "any" else mine | (ITEMS.c.spam == int(self.spam == "hide"))


def _found(connection: sa.Connection, filters: Filters) -> _Found:
    ours = frozenset() if _asks_for_ours(filters) else rows_of_ours(connection)
    asked = ask(connection, _without(filters, PLAIN))
    if asked.says_only_spam:
        return _Found(None, ours, asked.spam)
    rows = frozenset(connection.execute(asked.rows()).scalars().all()) - ours
    if asked.spam != "any":
        spam = frozenset(connection.execute(SPAM).scalars())
        rows = rows & spam if asked.spam == "only" else rows - spam
    newest = connection.execute(sa.select(sa.func.max(ITEMS.c.id))).scalar() or 0
    return _Found(rows, ours, asked.spam, is_few=len(rows) < newest * FEW)


def _asks_for_ours(filters: Filters) -> bool:
    """Whether what the person's own accounts wrote is meant too."""
    return bool(filters.author) or any(
        isinstance(node, Field)
        and (node.name == "author" or (node.name, node.value) in (("is", "ours"), ("is", "any")))
        for node in every(filters.query().root)
    )


def _count_together(
    connection: sa.Connection, found: _Found, filters: Filters, names: Sequence[str]
) -> dict[str, Counts]:
    """Count the values of several fields in one walk over the items, or over their index."""
    if not names:
        return {}
    columns = [ITEMS.c[name] for name in names]
    # By spam first, as the index over all fields is ordered: then it is walked, and nothing sorted.
    counted = _these(found, filters, *columns, sa.func.count()).group_by(ITEMS.c.spam, *columns)
    counters: list[Counter[str]] = [Counter() for _ in names]
    for row in connection.execute(counted).all():
        for counter, value in zip(counters, row[:-1], strict=True):
            if value is not None:
                counter[value] += row[-1]
    return {name: most(counter) for name, counter in zip(names, counters, strict=True)}


def _these(found: _Found, filters: Filters, *columns: Any) -> sa.Select[Any]:
    own = filter_conditions(Filters(**{name: getattr(filters, name) for name in PLAIN}))
    return sa.select(*columns).select_from(ITEMS).where(*found.conditions(), *own)


def most(counter: Counter[str]) -> Counts:
    """The most frequent first; equal ones by name."""
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:FACET_VALUES]


def _count_tags(connection: sa.Connection, found: _Found, filters: Filters) -> Counter[str]:
    if any(getattr(filters, name) for name in PLAIN):
        these = _these(found, filters, ITEMS.c.id)
        return _tags(connection, ITEM_TAGS.c.item.in_(these))
    if found.rows is not None:
        return _tags(connection, in_rows(ITEM_TAGS.c.item, found.rows))
    # Taking the tags of what is left out off the sum spares looking every item up.
    counter = _tags(connection, sa.true())
    left_out = sa.select(ITEMS.c.id).where(found.left_out())
    counter.subtract(_tags(connection, ITEM_TAGS.c.item.in_(left_out)))
    return +counter


def _tags(connection: sa.Connection, which: Condition) -> Counter[str]:
    counted = sa.select(ITEM_TAGS.c.tag, sa.func.count()).where(which).group_by(ITEM_TAGS.c.tag)
    return Counter({row[0]: row[1] for row in connection.execute(counted)})
