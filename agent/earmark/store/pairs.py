"""Selects by pairs of values: by platform and id, or by visit and element."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

BLOCK = 500


class PairSelect:
    """A select whose rows are picked by pairs; built once, for building costs more than running.

    `(a, b) IN (…)` would say it in one, but SQLite then scans instead of using the index.
    """

    def __init__(
        self,
        statement: sa.Select[Any],
        first: sa.ColumnElement[str],
        second: sa.ColumnElement[str],
    ) -> None:
        chosen = second.in_(sa.bindparam("seconds", expanding=True))
        self._statement = statement.where(first == sa.bindparam("first"), chosen)

    def rows(self, connection: sa.Connection, pairs: Iterable[tuple[str, str]]) -> Iterator[Any]:
        """The rows of all pairs, in one statement for each first value."""
        groups: dict[str, list[str]] = {}
        for first, second in dict.fromkeys(pairs):
            groups.setdefault(first, []).append(second)
        for first, seconds in groups.items():
            for start in range(0, len(seconds), BLOCK):
                block = {"first": first, "seconds": seconds[start : start + BLOCK]}
                yield from connection.execute(self._statement, block).all()
