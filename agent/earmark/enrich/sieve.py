"""Which of many queries may hold for an item, told by a look at what it has.

Most queries need a word, a tag or a language that most items do not have: those need not be
judged one by one.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..folding import fold
from ..query.fields import tags_meant
from ..query.said import Subject
from ..query.spans import ways_of
from ..query.tree import And, Field, Near, Node, Or, Words

STEM = 3  # letters by which the longer forms of a word are found
FIELDS = {
    "platform": ("platform",),
    "kind": ("kind",),
    "state": ("state",),
    "language": ("language", "tag"),
    "sentiment": ("sentiment", "label"),
}
COMMON = tuple(f"{name}:" for name in FIELDS)


class Sieve:
    """Made once for many queries; `may_hold` never leaves out one that holds."""

    def __init__(self, queries: Sequence[Node]) -> None:
        self._always: list[int] = []
        self._by_key: dict[str, list[int]] = {}
        for place, query in enumerate(queries):
            wanted = keys_of(query)
            if wanted is None:
                self._always.append(place)
            for key in wanted or ():
                self._by_key.setdefault(key, []).append(place)

    def may_hold(self, subject: Subject) -> list[int]:
        """The places of those that may, in their order."""
        found = set(self._always)
        if self._by_key:
            for key in self._by_key.keys() & keys_in(subject):
                found.update(self._by_key[key])
        return sorted(found)


def keys_of(query: Node) -> frozenset[str] | None:
    """Keys of which an item needs one (see `keys_in`); None where that is not told."""
    match query:
        case Field(name, value) if name in FIELDS:
            return frozenset({f"{name}:{value}"})
        case Field("author", value):
            name = fold(value).removeprefix("@")
            return frozenset({f"author:{name}", f"author:@{name}"})
        case Field("tag", value) if not value.endswith("*"):
            return frozenset(f"tag:{name}" for name in tags_meant(value))
        case Words(written, longer):
            return _first_words(written, longer)
        case Or(parts):
            found = [keys_of(part) for part in parts]
            if any(keys is None for keys in found):
                return None
            return frozenset().union(*(keys for keys in found if keys))
        case And(parts) | Near(parts):
            told = [keys for part in parts if (keys := keys_of(part)) is not None]
            return min(told, key=_how_common, default=None)
    return None


def _how_common(keys: frozenset[str]) -> tuple[bool, int]:
    """What many items have tells little."""
    return any(key.startswith(COMMON) for key in keys), len(keys)


def keys_in(subject: Subject) -> set[str]:
    """What an item has: its words and their beginnings, its tags, and what its fields hold."""
    words = {word.folded for passage in subject.passages for word in passage.words}
    language = str(subject.field("language", "tag") or "")
    return {
        *words,
        *map(stem_of, words),
        *(f"tag:{name}" for name in subject.tags),
        *(f"author:{name}" for name in subject.author_names),
        *(f"{name}:{subject.field(*path)}" for name, path in FIELDS.items()),
        *(f"language:{language[:end]}" for end, sign in enumerate(language) if sign == "-"),
    }


def stem_of(word: str) -> str:
    """The beginning of a word, in signs that no word has."""
    return f"{word[:STEM]}*"


def _first_words(written: str, longer: bool) -> frozenset[str] | None:
    """The first word of each spelling; where the only word may go on, its beginning."""
    keys = set()
    for way in ways_of(written):
        goes_on = longer and len(way) == 1
        if goes_on and len(way[0]) < STEM:
            return None
        keys.add(stem_of(way[0]) if goes_on else way[0])
    return frozenset(keys)
