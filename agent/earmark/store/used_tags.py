"""The tags that are in use."""

from __future__ import annotations

import sqlalchemy as sa

from .log import Log
from .schema import ITEM_TAGS

MOST = 500


def tags_in_use(log: Log) -> list[str]:
    """The names of the tags that any item carries, in order, 500 at most.

    Each is sought behind the one before it, which does not look at every item as DISTINCT does.
    """
    name = ITEM_TAGS.c.tag
    first = sa.select(sa.func.min(name).label("tag")).cte("named", recursive=True)
    after = sa.select(sa.func.min(name)).where(name > first.c.tag).scalar_subquery()
    every = first.union_all(sa.select(after).where(first.c.tag.is_not(None)))
    found = sa.select(every.c.tag).where(every.c.tag.is_not(None)).limit(MOST)
    with log.reading() as connection:
        return list(connection.scalars(found))
