"""The query of a rule with language and platform apart, as its form has them."""

from __future__ import annotations

from collections.abc import Sequence

from ..query.messages import told
from ..query.parse import parse_query
from ..query.scan import Token, scan
from ..query.tree import And, BadQuery, Field, Node

APART = ("language", "platform")
TYPED_AS = {"language": "lang", "platform": "platform"}


def joined(query: str, chosen: dict[str, str]) -> str:
    """One query that asks for what is typed and for what is chosen beside it; raises BadQuery."""
    return beside(query, [field(TYPED_AS[name], chosen[name]) for name in APART if name in chosen])


def beside(query: str, fields: Sequence[str]) -> str:
    """One query that asks for another one and for fields; raises BadQuery."""
    query, asked = query.strip(), " ".join(fields)
    root = parse_query(query).root
    if not asked:
        return query
    wanted = _all_of(root, parse_query(asked).root)
    ways = [
        f"{query} {asked}".strip(),
        f"({query}) {asked}",
        f"({query}) AND {asked}",  # beside each other, two languages would be alternatives
        f"{query} AND {asked}",
        f"{asked} {query}",  # quotes that never close go to the end
    ]
    for way in ways:
        if _means(way) == wanted:
            return way
    raise BadQuery(told("cannot_join", fields=asked), query, 0, len(query))


def field(name: str, value: str) -> str:
    """A field of a query, its value in quotes where it needs some."""
    if not any(sign.isspace() or sign in '()"' for sign in value):
        return f"{name}:{value}"
    return f"{name}:«{value}»" if '"' in value else f'{name}:"{value}"'


def apart(when: str) -> tuple[str, dict[str, str]]:
    """A query as it is typed, and what of it is chosen beside it: `joined` puts them together."""
    chosen: dict[str, str] = {}
    try:
        tokens = scan(when)
    except BadQuery:
        return when, {}
    while tokens and (name := _is_apart(tokens, chosen)):
        chosen[name] = tokens.pop().node.value  # type: ignore[union-attr]
    end = tokens[-1].end if tokens else 0
    query = when[:end].strip()
    for way in (query[1:-1].strip(), query):
        if chosen and _same(way, chosen, when):
            return way, chosen
    return when, {}


def _is_apart(tokens: list[Token], chosen: dict[str, str]) -> str:
    """Which field the last of them is, where it stands for itself; empty for anything else."""
    last, before = tokens[-1], tokens[-2].kind if len(tokens) > 1 else "term"
    if not isinstance(last.node, Field) or before not in ("term", ")"):
        return ""
    name = last.node.name
    return name if name in APART and name not in chosen else ""


def _same(query: str, chosen: dict[str, str], when: str) -> bool:
    try:
        return parse_query(joined(query, chosen)).root == parse_query(when).root
    except BadQuery:
        return False


def _all_of(*parts: Node) -> Node:
    flat = [each for part in parts for each in (part.parts if isinstance(part, And) else (part,))]
    distinct = tuple(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else And(distinct)


def _means(query: str) -> Node | None:
    try:
        return parse_query(query).root
    except BadQuery:
        return None
