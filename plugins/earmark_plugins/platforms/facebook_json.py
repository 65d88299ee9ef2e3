"""What a signed-out page of Facebook carries for search engines: the post and its comments."""

from typing import Any

from earmark import Item, Items
from earmark.markup import found_in, objects_with

from .facebook_names import outward
from .facebook_said import said_there
from .facebook_web import POST_KEY


def linked(data: Any) -> Items:
    """The post and the comments that a signed-out page carries for search engines."""
    for post in objects_with(data, "articleBody"):
        key = str(post.get("identifier") or "")
        yield _item(post, "post", key, None)
        for comment in post.get("comment") or []:
            yield _item(comment, "comment", str(comment.get("identifier") or ""), key)


def _item(thing: dict[str, Any], kind: Any, key: str, root: str | None) -> Item:
    counted = {
        str(count.get("interactionType")).rpartition("/")[2]: count.get("userInteractionCount")
        for count in thing.get("interactionStatistic") or []
    }
    return Item(
        id=key,
        aliases=_other_names(key, thing.get("url") if kind == "post" else None),
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


def _other_names(key: str, address: str | None) -> list[str]:
    """What the web app calls it: the number in “page;number;;9”, and the end of a post's URL."""
    names = (
        found_in(r"^([^:]+):", key), found_in(r"^\d+;(\d+);", key), found_in(POST_KEY, address),
    )  # fmt: skip
    return [name for name in dict.fromkeys(names) if name and name != key]
