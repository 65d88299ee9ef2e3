"""Disqus comments: the frame that other sites embed, and the answers that fill it.

Built from **documented** structure: frames saved into public repositories (2014, kin until 2024)
and the public API's post objects. Stable hooks: `post-N` ids, `data-role`, `data-user`. The frame's
own thread data give exact times and the edited mark, which the drawn comments do not show.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup, Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    attribute,
    data_in,
    dig,
    first_attribute,
    first_text,
    found_in,
    registering,
    said,
    time_of,
)


class Disqus(Platform):
    """Comment ids are Disqus's own; the root is the site's short name with the page it names."""

    name, label = "disqus", "Disqus"
    matches = ["https://disqus.com/embed/comments/*"]
    items = ['li.post[id^="post-"]']
    context = ["script#disqus-threadData"]
    empty = ['#no-posts:not([style*="none"])']
    responses = [
        "https://disqus.com/api/3.0/threads/listPostsThreaded*",
        "https://disqus.com/api/3.0/threads/listPosts.json*",
        "https://disqus.com/api/3.0/embed/threadDetails*",
    ]
    audience = "public"
    level = "documented"
    built_from = "saved frames of 2014 to 2024, the public API's documentation"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        place = _Place(page)
        if fragment.kind == "element":
            post = fragment.soup.select_one("li.post[id]")
            body = post.select_one('[data-role="message"]') if post else None
            if post and body:
                yield _drawn(post, body, place)
        else:
            data = fragment.json or data_in(fragment.soup.script)
            posts = dig(data, "response")
            for post in dig(posts, "posts") or posts if data else ():
                if isinstance(post, dict) and not post.get("isDeleted"):
                    yield _told(post, place)

    def expected(self, page: Page) -> int | None:
        data = (data_in(fragment.soup.script) for fragment in page.context)
        return next((dig(each, "response", "thread", "posts") for each in data), None)


class _Place:
    """What the frame's address says: whose thread it is, and where that page lies."""

    def __init__(self, page: Page) -> None:
        asked = parse_qs(urlsplit(page.url).query)
        names = (asked.get(key, [""])[0] for key in ("t_i", "t_u", "t_d", "t_t"))
        thread = next(filter(None, names), "")
        self.root = f"{asked.get('f', [''])[0]}:{thread}" if thread else None
        self.host = asked.get("t_u", [""])[0] or page.top_url

    def url(self, number: str | None) -> str | None:
        return f"{self.host.partition('#')[0]}#comment-{number}" if self.host and number else None


def _drawn(post: Tag, body: Tag, place: _Place) -> Item:
    for control in post.select("a.see-more.hidden"):  # there, and hidden, on every whole text
        control.extract()
    number = found_in(r"post-(\d+)$", attribute(post, "id"))
    parent = found_in(r"comment-(\d+)$", first_attribute(post, "a.parent-link", "href"))
    return Item(
        id=number,
        kind="reply" if parent else "comment",
        author=_author(post),
        published=time_of(post.select_one('[data-role="relative-time"], a.time-ago')),
        url=place.url(number),
        root_id=place.root,
        parent_id=parent,
        likes=first_text(post, '[data-role="likes"]'),
        dislikes=first_text(post, '[data-role="dislikes"]'),
        media=[str(a["href"]) for a in post.select('[data-role="post-media-list"] a[href]')],
        **said(body),
    )


def _author(post: Tag) -> Author | None:
    name = first_text(post, '[data-role="username"]', ".post-byline .author")
    link = first_attribute(post, 'a[href*="disqus.com/"][data-action="profile"]', "href")
    handle = found_in(r"disqus\.com/(?:by/)?([^/?]+)", link)
    number = first_attribute(post, "[data-user]", "data-user")
    return Author(id=number, handle=handle, name=name, url=link) if name else None


def _told(post: dict[str, Any], place: _Place) -> Item:
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


register_platforms = registering(Disqus)
