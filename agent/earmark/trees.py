"""Markup to trees, as plugins read them."""

from __future__ import annotations

import threading
from typing import Any

from bs4 import BeautifulSoup, NavigableString
from bs4.builder._lxml import LXMLTreeBuilder  # bs4.builder has it too, unknown to type checkers
from bs4.element import TemplateString


class _KeepingBuilder(LXMLTreeBuilder):
    """Uses one parser for all trees.

    lxml inspects the methods of its target for each new parser, which takes a fifth of the time
    that the tree of one comment takes.
    """

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[str | None, Any] = {}

    def parser_for(self, encoding: str | None) -> Any:
        if encoding not in self._kept:
            self._kept[encoding] = super().parser_for(encoding)  # type: ignore[no-untyped-call]
        return self._kept[encoding]


_OF_THREAD = threading.local()


def tree_of(markup: str) -> BeautifulSoup:
    """The markup, parsed; what lies in open shadow roots stands where it is shown."""
    soup = _parsed(markup)
    if "shadowrootmode" in markup:  # selectors do not look into templates
        for root in soup.find_all("template", shadowrootmode="open"):
            for text in root.find_all(string=lambda text: type(text) is TemplateString):
                text.replace_with(NavigableString(text))
            root.unwrap()
    return soup


def _parsed(markup: str) -> BeautifulSoup:
    """Parsed by this thread's builder; one that failed halfway is not used again."""
    builder, _OF_THREAD.builder = getattr(_OF_THREAD, "builder", None) or _KeepingBuilder(), None
    soup = BeautifulSoup(_encodable(markup), builder=builder)
    _OF_THREAD.builder = builder
    return soup


def _encodable(markup: str) -> str:
    """The markup with “?” for half characters, which JSON can hold and the parser refuses."""
    try:
        markup.encode()
    except UnicodeEncodeError:
        return markup.encode("utf-8", "replace").decode("utf-8")
    return markup
