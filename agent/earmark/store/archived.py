"""What is kept raw and was read, in order of arrival, to be read once more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ..model import Json
from . import raw
from .schema import FRAGMENTS

READ = ("stored", "unchanged", raw.NOT_UNDERSTOOD)
BLOCK = 500


@dataclass(frozen=True, slots=True)
class Scope:
    """Which fragments: of a site with its subdomains, and received since a day (ISO 8601)."""

    site: str = ""
    since: str = ""

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        found: list[sa.ColumnElement[bool]] = [FRAGMENTS.c.status.in_(READ)]
        if self.site:
            host = FRAGMENTS.c.host
            below = host.endswith(f".{self.site}", autoescape=True)
            found.append(sa.or_(host == self.site, below))
        if self.since:
            found.append(FRAGMENTS.c.received_at >= self.since)
        return found


@dataclass(frozen=True, slots=True)
class Archived:
    """One fragment without its body: where it lies, and what became of it."""

    number: int
    id: str
    page: int
    platform: str
    host: str
    received_at: str
    status: str
    result: str
    error: str
    plugin: str
    plugin_version: str

    @property
    def keys(self) -> list[tuple[str, str]]:
        """The items that were read from it."""
        return [(each["platform"], each["id"]) for each in json.loads(self.result)]


def count(connection: sa.Connection, scope: Scope) -> int:
    """How many fragments are in the scope."""
    counted = sa.select(sa.func.count()).select_from(FRAGMENTS).where(*scope.conditions())
    return int(connection.execute(counted).scalar_one())


def block(connection: sa.Connection, scope: Scope, after: int) -> list[Archived]:
    """The next fragments of the scope after a number."""
    columns = [FRAGMENTS.c[name] for name in Archived.__slots__]
    wanted = sa.select(*columns).where(FRAGMENTS.c.number > after, *scope.conditions())
    rows = connection.execute(wanted.order_by(FRAGMENTS.c.number).limit(BLOCK))
    return [Archived(*row) for row in rows]


def bodies(connection: sa.Connection, rows: Sequence[Archived]) -> dict[str, Json]:
    """The fragments as they were received, by id."""
    wanted = sa.select(FRAGMENTS.c.id, FRAGMENTS.c.body)
    numbers = FRAGMENTS.c.number.in_([row.number for row in rows])
    return {id: raw.unpack(body) for id, body in connection.execute(wanted.where(numbers))}
