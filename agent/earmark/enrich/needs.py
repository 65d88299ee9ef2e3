"""What an item must have for a query to hold: a word, a tag, a language, certain letters."""

from __future__ import annotations

from typing import TypeAlias

from ..folding import fold
from ..query.fields import tags_meant
from ..query.spans import ways_of
from ..query.tree import Alike, And, Exact, Field, Near, Node, Or, Pattern, Words

# A folded word, the beginning of one, `tag:NAME` or the like of a field; or what may stand there.
Need: TypeAlias = "str | Alike | Exact | Pattern"
STEM = 3  # letters by which the longer forms of a word are found, at most
FIELDS = {
    "platform": ("platform",),
    "kind": ("kind",),
    "state": ("state",),
    "language": ("language", "tag"),
    "sentiment": ("sentiment", "label"),
}
_RANKS = {"author": 2, "tag": 3}  # after words and letters
_COMMON = 4


def needs_of(query: Node) -> frozenset[Need] | None:
    """Of these an item has one where the query holds; None where that is not told."""
    match query:
        case Words(written, longer):
            return _of_words(written, longer)
        case Alike() | Exact() | Pattern():
            return frozenset({query})
        case Field():
            return _of_field(query)
        case Or(parts):
            return _any_of([needs_of(part) for part in parts])
        case And(parts) | Near(parts):
            told = [needs for part in parts if (needs := needs_of(part)) is not None]
            return min(told, key=_how_common, default=None)
    return None


def stem_of(word: str, length: int) -> str:
    """The beginning of a word, in signs that no word has."""
    return f"{word[:length]}*"


def _of_words(written: str, longer: bool) -> frozenset[Need]:
    """One word of each spelling, the longest; of one that may go on, its beginning."""
    needs: set[Need] = set()
    for way in ways_of(written):
        whole = way[:-1] if longer else way
        needs.add(max(whole, key=len) if whole else stem_of(way[0], STEM))
    return frozenset(needs)


def _of_field(field: Field) -> frozenset[Need] | None:
    if field.name in FIELDS:
        return frozenset({f"{field.name}:{field.value}"})
    if field.name == "author":
        name = fold(field.value).removeprefix("@")
        return frozenset({f"author:{name}", f"author:@{name}"})
    if field.name == "tag" and not field.value.endswith("*"):
        return frozenset(f"tag:{name}" for name in tags_meant(field.value))
    return None


def _any_of(alternatives: list[frozenset[Need] | None]) -> frozenset[Need] | None:
    told = [needs for needs in alternatives if needs is not None]
    return frozenset().union(*told) if len(told) == len(alternatives) else None


def _how_common(needs: frozenset[Need]) -> tuple[int, int]:
    """The fewer items have one of them, the less: a word is rarer than a tag."""
    return max(map(_rank, needs), default=0), len(needs)


def _rank(need: Need) -> int:
    if isinstance(need, str):
        name, colon, _ = need.partition(":")
        return _RANKS.get(name, _COMMON) if colon else 0
    return 1  # letters: as rare as words, and slower to look for
