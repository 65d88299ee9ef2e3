"""Values of items' documents, in SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from .schema import ITEMS


def in_document(*path: str, kind: bool = False) -> sa.ColumnElement[Any]:
    """A value of the document, or the kind of JSON it is; NULL where there is none. A document
    with a number that is none (NaN) is no JSON to SQLite, and has no values."""
    read = sa.func.json_type if kind else sa.func.json_extract
    return sa.case((sa.func.json_valid(ITEMS.c.doc), read(ITEMS.c.doc, ".".join(("$", *path)))))


def in_rows(column: sa.ColumnElement[int], rows: Iterable[int]) -> sa.ColumnElement[bool]:
    """The condition that a column holds one of many numbers; SQLite limits how many parameters
    a statement has."""
    known = sa.func.json_each(json.dumps(list(rows))).table_valued("value")
    return column.in_(sa.select(known.c.value))
