"""Disqus's comments as its responses and the frame's own data have them."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup

from earmark import Author, Item, Page
from earmark.markup import dig, said


class Place:
    """What the frame's address says: whose thread it is, and where that page lies."""

    def __init__(self, page: Page) -> None:
        asked = parse_qs(urlsplit(page.url).query)
        names = (asked.get(key, [""])[0] for key in ("t_i", "t_u", "t_d", "t_t"))
        thread = next(filter(None, names), "")
        self.root = f"{asked.get('f', [''])[0]}:{thread}" if thread else None
        self.host = asked.get("t_u", [""])[0] or page.top_url

    def url(self, number: str | None) -> str | None:
        return f"{self.host.partition('#')[0]}#comment-{number}" if self.host and number else None


def told(post: dict[str, Any], place: Place) -> Item:
    number, parent = post.get("id"), post.get("parent")
    author, created = post.get("author") or {}, post.get("createdAt")
    return Item(
        id=number,
        kind="reply" if parent else "comment",
        author=Author(
            id=author.get("id"),
            handle=author.get("username"),
            name=author.get("name"),
            url=author.get("profileUrl"),
        ),
        published=f"{created}Z" if created else None,
        edited=bool(post.get("isEdited")),
        url=place.url(number),
        root_id=place.root,
        parent_id=str(parent) if parent else None,
        likes=post.get("likes"),
        dislikes=post.get("dislikes"),
        media=[str(url) for each in post.get("media") or () if (url := dig(each, "url"))],
        **said(BeautifulSoup(post.get("message") or "", "lxml")),
    )
