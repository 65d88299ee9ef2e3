"""Splits what a person typed into words, phrases and `name:value` terms."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

TERM = re.compile(
    r"""(?P<no>-?)
        (?:(?P<name>[A-Za-z]+):(?P<value>"[^"]*"?|\S*)
          |(?P<word>"[^"]*"?|[^\s]+))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a query; `name` is empty for words and phrases. `start` is where it stands."""

    written: str
    start: int
    negated: bool
    name: str
    value: str


def split_terms(text: str, names: Container[str]) -> Iterator[Term]:
    """The terms of a query, in order. `name:` is a term only with a name that is known: times,
    addresses and smileys are words."""
    for found in TERM.finditer(text):
        name = (found["name"] or "").lower()
        if name and name in names:
            value = found["value"].strip('"').strip()
            yield Term(found[0], found.start(), bool(found["no"]), name, value)
        else:
            yield Term(found[0], found.start(), bool(found["no"]), "", found[0])
