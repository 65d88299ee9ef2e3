"""Posts, comments and story polls in Instagram's data: the page's own of 2019, and responses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from earmark import Author, Item, Poll, PollOption, dig, objects_with, said_as

SITE = "https://www.instagram.com"
REPLIES = ("edge_threaded_comments", "preview_child_comments")
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def said_in(data: Any, code: str | None) -> Iterator[Item]:
    """Everything said in one piece of data; `code` is that of the page's post."""
    for post in objects_with(data, "id"):
        if post.get("taken_at") or post.get("taken_at_timestamp"):
            yield from _post(post)
    captions = {id(holder["caption"]) for holder in objects_with(data, "caption")}
    under = _parents(data)
    for comment in objects_with(data, "text"):
        if _person(comment) and comment.get("created_at") and id(comment) not in captions:
            yield _comment(comment, under.get(id(comment)), _root(comment, code))


def _comment(comment: dict[str, Any], parent: str | None, root: str | None) -> Item:
    parent = str(comment.get("parent_comment_id") or parent or "") or None
    key, likes = str(comment.get("pk") or comment.get("id")), comment.get("comment_like_count")
    path = f"c/{parent}/r/{key}/" if parent else f"c/{key}/"
    return Item(
        id=key,
        kind="reply" if parent else "comment",
        **said_as(comment["text"]),
        author=_author(_person(comment)),
        published=str(comment["created_at"]),
        url=f"{SITE}/p/{root}/{path}" if root else None,
        parent_id=parent,
        root_id=root,
        likes=dig(comment, "edge_liked_by", "count") if likes is None else likes,
        replies=comment.get("child_comment_count"),
    )


def _parents(data: Any) -> dict[int, str]:
    """Which comment each reply lies in, for those that do not say it."""
    found = {}
    for key in REPLIES:
        for comment in objects_with(data, key):
            parent = str(comment.get("pk") or comment.get("id"))
            found |= {id(reply): parent for reply in objects_with(comment[key], "text")}
    return found


def _post(post: dict[str, Any]) -> Iterator[Item]:
    code = post.get("code") or post.get("shortcode")
    caption = dig(post, "caption", "text")
    caption = caption or dig(post, "edge_media_to_caption", "edges", 0, "node", "text")
    if not code:
        return
    polls = [dig(poll, "poll_sticker") for poll in post.get("story_polls") or []]
    questions = [poll["question"] for poll in polls if poll and poll.get("question")]
    likes, replies = post.get("like_count"), post.get("comment_count")
    number, author = str(post.get("pk") or post["id"]).split("_")[0], _author(_person(post))
    story = post.get("product_type") == "story" and author
    yield Item(
        id=code,
        aliases=[number],
        kind="poll" if polls else "post",
        **said_as("\n".join(filter(None, [caption, *questions]))),
        author=author,
        published=str(post.get("taken_at") or post["taken_at_timestamp"]),
        edited=bool(post.get("caption_is_edited")),
        url=f"{SITE}/stories/{author.handle}/{number}/" if story else f"{SITE}/p/{code}/",
        audience=_audience(_person(post)),
        likes=dig(post, "edge_media_preview_like", "count") if likes is None else likes,
        replies=dig(post, "edge_media_to_comment", "count") if replies is None else replies,
        views=post.get("play_count") or post.get("video_view_count"),
        poll=_poll(polls[0]) if polls else None,
    )


def _poll(sticker: Any) -> Poll:
    tallies = dig(sticker, "tallies") or []
    return Poll(options=[PollOption(tally["text"], votes=tally.get("count")) for tally in tallies])


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


def _person(thing: dict[str, Any]) -> Any:
    return thing.get("user") or thing.get("owner")


def _author(person: Any) -> Author | None:
    handle = dig(person, "username")
    return handle and Author(
        id=str(person.get("pk") or person.get("id") or "") or None,
        handle=handle,
        name=person.get("full_name") or None,
        url=f"{SITE}/{handle}/",
    )


def _audience(person: Any) -> Any:
    private = dig(person, "is_private")
    return "unknown" if private is None else "private" if private else "public"
