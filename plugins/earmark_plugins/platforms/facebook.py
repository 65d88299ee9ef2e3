"""Facebook: posts, comments and replies on the web app, its signed-out pages and mbasic.

Built from a **real** signed-out page with JSON-LD (2020) and **real** mbasic pages (2021). What the
web app draws is **documented** (public readers' selectors and tests, 2024 to 2026): `role=article`,
`data-ad-rendering-role`, and addresses with `comment_id` and `reply_comment_id`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from earmark import (
    Fragment,
    Item,
    Page,
    Platform,
    attribute,
    data_in,
    found_in,
    objects_with,
    registering,
    text_of,
)

from .facebook_mbasic import comment_on_mbasic, post_on_mbasic
from .facebook_names import audience_in, comment_ids, outward, person, said_there, site_url

COMMENT = 'div[role="article"][aria-label]'
POST = 'div[role="article"]:not([aria-label])'
STORY = '[data-ad-rendering-role="story_message"], [data-ad-preview="message"]'
MBASIC_COMMENT = 'div[id]:has([id^="like_"]):not(:has(div[id]))'
PATHS = ("*/posts/*", "permalink.php*", "story.php*", "photo*", "*/photos/*", "*/videos/*",
         "watch*", "reel/*", "groups/*", "comment/replies/*", "")  # fmt: skip


class Facebook(Platform):
    """Comments have the same number everywhere; a reply's address names the comment it is under."""

    name, label = "facebook", "Facebook"
    matches = [f"https://*.facebook.com/{path}" for path in PATHS]
    items = [
        COMMENT,
        f'[role="feed"] {POST}',
        '[role="feed"] div[aria-posinset]:not([role="article"])',
        MBASIC_COMMENT,
        "article[data-ft]",
    ]
    context = [
        POST,
        'div[role="dialog"]:has([data-ad-rendering-role="story_message"])',
        '#m_story_permalink_view [data-ft*="top_level_post_id"]',
        'script[type="application/ld+json"]',
    ]
    empty = ["#login_form", '[data-testid="royal_login_form"]', "#login_popup_cta_form"]
    messages = ["https://*.facebook.com/messages*", "https://www.messenger.com/*"]
    level = "real"
    built_from = (
        "a signed-out page of 2020 and mbasic of 2021; the web app as public readers have it"
    )

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        root = fragment.soup.find(lambda tag: tag.name not in {"html", "body", "head"})
        if not isinstance(root, Tag):
            return
        if root.name == "script":
            yield from _linked(data_in(root))
        elif fragment.selector == MBASIC_COMMENT:
            yield from comment_on_mbasic(root, page)
        elif root.get("data-ft"):
            yield from post_on_mbasic(root)
        elif fragment.selector == COMMENT:
            yield from _comment(root, page)
        else:
            yield from _post(root, page)


def _comment(article: Tag, page: Page) -> Iterator[Item]:
    times = [a for a in article.select('a[href*="comment_id="]') if text_of(a)]
    ids = comment_ids(str(times[-1]["href"])) if times else None
    if ids is None:
        return
    first = article.select_one('div[dir="auto"]')
    body = first and (first.find_parent("span") or first)
    yield Item(
        id=ids.comment,
        kind="reply" if ids.parent else "comment",
        **said_there(body),
        author=person(times[0] if len(times) > 1 else article.select_one("a[href]")),
        published=text_of(times[-1]),
        url=site_url(str(times[-1]["href"])),
        parent_id=ids.parent,
        root_id=ids.post,
        audience="group" if "/groups/" in page.url else "unknown",
        likes=_reactions(article),
        media=[str(i["src"]) for i in article.select('a[href*="/photo"] img[src]')],
    )


def _reactions(article: Tag) -> str | None:
    """The one button whose label begins with a number, in every language."""
    labels = (attribute(b, "aria-label") or "" for b in article.select('[role="button"]'))
    return next((label for label in labels if label[:1].isdigit()), None)


def _post(area: Tag, page: Page) -> Iterator[Item]:
    story = area.select_one(STORY)
    link = area.select_one(
        'a[href*="/posts/"], a[href*="/permalink"], a[href*="story_fbid="], a[href*="/videos/"]'
    )
    address = str(link["href"]) if link else page.url
    key = found_in(r"(?:/posts/|/permalink/|story_fbid=|/videos/)(?:[^/?]*/)?(\w+)", address)
    if story is None or key is None:
        return
    yield Item(
        id=key,
        kind="post",
        **said_there(story),
        author=person(area.select_one('[data-ad-rendering-role="profile_name"] a[href]')),
        published=text_of(link) or None,
        url=site_url(address),
        audience="group" if "/groups/" in address else audience_in(area.select("svg > title")),
        replies=text_of(area.select_one('[data-ad-rendering-role="comment_button"]')) or None,
        media=[str(i["src"]) for i in area.select('a[href*="/photo"] img[src]')],
    )


def _linked(data: Any) -> Iterator[Item]:
    """The post and the comments that a signed-out page carries for search engines."""
    for post in objects_with(data, "articleBody"):
        key = str(post.get("identifier") or "")
        yield _linked_item(post, "post", key, None)
        for comment in post.get("comment") or []:
            yield _linked_item(comment, "comment", str(comment.get("identifier") or ""), key)


def _linked_item(thing: dict[str, Any], kind: Any, key: str, root: str | None) -> Item:
    counted = {
        str(count.get("interactionType")).rpartition("/")[2]: count.get("userInteractionCount")
        for count in thing.get("interactionStatistic") or []
    }
    return Item(
        id=key,
        aliases=[key.split(":")[0]] if ":" in key else [],
        kind=kind,
        **said_there(thing.get("articleBody") or thing.get("text")),
        author=outward(thing.get("author") or {}),
        published=thing.get("dateCreated"),
        url=thing.get("url"),
        root_id=root,
        audience="public",
        likes=counted.get("LikeAction"),
        replies=thing.get("commentCount"),
        shares=counted.get("ShareAction"),
    )


register_platforms = registering(Facebook)
