"""Lemmy's comments as its public API has them; their texts are Markdown."""

import re
from typing import Any

from earmark import Author, Item, Items
from earmark.markup import dig, found_in, id_of, said_as

LINK = re.compile(r"\]\((https?://[^)\s]+)\)")


def told(view: dict[str, Any]) -> Items:
    comment, person = view.get("comment") or {}, view["creator"]
    path = str(comment.get("path") or "").split(".")[1:]
    if not path or comment.get("deleted") or comment.get("removed"):
        return
    counts = view.get("counts") or comment
    words = said_as(comment.get("content"))
    words["links"] = LINK.findall(words["text"])
    name, host = dig(person, "name"), found_in(r"//([^/]+)/", dig(person, "actor_id"))
    yield Item(
        id=comment.get("id"),
        kind="reply" if path[1:] else "comment",
        author=Author(
            handle=name if dig(person, "local") is not False else f"{name}@{host}",
            name=dig(person, "display_name"),
            url=dig(person, "actor_id") or dig(person, "ap_id"),
        ),
        published=comment.get("published_at") or _in_utc(comment.get("published")),
        edited=bool(comment.get("updated_at") or comment.get("updated")),
        url=id_of("/comment/", comment.get("id")),
        root_id=id_of("post/", comment.get("post_id")),
        parent_id=path[-2] if path[1:] else None,
        likes=counts.get("upvotes"),
        dislikes=counts.get("downvotes"),
        replies=counts.get("child_count"),
        **words,
    )


def _in_utc(moment: str | None) -> str | None:
    """Until 2023 the API left the zone out."""
    return f"{moment}Z" if moment and not re.search(r"Z$|[+-]\d\d:\d\d$", moment) else moment
