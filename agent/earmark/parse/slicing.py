"""Cutting a page into fragments, exactly as the content script does.

Every element that a selector of the plan entry matches is one fragment. Matches nested in it are
cut out and leave `<earmark-cut ref="…"></earmark-cut>`, so that a thread is carried once. Where
at most one element of `items` is found, what `fallback` names comes as well, after all others; it
is nobody's parent. The table `tests/slicing/cases.json` holds both cutters to the same result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import count
from uuid import uuid4
from warnings import catch_warnings, simplefilter

import soupsieve
from bs4 import BeautifulSoup, Comment, Tag, XMLParsedAsHTMLWarning
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter

from ..model import Fragment, FragmentKind, Json, Page
from .selectors import split_outline

MAX_MARKUP = 2 * 1024 * 1024
MAX_ANCESTORS = 12
CUT = "earmark-cut"
LONE = 1  # so many items may be the page's own article, whose comments nobody named

_DATA_TYPES = {"application/ld+json", "application/json", "text/json"}
ASSIGNED = re.compile(r"\s*window\.[A-Za-z_$][\w$]*\s*=\s*(?=\{)")
_DATA_URI = re.compile(r"(?:^|[\s,(\"'=])data:[^\s,;]*[;,]", re.IGNORECASE)
_LEADING_NUMBER = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+))")
_FORMATTER = HTMLFormatter(
    entity_substitution=EntitySubstitution.substitute_xml, void_element_close_prefix=""
)


def slice_page(html: str, entry: Json, page: Page) -> list[Fragment]:
    """The fragments of a saved page in document order, for one plan entry.

    A fragment whose markup is over 2 MiB comes without it and with `complete` false.
    """
    return slice_soup(parse_html(html), entry, page)


def slice_soup(soup: BeautifulSoup, entry: Json, page: Page) -> list[Fragment]:
    """`slice_page` of a page already parsed, which is used up by it."""
    return _Cutter(soup, entry).fragments(page)


def parse_html(html: str) -> BeautifulSoup:
    """A page as a tree; XHTML is HTML to us as it is to the browser."""
    with catch_warnings():
        simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(html, "lxml")


class _Cutter:
    """One page being cut: its shadow and template contents hang outside while selectors look."""

    def __init__(self, soup: BeautifulSoup, entry: Json) -> None:
        self.soup = soup
        self.outline = entry.get("outline")
        self.selectors: list[tuple[FragmentKind, str]] = [
            *(("element", css) for css in entry.get("items") or ()),
            *(("context", css) for css in entry.get("context") or ()),
        ]
        self.fallback: list[str] = list(entry.get("fallback") or ())
        self.matched: dict[int, tuple[FragmentKind, str]] = {}
        self._match_all()
        self._strip()

    def _match_all(self) -> None:
        """Select in the document and in each open shadow root; other templates are inert."""
        holders = []
        for template in reversed(self.soup.find_all("template")):
            holder = Comment("")
            template.replace_with(holder)
            holders.append((holder, template))
        self._match_in(self.soup)
        for _, template in holders:
            if template.get("shadowrootmode") == "open":
                self._match_in(template)
        for holder, template in reversed(holders):
            holder.replace_with(template)

    def _match_in(self, root: Tag) -> None:
        """One walk for all selectors; only what matches is asked which one it was."""
        if not self.selectors:
            return
        for tag in root.select(", ".join(css for _, css in self.selectors)):
            self.matched[id(tag)] = next(
                (kind, css) for kind, css in self.selectors if soupsieve.match(css, tag)
            )

    def _strip(self) -> None:
        for tag in self.soup.find_all(["script", "style"]):
            if not (id(tag) in self.matched and _holds_data(tag)):
                self.matched.pop(id(tag), None)
                tag.extract()
        for tag in self.soup.find_all(True):
            for name in [n for n, value in tag.attrs.items() if _DATA_URI.search(_plain(value))]:
                del tag[name]

    def fragments(self, page: Page) -> list[Fragment]:
        """Cut from the last match to the first, so that what is nested leaves before its frame."""
        named = [tag for tag in self.soup.find_all(True) if id(tag) in self.matched]
        refs = {id(tag): f"r{number}" for tag, number in zip(named, count(), strict=False)}
        tags = [*named, *self._fall_back(named)]
        cut = [self._describe(tag, order, refs, page) for order, tag in enumerate(tags)]
        inmost_first = [*range(len(named) - 1, -1, -1), *range(len(named), len(tags))]
        for tag, fragment in ((tags[index], cut[index]) for index in inmost_first):
            tag.replace_with(self.soup.new_tag(CUT, attrs={"ref": fragment.ref}))
            fragment.markup = tag.decode(formatter=_FORMATTER)
            if len(fragment.markup.encode("utf-8", "replace")) > MAX_MARKUP:
                fragment.markup, fragment.complete = "", False
        _link_by_outline(cut)
        return cut

    def _fall_back(self, named: list[Tag]) -> list[Tag]:
        """What comes whole because hardly anything was named; never from within what was."""
        elements = [tag for tag in named if self.matched[id(tag)][0] == "element"]
        if len(elements) > LONE or not self.fallback:
            return []
        whole = self.soup.select(", ".join(self.fallback))
        taken = {id(tag) for tag in [*named, *whole]}
        found = [
            tag
            for tag in whole
            if id(tag) not in self.matched and taken.isdisjoint(map(id, tag.parents))
        ]
        for tag in found:
            css = next(css for css in self.fallback if soupsieve.match(css, tag))
            self.matched[id(tag)] = ("context", css)
        return found

    def _describe(self, tag: Tag, order: int, refs: dict[int, str], page: Page) -> Fragment:
        kind, css = self.matched[id(tag)]
        enclosing = (refs[id(parent)] for parent in tag.parents if id(parent) in refs)
        return Fragment(
            id=str(uuid4()),
            ref=refs.get(id(tag), f"r{order}"),
            kind=kind,
            selector=css,
            url=page.url,
            ancestors=list(_ancestors(tag)),
            parent_ref=next(enclosing, ""),
            order=order,
            outline=self._outline_of(tag) if kind == "element" else None,
            captured_at=page.captured_at,
        )

    def _outline_of(self, tag: Tag) -> float | None:
        if not self.outline:
            return None
        selector, attribute = split_outline(self.outline)
        holder = tag.select_one(selector)
        shown = "" if holder is None else holder.get(attribute) if attribute else holder.get_text()
        number = _LEADING_NUMBER.match(_plain(shown))
        return float(number[1]) if number else None


def _link_by_outline(fragments: list[Fragment]) -> None:
    """Give each outlined fragment the nearest earlier one that lies less deep as its parent."""
    open_ones: list[tuple[float, str]] = []
    for fragment in fragments:
        if fragment.outline is None:
            continue
        while open_ones and open_ones[-1][0] >= fragment.outline:
            open_ones.pop()
        if open_ones:
            fragment.parent_ref = open_ones[-1][1]
        open_ones.append((fragment.outline, fragment.ref))


def _ancestors(tag: Tag) -> Iterator[str]:
    for _, parent in zip(range(MAX_ANCESTORS), tag.parents, strict=False):
        if not isinstance(parent, BeautifulSoup):
            yield opening_tag(parent)


def opening_tag(tag: Tag) -> str:
    """The opening tag alone, as markup."""
    attributes = (f' {name}="{escape(_plain(value))}"' for name, value in tag.attrs.items())
    return f"<{tag.name}{''.join(attributes)}>"


def _holds_data(tag: Tag) -> bool:
    """Whether a script is data and nothing else: JSON, or one object given to one global name."""
    if tag.name != "script":
        return False
    kind = _plain(tag.get("type")).strip().lower()
    return kind in _DATA_TYPES or bool(ASSIGNED.match(tag.string or ""))


def _plain(value: object) -> str:
    """An attribute's value as one string (class lists come as lists)."""
    return " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
