"""Invision Community 4 and 5 and its ancestor IP.Board 3 (as forum.softpedia.com), on any host.

Built from **documented** structure: Invision's templates of versions 4 and 5 and public parsers'
test pages (2019 to 2026); for version 3 public parsers and a user script for forum.softpedia.com
(2012 to 2024). Stable hooks: `data-quotedata`, `data-role`, microdata, post ids. Posts stand in one
row and do not say what they answer; polls are not read.
"""

from __future__ import annotations

import json
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
    first_attribute,
    first_text,
    found_in,
    registering,
    said,
    text_of,
    time_of,
)

BODY = '[data-role="commentContent"], [itemprop="commentText"], [z_itemprop="commentText"]'
TIME = "time[datetime], abbr.published"
USER = '.author.vcard a, a[href*="/profile/"]:not(:has(img))'
GUEST = ".author.vcard, .cAuthorPane_author, .ipsEntry__username"
LIKES = ('[data-role="reactCountText"]', '[data-role="reactCount"]', ".rep_bar .reputation")
PERMALINK = 'a[href*="findComment"], a[rel~="bookmark"]'
QUOTES = "blockquote.ipsQuote, blockquote.ipsBlockquote, .citation, div.blockquote"
INTERFACE = f"{QUOTES}, [data-excludequote], p.edit"
EDITED = "[data-excludequote], p.edit"


class Invision(Platform):
    """Post numbers are unique in a community; the topic, `topic-N`, is the root."""

    name, label = "invision", "Invision Community"
    markers = [
        'article[id^="elComment_"]',
        '.post_block.hentry[id^="post_id_"]',
        "body[data-pageapp] #elError",
    ]
    items = ['article[id^="elComment_"]', '.post_block.hentry[id^="post_id_"]']
    empty = ["body[data-pageapp] #elError"]
    level = "documented"
    built_from = "Invision's templates, public parsers and a user script, 2012 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        post = fragment.soup.select_one('article[id^="elComment_"], .post_block[id]')
        number = found_in(r"_(\d+)$", attribute(post, "id"))
        body = post.select_one(BODY) if post else None
        if post is None or body is None or number is None:
            return
        data = _quote_data(post)
        words = said(body, drop=INTERFACE)
        named = [a for a in body.select("a[data-mentionid]") if not a.find_parent("blockquote")]
        if named:
            words["mentions"] = [text_of(a).removeprefix("@") for a in named]
        yield Item(
            id=number,
            kind="post" if _opens(post) else "comment",
            author=_author(post, data),
            published=str(dig(data, "timestamp") or "") or time_of(post.select_one(TIME)),
            edited=body.select_one(EDITED) is not None,
            url=first_attribute(post, PERMALINK, "href") or f"#{post['id']}",
            root_id=_root(data, page),
            likes=first_text(post, *LIKES),
            **words,
        )


def _quote_data(post: Tag) -> Any:
    """What the quote button needs: who, when, and in which topic."""
    try:
        return json.loads(first_attribute(post, "[data-quotedata]", "data-quotedata") or "null")
    except ValueError:
        return None


def _opens(post: Tag) -> bool:
    place = first_text(post, '[itemprop="replyToUrl"], [rel~="bookmark"]')
    return post.has_attr("data-ips-first-post") or place == "#1"


def _author(post: Tag, data: Any) -> Author | None:
    user = post.select_one(USER) or post.select_one(GUEST)
    link = attribute(user, "href")
    name = dig(data, "username") or text_of(user)
    if not name:
        return None
    number = dig(data, "userid") or found_in(r"/(?:profile|user)/(\d+)-", link)
    return Author(id=str(number) if number else None, handle=name, url=link)


def _root(data: Any, page: Page) -> str | None:
    """Comments on files and articles lie under their own kind of number."""
    number, kind = dig(data, "contentid"), str(dig(data, "contentclass") or "forums_Topic")
    number = number or found_in(r"(?:/topic/|showtopic=)(\d+)", page.url)
    if not number:
        return None
    return f"topic-{number}" if kind == "forums_Topic" else f"{kind}-{number}"


register_platforms = registering(Invision)
