"""Which items the person's own accounts wrote, remembered from one read to the next.

No index tells, and asking every document takes long; so only what changed is asked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from .documents import in_document
from .schema import CHANGES, ITEMS

# Documents are written without spaces, and quotes within a text are escaped there: so the first
# is never wrong about an item that is ours, and quickly done with the others.
IS_OURS = sa.and_(
    sa.func.instr(ITEMS.c.doc, '"ours":true') > 0, in_document("ours", kind=True) == "true"
)
EVERY = sa.select(ITEMS.c.id).where(IS_OURS)
# Each by itself: SQLite finds the ends of a key at once, but both in one only by a scan.
ENDS = sa.select(
    sa.select(sa.func.min(CHANGES.c.number)).scalar_subquery(),
    sa.select(sa.func.max(CHANGES.c.number)).scalar_subquery(),
)


@dataclass(frozen=True, slots=True)
class _Known:
    rows: frozenset[int]
    number: int  # of the last change that is in it


_REMEMBERED: WeakKeyDictionary[sa.Engine, _Known] = WeakKeyDictionary()


def rows_of_ours(connection: sa.Connection) -> frozenset[int]:
    """The rows of the items that the person's own accounts wrote."""
    first, last = (number or 0 for number in connection.execute(ENDS).one())
    known = _REMEMBERED.get(connection.engine)
    if known is None or known.number > last or known.number + 1 < first:
        known = _Known(frozenset(connection.execute(EVERY).scalars()), last)
    elif known.number != last:
        known = _Known(_brought_up(connection, known), last)
    if _is_settled(connection):
        _REMEMBERED[connection.engine] = known
    return known.rows


def _brought_up(connection: sa.Connection, known: _Known) -> frozenset[int]:
    since = sa.select(CHANGES.c.item).where(CHANGES.c.number > known.number)
    changed = frozenset(connection.execute(since).scalars())
    still = connection.execute(EVERY.where(ITEMS.c.id.in_(since))).scalars()
    return (known.rows - changed) | frozenset(still)


def _is_settled(connection: sa.Connection) -> bool:
    """Whether what is read will stay: what this connection wrote may still be taken back."""
    return not getattr(connection.connection.driver_connection, "total_changes", 0)
