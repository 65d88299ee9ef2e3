"""A page or a JSON response with everything that is somebody's replaced, its structure kept."""

from __future__ import annotations

import json
import re
from typing import Any
from warnings import catch_warnings, simplefilter

from bs4 import BeautifulSoup, Comment, MarkupResemblesLocatorWarning, NavigableString, Tag
from bs4.element import Doctype, PreformattedString

from ..parse.slicing import ASSIGNED
from .disguised_text import ISO, LONG_NUMBER, SHORT, DisguisedText
from .people import LENGTH
from .tokens import words_in

DATA_TYPES = {"application/ld+json", "application/json"}
_LABELS = (
    "class id for name role rel type lang dir itemprop itemtype itemref itemid property slot part"
    " is http-equiv charset method enctype target scope headers list form media sizes as loading"
    " data-testid data-e2e data-test data-qa aria-controls aria-labelledby aria-describedby"
    " aria-owns aria-activedescendant"
)
_ADDRESSES = (
    "href src action formaction cite poster data-src data-href data-url background longdesc"
    " xlink:href data-permalink permalink"
)
LABELS, ADDRESSES = frozenset(_LABELS.split()), frozenset(_ADDRESSES.split())
DROPPED = {"srcdoc", "nonce", "integrity", "ping"}
_TIME_KEY = re.compile(r"time|date|creat|publish|edit|modif|stamp|utc|_at$|[a-z]At$|expire", re.I)
# "creator_id", "updatedBy": a number there is a person's, however much it looks like a moment.
_PERSON_KEY = re.compile(
    r"(?:id|by|creator|editor|publisher|author|owner|user|name|phone|number)s?$", re.IGNORECASE
)
_PRIVATE_KEY = re.compile(
    r"birth|bday|(?:^|[^a-z])dob$|(?:^|[^a-z])(?:lat|lng|lon)$|latitude|longitude|coordinate",
    re.IGNORECASE,
)
_KIND_KEY = re.compile(
    r"(?:^|[_@$])(?:type|typename|kind|context|mime|format|lang|locale|role)$|[a-z](?:Type|Kind)$"
)
_ONE_WORD = re.compile(r"[\w:.#+@-]{1,80}|https?://schema\.org/?\w*")
_CONSTANT = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//\S+|[/?#]\S*|mailto:\S+|tel:\S+", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-z!/][^>]*>", re.IGNORECASE)
_STYLE_URL = re.compile(r"""url\(\s*["']?([^"'()]*)["']?\s*\)""", re.IGNORECASE)
_QUOTE = re.compile(r"""["']|url\(""", re.IGNORECASE)
_SOURCE = re.compile(r"[\s,]*(\S*[^\s,])(?:,|\s*([^,]*)(?:,|$))")
_SIZE = re.compile(r"[\d.]+[wxh](?:\s+[\d.]+[wxh])*")
_MOMENTS = re.compile(rf"{ISO}(?:\s+\d+)?")


class Disguise(DisguisedText):
    """The rules of `DisguisedText`, for trees of markup and of JSON."""

    def tree(self, soup: BeautifulSoup) -> None:
        """Everything in a tree of markup, in place."""
        self._drop(soup)
        self.told.read(soup)
        self._texts(soup)
        for tag in soup.find_all(True):
            for name in list(tag.attrs):
                self._attribute(tag, name)

    def data(self, value: Any, key: str = "") -> Any:
        """JSON of the same form; keys stay, but for those that are ids."""
        if isinstance(value, dict):
            return {self.key(name): self.data(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [self.data(each, key) for each in value]
        if isinstance(value, str):
            return self.value(value, key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._number(value, key)
        return value

    def _number(self, value: float, key: str) -> float:
        """A number as JSON has it: ids and exact places made up, counts and times as they are."""
        whole, point, part = repr(abs(value)).partition(".")
        if not f"{whole}{part}".isdecimal():  # 1e-07, NaN
            return value
        dated = _is_time(key)
        private = bool(_PRIVATE_KEY.search(key))
        exact = private or (len(part) >= LONG_NUMBER and not dated)
        made = self.made.token(whole) if private and not point else self.digits(whole, False, dated)
        if point:
            made += f".{self.made.token(part) if exact else part}"
        number = float(made) if point else int(made)
        return number if value >= 0 else -number

    def value(self, value: str, key: str) -> str:
        """A string whose name is `key`, in data or as an attribute."""
        if len(value) < SHORT and value.isascii():
            return value
        if (inner := _json_in(value)) is not None:
            between = (", ", ": ") if '": ' in value else (",", ":")
            return json.dumps(self.data(inner, key), ensure_ascii=False, separators=between)
        if _MARKUP.search(value):
            return self._markup(value)
        if (_KIND_KEY.search(key) and _ONE_WORD.fullmatch(value)) or _CONSTANT.fullmatch(value):
            return self.label(value, hashed=True)
        if _ADDRESS.fullmatch(value.strip()):
            return self.address(value.strip())
        if _PRIVATE_KEY.search(key):
            return self.all(value)
        return self.text(value, dated=_is_time(key) or bool(_MOMENTS.fullmatch(value.strip())))

    def _markup(self, value: str) -> str:
        with catch_warnings():
            simplefilter("ignore", MarkupResemblesLocatorWarning)
            inner = BeautifulSoup(value, "html.parser")
        self.tree(inner)
        return str(inner.decode(formatter="minimal"))

    def _drop(self, soup: BeautifulSoup) -> None:
        """Take out what nobody reads and anybody may be in: scripts, comments, handlers."""
        for node in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
            if not isinstance(node, Doctype):
                self.counted["comments"] += isinstance(node, Comment)
                node.extract()
        for tag in soup.find_all(["script", "style"]):
            if tag.name == "script" and self._data_script(tag):
                continue
            self.counted["scripts"] += tag.name == "script"
            tag.decompose()

    def _data_script(self, tag: Tag) -> bool:
        """Whether a script is data, which is then replaced."""
        text = tag.string or ""
        front = ASSIGNED.match(text)
        if not front and str(tag.get("type") or "").strip().lower() not in DATA_TYPES:
            return False
        start = front[0] if front else ""
        try:
            held = json.loads(text[len(start) :].rstrip().rstrip(";"))
        except ValueError:
            return False
        self.told.read_data(held)
        made = json.dumps(self.data(held), ensure_ascii=False).replace("</", "<\\/")
        tag.string = start + made
        return True

    def _texts(self, soup: BeautifulSoup) -> None:
        """Every piece of text; somebody's words are found across the tags between them."""
        nodes = [node for node in soup.find_all(string=True) if _is_text(node)]
        stream = [(word, index) for index, node in enumerate(nodes) for word in words_in(node)]
        said = self._said(stream)
        for index, node in enumerate(nodes):
            made = self.text(str(node), prose=index in said)
            if made != node:
                node.replace_with(type(node)(made))

    def _said(self, stream: list[tuple[str, int]]) -> set[int]:
        """The pieces in which somebody's words stand."""
        said: set[int] = set()
        for start in range(len(stream) - LENGTH + 1):
            window = stream[start : start + LENGTH]
            if tuple(word for word, _ in window) in self.people.grams:
                said.update(index for _, index in window)
        return said

    def _attribute(self, tag: Tag, name: str) -> None:
        held = tag[name]
        value = " ".join(held) if isinstance(held, list) else str(held)
        if name.startswith("on") or name in DROPPED or value.lstrip()[:5].lower() == "data:":
            self.counted["handlers"] += name.startswith("on")
            del tag[name]
        elif name == "style":
            self._style(tag, value)
        elif name.endswith("srcset"):
            tag[name] = ", ".join(self._source(found) for found in _SOURCE.finditer(value))
        elif name in LABELS:
            tag[name] = self.label(value, hashed=name == "class")
        elif name in ADDRESSES:
            tag[name] = self.address(value.strip())
        else:
            tag[name] = self.value(value, name)

    def _style(self, tag: Tag, value: str) -> None:
        """Its addresses disguised, as pictures have them; nothing else in it may be a text."""
        if _QUOTE.search(_STYLE_URL.sub("", value)):
            del tag["style"]
        else:
            tag["style"] = _STYLE_URL.sub(lambda f: f"url('{self.address(f[1].strip())}')", value)

    def _source(self, found: re.Match[str]) -> str:
        """One picture of a `srcset`: its address, and the size it is for."""
        size = (found[2] or "").strip()
        return f"{self.address(found[1])} {size if _SIZE.fullmatch(size) else ''}".rstrip()


def _is_time(key: str) -> bool:
    """Whether numbers called `key` are times."""
    return bool(_TIME_KEY.search(key)) and not _PERSON_KEY.search(key)


def _is_text(node: NavigableString) -> bool:
    parent = node.parent
    return not isinstance(node, PreformattedString) and not (parent and parent.name == "script")


def _json_in(value: str) -> Any:
    if value.lstrip()[:1] not in ("{", "["):
        return None
    try:
        found = json.loads(value)
    except ValueError:
        return None
    return found if isinstance(found, dict | list) else None
