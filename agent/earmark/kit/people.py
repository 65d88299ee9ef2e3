"""What is known to be people's on one page: their names, handles and words, as it was read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..model import Json
from .tokens import words_in
from .vocabulary import time_words

Gram = tuple[str, ...]
LENGTH = 3  # so many words in a row tell whose they are


class People:
    """The names, handles, ids and sequences of words that the items of a page hold."""

    def __init__(self, items: Iterable[Json]) -> None:
        self.names: set[Gram] = set()
        self.ids: set[str] = set()
        self._whole_ids: set[str] = set()
        self.short_texts: set[Gram] = set()
        self.grams: set[Gram] = set()
        for item in items:
            self._add(item)
        self.names.discard(())

    @property
    def words(self) -> set[str]:
        """Every word of a name or a handle, and each name written as one word."""
        joined = {"".join(name) for name in self.names}
        return joined | {word for name in self.names for word in name}

    @property
    def id_words(self) -> set[str]:
        """What several ids have in common: `comment` in `comment-17` and `comment-18`."""
        counted = Counter(word for id in self._whole_ids for word in {*words_in(_own_part(id))})
        return {w for w, n in counted.items() if n > 1 and w.isalpha() and w not in self.words}

    def says(self, words: Sequence[str]) -> bool:
        """Whether somebody's name or words stand in these."""
        whole = tuple(words)
        if whole in self.names or whole in self.short_texts:
            return True
        return any(gram in self.grams for gram in grams(words))

    def _add(self, item: Json) -> None:
        author = item.get("author", {})
        for name in (author.get("name"), author.get("handle"), *item.get("mentions", [])):
            self.names.add(tuple(words_in(str(name or ""))))
        for key in ("id", "parent_id", "root_id"):
            self._whole_ids.add(str(item.get(key) or ""))
            self.ids.update(words_in(str(item.get(key) or "")))
        self.ids.update(words_in(str(author.get("id") or "")))
        for text in _texts(item):
            self._add_text(words_in(text))

    def _add_text(self, words: list[str]) -> None:
        if 0 < len(words) < LENGTH and not is_time(words):
            self.short_texts.add(tuple(words))
        self.grams.update(grams(words))


def _own_part(id: str) -> str:
    """The last part of an id: before it may stand a page's address, which tells what that says."""
    return re.split(r"[/?&#]", id)[-1]


def grams(words: Sequence[str]) -> Iterator[Gram]:
    """Each sequence of three words that is more than a time of day."""
    for start in range(len(words) - LENGTH + 1):
        gram = tuple(words[start : start + LENGTH])
        if not is_time(gram):
            yield gram


def is_time(words: Sequence[str]) -> bool:
    """Whether these words only say when: what a page shows beside every comment.

    One word in three may be what stands before a date: “於 2014/01/02”.
    """
    others = [word for word in words if not word.isdecimal() and word not in time_words()]
    return len(others) <= len(words) // LENGTH


def _texts(item: Json) -> Iterator[str]:
    yield str(item.get("text") or "")
    poll: Any = item.get("poll") or {}
    for option in poll.get("options", []):
        yield str(option.get("label") or "")
