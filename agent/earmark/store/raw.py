"""Fragments as they were received: committed before anything else happens to them."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from ..errors import EarmarkError
from ..model import Json
from .hosts import host_of
from .schema import FRAGMENTS, PAGES

PENDING = "pending"
FINAL = frozenset({"stored", "unchanged", "not_understood", "refused"})


@dataclass(frozen=True, slots=True)
class Kept:
    """What the log holds about one fragment of a batch.

    `status` is `pending` until the fragment is finished, then its outcome; `result` holds
    `items` and, where one was recorded, `error`. `new` is false for a fragment kept before.
    """

    fragment: str
    status: str
    result: Json
    new: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """Fragments of one page that were kept and not finished, in order of arrival."""

    page: Json
    platform: str
    fragments: list[Json]


def keep(
    connection: sa.Connection,
    batch: str,
    page: Json,
    fragments: Sequence[Json],
    platform: str,
    received_at: str,
) -> list[Kept]:
    """Keep fragments as received, one answer each; an id that is known keeps its first body."""
    known = recorded(connection, [fragment["id"] for fragment in fragments])
    fresh = {f["id"]: f for f in fragments if f["id"] not in known}
    if fresh:
        common = {
            "page": keep_page(connection, page),
            "batch": batch,
            "platform": platform,
            "host": host_of(str(page.get("url", ""))),
            "received_at": received_at,
            "status": PENDING,
            "items": "[]",
            "error": "",
        }
        rows = [{"id": id, "body": pack(body), **common} for id, body in fresh.items()]
        connection.execute(sa.insert(FRAGMENTS), rows)
    return [known.get(f["id"]) or Kept(f["id"], PENDING, {"items": []}, True) for f in fragments]


def finish(
    connection: sa.Connection,
    fragment_id: str,
    status: str,
    items: Sequence[Json] = (),
    error: str | None = None,
) -> None:
    """Record the outcome of a fragment; the same fragment sent again gets the same answer."""
    if status not in FINAL:
        raise ValueError(f"{status!r} is no final status")
    done = {"status": status, "items": json.dumps(list(items)), "error": error or ""}
    connection.execute(sa.update(FRAGMENTS).where(FRAGMENTS.c.id == fragment_id).values(done))


def pending(connection: sa.Connection) -> list[Pending]:
    """Everything kept and not finished, page by page: what a restarted agent takes up again."""
    columns = (FRAGMENTS.c.page, FRAGMENTS.c.platform, FRAGMENTS.c.body)
    waiting = sa.select(*columns).where(FRAGMENTS.c.status == PENDING).order_by(FRAGMENTS.c.number)
    groups: dict[tuple[int, str], list[Json]] = {}
    for page, platform, body in connection.execute(waiting):
        groups.setdefault((page, platform), []).append(unpack(body))
    pages = bodies_of_pages(connection, {page for page, _ in groups})
    return [Pending(pages[page], platform, bodies) for (page, platform), bodies in groups.items()]


def recorded(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Kept]:
    """What is known of fragments, by their ids."""
    columns = (FRAGMENTS.c.id, FRAGMENTS.c.status, FRAGMENTS.c.items, FRAGMENTS.c.error)
    found = connection.execute(sa.select(*columns).where(FRAGMENTS.c.id.in_(ids)))
    return {
        id: Kept(id, status, result_of(items, error), False) for id, status, items, error in found
    }


def result_of(items: str, error: str) -> Json:
    result: Json = {"items": json.loads(items)}
    return {**result, "error": error} if error else result


def keep_page(connection: sa.Connection, page: Json) -> int:
    """The row of a page; equal pages share one."""
    body = json.dumps(page, sort_keys=True).encode()
    digest = hashlib.sha256(body).hexdigest()
    put = insert(PAGES).values(digest=digest, body=zlib.compress(body)).on_conflict_do_nothing()
    connection.execute(put)
    return connection.execute(sa.select(PAGES.c.id).where(PAGES.c.digest == digest)).scalar_one()


def bodies_of_pages(connection: sa.Connection, ids: Iterable[int]) -> dict[int, Json]:
    found = connection.execute(sa.select(PAGES.c.id, PAGES.c.body).where(PAGES.c.id.in_(list(ids))))
    return {id: unpack(body) for id, body in found}


def fragment_body(connection: sa.Connection, fragment_id: str) -> Json:
    """A fragment as it was received; raises EarmarkError when it was never kept."""
    wanted = sa.select(FRAGMENTS.c.body).where(FRAGMENTS.c.id == fragment_id)
    body = connection.execute(wanted).scalar()
    if body is None:
        raise EarmarkError("No such fragment was kept.", code="not_found", status=404)
    return unpack(body)


def pack(body: Json) -> bytes:
    # ASCII escapes keep even lone surrogates, which UTF-8 cannot.
    return zlib.compress(json.dumps(body, separators=(",", ":")).encode("ascii"))


def unpack(body: bytes) -> Json:
    value: Json = json.loads(zlib.decompress(body))
    return value
