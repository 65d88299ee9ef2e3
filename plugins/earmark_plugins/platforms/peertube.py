"""PeerTube: comments on videos, on any host.

Built from a **real** `comment-threads` answer (2025) and, for the drawn page, from **documented**
structure: PeerTube's own templates (2021 to 2025). Stable hooks: `my-video-comment`, `threadId`.
The drawn page names only the threads, so that replies get their numbers from responses alone.
"""

import re
from datetime import datetime

from bs4 import Tag

from earmark import Author, Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    attribute,
    first_attribute,
    found_in,
    landmarks,
    objects_with,
    said,
    text_of,
)

from .peertube_json import told, video

JAVASCRIPT = re.compile(r"\w{3} (\w{3} \d\d \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})")


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

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "response":
            for comment in objects_with(fragment.json, "inReplyToCommentId"):
                if not comment.get("isDeleted"):
                    yield told(comment, page)
        elif drawn := fragment.soup.select_one("my-video-comment"):
            yield from _drawn(drawn, fragment, page)

    def expected(self, page: Page) -> str | None:
        return next((text_of(fragment.soup) for fragment in page.context), None)


def _drawn(comment: Tag, fragment: Fragment, page: Page) -> Items:
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
        root_id=video(link) or video(page.url),
        replies=text_of(marks.get(".view-replies")) or None,
        **said(body),
    )


def _moment(hint: str | None) -> datetime | str | None:
    """The hint is how JavaScript writes a moment, so that it can be read at once."""
    found = JAVASCRIPT.match(hint or "")
    return datetime.strptime(f"{found[1]} {found[2]}", "%b %d %Y %H:%M:%S %z") if found else hint


register_platforms = registering(PeerTube)
