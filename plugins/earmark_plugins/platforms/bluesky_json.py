"""Posts in what Bluesky's API answers: with true parents, and ids that stay when a handle moves."""

from typing import Any

from earmark import Author, Item, Items
from earmark.markup import dig, objects_with, said_as

SITE = "https://bsky.app"


def posts_in(data: Any) -> Items:
    """Every post with a text, also those quoted."""
    for found in objects_with(data, "record"):
        if isinstance(dig(found, "record", "text"), str) and found.get("uri"):
            yield _post(found)
    for quoted in objects_with(data, "value"):
        if isinstance(dig(quoted, "value", "text"), str) and quoted.get("uri"):
            yield _post({**quoted, "record": quoted["value"], "embed": dig(quoted, "embeds", 0)})


def _post(post: dict[str, Any]) -> Item:
    record, author, uri = post["record"], post.get("author") or {}, str(post["uri"])
    key, handle, did = uri.rpartition("/")[2], author.get("handle"), author.get("did")
    embed = dig(post, "embed", "media") or post.get("embed")
    shown = [image.get("fullsize") for image in dig(embed, "images") or []]
    shown.append(dig(embed, "thumbnail"))  # a video's
    if not record["text"]:  # then it is a GIF, which Bluesky embeds as it does links
        shown.append(dig(embed, "external", "thumb"))
    facets = [f for facet in record.get("facets") or [] for f in facet.get("features") or []]
    spoken = said_as(record["text"])
    spoken["links"] = [feature["uri"] for feature in facets if feature.get("uri")]
    return Item(
        id=uri,
        aliases=[f"{handle}/{key}", f"{did}/{key}"],
        kind="reply" if record.get("reply") else "post",
        **spoken,
        author=Author(
            id=did,
            handle=handle,
            name=author.get("displayName") or None,
            url=f"{SITE}/profile/{handle}",
        ),
        published=record.get("createdAt"),
        url=f"{SITE}/profile/{handle}/post/{key}",
        parent_id=dig(record, "reply", "parent", "uri"),
        root_id=dig(record, "reply", "root", "uri"),
        audience="members" if "!no-unauthenticated" in str(author.get("labels")) else "public",
        likes=post.get("likeCount"),
        replies=post.get("replyCount"),
        shares=post.get("repostCount"),
        media=[str(address) for address in shown if address],
    )
