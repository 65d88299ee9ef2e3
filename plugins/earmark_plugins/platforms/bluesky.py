"""Bluesky: posts and replies on bsky.app, and the same as its API answers.

Built from **real** API JSON (2024) and the API's documentation; the web app's hooks are
**documented** in its public source (2025 and 2026): `data-testid` of posts, texts and counts, and
the posts' addresses. The page shows who wrote a reply, but not what it answers; the JSON does.
"""

from earmark import Fragment, Items, Page, Platform, registering
from earmark.markup import attribute, found_in

from .bluesky_json import SITE, posts_in
from .bluesky_post import post_in

IN_THREAD, IN_FEED = '[data-testid^="postThreadItem-by-"]', '[data-testid^="feedItem-by-"]'
ANCHOR = f'{IN_THREAD}:has([data-testid$="-expanded"])'  # the post whose page it is counts in words
ASKED = ("feed.getPostThread*", "unspecced.getPostThread*", "feed.getPosts*", "feed.searchPosts*",
         "feed.getAuthorFeed*", "notification.listNotifications*")  # fmt: skip


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
    messages = [f"{SITE}/messages*"]
    audience = "public"
    level = "real"
    built_from = "API answers of 2024; the web app's public source of 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "response":
            yield from posts_in(fragment.json)
            return
        area = fragment.soup.div
        handle = found_in(r"Item-by-(.+)", attribute(area, "data-testid"))
        if area and handle:
            yield from post_in(area, handle, page, is_asked=fragment.kind == "context")


register_platforms = registering(Bluesky)
