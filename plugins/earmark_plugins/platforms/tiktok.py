"""TikTok: comments and replies below videos and photos, and the video itself.

Built from a **real** rendered page (2022); the present names of the boxes and the fields of the
comment responses are **documented** (public readers' selectors and sources, 2024 to 2026). Stable
hooks: `data-e2e`, the component names inside class names. The present page shows no comment ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    found_in,
    objects_with,
    registering,
    said_as,
    said_here,
    text_of,
)

SITE = "https://www.tiktok.com"
VIDEO = r"/@([\w.]+)/(?:video|photo)/(\d+)"
SHOWN = ("browser-nickname", "like-count", "comment-count", "share-count")


class TikTok(Platform):
    """A thread's box holds the comment and, in a box of their own, the replies to it."""

    name, label = "tiktok", "TikTok"
    matches = [f"{SITE}/@*/video/*", f"{SITE}/@*/photo/*"]
    items = [
        '[class*="DivReplyContainer"] [class*="DivCommentContentContainer"]',
        '[class*="DivReplyContainer"] [class*="DivCommentItemWrapper"]',
        '[class*="DivCommentItemContainer"]',
        '[class*="DivCommentObjectWrapper"]',
    ]
    context = [f'[data-e2e="{name}"]' for name in ("browse-video-desc", *SHOWN)]
    empty = ["#loginContainer", '[class*="DivErrorContainer"]']
    responses = [f"{SITE}/api/comment/list*"]
    level = "real"
    built_from = "a page of 2022; the present page and responses as public readers have them"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "response":
            yield from map(_from_json, objects_with(fragment.json, "cid"))
        elif fragment.kind == "element":
            yield from _comment(fragment.soup, page)
        elif fragment.selector == self.context[0]:
            yield from _video(fragment.soup, page)

    def expected(self, page: Page) -> str | None:
        return _shown(page, "comment-count")


def _comment(area: Tag, page: Page) -> Iterator[Item]:
    text = area.find(attrs={"data-e2e": re.compile(r"^comment-level-\d$")})
    link = area.select_one('a[href^="/@"]')
    if not isinstance(text, Tag) or link is None:
        return
    holder = text.find_parent("div", id=re.compile(r"^\d+$"))
    time = area.select_one(
        '[data-e2e^="comment-time"], [class*="DivCommentSubContentWrapper"] span'
    )
    likes = area.select_one('[data-e2e="comment-like-count"], [class*="DivLikeContainer"] span')
    name = area.select_one('[data-e2e^="comment-username"]')
    yield Item(
        id=str(holder["id"]) if holder else None,
        kind="reply" if text["data-e2e"] == "comment-level-2" else "comment",
        **said_here(text),
        author=_author(str(link["href"])[2:].strip("/"), name=text_of(name)),
        published=_when(text_of(time), page),
        root_id=found_in(r"/(?:video|photo)/(\d+)", page.url),
        audience="public",
        likes=text_of(likes) or None,
    )


def _video(area: Tag, page: Page) -> Iterator[Item]:
    named = re.search(VIDEO, page.url)
    name, _, when = (_shown(page, "browser-nickname") or "").rpartition("·")
    if named:
        yield Item(
            id=named[2],
            kind="post",
            **said_here(area),
            author=_author(named[1], name=name.strip()),
            published=_when(when.strip(), page),
            url=f"{SITE}{named[0]}",
            audience="public",
            likes=_shown(page, "like-count"),
            replies=_shown(page, "comment-count"),
            shares=_shown(page, "share-count"),
        )


def _when(shown: str, page: Page) -> str | None:
    """Days of the present year are shown as month and day alone, “11-20”."""
    day = re.fullmatch(r"(\d{1,2})-(\d{1,2})", shown)
    return f"{page.captured_at[:4]}-{day[1]:>02}-{day[2]:>02}" if day else shown or None


def _shown(page: Page, hook: str) -> str | None:
    """What stands in a part of the page beside the description."""
    parts = (f for f in page.context if f.selector == f'[data-e2e="{hook}"]')
    return next((text_of(part.soup.body) for part in parts), None)


def _from_json(comment: dict[str, Any]) -> Item:
    user = comment.get("user") or {}
    above = (str(comment.get(key) or "0") for key in ("reply_to_reply_id", "reply_id"))
    parent = next((key for key in above if key != "0"), None)
    return Item(
        id=str(comment["cid"]),
        kind="reply" if parent else "comment",
        **said_as(comment.get("text")),
        author=_author(user.get("unique_id"), str(user.get("uid") or ""), user.get("nickname")),
        published=str(comment["create_time"]) if comment.get("create_time") else None,
        parent_id=parent,
        root_id=comment.get("aweme_id"),
        audience="public",
        likes=comment.get("digg_count"),
        replies=comment.get("reply_comment_total"),
    )


def _author(handle: str | None, key: str = "", name: str | None = None) -> Author | None:
    url = f"{SITE}/@{handle}"
    return Author(id=key or None, handle=handle, name=name or None, url=url) if handle else None


register_platforms = registering(TikTok)
