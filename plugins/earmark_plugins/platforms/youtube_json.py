"""YouTube's comments as JSON, and what its page and its responses spell alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from earmark import Author, Item, dig, found_in, objects_with, said_as

WEB = ("innertubeCommand", "commandMetadata", "webCommandMetadata", "url")
ROOT = r"(?:/post/|[?&]lb=|[?&]v=|/shorts/|/live/)([\w-]+)"
_EDITED = re.compile(r"\s*[(（].*[)）]\s*$")


def comments_in(data: Any, page_url: str) -> Iterator[Item]:
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


def when(shown: str | None) -> tuple[str | None, bool]:
    """The time, and whether the word for “edited” stood behind it in brackets."""
    time = _EDITED.sub("", shown or "")
    return time or None, time != (shown or "")


def permalink(root: str | None, key: str | None) -> str | None:
    """A comment's address without what follows where it was clicked."""
    if not root or not key:
        return None
    is_video = len(root) == 11
    return f"/watch?v={root}&lc={key}" if is_video else f"/post/{root}?lc={key}"


def outward(url: str) -> str:
    """Where a link leads: those off the site pass through a page that asks first."""
    parts = urlsplit(url)
    if parts.path == "/redirect":
        return next(iter(parse_qs(parts.query).get("q", [])), url)
    return url
