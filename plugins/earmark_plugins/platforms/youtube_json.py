"""YouTube's comments as its responses have them."""

from collections.abc import Iterator
from typing import Any

from earmark import Author, Item, Items
from earmark.markup import dig, found_in, objects_with, said_as

from .youtube_parts import ROOT, outward, permalink, when

WEB = ("innertubeCommand", "commandMetadata", "webCommandMetadata", "url")


def comments_in(data: Any, page_url: str) -> Items:
    """The comments of a `next` response: their words lie apart from the threads that order them."""
    endpoints = dig(data, "onResponseReceivedEndpoints")
    parents = dict(_placed(endpoints, None))
    addresses = (
        dig(o, "publishedTimeCommand", *WEB) for o in objects_with(data, "publishedTimeCommand")
    )
    root = found_in(ROOT, next(addresses, None)) or found_in(ROOT, page_url)
    for found in objects_with(data, "commentEntityPayload"):
        payload = found["commentEntityPayload"]
        key = dig(payload, "properties", "commentId")
        if key:
            yield _comment(payload, key, parents.get(key), root)


def _comment(payload: Any, key: str, parent: str | None, root: str | None) -> Item:
    published, edited = when(dig(payload, "properties", "publishedTime"))
    content = dig(payload, "properties", "content")
    words = said_as(dig(content, "content"))
    runs = dig(content, "commandRuns") or []
    words["links"] = [outward(url) for run in runs if (url := dig(run, "onTap", *WEB))]
    return Item(
        id=key,
        kind="reply" if parent else "comment",
        author=_author(dig(payload, "author")),
        published=published,
        edited=edited,
        url=permalink(root, key),
        root_id=root,
        parent_id=parent,
        likes=dig(payload, "toolbar", "likeCountNotliked"),
        replies=dig(payload, "toolbar", "replyCount"),
        **words,
    )


def _author(author: Any) -> Author:
    name = str(dig(author, "displayName") or "")
    is_handle = name.startswith("@")
    return Author(
        id=dig(author, "channelId"),
        handle=name[1:] if is_handle else None,
        name=None if is_handle else name or None,
        url=dig(author, "channelCommand", *WEB),
    )


def _placed(value: Any, parent: str | None) -> Iterator[tuple[str, str | None]]:
    """Each comment's id with its parent's: threads hold replies, a continuation names whose."""
    if isinstance(value, list):
        for each in value:
            yield from _placed(each, parent)
    elif isinstance(value, dict):
        model = value.get("commentViewModel")
        own = dig(model, "commentViewModel", "commentId") or dig(model, "commentId")
        if own:
            yield own, parent
        whose = found_in(r"^comment-replies-item-(.+)", str(value.get("targetId")))
        for each in value.values():
            if each is not model:
                yield from _placed(each, own or whose or parent)
