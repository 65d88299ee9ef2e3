"""What one element of a page is called, shows and is for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from bs4 import NavigableString, Tag
from bs4.element import PreformattedString

from . import words

_NAMES = ("id", "itemprop", "data-testid", "data-e2e", "data-qa")
_FILED = re.compile(r"(?:category|categories|cat|tag|topic|format|status|section)-", re.IGNORECASE)
_CONTROLS = {"button", "input", "label", "nav", "summary"}
_SPACE = re.compile(r"\s+")
_LONG = 2_000  # characters; longer texts are not kept, or a deep page would keep each many times
Said = TypeVar("Said", str, bool)


def kept(read: Callable[[Tag], Said]) -> Callable[[Tag], Said]:
    """Ask an element once: an element lies in many groups, and the tree never changes meanwhile."""
    name = f"_earmark_{read.__name__}"

    def remembered(tag: Tag) -> Said:
        notes = vars(tag)
        if name in notes:
            known: Said = notes[name]
            return known
        found = read(tag)
        if not isinstance(found, str) or len(found) < _LONG:
            notes[name] = found
        return found

    return remembered


def is_longer(tag: Tag, most: int) -> bool:
    """Whether an element has more text than so many characters, reading no more than it must."""
    for text in tag.strings:
        most -= len(text)
        if most < 0:
            return True
    return False


@kept
def label_of(tag: Tag) -> str:
    """What its maker called an element, without the topics it is filed under."""
    classes = tag.get("class") or ()
    names = [name for name in classes if not _FILED.match(name)] if classes else []
    names += [str(tag[name]) for name in _NAMES if tag.get(name)]
    return " ".join(names)


@kept
def strings(tag: Tag) -> str:
    """The text that stands directly in an element."""
    parts = (str(node) for node in tag.children if _is_text(node))
    return squeeze(" ".join(parts))


def _is_text(node: object) -> bool:
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)


def squeeze(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


@kept
def shown(tag: Tag) -> str:
    """The text of an element on one line."""
    return squeeze(tag.get_text(" "))


@kept
def is_control(tag: Tag) -> bool:
    """Whether an element is a control, or a short text of nothing but what stands on controls."""
    if tag.name in _CONTROLS or tag.get("role") in ("button", "menuitem", "toolbar", "menu"):
        return True
    if is_longer(tag, 60):
        return False
    text = shown(tag)
    return bool(text) and bool(words.CONTROL.fullmatch(text))


def link_around(tag: Tag) -> Tag | None:
    """The link that an element is, holds or lies in."""
    found = tag if tag.name == "a" else tag.find("a", href=True) or tag.find_parent("a", href=True)
    return found if isinstance(found, Tag) and found.get("href") else None
