"""Fragments as they were received: committed before anything else happens to them."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from ..errors import EarmarkError
from ..model import Json
from .hosts import host_of
from .log import Log
from .schema import FRAGMENTS, PAGES

PENDING = "pending"
NOT_UNDERSTOOD = "not_understood"
NOT_KEPT = "not_kept"
WITHHELD = "withheld"  # not kept for now; see `withheld.py`
FORMAT = 1  # of the bodies: a fragment as `POST /v1/captures` takes it, JSON, deflated
FINAL = frozenset({"stored", "unchanged", NOT_UNDERSTOOD, NOT_KEPT, WITHHELD, "refused"})
# What is withheld because it could not be read tells of a broken plugin as well.
UNREAD = sa.or_(
    FRAGMENTS.c.status == NOT_UNDERSTOOD,
    sa.and_(FRAGMENTS.c.status == WITHHELD, FRAGMENTS.c.error != ""),
)
OF_OUTCOME = ("status", "result", "error", "plugin", "plugin_version")
FINISH = (
    sa.update(FRAGMENTS)
    .where(FRAGMENTS.c.id == sa.bindparam("fragment"))
    .values({name: sa.bindparam(f"new_{name}") for name in OF_OUTCOME})
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One fragment of a batch, and what became of it.

    `status` is `pending` until the fragment is finished, then its outcome. `result` is the answer
    recorded for it, `{fragment, status, items, error?}`, and None while there is none.
    """

    fragment: Json
    status: str
    result: Json | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one fragment: its final status, and what was stored or why nothing was.

    `reader` is `{plugin, version}` of what read it, empty where nothing did.
    """

    fragment: str
    status: str
    items: Sequence[Json] = ()
    error: str = ""
    reader: Json = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.status not in FINAL:
            raise ValueError(f"{self.status!r} is no final status")

    def answer(self) -> Json:
        return result_of(self.fragment, self.status, list(self.items), self.error)


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
            "result": "[]",
            "error": "",
            "format": FORMAT,
            "plan": str(page.get("plan", "")),
        }
        packed = {id: pack(body) for id, body in fresh.items()}
        rows = [{"id": id, "body": b, "size": len(b), **common} for id, b in packed.items()]
        connection.execute(sa.insert(FRAGMENTS), rows)
    results = {id: known.get(id) for id in (fragment["id"] for fragment in fragments)}
    return [kept(fragment, results[fragment["id"]]) for fragment in fragments]


def kept(fragment: Json, result: Json | None) -> Kept:
    if result is None or result["status"] == PENDING:
        return Kept(fragment, PENDING, None)
    return Kept(fragment, result["status"], result)


def finish(connection: sa.Connection, outcomes: Sequence[Outcome]) -> list[Json]:
    """Record what became of fragments and give the answers; sent again, they get the same ones."""
    answers = [outcome.answer() for outcome in outcomes]
    rows = [
        {
            "fragment": answer["fragment"],
            "new_status": outcome.status,
            "new_result": json.dumps(answer["items"]),
            "new_error": outcome.error,
            "new_plugin": outcome.reader.get("plugin", ""),
            "new_plugin_version": outcome.reader.get("version", ""),
        }
        for outcome, answer in zip(outcomes, answers, strict=True)
    ]
    if rows:
        connection.execute(FINISH, rows)
    return answers


def result_of(fragment_id: str, status: str, items: list[Json], error: str) -> Json:
    told = NOT_KEPT if status == WITHHELD else status
    result = {"fragment": fragment_id, "status": told, "items": items}
    return {**result, "error": error} if error else result


def recorded(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Json]:
    """The results of fragments that were kept before, by their ids."""
    columns = (FRAGMENTS.c.id, FRAGMENTS.c.status, FRAGMENTS.c.result, FRAGMENTS.c.error)
    found = connection.execute(sa.select(*columns).where(FRAGMENTS.c.id.in_(ids)))
    return {
        id: result_of(id, status, json.loads(items), error) for id, status, items, error in found
    }


def unfinished(log: Log, only: Sequence[str] | None = None) -> list[tuple[Json, str, list[Json]]]:
    """What was kept and not finished, as (page, platform, fragments) in order of arrival: what a
    restarted agent takes up again. `only` names the fragments to look at."""
    columns = (FRAGMENTS.c.page, FRAGMENTS.c.platform, FRAGMENTS.c.body)
    waiting = sa.select(*columns).where(FRAGMENTS.c.status == PENDING).order_by(FRAGMENTS.c.number)
    if only is not None:
        waiting = waiting.where(FRAGMENTS.c.id.in_(only))
    groups: dict[tuple[int, str], list[Json]] = {}
    with log.reading() as connection:
        for page, platform, body in connection.execute(waiting):
            groups.setdefault((page, platform), []).append(unpack(body))
        pages = bodies_of_pages(connection, {page for page, _ in groups})
    return [(pages[page], platform, bodies) for (page, platform), bodies in groups.items()]


def not_understood(log: Log) -> list[Json]:
    """Per platform and host, the most recent first: `{platform, host, count, last, error}`, with
    when it last happened and what was said then."""
    columns = (FRAGMENTS.c.platform, FRAGMENTS.c.host)
    counted = (
        sa.select(*columns, sa.func.count(), sa.func.max(FRAGMENTS.c.number).label("newest"))
        .where(UNREAD)
        .group_by(*columns)
        .order_by(sa.desc("newest"))
    )
    with log.reading() as connection:
        return [problem(connection, *row) for row in connection.execute(counted).all()]


def problem(connection: sa.Connection, platform: str, host: str, count: int, newest: int) -> Json:
    told = sa.select(FRAGMENTS.c.received_at, FRAGMENTS.c.error)
    last, error = connection.execute(told.where(FRAGMENTS.c.number == newest)).one()
    return {"platform": platform, "host": host, "count": count, "last": last, "error": error}


def forget(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Delete fragments as if they had never come, and pages that nothing else is kept of."""
    if not ids:
        return
    wanted = FRAGMENTS.c.id.in_(ids)
    pages = set(connection.execute(sa.select(FRAGMENTS.c.page).where(wanted)).scalars())
    connection.execute(sa.delete(FRAGMENTS).where(wanted))
    forget_pages(connection, pages)


def forget_pending(connection: sa.Connection, batch: str) -> None:
    """Delete what was kept of a batch and is not read yet."""
    waiting = (FRAGMENTS.c.batch == batch, FRAGMENTS.c.status == PENDING)
    forget(
        connection, list(connection.execute(sa.select(FRAGMENTS.c.id).where(*waiting)).scalars())
    )


def forget_pages(connection: sa.Connection, pages: Iterable[int]) -> None:
    """Delete those of the pages that no fragment is kept of any more."""
    used = sa.exists().where(FRAGMENTS.c.page == PAGES.c.id)
    connection.execute(sa.delete(PAGES).where(PAGES.c.id.in_(list(pages)), ~used))


def keep_page(connection: sa.Connection, page: Json) -> int:
    """The row of a page; equal pages share one."""
    body = json.dumps(page, sort_keys=True).encode()
    digest = hashlib.sha256(body).hexdigest()
    put = insert(PAGES).values(digest=digest, body=zlib.compress(body)).on_conflict_do_nothing()
    connection.execute(put)
    found = sa.select(PAGES.c.id).where(PAGES.c.digest == digest)
    return int(connection.execute(found).scalar_one())


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
