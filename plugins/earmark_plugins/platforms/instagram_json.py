"""Posts, comments and story polls in Instagram's data: the page's own of 2019, and responses."""

from typing import Any

from earmark import Item, Items
from earmark.markup import dig, id_of, objects_with, said_as

from .instagram_post import SITE, author_of, person_of, post_in

GIF = ("first_party_cdn_proxied_images", "fixed_height", "url")
REPLIES = ("edge_threaded_comments", "preview_child_comments")
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def said_in(data: Any, code: str | None) -> Items:
    """Everything said in one piece of data; `code` is that of the page's post."""
    owners = _owners(data)
    for post in objects_with(data, "id"):
        if post.get("taken_at") or post.get("taken_at_timestamp"):
            yield from post_in(post, owners.get(id(post)))
    captions = {id(holder["caption"]) for holder in objects_with(data, "caption")}
    under = _parents(data)
    for comment in objects_with(data, "text"):
        if person_of(comment) and comment.get("created_at") and id(comment) not in captions:
            yield _comment(comment, under.get(id(comment)), _root(comment, code))


def _comment(comment: dict[str, Any], parent: str | None, root: str | None) -> Item:
    parent = str(comment.get("parent_comment_id") or parent or "") or None
    key, likes = comment.get("pk") or comment.get("id"), comment.get("comment_like_count")
    path = f"c/{parent}/r/{key}/" if parent else f"c/{key}/"
    return Item(
        id=key,
        kind="reply" if parent else "comment",
        **said_as(comment["text"]),
        author=author_of(person_of(comment)),
        published=str(comment["created_at"]),
        edited=bool(comment.get("is_edited")),
        url=f"{SITE}/p/{root}/{path}" if root and key else None,
        parent_id=parent,
        root_id=root,
        likes=dig(comment, "edge_liked_by", "count") if likes is None else likes,
        replies=comment.get("child_comment_count"),
        media=[str(gif) for gif in [dig(comment, "giphy_media_info", *GIF)] if gif],
    )


def _owners(data: Any) -> dict[int, Any]:
    """Whose story each is: stories now name their author by number alone, what holds them whole."""
    reels = (reel for reel in objects_with(data, "items") if person_of(reel))
    return {
        id(story): person_of(reel)
        for reel in reels
        for story in objects_with(reel["items"], "taken_at")
    }


def _parents(data: Any) -> dict[int, str]:
    """Which comment each reply lies in, for those that do not say it."""
    found: dict[int, str] = {}
    for key in REPLIES:
        for comment in objects_with(data, key):
            if parent := id_of("", comment.get("pk") or comment.get("id")):
                found |= {id(reply): parent for reply in objects_with(comment[key], "text")}
    return found


def _root(comment: dict[str, Any], code: str | None) -> str | None:
    number = comment.get("media_id")
    return code or (code_of(int(str(number).split("_")[0])) if number else None)


def code_of(number: int) -> str:
    """The short code of a post's number: the same in base 64."""
    digits = ""
    while number:
        number, digit = divmod(number, 64)
        digits = _DIGITS[digit] + digits
    return digits
