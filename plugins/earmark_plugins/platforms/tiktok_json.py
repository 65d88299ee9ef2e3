"""Comments in TikTok's responses: with ids, exact times and true parents."""

from typing import Any

from earmark import Author, Item
from earmark.markup import dig, said_as

SITE = "https://www.tiktok.com"
SHARED = "https://m.tiktok.com/v"  # as its own links to comments begin, which also name the sharer


def comment_in_response(comment: dict[str, Any]) -> Item:
    """The comment or the reply that one object of a response tells."""
    above = (str(comment.get(key) or "0") for key in ("reply_to_reply_id", "reply_id"))
    parent = next((key for key in above if key != "0"), None)
    key, video = comment["cid"], comment.get("aweme_id")
    pictures = (dig(p, "origin_url", "url_list", 0) for p in comment.get("image_list") or [])
    return Item(
        id=key,
        kind="reply" if parent else "comment",
        **said_as(comment.get("text")),
        author=_author(comment.get("user") or {}),
        published=str(comment["create_time"]) if comment.get("create_time") else None,
        parent_id=parent,
        url=f"{SHARED}/{video}.html?share_comment_id={key}" if video and key else None,
        root_id=video,
        likes=comment.get("digg_count"),
        replies=comment.get("reply_comment_total"),
        media=[str(picture) for picture in pictures if picture],
    )


def _author(user: dict[str, Any]) -> Author | None:
    handle = user.get("unique_id")
    return handle and Author(
        id=str(user.get("uid") or "") or None,
        handle=handle,
        name=user.get("nickname") or None,
        url=f"{SITE}/@{handle}",
    )
