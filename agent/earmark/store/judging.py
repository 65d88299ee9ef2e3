"""What no index tells, asked from SQL: parts of a query judged item by item.

A part is named by the query's text and its number in the tree, so that a statement holds nothing
that could go away before it is done.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

import sqlalchemy as sa

from ..query.flags import has_question_mark
from ..query.match import holds
from ..query.parse import parse_query
from ..query.said import StoredWords, Subject, texts_of
from ..query.spans import stands, stands_in
from ..query.tree import Exact, Field, Near, Node, Pattern, every
from .documents import in_document
from .near_stored import near_pattern
from .schema import ITEMS

NEAR, WRITTEN = "earmark_near", "earmark_written"
HOLDS, ASKS = "earmark_holds", "earmark_asks"


def judged(node: Near | Exact | Pattern, text: str, number: int) -> sa.ColumnElement[bool]:
    """The condition that a part of a query holds for an item."""
    if isinstance(node, Near):
        return sa.Function(NEAR, ITEMS.c.search, text, number, type_=sa.Integer) == 1
    found = sa.Function(WRITTEN, ITEMS.c.doc, text, number, type_=sa.Integer) == 1
    if isinstance(node, Exact) and stands_in_json(node.written):
        return sa.and_(sa.func.instr(ITEMS.c.doc, node.written) > 0, found)
    return found


def field_holds(node: Field) -> sa.ColumnElement[bool]:
    """The condition that a field holds a value, as it is told of an item by itself."""
    return sa.Function(HOLDS, ITEMS.c.doc, node.name, node.value, type_=sa.Integer) == 1


def asks() -> sa.ColumnElement[bool]:
    """The condition that a text has the mark of a question."""
    return sa.Function(ASKS, in_document("text"), type_=sa.Integer) == 1


def stands_in_json(text: str) -> bool:
    """Whether a text that a document holds stands in its JSON as it is."""
    return text.isascii() and text.isprintable() and '"' not in text and "\\" not in text


def allow_judging(connection: sqlite3.Connection) -> None:
    """Let SQL on this connection judge items."""
    connection.create_function(NEAR, 3, _near, deterministic=True)
    connection.create_function(WRITTEN, 3, _written, deterministic=True)
    connection.create_function(HOLDS, 3, _holds, deterministic=True)
    connection.create_function(ASKS, 1, has_question_mark, deterministic=True)


def _near(stored: str, text: str, number: int) -> bool:
    return _judge_of_near(text, number)(stored)


@lru_cache(maxsize=256)
def _judge_of_near(text: str, number: int) -> Callable[[str], bool]:
    part = _parts(text)[number]
    assert isinstance(part, Near), "only a NEAR is judged so"
    if (pattern := near_pattern(part)) is not None:
        return lambda stored: pattern.search(stored) is not None
    return lambda stored: stands(part, StoredWords(stored))


def _written(document: str, text: str, number: int) -> bool:
    part = _parts(text)[number]
    said = texts_of(json.loads(document))
    return isinstance(part, Exact | Pattern) and any(stands_in(part, each) for _, each in said)


def _holds(document: str, name: str, value: str) -> bool:
    return holds(Field(name, value), Subject(json.loads(document)), datetime.now(UTC))


@lru_cache(maxsize=256)
def _parts(text: str) -> list[Node]:
    return every(parse_query(text).root)
