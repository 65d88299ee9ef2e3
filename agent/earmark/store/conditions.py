"""Filters and queries as SQL conditions, in the shapes that stay fast however large the log is."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from ..folding import fold
from ..query.fields import AMOUNT_PATHS, addresses, site_of, tags_meant
from ..query.flags import ASKED, QUESTION
from ..query.moments import beginning, ending
from ..query.tree import (
    Alike,
    Amount,
    And,
    Exact,
    Field,
    Near,
    Node,
    Not,
    Or,
    Pattern,
    Query,
    When,
    Words,
    every,
)  # fmt: skip
from .answers import rows_answered
from .derive import storable
from .documents import in_document, in_rows
from .full_text import FullText
from .judging import asks, field_holds, judged
from .ours import rows_of_ours
from .schema import ITEM_SEARCH, ITEM_TAGS, ITEMS

Condition = sa.ColumnElement[bool]
PLAIN = ("platform", "language", "state", "kind")
KEYS = {"effort": "efforts", "emotion": "emotions"}  # of documents, where they are other
HIGHEST = "\U0010ffff"


class QueryConditions:
    """Conditions for the parts of one query, on one log."""

    def __init__(self, connection: sa.Connection, query: Query) -> None:
        self._connection = connection
        self._text = query.text
        self._numbers = {id(node): number for number, node in enumerate(every(query.root))}
        self.full_text = FullText(connection)

    def of(self, node: Node) -> Condition:
        """The condition that a part holds; true or false, never NULL."""
        if (words := self.full_text.exactly(node)) is not None:
            return found_by(words)
        if isinstance(node, And | Or):
            every_part = [self.of(part) for part in node.parts]
            return sa.and_(*every_part) if isinstance(node, And) else sa.or_(*every_part)
        if isinstance(node, Not):
            return sa.not_(self.of(node.part))
        if isinstance(node, When):
            return sa.func.coalesce(said_when(node), sa.false())
        if isinstance(node, Amount):
            return sa.func.coalesce(compares(node), sa.false())
        if isinstance(node, Field):
            return sa.func.coalesce(self._field(node), sa.false())
        assert not isinstance(node, Words | Alike), "stored words tell of every word"
        words = self.full_text.at_least(node)
        known = [found_by(words)] if words else []
        return sa.and_(*known, self.judged(node))

    def judged(self, node: Near | Exact | Pattern) -> Condition:
        """The condition that an item satisfies a part that no index tells of; asked of items that
        may, see `FullText.at_least`."""
        found = judged(node, self._text, self._numbers[id(node)])
        doubtful = self.full_text.doubtful(node) if isinstance(node, Near) else None
        return sa.or_(sa.not_(found_by(doubtful)), found) if doubtful else found

    def _field(self, node: Field) -> Condition:
        """The condition that a field holds a value; NULL where it has none."""
        value = storable(node.value)
        match node.name:
            case "platform" | "state" | "kind":
                return ITEMS.c[node.name] == value
            case "language":
                return one_of(ITEMS.c.language, [value, *self._regional(value)])
            case "author" | "page":
                return any_of(node.name, (value,))
            case "on":
                return self._on(value)
            case "tag":
                return ITEMS.c.id.in_(sa.select(ITEM_TAGS.c.item).where(self._tags(value)))
            case "thread":
                return in_thread(value)
            case "is" if value in ASKED:
                return self._is(node)
            case "is" if value == "any":
                return sa.true()
            case "is" if value == "spam":
                return ITEMS.c.spam == 1
            case "is":
                return in_document(value, kind=True) == "true"
            case "sentiment":
                return in_document("sentiment", "label") == value
            case "effort" | "emotion" | "assignee":
                return where_it_says(f'"{KEYS.get(node.name, node.name)}":', node)
        return in_document(node.name) == value

    def _is(self, node: Field) -> Condition:
        """What `is:` asks beyond the fields that say it in a word."""
        if node.value == "corrected":
            return where_it_says('"you"', node)
        if node.value == "question":
            tagged = ITEMS.c.id.in_(sa.select(ITEM_TAGS.c.item).where(ITEM_TAGS.c.tag == QUESTION))
            denied = says('"removed":true')  # perhaps: then it is looked at closely
            return sa.case((denied, field_holds(node)), else_=sa.or_(tagged, asks()))
        answered = in_rows(ITEMS.c.id, rows_answered(self._connection))
        if node.value == "answered":
            return answered
        ours = in_rows(ITEMS.c.id, rows_of_ours(self._connection))
        return sa.not_(sa.or_(answered, ours))

    def single_tag(self, node: Node) -> str | None:
        """The only tag that a part asks for, where it does nothing else."""
        if not isinstance(node, Field) or node.name != "tag" or node.value.endswith("*"):
            return None
        meant = [storable(name) for name in tags_meant(node.value)]
        known = [name for name in meant if self._exists(ITEM_TAGS.c.tag == name)]
        return (known or meant)[0] if len(known) < 2 else None

    def _tags(self, value: str) -> Condition:
        if value.endswith("*"):
            return between(ITEM_TAGS.c.tag, value[:-1])
        return ITEM_TAGS.c.tag.in_(tags_meant(value))

    def _regional(self, language: str) -> Sequence[str]:
        """The stored languages that add script or region to one."""
        of_it = between(ITEMS.c.language, f"{language}-")
        regional = sa.select(ITEMS.c.language).where(of_it).distinct()
        return self._connection.execute(regional).scalars().all()

    def _on(self, site: str) -> Condition:
        """A platform or a site; only what is there, so that its index can be walked."""
        site = site_of(site)
        within = [between(ITEMS.c.page_url, f"{each}/") for each in addresses(site)]
        itself = one_of(ITEMS.c.page_url, addresses(site))
        ways = (ITEMS.c.platform == site, itself, *within)
        known = [way for way in ways if self._exists(way)]
        return sa.or_(sa.false(), *known)

    def _exists(self, condition: Condition) -> bool:
        one = sa.select(sa.literal(1)).where(condition).limit(1)
        return self._connection.execute(one).first() is not None


def says(signs: str) -> Condition:
    """The condition that these signs stand in a document: soon told, before it is read."""
    return sa.func.instr(ITEMS.c.doc, signs) > 0


def where_it_says(signs: str, node: Field) -> Condition:
    """The condition that a field holds a value, which no document does without these signs. CASE,
    for of AND and OR both sides may be found out."""
    return sa.case((says(signs), field_holds(node)), else_=sa.false())


def found_by(words: str) -> Condition:
    """The condition that an expression of FTS5 finds an item."""
    matched = ITEM_SEARCH.c.item_search.op("MATCH")(words)
    return ITEMS.c.id.in_(sa.select(ITEM_SEARCH.c.rowid).where(matched))


def compares(node: Amount) -> Condition:
    path = AMOUNT_PATHS.get(node.name, (node.name,))
    is_number = in_document(*path, kind=True).in_(("integer", "real"))
    return sa.and_(is_number, in_document(*path).op(node.sign)(node.number))


def said_when(node: When) -> Condition:
    if node.name == "since":
        return sa.func.coalesce(ITEMS.c.published_latest, "") >= (beginning(node.value) or "")
    return sa.func.coalesce(ITEMS.c.published_earliest, "~") < (ending(node.value) or "")


def in_thread(value: str) -> Condition:
    platform, _, id = value.partition("/")
    columns = (ITEMS.c.key, ITEMS.c.root, ITEMS.c.parent)
    whole = sa.or_(*(column == value for column in columns))
    if not id:
        return sa.func.coalesce(whole, sa.false())
    theirs = sa.and_(ITEMS.c.platform == platform, sa.or_(*(column == id for column in columns)))
    return sa.func.coalesce(whole, sa.false()) | sa.func.coalesce(theirs, sa.false())


def any_of(name: str, values: Sequence[str]) -> Condition:
    """One of the values, in a field of the items."""
    if name in PLAIN:
        return one_of(ITEMS.c[name], values)
    if name == "author":
        names = [fold(value).removeprefix("@") for value in values]
        handles = [*names, *(f"@{each}" for each in names)]
        handle, author = ITEMS.c.author_handle.in_(handles), ITEMS.c.author_name.in_(handles)
        return sa.or_(sa.func.coalesce(handle, sa.false()), sa.func.coalesce(author, sa.false()))
    return sa.or_(*(on_page(value) for value in values))


def one_of(column: sa.ColumnElement[str], values: Sequence[str]) -> Condition:
    return column == values[0] if len(values) == 1 else column.in_(values)


def on_page(address: str) -> Condition:
    """An address, or its beginning when it is written without a scheme."""
    if "://" in address:
        return ITEMS.c.page_url == address.partition("#")[0]
    return sa.or_(*(between(ITEMS.c.page_url, start) for start in addresses(address)))


def between(column: sa.ColumnElement[str], start: str) -> Condition:
    """A range instead of LIKE: it uses the index, and its text is never a pattern."""
    return sa.and_(column >= start, column < start + HIGHEST)
