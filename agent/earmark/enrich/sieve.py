"""Which of many queries may hold for an item, told by a look at what it has.

Most queries need a word, a tag or a language that most items do not have: those need not be
judged one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeGuard

from ..query.alike import Likes
from ..query.letters import Letters
from ..query.said import Subject
from ..query.tree import Alike, Exact, Node, Pattern
from .needs import FIELDS, STEM, Need, needs_of, stem_of

_REMEMBERED = 50_000  # words
Places = tuple[int, ...]  # of queries in the list of all


class Sieve:
    """Made once for many queries; `may_hold` never leaves out one that holds."""

    def __init__(self, queries: Sequence[Node]) -> None:
        self._always: list[int] = []
        self._by_need: dict[Need, list[int]] = {}
        for place, query in enumerate(queries):
            needs = needs_of(query)
            if needs is None:
                self._always.append(place)
            for need in needs or ():
                self._by_need.setdefault(need, []).append(place)
        self._alike = [need for need in self._by_need if isinstance(need, Alike)]
        self._likes = Likes([(need.written, need.edits) for need in self._alike])
        self._spelt = [need for need in self._by_need if isinstance(need, Exact | Pattern)]
        self._letters = Letters(self._spelt)
        words = (need for need in self._by_need if isinstance(need, str))
        self._stems = {len(need) - 1 for need in words if need == stem_of(need[:-1], STEM)}
        self._fields = {need.partition(":")[0] for need in filter(_is_fact, self._by_need)}
        self._met: dict[str, Places] = {}

    def may_hold(self, subject: Subject) -> list[int]:
        """The places of those that may, in their order."""
        found = set(self._always)
        if self._by_need:
            for word in {word.folded for passage in subject.passages for word in passage.words}:
                places = self._met.get(word)
                if places is None:
                    places = self._meet(word)
                if places:  # most words are needed nowhere
                    found.update(places)
            for need in self._by_need.keys() & set(self._facts(subject)):
                found.update(self._by_need[need])
        if self._spelt:
            every = "\n".join([text for _, text in subject.texts])
            for each in self._letters.may_stand_in(every):
                found.update(self._by_need[self._spelt[each]])
        return sorted(found)

    def _meet(self, word: str) -> Places:
        """The queries for which a word is what they need; remembered, since words come again."""
        if len(self._met) >= _REMEMBERED:
            self._met.clear()
        needs: list[Need] = [word, *[stem_of(word, length) for length in self._stems]]
        if self._alike:
            needs += [self._alike[each] for each in self._likes.like(word)]
        told = filter(None, map(self._by_need.get, needs))
        self._met[word] = tuple({place for places in told for place in places})
        return self._met[word]

    def _facts(self, subject: Subject) -> Iterator[str]:
        """What an item has beside words, of what is needed anywhere: its tags, its author, and
        what its fields hold."""
        if "tag" in self._fields:
            yield from (f"tag:{name}" for name in subject.tags)
        if "author" in self._fields:
            yield from (f"author:{name}" for name in subject.author_names)
        for name in FIELDS.keys() & self._fields:
            yield f"{name}:{subject.field(*FIELDS[name])}"
        if "language" in self._fields:
            language = str(subject.field("language", "tag") or "")
            yield from (
                f"language:{language[:end]}" for end, sign in enumerate(language) if sign == "-"
            )


def _is_fact(need: Need) -> TypeGuard[str]:
    """Whether it is what a field holds; no word has a colon."""
    return isinstance(need, str) and ":" in need
