"""Items by the words that stand in them, for those who know the words of the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from .full_text import WORDS
from .schema import ITEM_SEARCH, ITEM_TAGS, ITEMS

STORED = sa.text("SELECT term, doc FROM temp.item_words WHERE doc >= :least")
ANY_OF = 800  # words of an expression; SQLite's parser has an end


def stored_words(connection: sa.Connection, least: int = 1) -> Iterator[tuple[str, int]]:
    """The different words of the index, each with the number of items that hold it."""
    connection.execute(WORDS)
    return ((row[0], row[1]) for row in connection.execute(STORED, {"least": least}))


def rows_with(
    connection: sa.Connection,
    phrases: Sequence[Sequence[Sequence[str]]],
    limit: int | None = None,
) -> list[int]:
    """The newest items in which all words of any phrase stand, of each place any one of them; by
    default all."""
    found: set[int] = set()
    for phrase in phrases:
        expression = " AND ".join(any_word(words) for words in phrase)
        rows = sa.select(ITEM_SEARCH.c.rowid).where(
            ITEM_SEARCH.c.item_search.op("MATCH")(expression)
        )
        newest = rows.order_by(ITEM_SEARCH.c.rowid.desc()).limit(limit)
        found.update(connection.execute(newest).scalars().all())
    return sorted(found, reverse=True)[:limit]


def any_word(words: Sequence[str]) -> str:
    quoted = (f'"{word}"' for word in words[:ANY_OF] if '"' not in word)
    return f"({' OR '.join(quoted)})"


def rows_tagged(connection: sa.Connection, tag: str) -> list[int]:
    """The items that carry a tag, the newest first."""
    rows = sa.select(ITEM_TAGS.c.item).where(ITEM_TAGS.c.tag == tag)
    return list(connection.execute(rows.order_by(ITEM_TAGS.c.item.desc())).scalars().all())


def documents(connection: sa.Connection, rows: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Documents of rows as text, the newest first."""
    for start in range(0, len(rows), 500):
        some = rows[start : start + 500]
        wanted = sa.select(ITEMS.c.id, ITEMS.c.doc).where(ITEMS.c.id.in_(some))
        for row in connection.execute(wanted.order_by(ITEMS.c.id.desc())):
            yield row[0], row[1]
