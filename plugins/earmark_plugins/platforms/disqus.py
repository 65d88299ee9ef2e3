"""Disqus comments: the frame that other sites embed, and the answers that fill it.

Built from **documented** structure: frames saved into public repositories (2014, kin until 2024)
and the public API's post objects. Stable hooks: `post-N` ids, `data-role`, `data-user`. The frame's
own thread data give exact times and the edited mark, which the drawn comments do not show.
"""

from bs4 import Tag

from earmark import Author, Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    attribute,
    data_in,
    dig,
    first_attribute,
    first_text,
    found_in,
    said,
    time_of,
)

from .disqus_json import Place, told


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

    def parse(self, fragment: Fragment, page: Page) -> Items:
        place = Place(page)
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
                    yield told(post, place)

    def expected(self, page: Page) -> int | None:
        data = (data_in(fragment.soup.script) for fragment in page.context)
        return next((dig(each, "response", "thread", "posts") for each in data), None)


def _drawn(post: Tag, body: Tag, place: Place) -> Item:
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


register_platforms = registering(Disqus)
