"""Comments in Pinterest's responses: with ids, exact times and likes."""

from typing import Any
from urllib.parse import unquote

from earmark import Author, Fragment, Item, Items
from earmark.markup import dig, found_in, said_as

SITE = "https://www.pinterest.com"
REPLIES = "AggregatedCommentReplyFeedResource"
HANDLE = r"^(?:https://[^/]+)?/(\w+)/$"  # in a profile's address
RESOURCES = ("UnifiedCommentsResource", REPLIES)


def comments_in(fragment: Fragment, pin: str | None) -> Items:
    """A feed of comments, or of the replies to the one that was asked for in the address."""
    asked = found_in(r'comment_id"?:"?(\d+)', unquote(fragment.url))
    is_reply = REPLIES in fragment.url
    for comment in dig(fragment.json, "resource_response", "data") or []:
        if isinstance(comment, dict) and comment.get("user"):
            yield _comment(comment, pin, asked if is_reply else None, is_reply=is_reply)


def _comment(
    comment: dict[str, Any], pin: str | None, parent: str | None, *, is_reply: bool
) -> Item:
    user = comment["user"]
    pictures = (dig(image, "originals", "url") for image in comment.get("images") or [])
    return Item(
        id=comment["id"],
        kind="reply" if is_reply else "comment",
        **said_as(comment.get("text") or comment.get("details")),
        author=author_of(user.get("username"), user.get("full_name"), user.get("id")),
        published=comment.get("created_at") or comment.get("done_at"),
        parent_id=parent,
        root_id=pin,
        likes=comment.get("like_count"),
        replies=comment.get("comment_count"),
        media=[str(picture) for picture in pictures if picture],
    )


def author_of(handle: str | None, name: str | None, key: str | None = None) -> Author | None:
    """Somebody by handle: the address is the same on every country's host."""
    url = f"{SITE}/{handle}/"
    return Author(id=key, handle=handle, name=name or None, url=url) if handle else None
