"""Finds terms in text as whole words, however they are spelt; how many there are costs nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from ..folding import ZWNJ, search_tokens

_APOSTROPHES = frozenset({0x02BB, 0x02BC})  # letters to Unicode, apostrophes to those who type them
_TERM = ""  # in the tree, where a term ends; no word is empty


class _WordSigns(dict[int, str]):
    """Letters, digits and the marks on them stay; everything else parts words."""

    def __missing__(self, code: int) -> str:
        kept = unicodedata.category(chr(code))[0] in "LNM" and code not in _APOSTROPHES
        sign = chr(code) if kept else " "
        if len(self) < 150_000:
            self[code] = sign
        return sign


_WORD_SIGNS = _WordSigns()


def words_of(text: str) -> list[str]:
    """The folded words of `text` in order; a sign of Chinese, Thai and their like is a word.

    An apostrophe ends a word, so that a Turkish suffix leaves its name alone.
    """
    return search_tokens(text).translate(_WORD_SIGNS).split()


def spellings(text: str) -> list[list[str]]:
    """The words of `text`; where it has ZWNJ, with the words it joins apart and together."""
    if ZWNJ not in text:
        return [words_of(text)]
    return [words_of(text.replace(ZWNJ, other)) for other in (" ", "")]


class Terms:
    """Names and phrases to look for."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._tree: dict[str, Any] = {}
        for term in terms:
            for words in spellings(term):
                self._plant(words, term)

    def found_in(self, text: str) -> str:
        """The first term that stands in `text`, as it was given; empty when none does."""
        if not self._tree:
            return ""
        for words in spellings(text):
            for start, word in enumerate(words):
                if word in self._tree and (term := self._at(words, start)):
                    return term
        return ""

    def _plant(self, words: list[str], term: str) -> None:
        node = self._tree
        for word in words:
            node = node.setdefault(word, {})
        if words:
            node.setdefault(_TERM, term)

    def _at(self, words: list[str], start: int) -> str:
        node = self._tree
        for place in range(start, len(words)):
            if _TERM in node or words[place] not in node:
                break
            node = node[words[place]]
        return str(node.get(_TERM, ""))
