"""Aparat: comments on videos, as the page draws them and as the site answers.

Responses from **documented** structure: what public clients of the site's own API read (2023 to
2025). The drawn page is **unverified**: no markup of it could be looked up. Times in responses are
Tehran's.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    attribute,
    first_mark,
    found_in,
    landmarks,
    link_to,
    person,
    said,
    text_of,
    time_of,
)

from .aparat_json import VIDEO, comments_in

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

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "response":
            yield from comments_in(fragment, page)
        elif comment := fragment.soup.select_one(ITEM):
            yield from _drawn(comment, fragment, page)


def _drawn(comment: Element, fragment: Fragment, page: Page) -> Items:
    number = found_in(r"(\d+)$", attribute(comment, "data-comment-id", "id"))
    marks = landmarks(comment)
    body = first_mark(marks, ".comment-content", ".comment-text") or comment.p
    if number is None or body is None:
        return
    yield Item(
        id=number,
        kind="reply" if fragment.parent_ref else "comment",
        author=person(link_to(comment, "^."), r"^(?:https://www\.aparat\.com)?/([\w.-]+)/?$"),
        published=time_of(comment.time or marks.get(".comment-date")),
        root_id=found_in(VIDEO, page.url),
        likes=text_of(first_mark(marks, ".like-count", ".comment-like")) or None,
        **said(body),
    )


register_platforms = registering(Aparat)
