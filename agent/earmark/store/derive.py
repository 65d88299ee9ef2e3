"""One function says what an item's columns, tag keys and search text are, from its document."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..folding import fold, search_index
from ..model import Json
from ..query.moments import stamp
from ..query.said import mapping, tag_names, texts_of

Columns = dict[str, str | int | None]


@dataclass(frozen=True, slots=True)
class Derived:
    """What a document means to the database; `columns` includes the folded search text."""

    columns: Columns
    tags: frozenset[str]


def derive(document: Json) -> Derived:
    """The derived values of an item's document; any JSON object has some."""
    return Derived(columns(document), tag_keys(document))


def dumps(document: Json) -> str:
    """A document as it is stored; half of a surrogate pair, which UTF-8 cannot hold, is escaped."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text if is_storable(text) else json.dumps(document, separators=(",", ":"))


def is_storable(text: str) -> bool:
    """Whether the database can hold a text as it is."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def storable(text: str) -> str:
    return text if is_storable(text) else text.encode("utf-8", "replace").decode()


def columns(document: Json) -> Columns:
    """The columns of `items` beside `id` and `doc`."""
    author = mapping(document.get("author"))
    published = mapping(document.get("published"))
    first_seen = stamp(document.get("first_seen"))
    return {
        "platform": string(document.get("platform")),
        "key": string(document.get("id")),
        "kind": string(document.get("kind")),
        "language": string(mapping(document.get("language")).get("tag")),
        "state": string(document.get("state")),
        "spam": int(document.get("spam") is True),
        "author_handle": folded(author.get("handle")),
        "author_name": folded(author.get("name")),
        "root": string(document.get("root_id")),
        "parent": string(document.get("parent_id")),
        "page_url": string(document.get("page_url")),
        # Nothing is said later than it was seen: so an item without a time can be filtered too.
        "published_earliest": stamp(published.get("earliest")) or first_seen,
        "published_latest": stamp(published.get("latest")) or first_seen,
        "first_seen": first_seen,
        "last_seen": stamp(document.get("last_seen")),
        "search": search_index(text for _, text in texts_of(document)),
    }


def tag_keys(document: Json) -> frozenset[str]:
    """The names of the tags an item carries now; removed ones are not among them."""
    return frozenset(map(storable, tag_names(document)))


def string(value: object) -> str | None:
    return storable(value) if isinstance(value, str) else None


def folded(value: object) -> str | None:
    return storable(fold(value)) or None if isinstance(value, str) else None
