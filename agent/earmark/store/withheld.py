"""Fragments of pages that are about somebody else, as long as it seems so.

They lie in the raw archive with the status `withheld` and are answered as not kept. When a page or
thread they belong to turns out about us they are pending again, in the transaction that says so:
an agent that is killed takes them up at its next start. Otherwise they are deleted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from . import raw
from .schema import ABOUT_US, FRAGMENTS, WITHHELD

Entry = TypeVar("Entry")

BLOCK = 500  # keys or fragments in one statement

MARK = insert(ABOUT_US)
MARK = MARK.on_conflict_do_update(
    index_elements=["key"],
    set_={"because": MARK.excluded.because, "seen_at": MARK.excluded.seen_at},
)


def mark(connection: sa.Connection, marks: Mapping[str, str], at: str) -> None:
    """Note what is about us: keys of pages and threads, with the account or term that says so."""
    if marks:
        rows = [{"key": k, "because": because, "seen_at": at} for k, because in marks.items()]
        connection.execute(MARK, rows)


def marked(
    connection: sa.Connection, keys: Collection[str], names: Collection[str]
) -> dict[str, str]:
    """Those of `keys` that were marked because of one of `names`, each with that name."""
    found: dict[str, str] = {}
    for some in blocks(sorted(keys)):
        wanted = sa.select(ABOUT_US.c.key, ABOUT_US.c.because).where(ABOUT_US.c.key.in_(some))
        rows = connection.execute(wanted)
        found |= {key: because for key, because in rows if because in names}
    return found


def withhold(connection: sa.Connection, keys: Mapping[str, Collection[str]]) -> None:
    """Let withheld fragments, by their ids, be found by the keys they belong to."""
    for some in blocks(sorted(keys)):
        wanted = sa.select(FRAGMENTS.c.id, FRAGMENTS.c.number).where(FRAGMENTS.c.id.in_(some))
        numbers = {row.id: row.number for row in connection.execute(wanted)}
        rows = [{"key": k, "fragment": numbers[id]} for id in some for k in sorted(keys[id])]
        connection.execute(insert(WITHHELD).on_conflict_do_nothing(), rows)


def release(connection: sa.Connection, keys: Collection[str]) -> list[str]:
    """Make what is withheld under any of `keys` pending again; the ids, in order of arrival."""
    found: dict[int, str] = {}
    for some in blocks(sorted(keys)):
        joined = sa.select(FRAGMENTS.c.number, FRAGMENTS.c.id).join_from(WITHHELD, FRAGMENTS)
        rows = connection.execute(joined.where(WITHHELD.c.key.in_(some)))
        found |= {row.number: row.id for row in rows}
    for numbers in blocks(sorted(found)):
        back = sa.update(FRAGMENTS).where(FRAGMENTS.c.number.in_(numbers))
        connection.execute(back.values(status=raw.PENDING))
        connection.execute(sa.delete(WITHHELD).where(WITHHELD.c.fragment.in_(numbers)))
    return [found[number] for number in sorted(found)]


def forget_some(connection: sa.Connection, before: str) -> int:
    """Delete some of what is withheld since before that moment; how many, 0 when none is left."""
    late = (FRAGMENTS.c.status == raw.WITHHELD, FRAGMENTS.c.received_at < before)
    wanted = sa.select(FRAGMENTS.c.id).where(*late).limit(BLOCK)
    ids = list(connection.execute(wanted).scalars())
    raw.forget(connection, ids)
    return len(ids)


def unmark(connection: sa.Connection, kind: str, before: str) -> None:
    """Forget keys beginning with `kind:` that were last said to be about us before that moment."""
    of_kind = ABOUT_US.c.key.startswith(f"{kind}:", autoescape=True)
    connection.execute(sa.delete(ABOUT_US).where(of_kind, ABOUT_US.c.seen_at < before))


def blocks(many: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    return (many[start : start + BLOCK] for start in range(0, len(many), BLOCK))
