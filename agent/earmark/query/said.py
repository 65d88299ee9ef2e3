"""An item as queries see it: what was said where, and what its fields hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from ..errors import Told
from ..folding import EVERY_TEXT, Word, fold, passages
from ..model import Json
from .messages import told
from .moments import stamp

IN_TEXT, IN_NAME, IN_HANDLE = told("in_text"), told("in_name"), told("in_handle")
IN_POLL, IN_NOTE = told("in_poll"), told("in_note")


class Passage(NamedTuple):
    """Words of one text in order; a phrase stands within one passage."""

    where: Told
    text: str
    words: Sequence[Word]


def texts_of(item: Json) -> list[tuple[Told, str]]:
    """(where, text) of everything a person may search an item by."""
    author = mapping(item.get("author"))
    options = mapping(item.get("poll")).get("options")
    labels = [mapping(each).get("label") for each in options] if isinstance(options, list) else []
    parts: list[tuple[Told, Any]] = [
        (IN_TEXT, item.get("text")),
        (IN_NAME, author.get("name")),
        (IN_HANDLE, author.get("handle")),
        *((IN_POLL, label) for label in labels),
        (IN_NOTE, item.get("note")),
    ]
    return [(where, text) for where, text in parts if isinstance(text, str) and text]


def mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


class Subject:
    """One item, made ready once for any number of queries."""

    def __init__(self, item: Json) -> None:
        self.item = item
        self.texts = texts_of(item)

    @cached_property
    def passages(self) -> list[Passage]:
        """All its texts as words."""
        return [
            Passage(where, text, words) for where, text in self.texts for words in passages(text)
        ]

    @cached_property
    def words(self) -> list[list[str]]:
        """The stored words of each passage."""
        return [[word.folded for word in passage.words] for passage in self.passages]

    @cached_property
    def _places(self) -> dict[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for at, words in enumerate(self.words):
            for place, word in enumerate(words):
                found.setdefault(word, []).append((at, place))
        return found

    def vocabulary(self) -> Iterable[str]:
        """Each stored word once."""
        return self._places

    def places(self, word: str) -> Sequence[tuple[int, int]]:
        """The (passage, place) of each time a stored word stands."""
        return self._places.get(word, ())

    @cached_property
    def tags(self) -> frozenset[str]:
        """The names of the tags it carries; removed ones are not among them."""
        return tag_names(self.item)

    @cached_property
    def author_names(self) -> frozenset[str]:
        """The author's handle and name, folded."""
        shown = (self.field("author", key) for key in ("handle", "name"))
        return frozenset(fold(each) for each in shown if isinstance(each, str) and fold(each))

    def field(self, *path: str) -> Any:
        """The value at a path of keys; None where there is none."""
        value: Any = self.item
        for key in path:
            if not isinstance(value, dict):
                return None
            value = value.get(key)
        return value

    @cached_property
    def efforts(self) -> list[str]:
        """What it is collected for."""
        efforts = self.field("efforts")
        return [str(each) for each in efforts] if isinstance(efforts, list) else []

    @cached_property
    def emotions(self) -> list[str]:
        """What was felt, by name."""
        felt = self.field("sentiment", "emotions")
        return [str(mapping(each).get("name")) for each in felt] if isinstance(felt, list) else []

    def number(self, *path: str) -> float | None:
        """The number at a path of keys; None where there is none."""
        value = self.field(*path)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    @cached_property
    def published(self) -> tuple[str | None, str | None]:
        """When it was said at the earliest and at the latest; nothing is said later than seen."""
        first_seen = stamp(self.item.get("first_seen"))
        bounds = (stamp(self.field("published", end)) for end in ("earliest", "latest"))
        earliest, latest = (bound or first_seen for bound in bounds)
        return earliest, latest


class StoredWords:
    """What was said, from the words in the full-text index: nothing is folded again."""

    def __init__(self, stored: str) -> None:
        self.words = [passage.split() for passage in stored.split(EVERY_TEXT)]

    def vocabulary(self) -> Iterable[str]:
        """Each stored word once."""
        return {word for words in self.words for word in words}

    def places(self, word: str) -> Sequence[tuple[int, int]]:
        """The (passage, place) of each time a stored word stands."""
        return [
            (at, place)
            for at, words in enumerate(self.words)
            if word in words
            for place, each in enumerate(words)
            if each == word
        ]


def tag_names(item: Json) -> frozenset[str]:
    tags = item.get("tags")
    entries = [mapping(tag) for tag in tags] if isinstance(tags, list) else []
    names = (tag.get("name") for tag in entries if tag.get("removed") is not True)
    return frozenset(name for name in names if isinstance(name, str) and name)
