"""A page put together again from the fragments in which it was heard."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bs4 import BeautifulSoup, Tag

from ..model import Json
from ..parse.slicing import CUT

DEEPEST = 300  # fragments within fragments; a page's own nesting is never so deep


def put_together(page: Json, fragments: Sequence[Json]) -> str:
    """The HTML of a page, as far as it was heard.

    `fragments` are those of one visit as received, each element once. They stand in page order,
    nested as they were, inside the elements that enclosed them.
    """
    pieces = {each["ref"]: each for each in fragments if each.get("markup") and each.get("ref")}
    soup = BeautifulSoup(_frame(page), "lxml")
    path = _Path(soup.body or soup)
    inside = {ref for ref, each in pieces.items() if each.get("parent_ref") in pieces}
    tops = [each for ref, each in pieces.items() if ref not in inside]
    for each in sorted(tops, key=lambda one: one.get("order") or 0):
        path.enter(each.get("ancestors") or []).append(_whole(each, pieces, 0))
    return str(soup)


def _frame(page: Json) -> str:
    lang, title = escape(str(page.get("lang") or "")), escape(str(page.get("title") or ""))
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        "</head><body></body></html>"
    )


def _whole(fragment: Json, pieces: dict[str, Json], depth: int) -> BeautifulSoup:
    """A fragment with those that were cut out of it back in their places."""
    soup = BeautifulSoup(fragment["markup"], "html.parser")
    for frame in soup.find_all(["html", "body"]):  # the page has its own already
        frame.unwrap()
    for hole in soup.find_all(CUT):
        piece = pieces.get(str(hole.get("ref")))
        if piece is None or depth >= DEEPEST:
            hole.decompose()
        else:
            hole.replace_with(_whole(piece, pieces, depth + 1))
    return soup


class _Path:
    """The elements around what is being written; equal ones of neighbours are the same."""

    def __init__(self, body: Tag) -> None:
        self._body = body
        self._open: list[tuple[str, Tag]] = []

    def enter(self, ancestors: Sequence[str]) -> Tag:
        """The innermost of the elements with these opening tags, nearest first."""
        wanted = [tag for tag in reversed(ancestors) if not tag.startswith(("<html", "<body"))]
        same = 0
        while same < min(len(wanted), len(self._open)) and wanted[same] == self._open[same][0]:
            same += 1
        del self._open[same:]
        for opening in wanted[same:]:
            around = self._open[-1][1] if self._open else self._body
            made = BeautifulSoup(opening, "html.parser").find(True)
            if isinstance(made, Tag):
                around.append(made.extract())
                self._open.append((opening, made))
        return self._open[-1][1] if self._open else self._body
