"""Aparat: comments on videos, as the page draws them and as the site answers.

Responses from **documented** structure: what public clients of the site's own API read (2023 to
2025). The drawn page is **unverified**: no markup of it could be looked up. Times in responses are
Tehran's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    attribute,
    dig,
    found_in,
    landmarks,
    registering,
    said,
    said_as,
    text_of,
    time_of,
)

ITEM = "[data-comment-id], .comment-item[id], li[id^='comment-']"


class Aparat(Platform):
    """Comment ids are the site's; the root is the video's hash, as in its address."""

    name, label = "aparat", "Aparat"
    matches = ["https://www.aparat.com/v/*"]
    items = ["[data-comment-id]", ".comment-item[id]", 'li[id^="comment-"]']
    empty = [".comments-empty", ".comment-list:not(:has(*))"]
    responses = [
        "https://www.aparat.com/api/fa/v1/video/comment/list/videohash/*",
        "https://www.aparat.com/api/fa/v1/video/comment/list_replies/*",
    ]
    site_time_zone = "Asia/Tehran"
    audience = "public"
    level = "unverified"
    built_from = (
        "responses as public clients read them, 2023 to 2025; the drawn page from no source"
    )

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "response":
            yield from _told(fragment, page)
        elif comment := fragment.soup.select_one(ITEM):
            yield from _drawn(comment, fragment, page)


def _told(fragment: Fragment, page: Page) -> Iterator[Item]:
    """A list of comments, or of one comment's answers: the address then names that one."""
    parent = found_in(r"/comment_id/(\d+)", fragment.url)
    people = {
        str(dig(each, "id")): dig(each, "attributes")
        for each in dig(fragment.json, "included") or ()
    }
    for each in dig(fragment.json, "data") or ():
        words = dig(each, "attributes")
        owner = str(dig(each, "relationships", "channel", "data", "id") or "")
        number = dig(words, "id") or dig(each, "id")
        if number and not dig(words, "deleted"):
            yield Item(
                id=str(number),
                kind="reply" if parent else "comment",
                author=_author(owner, people.get(owner)),
                published=dig(words, "sdate_gregorian") or dig(words, "sdate"),
                root_id=_video(fragment.url) or _video(page.url),
                parent_id=parent,
                likes=dig(words, "like_cnt"),
                replies=dig(words, "reply_cnt"),
                **said_as(dig(words, "body")),
            )


def _author(owner: str, person: Any) -> Author | None:
    handle = dig(person, "username")
    if not handle:
        return None
    url = f"https://www.aparat.com/{handle}"
    return Author(id=owner or None, handle=handle, name=dig(person, "name"), url=url)


def _drawn(comment: Tag, fragment: Fragment, page: Page) -> Iterator[Item]:
    number = found_in(r"(\d+)$", attribute(comment, "data-comment-id", "id"))
    marks = landmarks(comment)
    body = marks.get(".comment-content") or marks.get(".comment-text") or comment.p
    links = [a for a in comment.find_all("a") if a.has_attr("href") and text_of(a)]
    person = links[0] if links else None
    if number is None or body is None:
        return
    link = attribute(person, "href")
    yield Item(
        id=number,
        kind="reply" if fragment.parent_ref else "comment",
        author=Author(
            handle=found_in(r"^(?:https://www\.aparat\.com)?/([\w.-]+)/?$", link),
            name=text_of(person) or None,
            url=link,
        ),
        published=time_of(comment.time or marks.get(".comment-date")),
        root_id=_video(page.url),
        likes=text_of(marks.get(".like-count") or marks.get(".comment-like")) or None,
        **said(body),
    )


def _video(url: str) -> str | None:
    return found_in(r"(?:/v/|/videohash/)(\w+)", url)


register_platforms = registering(Aparat)
