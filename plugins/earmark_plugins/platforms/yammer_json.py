"""What Viva Engage's GraphQL service answers: threads with their replies on two levels."""

import json
from collections.abc import Iterator
from typing import Any

from earmark import Audience, Author, Item, ItemKind, Items
from earmark.markup import dig, said_as, titled

from .yammer_node import database_id, node_id

Json = dict[str, Any]

_AUDIENCES: dict[Any, Audience] = {"PRIVATE": "group", "PUBLIC": "members"}


def responses_in(data: Any, *, inbox: bool) -> Items:
    """The messages of every thread in a response; private ones only on the inbox's pages."""
    for thread in _threads(data):
        if not thread.get("isDirectMessage") or inbox:
            yield from _thread(thread)


def _threads(value: Any) -> Iterator[Json]:
    """Every thread, and every later page of one's replies."""
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, dict):
            if {"threadStarter", "topLevelReplies", "topLevelRepliesAtMessage"} & node.keys():
                yield node
            else:
                stack.extend(reversed(node.values()))


def _thread(thread: Json) -> Items:
    root = node_id("Thread", thread.get("id")) or database_id(thread.get("threadStarter"))
    direct = bool(thread.get("isDirectMessage"))
    known = _AUDIENCES.get(dig(thread, "group", "privacy"), "members")
    for message, parent, kind in _messages(thread, root):
        item = _entry(message)
        item.kind = "message" if direct else kind
        item.audience = "private" if direct else known
        item.root_id, item.parent_id = root, parent
        if message is thread.get("threadStarter"):
            item.replies = dig(thread, "topLevelReplies", "totalCount")
        yield item


def _messages(thread: Json, root: str | None) -> Iterator[tuple[Json, str | None, ItemKind]]:
    """Each message with the id of what it answers and its kind."""
    if isinstance(starter := thread.get("threadStarter"), dict):
        yield starter, None, "post"
    for edge in _edges(thread, "topLevelReplies", "topLevelRepliesAtMessage"):
        if isinstance(answer := edge.get("node"), dict):
            yield answer, root, "comment"
        for below in _edges(edge, "secondLevelReplies"):
            if isinstance(below.get("node"), dict):
                yield below["node"], database_id(answer), "reply"


def _edges(value: Json, *names: str) -> Iterator[Json]:
    for name in names:
        edges = dig(value, name, "edges")
        yield from (edge for edge in edges or () if isinstance(edge, dict))


def _entry(message: Json) -> Item:
    sender = message.get("sender")
    return Item(
        **said_as(titled(_plain(message, "title"), _plain(message, "body"))),
        id=database_id(message),
        author=Author(id=database_id(sender), name=dig(sender, "displayName")),
        published=message.get("createdAt"),
        edited=bool(message.get("isEdited")),
        likes=dig(message, "reactionsConnection", "totalCount"),
    )


def _plain(message: Json, field: str) -> str:
    """The text of a Draft.js document, a line a block; of the language shown, else the original."""
    content = dig(message, "languageSpecificContent", field) or message.get(field)
    try:
        document = json.loads(dig(content, "serializedContentState") or "null")
    except (TypeError, ValueError):
        return ""
    return "\n".join(str(dig(block, "text") or "") for block in dig(document, "blocks") or ())
