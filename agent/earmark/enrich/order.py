"""Which part of a query is asked first: what is answered quickest."""

from __future__ import annotations

from ..query.tree import Alike, And, Exact, Near, Node, Not, Or, Pattern, Words

_OF_WORDS, _OF_MANY_WORDS, _OF_LETTERS = 1, 2, 3  # beside fields, which cost nothing


def quickest_first(node: Node) -> Node:
    """The same query, its parts in the order of their cost."""
    match node:
        case And(parts):
            return And(_sorted(parts))
        case Or(parts):
            return Or(_sorted(parts))
        case Not(part):
            return Not(quickest_first(part))
    return node


def _sorted(parts: tuple[Node, ...]) -> tuple[Node, ...]:
    return tuple(sorted(map(quickest_first, parts), key=_cost))


def _cost(node: Node) -> int:
    match node:
        case And(parts) | Or(parts):
            return sum(map(_cost, parts))
        case Not(part):
            return _cost(part)
        case Words():
            return _OF_WORDS
        case Alike() | Near():
            return _OF_MANY_WORDS
        case Exact() | Pattern():
            return _OF_LETTERS
    return 0
