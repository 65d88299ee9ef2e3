"""PeerTube: comments on videos, on any host.

Built from a **real** `comment-threads` answer (2025) and, for the drawn page, from **documented**
structure: PeerTube's own templates (2021 to 2025). Stable hooks: `my-video-comment`, `threadId`.
The drawn page names only the threads, so that replies get their numbers from responses alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup, Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    attribute,
    dig,
    first_attribute,
    found_in,
    landmarks,
    objects_with,
    registering,
    said,
    said_as,
    text_of,
)

JAVASCRIPT = re.compile(r"\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})")
MARKUP = re.compile(r"<(?:p|br|a|span)\b")  # comments from other software come as HTML


class PeerTube(Platform):
    """Comment numbers belong to one instance; the video, by the id in its address, is the root."""

    name, label = "peertube", "PeerTube"
    markers = ["my-video-comments"]
    items = ["my-video-comment"]
    context = ["my-video-comments .title-page"]
    empty = [
        "my-video-comments .comment-threads > div:only-child > .anchor:only-child",
        "my-video-comments:has(.title-page):not(:has(.comment-threads))",
    ]
    responses = ["*://*/api/v1/videos/*/comment-threads*"]
    audience = "public"
    level = "real"
    built_from = "a response of 2025; the drawn page from PeerTube's own templates"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "response":
            for comment in objects_with(fragment.json, "inReplyToCommentId"):
                if not comment.get("isDeleted"):
                    yield _told(comment, page)
        elif drawn := fragment.soup.select_one("my-video-comment"):
            yield from _drawn(drawn, fragment, page)

    def expected(self, page: Page) -> str | None:
        return next((text_of(fragment.soup) for fragment in page.context), None)


def _drawn(comment: Tag, fragment: Fragment, page: Page) -> Iterator[Item]:
    marks = landmarks(comment)
    body, date = marks.get(".comment-html"), marks.get(".comment-date")
    if body is None or ".comment-html-deleted" in marks:
        return
    link = attribute(date, "href")
    handle = text_of(marks.get(".comment-account-fid")).removeprefix("@")
    yield Item(
        id=None if fragment.parent_ref else found_in(r"threadId=(\d+)", link),
        kind="reply" if fragment.parent_ref else "comment",
        author=Author(
            handle=handle or None,
            name=text_of(marks.get(".comment-account-name")) or None,
            url=first_attribute(marks.get(".comment-account"), "a[href]", "href"),
        ),
        published=_moment(attribute(date, "title")) or text_of(date),
        url=link,
        root_id=_video(link) or _video(page.url),
        replies=text_of(marks.get(".view-replies")) or None,
        **said(body),
    )


def _moment(hint: str | None) -> datetime | str | None:
    """The hint is how JavaScript writes a moment, so that it can be read at once."""
    found = JAVASCRIPT.match(hint or "")
    return datetime.strptime(f"{found[1]} {found[2]}", "%b %d %Y %H:%M:%S %z") if found else hint


def _told(comment: dict[str, Any], page: Page) -> Item:
    text, root = comment.get("text") or "", _video(page.url)
    parent, thread = comment.get("inReplyToCommentId"), comment.get("threadId")
    return Item(
        id=comment.get("id"),
        kind="reply" if parent else "comment",
        author=_author(comment.get("account"), page),
        published=comment.get("createdAt"),
        url=f"/w/{root};threadId={thread}" if root and thread else comment.get("url"),
        root_id=root,
        parent_id=str(parent) if parent else None,
        replies=comment.get("totalReplies"),
        **(said(BeautifulSoup(text, "lxml")) if MARKUP.search(text) else said_as(text)),
    )


def _author(account: Any, page: Page) -> Author | None:
    """People of the page's own instance go by their name, as the page shows them."""
    name, host = dig(account, "name"), dig(account, "host")
    if not name:
        return None
    is_local = not host or f"//{host}/" in f"{page.url}/"
    return Author(
        id=str(dig(account, "id")),
        handle=name if is_local else f"{name}@{host}",
        name=dig(account, "displayName"),
        url=dig(account, "url"),
        followers=dig(account, "followersCount"),
    )


def _video(url: str | None) -> str | None:
    return found_in(r"/(?:w|videos/watch)/([\w-]+)", url)


register_platforms = registering(PeerTube)
