"""What Viva Engage's GraphQL service answers: threads with their replies on two levels."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from typing import Any

from earmark import Audience, Author, Item, ItemKind, Page
from earmark.markup import dig, said_as

Json = dict[str, Any]

_NODE = re.compile(r"eyJfdHlwZSI6[A-Za-z0-9]+")
_AUDIENCES: dict[Any, Audience] = {"PRIVATE": "group", "PUBLIC": "members"}


def node_id(kind: str, text: str | None) -> str | None:
    """The number in the first node id of `kind` in a text: Base64 of `{"_type": …, "id": …}`."""
    for found in _NODE.findall(text or ""):
        try:
            node = json.loads(base64.b64decode(found + "=" * (-len(found) % 4)))
        except ValueError:  # cut short, or only looks like one
            continue
        if isinstance(node, dict) and node.get("_type") == kind:
            return str(node.get("id"))
    return None


def is_inbox(page: Page) -> bool:
    """Whether the page shows the person's inbox, where private messages are."""
    return "/inbox" in page.url


def responses_in(data: Any, page: Page) -> Iterator[Item]:
    """The messages of every thread in a response; private ones only on the inbox's pages."""
    for thread in _threads(data):
        if not thread.get("isDirectMessage") or is_inbox(page):
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


def _thread(thread: Json) -> Iterator[Item]:
    root = node_id("Thread", thread.get("id")) or _number(thread.get("threadStarter"))
    direct = bool(thread.get("isDirectMessage"))
    audience: Audience = (
        "private" if direct else _AUDIENCES.get(dig(thread, "group", "privacy"), "members")
    )
    starter = thread.get("threadStarter")
    if isinstance(starter, dict):
        kind: ItemKind = "message" if direct else "post"
        replies = dig(thread, "topLevelReplies", "totalCount")
        yield _message(starter, root, None, audience, kind, replies)
    for edge in _edges(thread, "topLevelReplies", "topLevelRepliesAtMessage"):
        kind = "message" if direct else "comment"
        node = edge.get("node")
        if isinstance(node, dict):
            yield _message(node, root, root, audience, kind, None)
        for below in _edges(edge, "secondLevelReplies"):
            if isinstance(below.get("node"), dict):
                kind = "message" if direct else "reply"
                yield _message(below["node"], root, _number(node), audience, kind, None)


def _edges(value: Json, *names: str) -> Iterator[Json]:
    for name in names:
        edges = dig(value, name, "edges")
        yield from (edge for edge in edges or () if isinstance(edge, dict))


def _message(
    message: Json,
    root: str | None,
    parent: str | None,
    audience: Audience,
    kind: ItemKind,
    replies: int | None,
) -> Item:
    sender = message.get("sender")
    return Item(
        **said_as("\n\n".join(filter(None, [_plain(message, "title"), _plain(message, "body")]))),
        id=_number(message),
        kind=kind,
        author=Author(id=_number(sender), name=dig(sender, "displayName")),
        published=message.get("createdAt"),
        edited=bool(message.get("isEdited")),
        root_id=root,
        parent_id=parent,
        likes=dig(message, "reactionsConnection", "totalCount"),
        replies=replies,
        audience=audience,
    )


def _plain(message: Json, field: str) -> str:
    """The text of a Draft.js document, a line a block; of the language shown, else the original."""
    content = dig(message, "languageSpecificContent", field) or message.get(field)
    blocks = dig(_document(dig(content, "serializedContentState")), "blocks") or ()
    return "\n".join(str(dig(block, "text") or "") for block in blocks)


def _document(text: Any) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _number(node: Any) -> str | None:
    """The database id of a user, a message or a thread."""
    plain = dig(node, "databaseId") or _any_node_id(dig(node, "id"))
    return str(plain) if plain else None


def _any_node_id(text: Any) -> str | None:
    kinds = ("Message", "User")
    return next(filter(None, (node_id(kind, text) for kind in kinds)), None)
