"""What of people is left in a recorded page: their names, and three of their words in a row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..parse.slicing import parse_html
from .disguise import DATA_TYPES, LABELS, Disguise
from .people import LENGTH, Gram, People, is_time
from .tokens import words_in

SHORT = 3  # letters; a shorter name is in every page as something else


def left_in(content: str, people: People, disguise: Disguise) -> set[str]:
    """The words that must still go; empty when nothing of these people is left."""
    nobodys = disguise.kept | disguise.structure
    names = {name for name in people.names if any(_telling(word, nobodys) for word in name)}
    left: set[str] = set()
    for words, is_label in pieces(content):
        left.update(*(name for name in names if _stands_in(name, words)))
        if not is_label:
            for start in range(len(words) - LENGTH + 1):
                gram = tuple(words[start : start + LENGTH])
                if gram in people.grams and not _is_address(gram, disguise):
                    left.update(word for word in gram if not is_time([word]))
    return left


def pieces(content: str) -> Iterator[tuple[list[str], bool]]:
    """Each text, attribute and value in a recording, as words, and whether it is but a label."""
    if content.lstrip()[:1] in ("{", "["):
        yield from ((words_in(text), False) for text in _strings(json.loads(content)))
        return
    soup = parse_html(content)
    yield words_in(soup.get_text(" ")), False
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            text = " ".join(value) if isinstance(value, list) else str(value)
            yield words_in(text), name in LABELS
        if tag.name == "script" and tag.string:
            yield words_in(tag.string), str(tag.get("type")) not in DATA_TYPES


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        yield from (text for each in value.values() for text in _strings(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in _strings(each))
    elif isinstance(value, str):
        yield value


def _is_address(gram: Gram, disguise: Disguise) -> bool:
    """Whether three words are how the site's own addresses begin."""
    return gram[0] in ("http", "https", "www") and {*gram} <= disguise.structure | {
        *words_in(disguise.site)
    }


def _telling(word: str, nobodys: Iterable[str]) -> bool:
    return len(word) >= SHORT and not word.isdecimal() and word not in nobodys


def _stands_in(name: Gram, words: list[str]) -> bool:
    if len(name) == 1:
        return name[0] in words
    return any(
        tuple(words[start : start + len(name)]) == name
        for start in range(len(words) - len(name) + 1)
    )
