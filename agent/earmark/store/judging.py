"""What only the document of an item can tell, asked from SQL: the parts of a query judged there.

A part is named by the query's text and its number in the tree, so that a statement holds nothing
that could go away before it is done.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

import sqlalchemy as sa

from ..query.match import holds
from ..query.parse import parse_query
from ..query.said import Subject
from ..query.tree import Node, every
from .schema import ITEMS

NAME = "earmark_judged"


def judged(text: str, numbers: Iterable[int]) -> sa.ColumnElement[bool]:
    """The condition that these parts of a query hold for an item."""
    call = sa.Function(NAME, ITEMS.c.doc, text, ",".join(map(str, numbers)), type_=sa.Integer)
    return call == 1


def allow_judging(connection: sqlite3.Connection) -> None:
    """Let SQL on this connection judge items."""
    connection.create_function(NAME, 3, _judge, deterministic=True)


def _judge(document: str, text: str, numbers: str) -> bool:
    subject, now = Subject(json.loads(document)), datetime.now(UTC)
    return all(holds(part, subject, now) for part in _parts(text, numbers))


@lru_cache(maxsize=256)
def _parts(text: str, numbers: str) -> list[Node]:
    tree = every(parse_query(text).root)
    return [tree[int(number)] for number in numbers.split(",")]
