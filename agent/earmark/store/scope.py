"""Which items filters let through, and which table is walked to find them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from ..query.match import hides_spam
from ..query.tree import Amount, And, Exact, Field, Near, Node, Pattern, every
from .conditions import PLAIN, Condition, QueryConditions, any_of
from .filters import Filters
from .schema import ITEM_SEARCH, ITEM_TAGS, ITEMS

COLUMNS = ("any", "spam", "answered", "unanswered")  # `is:` that no document is read for


@dataclass(frozen=True, slots=True)
class Scope:
    """The items that filters let through.

    `position` is the row id to page by, taken from the table that is walked: the search index, a
    tag's keys, or the items themselves.
    """

    source: sa.FromClause
    position: sa.ColumnElement[int]
    conditions: tuple[Condition, ...]

    def select(self, *columns: Any) -> sa.Select[Any]:
        """A select of columns of these items."""
        return sa.select(*columns).select_from(self.source).where(*self.conditions)


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters, understood on one log: an expression for the search index, tags that are all
    carried, and what else must hold, at last what is dear to find out. `spam` is as in `Filters`.
    """

    filters: Filters
    words: str
    tags: tuple[str, ...]
    conditions: tuple[Condition, ...]
    dear: tuple[Condition, ...]
    spam: str

    @property
    def says_only_spam(self) -> bool:
        """Whether nothing is asked but whether an item is spam."""
        nothing = Filters(text=self.filters.text, spam=self.filters.spam)
        here = (self.words, self.tags, self.conditions, self.dear)
        return self.filters == nothing and not any(here)

    def rows(self) -> sa.Select[Any]:
        """The rows of the items that are asked for, spam or not."""
        others = (self.filters.tag, self.tags, self.conditions, self.dear)
        if self.words and not any((*others, filter_conditions(self.filters))):
            matched = ITEM_SEARCH.c.item_search.op("MATCH")(self.words)
            return sa.select(ITEM_SEARCH.c.rowid).where(matched)  # without a look at the items
        return replace(self, spam="any").scope().select(ITEMS.c.id)

    def scope(self) -> Scope:
        """The items that are asked for.

        Without statistics SQLite would rather use the index for facets than walk the items in
        order, so spam is asked in a way that no index answers.
        """
        source: sa.FromClause = ITEMS
        position: sa.ColumnElement[int] = ITEMS.c.id
        conditions = filter_conditions(self.filters)
        if self.spam != "any":
            conditions.append(ITEMS.c.spam + 0 == int(self.spam == "only"))
        for number, name in enumerate((*self.filters.tag, *self.tags)):
            carried = ITEM_TAGS.alias(f"tag{number}")
            source = carried.join(source, carried.c.item == ITEMS.c.id)
            position = carried.c.item
            conditions.append(carried.c.tag == name)
        if self.words:
            source = ITEM_SEARCH.join(source, ITEM_SEARCH.c.rowid == ITEMS.c.id)
            position = ITEM_SEARCH.c.rowid
            conditions.append(ITEM_SEARCH.c.item_search.op("MATCH")(self.words))
        return Scope(source, position, (*conditions, *self.conditions, *self.dear))


def ask(connection: sa.Connection, filters: Filters, root: Node | None = None) -> Asked:
    """Understand filters on the log that the connection reads. Raises BadQuery.

    root: what to look for, made of parts of the filters' query; by default all of it.
    """
    query = filters.query()
    root = root or query.root
    spam = filters.spam if filters.spam != "hide" or hides_spam(query) else "any"
    read = QueryConditions(connection, query)
    words: list[str] = []
    tags: list[str] = []
    conditions: list[Condition] = []
    dear: list[Condition] = []
    for part in root.parts if isinstance(root, And) else (root,):
        if (found := read.full_text.exactly(part)) is not None:
            words.append(found)
        elif (tag := read.single_tag(part)) is not None:
            tags.append(tag)
        elif isinstance(part, Near | Exact | Pattern):
            words.append(read.full_text.at_least(part))
            dear.append(read.judged(part))
        elif speaks_of_documents(part):
            dear.append(read.of(part))
        else:
            conditions.append(read.of(part))
    expression = " AND ".join(filter(None, words))
    return Asked(filters, expression, tuple(tags), tuple(conditions), tuple(dear), spam)


def speaks_of_documents(part: Node) -> bool:
    """Whether SQL must read documents to tell whether a part holds."""
    documents = ("sentiment", "emotion", "effort", "audience", "assignee", "is")
    return any(
        isinstance(node, Near | Exact | Pattern | Amount)
        or (isinstance(node, Field) and node.name in documents and node.value not in COLUMNS)
        for node in every(part)
    )


def filter_conditions(filters: Filters) -> list[Condition]:
    """What the filters' own fields ask for, tags aside."""
    conditions: list[Condition] = []
    for name in (*PLAIN, "author", "page"):
        values = getattr(filters, name)
        if values:
            conditions.append(any_of(name, values))
    if (earliest := filters.earliest()) is not None:
        conditions.append(sa.func.coalesce(ITEMS.c.published_latest, "") >= earliest)
    if (before := filters.before()) is not None:
        conditions.append(sa.func.coalesce(ITEMS.c.published_earliest, "~") < before)
    return conditions
