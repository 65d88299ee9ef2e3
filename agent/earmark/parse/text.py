"""The text of an element as a person reads it: paragraphs and emoji kept, interface left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bs4 import NavigableString, PageElement, Tag
from bs4.element import PreformattedString

_PARAGRAPHS = frozenset({
    "p", "blockquote", "pre", "ul", "ol", "dl", "table", "figure", "hr", "form", "fieldset",
    "details", "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
_LINES = frozenset({
    "div", "li", "tr", "dt", "dd", "section", "article", "header", "footer", "main", "aside",
    "address",
})  # fmt: skip
_INTERFACE = frozenset({
    "script", "style", "noscript", "svg", "button", "select", "textarea", "input", "head",
    "iframe", "object", "audio", "video", "canvas", "earmark-cut",
})  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_NAME_OR_CLASS = re.compile(r"\.-?[A-Za-z_][\w-]*|[a-z][a-z0-9-]*")


def text_of(tag: Tag | None, drop: str | Iterable[Tag] = "") -> str:
    """The plain text of `tag`; an empty string for None.

    Paragraphs are parted by an empty line, `<br>` is a line's end, an emoji shown as an image is
    its `alt`. `drop` is CSS for what in it is interface, not text (“Reply”, “See more”), or the
    elements themselves. Buttons, scripts and cut-out replies never count.
    """
    if tag is None:
        return ""
    if (plain := _only_text(tag)) is not None:
        return clean(_SPACE.sub(" ", plain))
    dropped = {id(found) for found in found_all(tag, drop)} if drop else set()
    writer = _Writer()
    _walk(tag, dropped, writer)
    return clean("".join(writer.parts))


def _only_text(tag: Tag) -> str | None:
    """What most elements hold, names and times among them: text and nothing else."""
    inside = tag.contents[0] if len(tag.contents) == 1 and tag.name != "pre" else None
    return inside if type(inside) is NavigableString else None


def found_all(tag: Tag, css: str | Iterable[Tag]) -> Iterable[Tag]:
    """The elements inside `tag` that the CSS finds, or those given; quick for `.class, name`."""
    if not isinstance(css, str):
        return css
    plain = _names_and_classes(css)
    return tag.select(css) if plain is None else _with(tag, *plain)


@lru_cache(maxsize=512)
def _names_and_classes(css: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """What a list of bare names and bare classes asks for; None for any other CSS."""
    asked = [part.strip() for part in css.split(",")]
    if not all(map(_NAME_OR_CLASS.fullmatch, asked)):
        return None
    classes = frozenset(part[1:] for part in asked if part.startswith("."))
    return frozenset(part for part in asked if not part.startswith(".")), classes


def _with(tag: Tag, names: frozenset[str], classes: frozenset[str]) -> Iterable[Tag]:
    for inner in tags_in(tag):
        if inner.name in names or not classes.isdisjoint(inner.attrs.get("class", ())):
            yield inner


def tags_in(tag: Tag) -> Iterator[Tag]:
    """Every element inside `tag`, in the document's order: `find_all(True)`, but quick."""
    last: PageElement = tag
    while isinstance(last, Tag) and last.contents:
        last = last.contents[-1]
    # A whole document does not know its first element as the next one.
    node, end = next(iter(tag.contents), None), last.next_element
    while node is not None and node is not end:
        if isinstance(node, Tag):
            yield node
        node = node.next_element


def clean(text: str) -> str:
    """NFC, without control characters and lone surrogates, without space around the whole."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", text).strip()


class _Writer:
    """Collects text; white space and line ends are held back until more text comes."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lines = 0
        self.space = False

    def break_(self, lines: int) -> None:
        self.lines = max(self.lines, lines)

    def line_end(self) -> None:
        self.lines = min(self.lines + 1, 2)

    def text(self, text: str, preformatted: bool) -> None:
        shown = text if preformatted else _SPACE.sub(" ", text)
        if not shown.strip():
            self.space = self.space or bool(shown)
            return
        if self.lines and self.parts:
            self.parts[-1] = self.parts[-1].rstrip()
            self.parts.append("\n" * self.lines)
            shown = shown if preformatted else shown.lstrip(" ")
        elif self.space and not shown.startswith(" "):
            self.parts.append(" ")
        self.parts.append(shown if preformatted else shown.rstrip(" "))
        self.lines = 0
        self.space = shown.endswith(" ") and not preformatted


def _walk(root: Tag, dropped: set[int], writer: _Writer) -> None:
    """Depth first with a stack of our own: a hostile page may nest deeper than Python recurses."""
    stack: list[tuple[PageElement | None, int, bool]] = [(root, 0, False)]
    while stack:
        node, lines, preformatted = stack.pop()
        if node is None:
            writer.break_(lines)
        elif isinstance(node, Tag):
            if node is not root and (id(node) in dropped or _is_interface(node)):
                continue
            lines = 2 if node.name in _PARAGRAPHS else 1 if node.name in _LINES else 0
            _open(node, lines, writer)
            stack.append((None, lines, preformatted))
            inside = preformatted or node.name == "pre"
            stack.extend((child, 0, inside) for child in reversed(node.contents))
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            writer.text(str(node), preformatted)


def _open(tag: Tag, lines: int, writer: _Writer) -> None:
    writer.break_(lines)
    if tag.name == "br":
        writer.line_end()
    elif tag.name == "img" and (emoji := _emoji(tag)):
        writer.text(emoji, True)


def _is_interface(tag: Tag) -> bool:
    return tag.name in _INTERFACE or (
        tag.name == "template" and tag.get("shadowrootmode") != "open"
    )


def _emoji(image: Tag) -> str:
    """The `alt` of an image that stands for an emoji, else an empty string."""
    alt = str(image.get("alt") or "")
    marked = "emoji" in str(image.get("class") or "").lower()
    pictured = bool(alt) and not any(c.isalnum() or c.isspace() for c in alt) and not alt.isascii()
    return alt if marked or pictured else ""
