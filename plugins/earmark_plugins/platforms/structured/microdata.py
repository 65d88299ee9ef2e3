"""Microdata and RDFa of one element, in the shape of a schema.org node."""

from __future__ import annotations

import re
from typing import Any

from bs4 import Tag

from earmark import text_of

from .schema_org import TEXT, Node

_RDFA_DATES = ("created", "dateCreated", "datePublished", "date", "dtreviewed")
_RDFA_TEXTS = ("text", "encoded", "reviewBody", "description")


def microdata_node(markup: str, root: Tag, url: str) -> Node | None:
    """The outermost microdata item of the markup, whose first element is `root`."""
    from extruct.w3cmicrodata import MicrodataExtractor  # loading it costs, most pages have none

    found = MicrodataExtractor().extract(markup, base_url=url)
    if not found:
        return None
    node: Node = _as_node(found[0])
    return node | {name: text for name in TEXT if name in node and (text := _text(root, name))}


def _text(root: Tag, name: str) -> str:
    """A text property as it reads, with paragraphs and emoji."""
    tags = root.select(f'[itemprop~="{name}"]:not([itemscope])')
    own = (tag for tag in tags if tag.find_parent(itemscope=True) is root)
    return text_of(next(own, None))


def _as_node(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_node(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    node = {name: _as_node(entry) for name, entry in value.get("properties", {}).items()}
    node["@type"] = value.get("type", [])
    node["@id"] = value.get("id")
    return node if "properties" in value else node | {"name": value.get("value")}


def rdfa_node(root: Tag) -> Node:
    """RDFa by the local names of its terms: prefixes are declared far outside the element.

    rdflib would need them, and takes some thirty times as long as the microdata of a comment.
    """
    said = _with_term(root, *_RDFA_TEXTS)
    date = _with_term(root, *_RDFA_DATES)
    author = _with_term(root, "author", "has_creator", "creator", "reviewer")
    return {
        "@type": str(root.get("typeof") or "").split(),
        "@id": root.get("about") or root.get("resource"),
        "text": text_of(said),
        "author": _person(author) if author else None,
        "dateCreated": str(date.get("content") or text_of(date)) if date else None,
        "reviewRating": _rating(root),
    }


def _with_term(root: Tag, *names: str) -> Tag | None:
    """The first element that carries one of the terms, in the order of the names."""
    for name in names:
        for tag in root.select("[property], [rel]"):
            terms = f"{tag.get('property') or ''} {tag.get('rel') or ''}"
            if name in re.split(r"[\s\[\]',]+|\w+:", terms):
                return tag
    return None


def _person(author: Tag) -> Node:
    name = _with_term(author, "name") or author
    link = author if author.get("href") else author.select_one("[href], [resource], [about]")
    url = (
        next((str(link[a]) for a in ("href", "resource", "about") if link.get(a)), None)
        if (link)
        else None
    )
    return {"name": str(name.get("content") or text_of(name)), "url": url}


def _rating(root: Tag) -> Node | None:
    value, best = _with_term(root, "ratingValue", "rating"), _with_term(root, "bestRating", "best")
    if value is None:
        return None
    shown = {"ratingValue": str(value.get("content") or text_of(value))}
    return shown | ({"bestRating": str(best.get("content") or text_of(best))} if best else {})
