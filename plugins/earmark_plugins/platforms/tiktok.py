"""TikTok: comments and replies below videos and photos, and the video itself.

Built from a **real** rendered page (2022); the present names of the boxes and the fields of the
comment responses are **documented** (public readers' selectors and sources, 2024 to 2026). Stable
hooks: `data-e2e`, the component names inside class names. The present page shows no comment ids.
"""

import re

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import Element, objects_with, person, said_here, text_of

from .tiktok_json import SITE, comment_in_response
from .tiktok_video import SHOWN, VIDEO, shown_beside, time_shown, video_of


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
    messages = [f"{SITE}/messages*"]
    audience = "public"
    level = "real"
    built_from = "a page of 2022; the present page and responses as public readers have them"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "response":
            yield from map(comment_in_response, objects_with(fragment.json, "cid"))
        elif fragment.kind == "element":
            yield from _comment(fragment.soup, page)
        elif fragment.selector == self.context[0]:
            yield from video_of(page, fragment.soup)

    def expected(self, page: Page) -> str | None:
        return shown_beside(page, "comment-count")


def _comment(area: Element, page: Page) -> Items:
    parts, video = _parts(area), VIDEO.search(page.url)
    text = parts.get("comment-level")
    link = next((a for a in area.find_all("a") if str(a.get("href")).startswith("/@")), None)
    if text is None or link is None:
        return
    holder = next((p for p in text.parents if str(p.get("id")).isdecimal()), None)
    time, likes = parts.get("DivCommentSubContentWrapper"), parts.get("DivLikeContainer")
    yield Item(
        id=str(holder["id"]) if holder else None,
        kind="reply" if text["data-e2e"] == "comment-level-2" else "comment",
        **said_here(text),
        author=person(link, r"^/@([^/]+)", name=text_of(parts.get("comment-username"))),
        published=time_shown(text_of(parts.get("comment-time") or (time and time.span)), page),
        root_id=video[2] if video else None,
        likes=text_of(parts.get("comment-like-count") or (likes and likes.span)) or None,
    )


def _parts(area: Element) -> dict[str, Element]:
    """The first of each hook, without the level of the thread, and of each component, by name."""
    found: dict[str, Element] = {}
    for tag in area.find_all(True):
        classes = tag.attrs.get("class", ())
        for name in (tag.attrs.get("data-e2e", ""), *(c.rpartition("-")[2] for c in classes)):
            found.setdefault(re.sub(r"-[12]$", "", name), tag)
    return found


register_platforms = registering(TikTok)
