"""Virgool, the Persian publishing site: the comments below a post and their replies.

Responses are read from **documented** structure: answers of the site's service recorded by a
public client (2026). The drawn page is read by class names of a userstyle (about 2019) and by the
addresses the service gives comments; that it still looks so is unverified.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from earmark import Author, Fragment, Item, Page, Platform, registering
from earmark.markup import (
    dig,
    first_attribute,
    first_text,
    found_in,
    person,
    said,
    said_as,
    text_of,
    time_of,
)

Json = dict[str, Any]
PERMALINK = 'a[href*="/comment/"]'
SERVICE = "https://virgool.io/api2/app"


class Virgool(Platform):
    """Ids are the site's hashes: twelve letters and digits for posts, fifteen for comments."""

    name, label = "virgool", "Virgool"
    matches = ["https://virgool.io/*", "https://*.virgool.io/*"]
    items = [".comments .card-cm"]
    empty = [f".comments:not(:has({PERMALINK}))", "body:has(.page-feed)", "body:has(.page-home)"]
    responses = [f"{SERVICE}/posts/*/comments*", f"{SERVICE}/comments/*"]
    audience = "public"
    level = "documented"
    built_from = "recorded answers of the service, 2026; the drawn page is unverified"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "response":
            yield from _answered(fragment.json)
        elif card := fragment.soup.select_one(".card-cm"):
            yield _drawn(card, page)


def _answered(data: Any) -> Iterator[Item]:
    """A page of comments, or of one comment's replies, with what they belong to."""
    post = dig(data, "meta", "post")
    root = dig(post, "hash")
    if isinstance(post, dict):
        yield _post(post)
    for comment in [dig(data, "meta", "comment"), *(dig(data, "data") or ())]:
        if isinstance(comment, dict) and not comment.get("deleted"):
            yield _comment(comment, root)


def _post(post: Json) -> Item:
    return Item(
        **said_as("\n\n".join(filter(None, [post.get("title"), post.get("description")]))),
        id=post.get("hash"),
        kind="post",
        author=_author(post.get("user")),
        published=post.get("publishedAt"),
        url=post.get("url"),
        likes=post.get("likesCount"),
        replies=post.get("commentsCount"),
    )


def _comment(comment: Json, root: str | None) -> Item:
    parent = comment.get("parentId")
    return Item(
        **said_as(comment.get("body")),
        id=comment.get("hash"),
        kind="reply" if parent else "comment",
        author=_author(comment.get("user")),
        published=comment.get("publishedAt"),
        url=comment.get("url"),
        parent_id=parent or root,
        root_id=root,
        likes=comment.get("likes"),
        replies=comment.get("replies"),
    )


def _author(user: Any) -> Author | None:
    if not isinstance(user, dict):
        return None
    return Author(
        id=user.get("hash"),
        handle=user.get("username"),
        name=user.get("name"),
        url=user.get("url"),
        followers=user.get("followersCount"),
    )


def _drawn(card: Tag, page: Page) -> Item:
    address = first_attribute(card, PERMALINK, "href")
    link = next(filter(text_of, card.select('a[href*="/@"]:not([href*="/comment/"])')), None)
    return Item(
        **said(card.select_one(".cm-body")),
        id=found_in(r"/comment/([a-z0-9]+)", address),
        author=person(link, r"/@([^/?#]+)"),
        published=time_of(card.select_one("time")) or first_text(card, ".user-info-time"),
        url=address,
        root_id=found_in(r"-([a-z0-9]{12})(?:[?#]|$)", page.url),
    )


register_platforms = registering(Virgool)
