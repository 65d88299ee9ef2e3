"""What Virgool's service answers: a page of comments, or of one comment's replies."""

from typing import Any

from earmark import Author, Item, Items
from earmark.markup import dig, said_as, titled

Json = dict[str, Any]


def answered(data: Any) -> Items:
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
        **said_as(titled(post.get("title"), post.get("description"))),
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
