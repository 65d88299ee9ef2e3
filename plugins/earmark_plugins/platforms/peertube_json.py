"""PeerTube's comments as its responses have them."""

import re
from typing import Any

from bs4 import BeautifulSoup

from earmark import Author, Item, Page
from earmark.markup import dig, found_in, said, said_as

MARKUP = re.compile(r"<(?:p|br|a|span)\b")  # comments from other software come as HTML


def told(comment: dict[str, Any], page: Page) -> Item:
    text, root = comment.get("text") or "", video(page.url)
    parent, thread = comment.get("inReplyToCommentId"), comment.get("threadId")
    return Item(
        id=comment.get("id"),
        kind="reply" if parent else "comment",
        author=_author(comment.get("account"), page),
        published=comment.get("createdAt"),
        url=f"/w/{root};threadId={thread}" if root and thread else comment.get("url"),
        root_id=root,
        parent_id=str(parent) if parent else None,
        replies=comment.get("totalReplies"),
        **(said(BeautifulSoup(text, "lxml")) if MARKUP.search(text) else said_as(text)),
    )


def _author(account: Any, page: Page) -> Author | None:
    """People of the page's own instance go by their name, as the page shows them."""
    name, host = dig(account, "name"), dig(account, "host")
    if not name:
        return None
    is_local = not host or f"//{host}/" in f"{page.url}/"
    return Author(
        id=dig(account, "id"),
        handle=name if is_local else f"{name}@{host}",
        name=dig(account, "displayName"),
        url=dig(account, "url"),
        followers=dig(account, "followersCount"),
    )


def video(url: str | None) -> str | None:
    return found_in(r"/(?:w|videos/watch)/([\w-]+)", url)
