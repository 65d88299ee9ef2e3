"""The pages of which something was not understood, so that people can look at what that is."""

from __future__ import annotations

import sqlalchemy as sa

from ..model import Json
from .hosts import host_of
from .log import Log
from .raw import UNREAD, bodies_of_pages, unpack
from .schema import FRAGMENTS

LOOKED_AT = 2000  # of the newest fragments
SHOWN_OF_PAGE = 3  # fragments whose markup is shown


def unread_pages(log: Log) -> list[Json]:
    """The newest first: `{url, title, platform, count, last, errors, fragments}` of each page.

    `fragments` are the newest few as they were received. Blocks.
    """
    columns = ("number", "page", "platform", "received_at", "error")
    newest = (
        sa.select(*(FRAGMENTS.c[name] for name in columns))
        .where(UNREAD)
        .order_by(FRAGMENTS.c.number.desc())
        .limit(LOOKED_AT)
    )
    with log.reading() as connection:
        rows = connection.execute(newest).mappings().all()
        pages = bodies_of_pages(connection, {row["page"] for row in rows})
        found: dict[tuple[str, str], Json] = {}
        for row in rows:
            page = pages[row["page"]]
            key = (row["platform"], str(page.get("url", "")))
            told = found.setdefault(key, _page(page, row["platform"], row["received_at"]))
            told["count"] += 1
            if row["error"] not in told["errors"]:
                told["errors"].append(row["error"])
            if len(told["fragments"]) < SHOWN_OF_PAGE:
                told["fragments"].append(row["number"])
        for told in found.values():
            told["fragments"] = _bodies(connection, told["fragments"])
    return list(found.values())


def heard_of_page(log: Log, url: str, platform: str) -> tuple[Json, list[Json]] | None:
    """The page and its fragments as last heard, each element once; None where none is kept.

    Of an element that came several times in the visit, what came last. Blocks.
    """
    with log.reading() as connection:
        kept = sa.select(FRAGMENTS.c.page, FRAGMENTS.c.body).where(
            FRAGMENTS.c.platform == platform, FRAGMENTS.c.host == host_of(url)
        )
        newest = kept.order_by(FRAGMENTS.c.number.desc()).limit(LOOKED_AT)
        rows = connection.execute(newest).all()
        pages = bodies_of_pages(connection, {page for page, _ in rows})
    of_page = [(pages[page], body) for page, body in rows if pages[page].get("url") == url]
    if not of_page:
        return None
    visit = of_page[0][0].get("visit")
    bodies = (unpack(body) for page, body in of_page if page.get("visit") == visit)
    elements: dict[str, Json] = {}
    for body in bodies:  # the newest first
        elements.setdefault(str(body.get("ref") or body["id"]), body)
    return of_page[0][0], list(elements.values())


def _page(page: Json, platform: str, last: str) -> Json:
    known = {"url": str(page.get("url", "")), "title": str(page.get("title", ""))}
    return known | {"platform": platform, "count": 0, "last": last, "errors": [], "fragments": []}


def _bodies(connection: sa.Connection, numbers: list[int]) -> list[Json]:
    wanted = sa.select(FRAGMENTS.c.body).where(FRAGMENTS.c.number.in_(numbers))
    newest_first = wanted.order_by(FRAGMENTS.c.number.desc())
    return [unpack(body) for body in connection.execute(newest_first).scalars()]
