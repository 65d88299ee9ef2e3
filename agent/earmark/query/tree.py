"""What a query means: a tree of what must be said, and of what must hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ..errors import EarmarkError, Told
from ..model import Json


class BadQuery(EarmarkError):
    """A query that cannot be understood; the hint shows it with carets under the wrong spot.

    `start` and `end` are the spot in `query`, as it was given; `told` is what is wrong there.
    """

    code = "bad_query"
    status = 400

    def __init__(self, message: Told, query: str = "", start: int = 0, end: int = 0) -> None:
        end = max(end, start + 1)
        shown = "".join(" " if sign.isspace() else sign for sign in query)
        super().__init__(message, f"{shown}\n{' ' * start}{'^' * (end - start)}" if query else "")
        self.query, self.start, self.end = query, start, end
        self.told = message

    def as_json(self) -> Json:
        """With the code of what is wrong, and the spot: offsets into the query as it was given."""
        told = super().as_json()["error"]
        spot = {"start": self.start, "end": self.end} if self.query else {}
        return {"error": {**told, "problem": self.told.code, **spot}}


@dataclass(frozen=True, slots=True)
class Words:
    """A word, or several that stand together; `longer` lets the last one go on."""

    written: str
    longer: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """A word and those that one or two changed, missing, added or swapped letters make of it."""

    written: str
    edits: int


@dataclass(frozen=True, slots=True)
class Exact:
    """Exactly these signs, case and all, not inside a longer word. `source` as in the query."""

    written: str
    source: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression of RE2, looked for in each text as it was written."""

    expression: str
    ignore_case: bool
    source: str


Saying: TypeAlias = "Words | Alike | Or"


@dataclass(frozen=True, slots=True)
class Near:
    """Words or phrases, or alternatives of them, each at most `within` words after another; one is
    next to it. `ordered`: in this order."""

    parts: tuple[Saying, ...]
    within: int
    ordered: bool
    source: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field that holds a value: `platform`, `language`, `tag`, `is` and the like."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number compared: `sign` is =, <, <=, > or >=."""

    name: str
    sign: str
    number: float


@dataclass(frozen=True, slots=True)
class When:
    """Published `since` or `until` a day, a moment, or so long ago ("7d")."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class And:
    """All of them; without any, everything."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything else."""

    part: Node


Node: TypeAlias = "Words | Alike | Exact | Pattern | Near | Field | Amount | When | And | Or | Not"


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was written, and what it means."""

    text: str
    root: Node


def every(node: Node) -> list[Node]:
    """The node and all below it."""
    below: tuple[Node, ...] = ()
    if isinstance(node, And | Or | Near):
        below = node.parts
    elif isinstance(node, Not):
        below = (node.part,)
    return [node, *(each for part in below for each in every(part))]
