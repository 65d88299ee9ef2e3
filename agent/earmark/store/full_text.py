"""Parts of a query as FTS5 expressions over the stored words of one log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, product
from math import prod

import sqlalchemy as sa

from ..folding import EVERY_TEXT
from ..query.alike import alike
from ..query.spans import ways_of
from ..query.tree import Alike, And, Exact, Near, Node, Not, Or, Saying, Words
from .schema import CHANGES

NO_TEXT = '"\ue002"'  # stands in no indexed text
EVERY = f'"{EVERY_TEXT}"'
DEEPEST = 25  # FTS5 gives up on expressions nested more than about thirty times

WORDS = sa.text(
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.item_words USING fts5vocab(main, item_search, row)"
)
EVERY_WORD = sa.text("SELECT term FROM temp.item_words")
LAST_CHANGE = sa.select(sa.func.max(CHANGES.c.number))
MOST_PAIRS = 64  # of spellings of two words, told FTS5 to be near each other

Spelling = tuple[tuple[str, ...], bool]  # words in a row, and whether the last goes on


class FullText:
    """Makes expressions; asks the index which words it holds where a query is of like words."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._like: dict[Alike, list[str]] = {}

    def exactly(self, node: Node) -> str | None:
        """The expression that finds what a part means; None where stored words do not tell."""
        return self._exactly(node, DEEPEST)

    def at_least(self, node: Node) -> str:
        """An expression that finds all that a part may mean, and perhaps more; empty for all."""
        if isinstance(node, Near):
            return self._near(node) or self._joined(node.parts, " AND ", DEEPEST) or ""
        if isinstance(node, Exact) and ways_of(node.written):
            return _phrases(ways_of(node.written), longer=False)
        return ""

    def doubtful(self, node: Near) -> str | None:
        """Of what `at_least` finds, an expression for all that may not be meant: where the words
        are near each other beyond the end of a passage. None where it may be any of it."""
        if node.ordered or len(node.parts) != 2 or not self._near(node):
            return None
        words = [[word for way, _ in self._ways(part) for word in way] for part in node.parts]
        return self._near(node, EVERY) if _are_apart(*words) else None

    def _exactly(self, node: Node, depth: int) -> str | None:
        if isinstance(node, Words):
            return _phrases(ways_of(node.written), node.longer)
        if isinstance(node, Alike):
            return _phrases([(word,) for word in self._stored_like(node)], False)
        if isinstance(node, Near):
            return self._in_a_row(node)
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
        if node not in self._like:
            found = alike(node.written, node.edits, stored_words(self._connection))
            self._like[node] = sorted(found)
        return self._like[node]

    def _in_a_row(self, node: Near) -> str | None:
        """The phrases that words next to each other, in their order, make; None for others."""
        ways = self._chosen(node)
        if not (node.ordered and node.within == 1 and ways):
            return None
        if any(longer for choice in ways for _, longer in choice[:-1]):
            return None
        in_a_row = [(tuple(chain(*(way for way, _ in each))), each[-1][1]) for each in ways]
        return f"({' OR '.join(_phrase(*each) for each in in_a_row)})"

    def _near(self, node: Near, between: str = "") -> str:
        """A NEAR of FTS5 that finds at least what a NEAR of words means, with a phrase `between`
        them; empty where FTS5 has none."""
        told = [_near_each_other(choice, node, between) for choice in self._chosen(node)]
        return f"({' OR '.join(told)})" if told else ""

    def _chosen(self, node: Near) -> list[tuple[Spelling, ...]]:
        """Every choice of a spelling for each part; none where they are too many."""
        every_way = [self._ways(part) for part in node.parts]
        return list(product(*every_way)) if prod(map(len, every_way)) <= MOST_PAIRS else []

    def _ways(self, part: Saying) -> list[Spelling]:
        """The spellings that words may be stored as."""
        if isinstance(part, Words):
            return [(way, part.longer) for way in ways_of(part.written)]
        if isinstance(part, Alike):
            return [((word,), False) for word in self._stored_like(part)]
        ways = [self._ways(each) for each in part.parts]  # type: ignore[arg-type]
        return [way for each in ways for way in each]


# The words of the log that was last asked for them: reading them takes as long as all postings.
_REMEMBERED: dict[tuple[object, ...], list[str]] = {}


def stored_words(connection: sa.Connection) -> list[str]:
    """Every word that the index of a log holds, as of its last change."""
    driver = connection.connection.driver_connection
    written = getattr(driver, "total_changes", 0)  # by this connection, perhaps not to stay
    now = (connection.engine.url.database, connection.execute(LAST_CHANGE).scalar(), written)
    found = _REMEMBERED.get(now)
    if found is None:
        connection.execute(WORDS)
        found = list(connection.execute(EVERY_WORD).scalars())
        _REMEMBERED.clear()
        _REMEMBERED[now] = found
    return found


def _near_each_other(choice: Sequence[Spelling], node: Near, between: str) -> str:
    """These words no farther from each other than a NEAR reaches: FTS5 counts what stands between
    the end of each and the beginning of the last."""
    lengths = sorted(len(way) for way, _ in choice)
    farthest = (node.within - 1) * (len(choice) - 1) + sum(lengths[2:])
    phrases = " ".join([*(_phrase(*each) for each in choice), between])
    return f"NEAR({phrases}, {farthest})"


def _are_apart(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether no word of the one can be a word of the other, or go on as it."""
    return not any(a.startswith(b) or b.startswith(a) for a, b in product(some, others))


def _phrases(ways: Iterable[tuple[str, ...]], longer: bool) -> str:
    """Any of these words in a row, the last perhaps going on."""
    phrases = [_phrase(way, longer) for way in ways]
    return f"({' OR '.join(phrases)})" if phrases else NO_TEXT


def _phrase(way: tuple[str, ...], longer: bool) -> str:
    return f'"{" ".join(way)}"{" *" if longer else ""}'
