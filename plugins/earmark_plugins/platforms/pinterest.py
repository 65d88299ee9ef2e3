"""Pinterest: comments on pins and the pin itself, on every country's host.

Built from **documented** structure: the `data-test-id` hooks and the fields of
`UnifiedCommentsResource` and `AggregatedCommentReplyFeedResource` as public readers have them (2024
to 2026). The page shows no comment ids and no likes in words; the responses have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    attribute,
    dig,
    first_text,
    found_in,
    registering,
    said_as,
    said_here,
    text_of,
)

SITE = "https://www.pinterest.com"
ENDS = ("com", "co.uk", "de", "fr", "es", "it", "pt", "at", "ch", "ca", "jp", "co.kr", "com.au",
        "co.nz", "com.mx", "cl", "se", "dk", "ie", "ph")  # fmt: skip
THREAD = '[data-test-id="commentThread-comment"]'
TITLE, TEXT = '[data-test-id="pinTitle"]', '[data-test-id="truncated-description"]'
CREATOR, COUNT = '[data-test-id="creator-profile-link"]', "#comments-heading"
LONGEST_TIME = 12


class Pinterest(Platform):
    """Comments belong to the pin of the page; replies are boxes of their own."""

    name, label = "pinterest", "Pinterest"
    matches = [f"https://*.pinterest.{end}/pin/*" for end in ENDS]
    items = [THREAD]
    context = [TITLE, TEXT, CREATOR, COUNT]
    empty = ['[data-test-id="fullPageSignupModal"]', '[data-test-id="login-signup-modal"]']
    responses = [
        f"https://*.pinterest.{end}/resource/{name}/get/*"
        for end in ENDS
        for name in ("UnifiedCommentsResource", "AggregatedCommentReplyFeedResource")
    ]
    level = "documented"
    built_from = "data-test-id hooks and response fields of public readers, 2024 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        pin = found_in(r"/pin/(?:[\w-]*--)?(\d+)", page.url)
        if fragment.kind == "response":
            yield from _in_response(fragment, pin)
        elif fragment.kind == "element":
            yield from _comment(fragment.soup, pin)
        elif pin and fragment is _pin_parts(page)[0]:
            yield _pin(page, pin)

    def expected(self, page: Page) -> str | None:
        return _shown(page, COUNT)


def _comment(area: Tag, pin: str | None) -> Iterator[Item]:
    body = area.select_one('[data-test-id="text-container"]')
    link = next((a for a in area.select("a[href]") if _handle(a)), None)
    if body is None or link is None:
        return
    yield Item(
        **said_here(body),
        author=_author(_handle(link), first_text(area, "a[href] [title]", "a[href] span")),
        published=_time(area, body),
        root_id=pin,
        audience="public",
        media=[str(i["src"]) for i in area.select('img[src*="/originals/"], img[src*="/564x/"]')],
    )


def _handle(link: Tag) -> str | None:
    return found_in(r"^(?:https://[^/]+)?/(\w+)/$", attribute(link, "href"))


def _time(area: Tag, body: Tag) -> str | None:
    """The first short text of its own that begins with a number, outside of what is said."""
    said = {id(tag) for tag in (body, *body.find_all(True))}
    leaves = (tag for tag in area.find_all(["div", "span", "time"]) if tag.find(True) is None)
    texts = (tag.get_text(strip=True) for tag in leaves if id(tag) not in said)
    return next((t for t in texts if t[:1].isdigit() and len(t) < LONGEST_TIME), None)


def _pin_parts(page: Page) -> list[Fragment]:
    return [f for f in page.context if f.selector in (TITLE, TEXT)]


def _pin(page: Page, pin: str) -> Item:
    creator = next(
        (f.soup.select_one("a[href]") for f in page.context if f.selector == CREATOR), None
    )
    spoken = [said_here(part.soup.body) for part in _pin_parts(page)]
    said = said_as("\n\n".join(part["text"] for part in spoken))
    said["links"] = [link for part in spoken for link in part["links"]]
    return Item(
        id=pin,
        kind="post",
        **said,
        author=_author(_handle(creator), text_of(creator)) if creator else None,
        url=f"{SITE}/pin/{pin}/",
        audience="public",
        replies=_shown(page, COUNT),
    )


def _shown(page: Page, selector: str) -> str | None:
    parts = (f for f in page.context if f.selector == selector)
    return next((text_of(part.soup.body) for part in parts), None)


def _author(handle: str | None, name: str | None, key: str | None = None) -> Author | None:
    url = f"{SITE}/{handle}/"
    return Author(id=key, handle=handle, name=name or None, url=url) if handle else None


def _in_response(fragment: Fragment, pin: str | None) -> Iterator[Item]:
    """A feed of comments, or of the replies to the one that was asked for in the address."""
    asked = found_in(r'comment_id"?:"?(\d+)', unquote(fragment.url))
    parent = asked if "ReplyFeed" in fragment.url else None
    for comment in dig(fragment.json, "resource_response", "data") or []:
        if isinstance(comment, dict) and comment.get("user"):
            yield _from_json(comment, parent, pin, is_reply="ReplyFeed" in fragment.url)


def _from_json(
    comment: dict[str, Any], parent: str | None, pin: str | None, *, is_reply: bool
) -> Item:
    user = comment["user"]
    return Item(
        id=str(comment["id"]),
        kind="reply" if is_reply else "comment",
        **said_as(comment.get("text") or comment.get("details")),
        author=_author(user.get("username"), user.get("full_name"), user.get("id")),
        published=comment.get("created_at") or comment.get("done_at"),
        parent_id=parent,
        root_id=pin,
        audience="public",
        likes=comment.get("like_count"),
        replies=comment.get("comment_count"),
    )


register_platforms = registering(Pinterest)
