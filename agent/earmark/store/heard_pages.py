"""Which pages are kept raw."""

from __future__ import annotations

import sqlalchemy as sa

from .log import Log
from .raw import bodies_of_pages
from .schema import FRAGMENTS

LOOKED_AT = 20_000  # of the newest fragments


def newest_pages(log: Log) -> list[tuple[str, str]]:
    """The (address, platform) of the pages kept raw, the newest first. Blocks."""
    newest = (
        sa.select(FRAGMENTS.c.page, FRAGMENTS.c.platform)
        .order_by(FRAGMENTS.c.number.desc())
        .limit(LOOKED_AT)
    )
    with log.reading() as connection:
        rows = list(dict.fromkeys(connection.execute(newest).tuples().all()))
        pages = bodies_of_pages(connection, {page for page, _ in rows})
    return list(dict.fromkeys((str(pages[page].get("url", "")), name) for page, name in rows))
