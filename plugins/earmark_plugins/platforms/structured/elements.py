"""What one element of a page is called, shows and is for."""

from __future__ import annotations

import re

from bs4 import NavigableString, Tag
from bs4.element import PreformattedString

from . import words

_NAMES = ("id", "itemprop", "data-testid", "data-e2e", "data-qa")
_FILED = re.compile(r"(?:category|categories|cat|tag|topic|format|status|section)-", re.IGNORECASE)
_CONTROLS = {"button", "input", "label", "nav", "summary"}
_SPACE = re.compile(r"\s+")


def label_of(tag: Tag) -> str:
    """What its maker called an element, without the topics it is filed under."""
    classes = tag.get("class") or ()
    names = [name for name in classes if not _FILED.match(name)] if classes else []
    names += [str(tag[name]) for name in _NAMES if tag.get(name)]
    return " ".join(names)


def strings(tag: Tag) -> str:
    """The text that stands directly in an element."""
    parts = (str(node) for node in tag.children if _is_text(node))
    return squeeze(" ".join(parts))


def _is_text(node: object) -> bool:
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)


def squeeze(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def shown(tag: Tag) -> str:
    """The text of an element on one line."""
    return squeeze(tag.get_text(" "))


def is_control(tag: Tag) -> bool:
    if tag.name in _CONTROLS or tag.get("role") in ("button", "menuitem", "toolbar", "menu"):
        return True
    text = tag.get_text(" ")
    return len(text) < 60 and bool(text.strip()) and bool(words.CONTROL.fullmatch(text))


def link_around(tag: Tag) -> Tag | None:
    """The link that an element is, holds or lies in."""
    found = tag if tag.name == "a" else tag.find("a", href=True) or tag.find_parent("a", href=True)
    return found if isinstance(found, Tag) and found.get("href") else None
