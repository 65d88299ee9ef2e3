"""The fields of the query language, and what may stand after each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import get_args, get_type_hints

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from ..errors import Told
from ..folding import fold
from ..model import AUDIENCES, ITEM_KINDS, STATES, Emotion
from .messages import told
from .moments import beginning
from .tree import Amount, And, Field, Node, When

NAMES = {
    "platform": "platform",
    "on": "on",
    "site": "on",
    "lang": "language",
    "language": "language",
    "tag": "tag",
    "state": "state",
    "from": "author",
    "author": "author",
    "page": "page",
    "kind": "kind",
    "thread": "thread",
    "assignee": "assignee",
    "is": "is",
    "since": "since",
    "until": "until",
    "sentiment": "sentiment",
    "feeling": "sentiment",
    "emotion": "emotion",
    "effort": "effort",
    "priority": "priority",
    "audience": "audience",
    "likes": "likes",
    "dislikes": "dislikes",
    "replies": "replies",
    "shares": "shares",
    "views": "views",
    "rating": "rating",
    "followers": "followers",
}
# Where one of these stands twice beside each other, either value will do.
EITHER = frozenset(
    {"platform", "on", "language", "state", "author", "page", "kind", "thread", "audience"}
)
AMOUNTS = (
    "likes", "dislikes", "replies", "shares", "views", "rating", "followers", "priority",
)  # fmt: skip
# Where a document holds a number under another name.
AMOUNT_PATHS = {
    "rating": ("rating", "value"),
    "followers": ("author", "followers"),
    "sentiment": ("sentiment", "score"),
}
FEELINGS = ("positive", "negative", "mixed", "none", "unknown")
EMOTIONS = get_args(get_type_hints(Emotion)["name"])
TAG_AXES = ("intent:", "about:", "signal:")
FLAGS = (
    "question", "answered", "unanswered", "corrected", "spam", "any", "ours", "edited", "truncated",
)  # fmt: skip
# Of the fields that hold one of a few.
VALUES: dict[str, tuple[str, ...]] = {
    "is": (*FLAGS, *STATES),
    "state": STATES,
    "kind": ITEM_KINDS,
    "audience": AUDIENCES,
    "sentiment": FEELINGS,
    "emotion": EMOTIONS,
}

_NUMBER = r"-?\d+(?:\.\d+)?[km]?"
_COMPARED = re.compile(rf"(<=|>=|<|>|=|)({_NUMBER})")
_BETWEEN = re.compile(rf"({_NUMBER})\.\.({_NUMBER})")
_THOUSANDS = {"k": 1_000, "m": 1_000_000}


class WrongValue(Exception):
    """What stands after the colon is no value of the field; `told` says why."""

    def __init__(self, told: Told) -> None:
        super().__init__(told)
        self.told = told


def node_of(name: str, value: str) -> Node:
    """The part of a query that `name:value` is; raises WrongValue."""
    return _READERS.get(name, _plain)(name, value)


def beginnings(typed: str) -> list[str]:
    """The fields, or the field with its values, that begin as typed so far."""
    written, colon, value = typed.partition(":")
    if not colon:
        return [f"{name}:" for name in NAMES if name.startswith(written.lower())]
    values = VALUES.get(NAMES.get(written.lower(), ""), ())
    return [f"{written}:{each}" for each in values if each.startswith(value.casefold())]


def tags_meant(value: str) -> list[str]:
    """The names of tags that `tag:value` finds: a name without colon stands for any axis."""
    return [value] if ":" in value else [value, *(axis + value for axis in TAG_AXES)]


def site_of(value: str) -> str:
    """The site that `on:value` means, its host in small letters."""
    host, slash, path = value.partition("/")
    return f"{host.lower()}{slash}{path}".rstrip("/")


def addresses(start: str) -> list[str]:
    """The addresses that begin with `start`, which has no scheme, begin with one of these."""
    return [f"{scheme}://{www}{start}" for scheme in ("https", "http") for www in ("", "www.")]


def _plain(name: str, value: str) -> Node:
    return Field(name, value)


def _one_of(*allowed: str) -> Callable[[str, str], Node]:
    def read(name: str, value: str) -> Node:
        if value.casefold() not in allowed:
            raise WrongValue(_no_value(name, value, allowed))
        return Field(name, value.casefold())

    return read


def _no_value(name: str, value: str, allowed: tuple[str, ...]) -> Told:
    near = nearest(value.casefold(), allowed)
    if near:
        return told("wrong_value_near", field=name, allowed=allowed, near=near)
    return told("wrong_value", field=name, allowed=allowed)


def nearest(written: str, names: Sequence[str], most: int = 2) -> str:
    """The name that somebody meant who wrote this; empty where it is like none of them."""
    distance = min(most, len(written) // 3)
    scorer = DamerauLevenshtein.distance
    found = process.extractOne(written, names, scorer=scorer, score_cutoff=distance)
    return str(found[0]) if found else ""


def _flag(name: str, value: str) -> Node:
    flag = value.casefold()
    return Field("state", flag) if flag in STATES else _one_of(*VALUES["is"])(name, value)


def no_day(value: str) -> Told:
    """Says that something is no day."""
    return told("no_day", value=value, day="2026-01-31", ago="7d")


def _when(name: str, value: str) -> Node:
    if beginning(value) is None:
        raise WrongValue(no_day(value))
    return When(name, value)


def _amount(name: str, value: str) -> Node:
    folded = fold(value).replace("٫", ".")
    if between := _BETWEEN.fullmatch(folded):
        low, high = map(_number, between.groups())
        return And((Amount(name, ">=", low), Amount(name, "<=", high)))
    if compared := _COMPARED.fullmatch(folded):
        return Amount(name, compared[1] or "=", _number(compared[2]))
    examples = tuple(f"{name}:{number}" for number in (">10", "3", "10..20"))
    raise WrongValue(told("no_number", field=name, examples=examples))


def _number(text: str) -> float:
    return float(text.rstrip("km")) * _THOUSANDS.get(text[-1], 1)


def _sentiment(name: str, value: str) -> Node:
    if value.casefold() in FEELINGS:
        return Field(name, value.casefold())
    try:
        return _amount(name, value)
    except WrongValue:
        raise WrongValue(told("wrong_feeling", field=name, allowed=FEELINGS)) from None


def _language(name: str, value: str) -> Node:
    """BCP 47 as it is written: language small, script with a capital, region in capitals."""
    first, *rest = value.replace("_", "-").split("-")
    return Field(name, "-".join([first.lower(), *map(_subtag, rest)]))


def _subtag(text: str) -> str:
    return text.upper() if len(text) == 2 else text.title() if len(text) == 4 else text.lower()


_READERS: dict[str, Callable[[str, str], Node]] = {
    **{name: _one_of(*VALUES[name]) for name in ("kind", "audience", "emotion", "state")},
    "is": _flag,
    "since": _when,
    "until": _when,
    "language": _language,
    "sentiment": _sentiment,
    **dict.fromkeys(AMOUNTS, _amount),
}
