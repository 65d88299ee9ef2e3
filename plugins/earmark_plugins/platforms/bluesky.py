"""Bluesky: posts and replies on bsky.app, and the same as its API answers.

Built from **real** API JSON (2024) and the API's documentation; the web app's hooks are
**documented** in its public source (2025 and 2026): `data-testid` of posts, texts and counts, and
the posts' addresses. The page shows who wrote a reply, but not what it answers; the JSON does.
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
    as_typed,
    attribute,
    dig,
    first_text,
    found_in,
    objects_with,
    registering,
    said_as,
    said_here,
    text_of,
)

SITE = "https://bsky.app"
IN_THREAD, IN_FEED = '[data-testid^="postThreadItem-by-"]', '[data-testid^="feedItem-by-"]'
ANCHOR = f'{IN_THREAD}:has([data-testid$="-expanded"])'  # the post whose page it is counts in words
ASKED = ("feed.getPostThread*", "unspecced.getPostThread*", "feed.getPosts*", "feed.searchPosts*",
         "feed.getAuthorFeed*", "notification.listNotifications*")  # fmt: skip
DIRECTION_MARKS = "\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u200e\u200f"


class Bluesky(Platform):
    """The page names posts by handle and key, the API by `at://` address: that key is an alias."""

    name, label = "bluesky", "Bluesky"
    matches = [
        f"{SITE}/{path}" for path in ("profile/*", "search*", "notifications*", "hashtag/*", "")
    ]
    items = [f'{IN_THREAD}:not(:has([data-testid$="-expanded"]))', IN_FEED]
    context = [ANCHOR]
    empty = [
        '[data-testid="notFoundView"]',
        '[data-testid$="-empty"]',
        '[data-testid="signInButton"]',
    ]
    responses = [
        f"https://*.{host}/xrpc/app.bsky.{method}"
        for host in ("bsky.app", "bsky.network")
        for method in ASKED
    ]
    level = "real"
    built_from = "API answers of 2024; the web app's public source of 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "response":
            posts = (post for post in objects_with(fragment.json, "record") if _is_post(post))
            yield from map(_from_json, posts)
            return
        area = fragment.soup.select_one("[data-testid]")
        handle = found_in(r"Item-by-(.+)", attribute(area, "data-testid"))
        here = found_in(r"/post/(\w+)", page.url)
        if area is not None and handle:
            own = rf"^/profile/{re.escape(handle)}/post/(\w+)$"
            links = (found_in(own, str(a["href"])) for a in area.select('a[href*="/post/"]'))
            key = here if fragment.kind == "context" else next(filter(None, links), here)
            yield from _post(area, handle, key, is_answer=bool(here) and key != here)


def _post(area: Tag, handle: str, key: str | None, *, is_answer: bool) -> Iterator[Item]:
    body = area.select_one('[data-testid="postText"]')
    link = area.select_one(f'a[href$="/post/{key}"]')
    if key is None:
        return
    yield Item(
        id=f"{handle}/{key}",
        kind="comment" if is_answer else "post",
        **said_here(as_typed(body)),
        author=Author(handle=handle, name=_name(area), url=f"{SITE}/profile/{handle}"),
        published=attribute(link, "data-tooltip", "aria-label") or text_of(link) or _moment(area),
        url=f"{SITE}/profile/{handle}/post/{key}",
        audience="public",
        likes=first_text(area, '[data-testid^="likeCount"]'),
        shares=first_text(area, '[data-testid^="repostCount"]'),
        replies=attribute(area.select_one('[data-testid="replyBtn"]'), "aria-label"),
        media=[str(image["src"]) for image in area.select('img[src*="/img/feed_"]')],
    )


def _name(area: Tag) -> str | None:
    names = (text_of(a).strip(DIRECTION_MARKS) for a in area.select('a[href^="/profile/"]'))
    return next((name for name in names if name and not name.startswith("@")), None)


def _moment(area: Tag) -> str | None:
    """The post whose page it is shows its time in full, without a link, above its counts."""
    outside = area.select('div:not([data-testid="postText"], [data-testid="postText"] *)')
    shown = (text_of(tag).replace("·", " ") for tag in outside)
    return next((t for t in shown if len(t) < 40 and t[-4:].isdigit() and ":" in t), None)


def _is_post(found: dict[str, Any]) -> bool:
    return isinstance(dig(found, "record", "text"), str) and bool(found.get("uri"))


def _from_json(post: dict[str, Any]) -> Item:
    record, author, uri = post["record"], post.get("author") or {}, str(post["uri"])
    key, handle, did = uri.rpartition("/")[2], author.get("handle"), author.get("did")
    images = dig(post, "embed", "images") or dig(post, "embed", "media", "images") or []
    facets = [f for facet in record.get("facets") or [] for f in facet.get("features") or []]
    spoken = said_as(record["text"])
    spoken["links"] = [feature["uri"] for feature in facets if feature.get("uri")]
    return Item(
        id=uri,
        aliases=[f"{handle}/{key}", f"{did}/{key}"],
        kind="reply" if record.get("reply") else "post",
        **spoken,
        author=Author(
            id=did,
            handle=handle,
            name=author.get("displayName") or None,
            url=f"{SITE}/profile/{handle}",
        ),
        published=record.get("createdAt"),
        url=f"{SITE}/profile/{handle}/post/{key}",
        parent_id=dig(record, "reply", "parent", "uri"),
        root_id=dig(record, "reply", "root", "uri"),
        audience="members" if "!no-unauthenticated" in str(author.get("labels")) else "public",
        likes=post.get("likeCount"),
        replies=post.get("replyCount"),
        shares=post.get("repostCount"),
        media=[image["fullsize"] for image in images if image.get("fullsize")],
    )


register_platforms = registering(Bluesky)
