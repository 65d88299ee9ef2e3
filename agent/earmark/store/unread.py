"""The pages of which something was not understood, or that two readers read differently."""

from __future__ import annotations

import sqlalchemy as sa

from ..model import Json
from . import page_health
from .hosts import host_of
from .log import Log
from .raw import UNREAD, bodies_of_pages, unpack
from .schema import FRAGMENTS, PAGE_HEALTH

LOOKED_AT = 2000  # of the newest fragments
SHOWN_OF_PAGE = 3  # fragments whose markup is shown
DISPUTED = 20  # pages that are read in two ways


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


def disputed_pages(log: Log) -> list[Json]:
    """Pages that two readers read differently: as `unread_pages`, with `differs` for `errors`.

    Only those of which something is kept raw. Blocks.
    """
    wanted = sa.select(PAGE_HEALTH).where(PAGE_HEALTH.c.compared.is_not(None))
    with log.reading() as connection:
        newest = connection.execute(wanted.order_by(PAGE_HEALTH.c.at.desc()).limit(LOOKED_AT))
        rows = [page_health.opened(row, PAGE_HEALTH) for row in newest.mappings()]
        disputed = [row for row in rows if row["compared"]["differs"]][:DISPUTED]
        return [page for row in disputed for page in _raw_of_visit(connection, row)]


def _raw_of_visit(connection: sa.Connection, row: Json) -> list[Json]:
    """The page of a row of its health, as it was kept raw; none where nothing is."""
    of_site = (FRAGMENTS.c.platform == row["platform"], FRAGMENTS.c.host == host_of(row["url"]))
    newest = sa.select(FRAGMENTS.c.number, FRAGMENTS.c.page).where(*of_site)
    rows = connection.execute(newest.order_by(FRAGMENTS.c.number.desc()).limit(LOOKED_AT)).all()
    pages = bodies_of_pages(connection, {page for _, page in rows})
    numbers = [number for number, page in rows if _visit_of(pages[page]) == row["visit"]]
    if not numbers:
        return []
    page = next(pages[page] for number, page in rows if number == numbers[0])
    found = {"count": len(numbers), "differs": row["compared"]["differs"]}
    shown = _bodies(connection, numbers[:SHOWN_OF_PAGE])
    return [_page(page, row["platform"], row["at"]) | found | {"fragments": shown}]


def _visit_of(page: Json) -> str:
    return str(page.get("visit") or page.get("url"))


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
