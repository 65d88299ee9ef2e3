"""A text of rules changed in one place; comments and the other rules stay as they were written.

What is changed is told apart by lines. Where a text cannot be cut so, it is written anew: what the
rules say is always exact, only then comments are lost.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..errors import EarmarkError
from ..model import Json
from .rules_messages import told
from .rules_text import CHECKS, HEADER, BadRules, checked_rules, line_of, read_rules, write_rules

_BREAK = re.compile(r"(?<=\n)")


class ChangedMeanwhile(EarmarkError):
    """Rules are no longer as they were when somebody began to change them."""

    code = "changed_meanwhile"
    status = 412

    def __init__(self) -> None:
        super().__init__(told("changed_meanwhile"), told("look_again"))


def mark_of(rule: Json) -> str:
    """A short word that stands for exactly this rule."""
    return digest(json.dumps(rule, sort_keys=True))


def digest(text: str) -> str:
    """A short word that stands for exactly this text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def place_of(rules: Sequence[Json], name: str, mark: str = "") -> int:
    """Where the rule of a name stands, if it is still the one of the mark; else raises
    ChangedMeanwhile."""
    for place, rule in enumerate(rules):
        if rule["name"] == name and mark in ("", mark_of(rule)):
            return place
    raise ChangedMeanwhile


def with_new(text: str, rules: Sequence[Json], rule: Json) -> str:
    """The text with one more rule at its end. Raises BadRules."""
    [rule] = checked_rules([rule])
    return with_piece(text, rules, len(rules), ("\n" if text.strip() else "") + write_rules([rule]))


def with_changed(text: str, rules: Sequence[Json], place: int, rule: Json) -> str:
    """The text with the rule at a place changed. Raises BadRules."""
    [rule] = checked_rules([rule])
    after = [*rules[:place], rule, *rules[place + 1 :]]
    pieces = cut(text, rules)
    pieces[place + 1] = _rewritten(pieces[place + 1], rules[place], rule)
    return _sure("".join(pieces), after)


def without(text: str, rules: Sequence[Json], place: int) -> tuple[str, str]:
    """The text without the rule at a place, and what was taken out of it."""
    pieces = cut(text, rules)
    taken = pieces.pop(place + 1)
    return _sure("".join(pieces), [*rules[:place], *rules[place + 1 :]]), taken


def with_piece(text: str, rules: Sequence[Json], place: int, piece: str) -> str:
    """The text with a rule, as it was written, put in at a place. Raises BadRules."""
    place = min(place, len(rules))
    after = [*rules[:place], *read_rules(piece), *rules[place:]]
    pieces = cut(text, rules)
    pieces[place] = _ended(pieces[place])
    return _sure("".join([*pieces[: place + 1], _ended(piece), *pieces[place + 1 :]]), after)


def with_moved(text: str, rules: Sequence[Json], place: int, by: int) -> str:
    """The text with the rule at a place moved by so many places, as far as there are any."""
    to = max(0, min(place + by, len(rules) - 1))
    head, *pieces = cut(text, rules)
    pieces = [_ended(piece) for piece in pieces]
    after = list(rules)
    pieces.insert(to, pieces.pop(place))
    after.insert(to, after.pop(place))
    return _sure("".join([head, *pieces]), after)


def cut(text: str, rules: Sequence[Json]) -> list[str]:
    """What stands before the first rule, and the piece of each, with the comment above it."""
    lines = _BREAK.split(text)
    heads = [number for number, line in enumerate(lines) if HEADER.match(line)]
    if len(heads) != len(rules):
        return cut(write_rules(rules), rules)
    edges = [0, *(_above(lines, head) for head in heads), len(lines)]
    return ["".join(lines[start:end]) for start, end in pairwise(edges)]


def _above(lines: Sequence[str], head: int) -> int:
    """Where the comment begins that stands right above a line."""
    while head and lines[head - 1].lstrip().startswith("#"):
        head -= 1
    return head


def _sure(text: str, rules: Sequence[Json]) -> str:
    """The text, if it says these rules; else they are written anew. Raises BadRules."""
    wanted = checked_rules(list(rules))
    try:
        return text if read_rules(text) == wanted else write_rules(wanted)
    except BadRules:
        return write_rules(wanted)


def _ended(piece: str) -> str:
    return piece if piece.endswith("\n") or not piece else f"{piece}\n"


def _rewritten(piece: str, before: Json, after: Json) -> str:
    """A rule's piece with what was changed of it: other lines, and comments, stay."""
    lines = _BREAK.split(_ended(piece))
    head = next(number for number, line in enumerate(lines) if HEADER.match(line)) + 1
    kept = [*lines[:head]]
    written: set[str] = set()
    last = head
    for statement in _statements(lines[head:]):
        key = _key(statement)
        if key and before.get(key) != after.get(key):
            statement = line_of(after, key) if key in after else ""
        kept.append(statement)
        if key:
            written.add(key)
            last = len(kept)
    new = [line_of(after, key) for key in CHECKS if key in after and key not in written]
    return "".join([*kept[:last], *new, *kept[last:]])


def _statements(lines: Sequence[str]) -> Iterator[str]:
    """Lines as TOML takes them: a value may go on over several."""
    held = ""
    for line in lines:
        held += line
        if _is_whole(held):
            yield held
            held = ""
    if held:
        yield held


def _is_whole(lines: str) -> bool:
    try:
        tomllib.loads(lines)
    except ValueError:
        return False
    return True


def _key(statement: str) -> str:
    """The key that a whole statement sets; empty for a comment and an empty line."""
    return next(iter(tomllib.loads(statement)), "") if _is_whole(statement) else ""
