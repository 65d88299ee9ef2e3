"""What a post's page on LinkedIn carries for search engines, for those who are not signed in."""

from typing import Any

from earmark import Author, Item, Items, Page
from earmark.markup import dig, found_in, objects_with, said_as

from .linkedin_names import HANDLE


def linked(data: Any, page: Page) -> Items:
    """The post and the comments on it."""
    number = found_in(r"(?:activity|ugcPost|share)[:-](\d+)", page.url)
    for post in objects_with(data, "articleBody"):
        yield _item(post, "post", number, None, page)
        for comment in post.get("comment") or []:
            yield _item(comment, "comment", None, number, page)


def _item(thing: Any, kind: Any, key: str | None, root: str | None, page: Page) -> Item:
    author = thing.get("author") or {}
    url = str(author.get("url") or "")
    counts = thing.get("interactionStatistic") or []
    likes = [c for c in (counts if isinstance(counts, list) else [counts]) if "Like" in str(c)]
    return Item(
        id=key,
        kind=kind,
        **said_as(thing.get("articleBody") or thing.get("text")),
        author=Author(
            handle=found_in(HANDLE, url),
            name=author.get("name"),
            url=url or None,
        ),
        published=thing.get("datePublished"),
        url=page.url if key else None,
        root_id=root,
        audience="public",
        likes=dig(likes, 0, "userInteractionCount"),
        replies=thing.get("commentCount"),
    )
