"""What a page says, and whom its addresses name: an id made of that is no sign of structure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from .people import LENGTH, Gram, grams
from .tokens import words_in

LONGEST = 60  # signs of a string that may be somebody's handle
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]


class Told:
    """The texts of a page, the names in its addresses, and the strings in its data."""

    def __init__(self) -> None:
        self._whole: set[Gram] = set()
        self._grams: set[Gram] = set()
        self._named: set[str] = set()
        self._strings: set[Gram] = set()

    def read(self, soup: BeautifulSoup) -> None:
        """Take in a tree of markup, before anything in it is replaced."""
        for text in _texts(soup):
            words = words_in(text)
            self._whole.add(tuple(words))
            self._grams.update(grams(words))
        for tag in soup.find_all(href=True):
            self._named.update(_names_in(str(tag["href"])))

    def read_data(self, value: Any) -> None:
        """Take in JSON, before anything in it is replaced."""
        for text in _strings(value):
            if len(text) <= LONGEST:
                self._strings.add(tuple(words_in(text)))

    def from_text(self, words: Sequence[str]) -> set[str]:
        """The words of an id that is made of a text: `why-mira-left`, above a heading."""
        told = tuple(words) in self._whole or any(gram in self._grams for gram in grams(words))
        return {*words} if told else set()

    def named_last(self, words: Sequence[str]) -> set[str]:
        """The last word of an id, where an address has it as one whole piece, as a handle."""
        return {*words[-1:]} & self._named

    def from_data(self, words: Sequence[str]) -> set[str]:
        """The words of a key in JSON that stands there as a value, too: a handle, a title."""
        return {*words} if tuple(words) in self._strings else set()


def _texts(soup: BeautifulSoup) -> Iterator[str]:
    """Every piece of text, and headings whole, whatever is emphasised in them."""
    yield from (str(node) for node in soup.find_all(string=True) if _is_shown(node.parent))
    yield from (heading.get_text() for heading in soup.find_all(_HEADINGS))


def _is_shown(parent: Tag | None) -> bool:
    return parent is None or parent.name not in ("script", "style")


def _names_in(address: str) -> Iterator[str]:
    """The pieces of a path that are one word: `mira` in `/people/mira`."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return
    for piece in re.split("/", unquote(path)):
        words = words_in(piece)
        if len(words) == 1 and len(words[0]) > LENGTH:
            yield words[0]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for each in value.values() for text in _strings(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in _strings(each))
    elif isinstance(value, str):
        yield value
