"""What the inbox reads, in SQL: pages by key, never by offset."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ..errors import EarmarkError
from ..model import Json
from .answers import with_answers
from .filters import Filters
from .log import Log
from .printed import printed
from .raw import PENDING
from .schema import ALIASES, CHANGES, FRAGMENTS, ITEMS, VERSIONS
from .scope import ask

STREAM_BLOCK = 500
THREAD_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class Page:
    """Items, newest arrival first; `next` leads to older ones, `previous` to newer ones."""

    items: list[Json]
    next: str | None
    previous: str | None


def page(log: Log, filters: Filters, cursor: str | None = None, limit: int = 50) -> Page:
    """One page of what the filters let through. Raises EarmarkError for a cursor not ours."""
    newer, position = read_cursor(cursor)
    with log.reading() as connection:
        rows = select_page(connection, filters, newer, position, limit + 1)
        more, rows = len(rows) > limit, rows[:limit]
        items = with_answers(connection, [printed(json.loads(text)) for _, text in rows])
    if newer:
        rows.reverse()
        items.reverse()
    if not rows:
        return Page([], None, None)
    first, last = rows[0][0], rows[-1][0]
    has_older = more if not newer else True
    has_newer = more if newer else cursor is not None
    return Page(
        items,
        write_cursor("b", last) if has_older else None,
        write_cursor("a", first) if has_newer else None,
    )


def select_page(
    connection: sa.Connection, filters: Filters, newer: bool, position: int | None, limit: int
) -> list[tuple[int, str]]:
    scope = ask(connection, filters).scope()
    wanted = scope.select(ITEMS.c.id, ITEMS.c.doc)
    order = scope.position.asc() if newer else scope.position.desc()
    if position is not None:
        after = scope.position > position if newer else scope.position < position
        wanted = wanted.where(after)
    rows = connection.execute(wanted.order_by(order).limit(limit))
    return [(row[0], row[1]) for row in rows]


def write_cursor(side: str, position: int) -> str:
    return base64.urlsafe_b64encode(f"{side}{position}".encode()).decode().rstrip("=")


def read_cursor(cursor: str | None) -> tuple[bool, int | None]:
    """Whether newer items are wanted, and from which row on."""
    if not cursor:
        return False, None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
        side, position = text[:1], text[1:]
        if side in ("a", "b") and position.isascii() and position.isdigit() and len(position) < 19:
            return side == "a", int(position)
    except (binascii.Error, ValueError):
        pass
    raise EarmarkError("This page of the list cannot be found.", "Go back to the first page.")


GET = sa.select(ITEMS.c.doc).where(
    ITEMS.c.platform == sa.bindparam("platform"), ITEMS.c.key == sa.bindparam("key")
)
GET_BY_ALIAS = (
    sa.select(ITEMS.c.doc)
    .join(ALIASES, ALIASES.c.item == ITEMS.c.id)
    .where(ALIASES.c.platform == sa.bindparam("platform"), ALIASES.c.alias == sa.bindparam("key"))
)


def get(log: Log, platform: str, id: str) -> Json | None:
    """The item of a key, or of another id it has or had; None when there is none."""
    found = lookup(log, [(platform, id)])
    return found[0] if found else None


def document_text(connection: sa.Connection, platform: str, id: str) -> str | None:
    key = {"platform": platform, "key": id}
    text: str | None = connection.execute(GET, key).scalar()
    return text if text is not None else connection.execute(GET_BY_ALIAS, key).scalar()


def lookup(log: Log, keys: Sequence[tuple[str, str]]) -> list[Json]:
    """Those of the keys that are in the log, each item once, in the order asked."""
    found: dict[tuple[str, str], Json] = {}
    with log.reading() as connection:
        for platform, id in dict.fromkeys(keys):
            text = document_text(connection, platform, id)
            if text is not None:
                item = printed(json.loads(text))
                found.setdefault((item["platform"], item["id"]), item)
        return with_answers(connection, list(found.values()))


def with_answer(log: Log, item: Json) -> Json:
    """A printed item with what answered it, as everything here has it."""
    with log.reading() as connection:
        return with_answers(connection, [item])[0]


def row_of(connection: sa.Connection, platform: str, id: str) -> int | None:
    by_key = sa.select(ITEMS.c.id).where(ITEMS.c.platform == platform, ITEMS.c.key == id)
    by_alias = sa.select(ALIASES.c.item).where(
        ALIASES.c.platform == platform, ALIASES.c.alias == id
    )
    row: int | None = connection.execute(by_key).scalar()
    return row if row is not None else connection.execute(by_alias).scalar()


def versions(log: Log, platform: str, id: str) -> list[Json]:
    """The texts an item had before, oldest first: `{text, seen_at, replaced_at}`."""
    columns = (VERSIONS.c.text, VERSIONS.c.seen_at, VERSIONS.c.replaced_at)
    with log.reading() as connection:
        row = row_of(connection, platform, id)
        kept = sa.select(*columns).where(VERSIONS.c.item == row).order_by(VERSIONS.c.id)
        return [dict(version._mapping) for version in connection.execute(kept)]


def thread(log: Log, platform: str, id: str) -> list[Json]:
    """The items of the thread an item belongs to, parents before replies; without a known thread,
    the item alone."""
    item = get(log, platform, id)
    if item is None:
        return []
    root = item.get("root_id") or item["id"]
    belongs = sa.or_(ITEMS.c.root == root, ITEMS.c.key == root, ITEMS.c.key == item["id"])
    rows = (
        sa.select(ITEMS.c.doc)
        .where(ITEMS.c.platform == item["platform"], belongs)
        .order_by(ITEMS.c.id)
        .limit(THREAD_LIMIT)
    )
    with log.reading() as connection:
        items = [printed(json.loads(text)) for text in connection.execute(rows).scalars()]
        items = with_answers(connection, items)
    return in_order(items)


def in_order(items: Sequence[Json]) -> list[Json]:
    """Items depth first: each followed by its replies, in order of arrival."""
    present = {item["id"] for item in items}
    replies: dict[str | None, list[Json]] = {}
    for item in items:
        parent = item.get("parent_id")
        replies.setdefault(parent if parent in present else None, []).append(item)
    ordered: list[Json] = []
    waiting = list(reversed(replies.pop(None, [])))
    while waiting:
        item = waiting.pop()
        ordered.append(item)
        waiting.extend(reversed(replies.pop(item["id"], [])))
    return ordered + [item for circle in replies.values() for item in circle]


def stream(log: Log, filters: Filters) -> Iterator[Json]:
    """Everything the filters let through, newest arrival first, a block at a time."""
    position: int | None = None
    while True:
        with log.reading() as connection:
            rows = select_page(connection, filters, False, position, STREAM_BLOCK)
            items = with_answers(connection, [printed(json.loads(text)) for _, text in rows])
        yield from items
        if len(rows) < STREAM_BLOCK:
            return
        position = rows[-1][0]


def changes_since(log: Log, number: int, limit: int = 200) -> list[Json]:
    """Changes after a number, in order: `{number, platform, id, change, at}`."""
    columns = (
        *(CHANGES.c.number, CHANGES.c.platform, CHANGES.c.key.label("id")),
        *(CHANGES.c.change, CHANGES.c.at),
    )
    later = sa.select(*columns).where(CHANGES.c.number > number)
    with log.reading() as connection:
        rows = connection.execute(later.order_by(CHANGES.c.number).limit(limit))
        return [dict(row._mapping) for row in rows]


def stats(log: Log) -> Json:
    """`{items, fragments, waiting, last_stored}`: how much there is, how many fragments are not
    finished, and when an item last came or was edited (None for never)."""
    waiting = FRAGMENTS.c.status == PENDING
    stored = CHANGES.c.change.in_(("new", "edited"))
    last = sa.select(CHANGES.c.at).where(stored).order_by(CHANGES.c.number.desc()).limit(1)
    with log.reading() as connection:
        return {
            "items": count(connection, ITEMS),
            "fragments": count(connection, FRAGMENTS),
            "waiting": count(connection, FRAGMENTS, waiting),
            "last_stored": connection.execute(last).scalar(),
        }


def count(connection: sa.Connection, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
    counted = sa.select(sa.func.count()).select_from(table).where(*conditions)
    return int(connection.execute(counted).scalar_one())
