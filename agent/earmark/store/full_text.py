"""Parts of a query as FTS5 expressions over the stored words of one log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from ..folding import EVERY_TEXT
from ..query.alike import alike, lengths_of
from ..query.spans import ways_of
from ..query.tree import Alike, And, Exact, Near, Node, Not, Or, Words

NO_TEXT = '"\ue002"'  # stands in no indexed text
EVERY = f'"{EVERY_TEXT}"'
DEEPEST = 25  # FTS5 gives up on expressions nested more than about thirty times

WORDS = sa.text(
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.item_words USING fts5vocab(main, item_search, row)"
)
OF_LENGTH = sa.text("SELECT term FROM temp.item_words WHERE length(term) BETWEEN :least AND :most")


class FullText:
    """Makes expressions; asks the index which words it holds where a query is of like words."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._like: dict[Alike, str] = {}

    def exactly(self, node: Node) -> str | None:
        """The expression that finds what a part means; None where stored words do not tell."""
        return self._exactly(node, DEEPEST)

    def at_least(self, node: Node) -> str:
        """An expression that finds all that a part may mean, and perhaps more; empty for all."""
        if isinstance(node, Near):
            return self._joined(node.parts, " AND ", DEEPEST) or ""
        if isinstance(node, Exact) and ways_of(node.written):
            return _phrases(ways_of(node.written), longer=False)
        return ""

    def _exactly(self, node: Node, depth: int) -> str | None:
        if isinstance(node, Words):
            return _phrases(ways_of(node.written), node.longer)
        if isinstance(node, Alike):
            if node not in self._like:
                self._like[node] = _phrases([(word,) for word in self._stored_like(node)], False)
            return self._like[node]
        if not isinstance(node, And | Or | Not) or depth == 0:
            return None
        if isinstance(node, Not):
            part = self._exactly(node.part, depth - 1)
            return None if part is None else f"({EVERY} NOT {part})"
        wanted = [part for part in node.parts if not isinstance(part, Not)]
        unwanted = [part.part for part in node.parts if isinstance(part, Not)]
        if isinstance(node, Or) or not unwanted or not wanted:
            return self._joined(node.parts, " AND " if isinstance(node, And) else " OR ", depth)
        these, those = self._joined(wanted, " AND ", depth), self._joined(unwanted, " OR ", depth)
        return f"({these} NOT {those})" if these is not None and those is not None else None

    def _joined(self, parts: Sequence[Node], operator: str, depth: int) -> str | None:
        found = [self._exactly(part, depth - 1) for part in parts]
        known = [each for each in found if each is not None]
        return f"({operator.join(known)})" if len(known) == len(found) else None

    def _stored_like(self, node: Alike) -> list[str]:
        self._connection.execute(WORDS)
        least, most = lengths_of(node.written, node.edits)
        stored = self._connection.execute(OF_LENGTH, {"least": least, "most": most}).scalars()
        return sorted(alike(node.written, node.edits, stored))


def _phrases(ways: Iterable[tuple[str, ...]], longer: bool) -> str:
    """Any of these words in a row, the last perhaps going on."""
    phrases = [f'"{" ".join(way)}"{" *" if longer else ""}' for way in ways]
    return f"({' OR '.join(phrases)})" if phrases else NO_TEXT
