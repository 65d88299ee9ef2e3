"""Microformats of one element: replies and notes (h-entry, h-cite), reviews (h-review, hReview)."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Tag

from earmark import Author, Item, ItemKind, Page, Rating, text_of

from .schema_org import local_id

REACTIONS = ("like-of", "repost-of", "bookmark-of", "rsvp")
CITED = {"u-in-reply-to", "u-like-of", "u-repost-of", "u-bookmark-of", "u-quotation-of"}


def item_of(soup: BeautifulSoup, root: Tag, page: Page) -> Item | None:
    """The item of a microformats element; None for articles, likes and what is only cited."""
    import mf2py  # loading it costs, most pages have none

    classes = {str(name) for name in root.get_attribute_list("class")}
    found = mf2py.parse(doc=soup, url=page.url)["items"]
    if not found or classes & CITED:
        return None
    entry = found[0]["properties"]
    kind: ItemKind | None = "review" if "h-review" in found[0]["type"] else _kind(entry, classes)
    if kind is None:
        return None
    url, uid = _first(entry, "url"), _first(entry, "uid")
    ids = [local_id(url, page)] if url and url != page.url else []
    return Item(
        id=ids[0] if ids else uid,
        aliases=[uid] if uid and ids else [],
        kind=kind,
        text=_text(root, entry),
        author=_author(entry),
        published=_first(entry, "published") or _first(entry, "reviewed"),
        url=url,
        rating=_rating(entry),
    )


def _kind(entry: dict[str, Any], classes: set[str]) -> ItemKind | None:
    if any(reaction in entry for reaction in REACTIONS):
        return None
    if "in-reply-to" in entry or classes & {"u-comment", "p-comment"}:
        return "comment"
    return None if "h-cite" in classes or _is_article(entry) else "post"


def _is_article(entry: dict[str, Any]) -> bool:
    """A name of its own makes an article; a note's name is its text."""
    name, content = _first(entry, "name") or "", _first(entry, "content") or ""
    return not content or not " ".join(content.split()).startswith(" ".join(name.split())[:40])


def _text(root: Tag, entry: dict[str, Any]) -> str:
    said = root.select_one(".e-content, .p-content, .description, .p-summary, .summary")
    return text_of(said) if said else _first(entry, "content") or _first(entry, "summary") or ""


def _author(entry: dict[str, Any]) -> Author | None:
    people = entry.get("author") or entry.get("reviewer") or []
    if not people:
        return None
    if isinstance(people[0], str):
        return Author(name=people[0])
    person = people[0]["properties"]
    name, handle, url = (_first(person, key) for key in ("name", "nickname", "url"))
    return Author(name=name, handle=handle, url=url) if name or handle or url else None


def _rating(entry: dict[str, Any]) -> Rating | None:
    shown = (_first(entry, "rating") or "").replace(",", ".")
    best = _first(entry, "best") or ""
    if not re.fullmatch(r"\d+(?:\.\d+)?", shown):
        return None
    return Rating(float(shown), float(best) if best.isdecimal() else None)


def _first(entry: dict[str, Any], name: str) -> str | None:
    """The first plain value of a property."""
    for value in entry.get(name, []):
        text = value.get("value") if isinstance(value, dict) else value
        if text:
            return str(text).strip()
    return None
