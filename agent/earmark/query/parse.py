"""Reads a query: words, phrases, fields, brackets and operators become a tree."""

from __future__ import annotations

from functools import lru_cache

from ..errors import Told
from .fields import EITHER
from .messages import told
from .scan import Token, scan
from .tree import Alike, And, BadQuery, Field, Near, Node, Not, Or, Query, Saying, Words

DEEPEST = 20  # brackets in brackets
MOST_TERMS = 800
MOST_NEAR = 4  # words or phrases of one NEAR


@lru_cache(maxsize=256)
def parse_query(text: str) -> Query:
    """What a query means; one that holds nothing to look for means everything.

    Raises BadQuery, whose hint shows the query with carets under the wrong spot.
    """
    tokens = scan(text)
    if len(tokens) > MOST_TERMS:
        raise BadQuery(told("too_long", most=MOST_TERMS), text, tokens[MOST_TERMS].start)
    _check_order(text, tokens)
    found = _Parser(text, tokens).either()
    return Query(text, found if found is not None else And(()))


class _Parser:
    """A method for each rule; None is a part that holds nothing to look for."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.next = 0
        self.depth = 0

    def either(self) -> Node | None:
        """`a b OR c`: what stands beside each other belongs together first."""
        parts = [self.together()]
        while self.took("or"):
            parts.append(self.together())
        return _joined(Or, parts)

    def together(self) -> Node | None:
        """`a b` or `a AND b`."""
        groups: list[list[Node | None]] = [[]]
        while self.peek() not in ("", ")", "or"):
            if self.took("and"):
                groups.append([])
            else:
                groups[-1].append(self.near())
        return _joined(And, [part for group in groups for part in _fields_together(group)])

    def near(self) -> Node | None:
        """`a NEAR/5 b`."""
        begin = self.next
        parts, first = [self.negated()], None
        while near := self.took("near"):
            first = first or near
            if (near.within, near.ordered) != (first.within, first.ordered):
                raise self.bad(told("near_mixed"), near)
            parts.append(self.negated())
        return parts[0] if first is None else self.near_of(parts, first, begin)

    def negated(self) -> Node | None:
        """`-a` or `NOT a`."""
        count = 0
        while self.took("not"):
            count += 1
        part = self.primary()
        return Not(part) if part is not None and count % 2 else part

    def primary(self) -> Node | None:
        """A term, or a group in brackets."""
        if term := self.took("term"):
            return term.node
        begin = self.next
        if near := self.took("near("):
            self.enter()
            return self.near_of(self.operands(), near, begin)
        self.enter()
        found = self.either()
        self.leave()
        return found

    def operands(self) -> list[Node | None]:
        """What stands in the brackets of `NEAR/5(a b)`."""
        parts = []
        while self.peek() not in ("", ")"):
            if self.peek() in ("and", "or", "near"):
                raise self.bad(told("near_brackets"), self.tokens[self.next])
            parts.append(self.negated())
        self.leave()
        return parts

    def near_of(self, parts: list[Node | None], near: Token, begin: int) -> Near:
        """A NEAR of its parts, which began at a token."""
        start, end = self.tokens[begin].start, self.tokens[self.next - 1].end
        spoken = [each for part in parts if part is not None for each in _spoken(part)]
        if len(spoken) < len([part for part in parts if part is not None]):
            raise BadQuery(told("near_words"), self.text, start, end)
        if not 2 <= len(spoken) <= MOST_NEAR:
            raise BadQuery(told("near_count", most=MOST_NEAR), self.text, start, end)
        return Near(tuple(spoken), near.within, near.ordered, self.text[start:end])

    def enter(self) -> None:
        self.next += 1
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.bad(told("too_deep"), self.tokens[self.next - 1])

    def leave(self) -> None:
        self.next += 1
        self.depth -= 1

    def peek(self) -> str:
        """The kind of the next token; empty at the end."""
        return self.tokens[self.next].kind if self.next < len(self.tokens) else ""

    def took(self, kind: str) -> Token | None:
        """The next token, if it is of this kind, which is then passed."""
        if self.peek() != kind:
            return None
        self.next += 1
        return self.tokens[self.next - 1]

    def bad(self, message: Told, token: Token) -> BadQuery:
        return BadQuery(message, self.text, token.start, token.end)


def _check_order(text: str, tokens: list[Token]) -> None:
    """Operators stand where they can: raises BadQuery at the first that does not."""
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        name = text[token.start : token.end]
        if token.kind in ("and", "or", "near") and (
            before is None or before.kind not in ("term", ")")
        ):
            raise BadQuery(told("nothing_before", name=name), text, token.start, token.end)
        if token.kind in ("and", "or", "near", "not") and (
            after is None or after.kind in ("and", "or", "near", ")")
        ):
            raise BadQuery(told("nothing_after", name=name), text, token.start, token.end)


def _spoken(part: Node) -> list[Saying]:
    """The part, if NEAR can look for it; else nothing."""
    words = part.parts if isinstance(part, Or) else (part,)
    return [part] if all(isinstance(word, Words | Alike) for word in words) else []  # type: ignore[list-item]


def _fields_together(parts: list[Node | None]) -> list[Node | None]:
    """Parts that stand beside each other: values of one field are alternatives."""
    values: dict[str, list[Node]] = {}
    for part in parts:
        if isinstance(part, Field) and part.name in EITHER:
            values.setdefault(part.name, []).append(part)
    rest = [part for part in parts if not (isinstance(part, Field) and part.name in values)]
    return [*rest, *(_joined(Or, list(each)) for each in values.values())]


def _joined(kind: type[And] | type[Or], parts: list[Node | None]) -> Node | None:
    """The parts as one; parts that are joined in the same way are taken in."""
    flat: list[Node] = []
    for part in parts:
        if part is not None:
            flat.extend(part.parts if isinstance(part, kind) else [part])
    distinct = tuple(dict.fromkeys(flat))
    return kind(distinct) if len(distinct) > 1 else distinct[0] if distinct else None
