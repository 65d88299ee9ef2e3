"""Reddit: old.reddit.com (also served elsewhere to those who chose it) and the present site.

Built from **documented** structure: `.thing` elements and `shreddit-` elements as quoted in public
parsers' tests (2025 and 2026), and a small made-up page. Stable hooks: the elements' attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

from earmark import Author, Fragment, Item, Page, Platform, registering
from earmark.markup import (
    Said,
    attribute,
    enclosing,
    first_attribute,
    first_text,
    found_in,
    said,
    text_of,
)

GONE = {"[deleted]", "[removed]"}
USER = re.compile(r"(?<![\w/])/?u/([\w-]{3,20})")


class Reddit(Platform):
    """Ids are fullnames (`t3_` a link, `t1_` a comment), the same on every Reddit host."""

    name, label = "reddit", "Reddit"
    matches = ["https://*.reddit.com/r/*/comments/*", "https://*.reddit.com/user/*/comments/*"]
    items = [".thing.comment[data-fullname]", "shreddit-comment[thingid]"]
    context = [".thing.link", "shreddit-post"]
    empty = [
        'shreddit-post[comment-count="0"]', '.thing.link[data-comments-count="0"]',
        ".commentarea #noresults", ".interstitial",
    ]  # fmt: skip
    level = "documented"
    built_from = "public parsers' tests, 2025 and 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        thing = fragment.soup.select_one(".thing, shreddit-post, shreddit-comment")
        if thing is None:
            return
        newer = thing.name != "div"
        if fragment.kind == "context":
            item = _newer_link(thing) if newer else _link(thing)
        else:
            item = _newer_comment(thing) if newer else _comment(thing)
            item.parent_id = item.parent_id or _parent(thing, fragment, page)
        if item.text and item.text not in GONE and item.id:
            yield item


def _link(thing: Tag) -> Item:
    return Item(
        **_said(thing.select_one(".usertext-body .md"), thing.select_one("a.title")),
        id=attribute(thing, "data-fullname") or _link_id(thing),
        kind="post",
        author=_author(thing),
        published=_published(thing),
        edited=thing.select_one(".edited-timestamp") is not None,
        url=_permalink(thing),
        likes=attribute(thing, "data-score") or _score(thing),
        replies=attribute(thing, "data-comments-count"),
    )


def _comment(thing: Tag) -> Item:
    return Item(
        **_said(thing.select_one(".usertext-body .md")),
        id=attribute(thing, "data-fullname"),
        author=_author(thing),
        published=_published(thing),
        edited=thing.select_one(".edited-timestamp") is not None,
        url=_permalink(thing),
        root_id=_link_id(thing),
        likes=_score(thing),
    )


def _newer_link(thing: Tag) -> Item:
    spoken = _said(thing.select_one('[slot="text-body"]'), drop="[slot=read-more]")
    title = attribute(thing, "post-title")
    spoken["text"] = "\n\n".join(filter(None, [title, spoken["text"]]))
    spoken["links"] = [*filter(None, [attribute(thing, "content-href")]), *spoken["links"]]
    return Item(
        **spoken,
        id=_link_id(thing),
        kind="post",
        author=_author(thing),
        published=attribute(thing, "created-timestamp"),
        url=_permalink(thing),
        likes=attribute(thing, "score"),
        replies=attribute(thing, "comment-count"),
    )


def _newer_comment(thing: Tag) -> Item:
    meta = '[slot="commentMeta"] time[datetime]'
    return Item(
        **_said(thing.select_one('[slot="comment"]')),
        id=attribute(thing, "thingid"),
        author=_author(thing),
        published=attribute(thing, "created") or first_attribute(thing, meta, "datetime"),
        url=_permalink(thing),
        root_id=_link_id(thing) or attribute(thing, "postid"),
        parent_id=attribute(thing, "parentid"),
        likes=attribute(thing, "score"),
    )


def _said(body: Tag | None, title: Tag | None = None, drop: str = "") -> Said:
    """A title may be a link of its own; people are mentioned as `u/name`, and `#` begins titles."""
    spoken = said(body, drop)
    spoken["text"] = "\n\n".join(filter(None, [text_of(title), spoken["text"]]))
    spoken["links"] = [*filter(None, [attribute(title, "href")]), *spoken["links"]]
    spoken["mentions"], spoken["hashtags"] = USER.findall(spoken["text"]), []
    return spoken


def _author(thing: Tag) -> Author | None:
    handle = attribute(thing, "data-author", "author")
    if not handle or handle in GONE:
        return None
    return Author(
        id=attribute(thing, "data-author-fullname"),
        handle=handle,
        url=f"https://www.reddit.com/user/{handle}",
    )


def _published(thing: Tag) -> str | None:
    time = first_attribute(thing, "time[datetime]:not(.edited-timestamp)", "datetime")
    return time or attribute(thing, "data-timestamp")


def _score(thing: Tag) -> str | None:
    css = ".score.unvoted"
    return first_attribute(thing, css, "title") or first_text(thing, css)


def _permalink(thing: Tag) -> str | None:
    path = attribute(thing, "data-permalink", "permalink")
    return f"https://www.reddit.com{path}" if path and path.startswith("/") else None


def _link_id(thing: Tag) -> str | None:
    number = found_in(r"/comments/(\w+)", attribute(thing, "data-permalink", "permalink"))
    return f"t3_{number}" if number else None


def _parent(thing: Tag, fragment: Fragment, page: Page) -> str | None:
    """The comment around this one, or the link where the page starts at the top of the thread."""
    around = enclosing(fragment, r'(?:data-fullname|thingid)="(t1_\w+)"')
    return around or (_link_id(thing) if _is_whole(page) else None)


def _is_whole(page: Page) -> bool:
    """Whether the page starts at the top of the thread: a single comment's page does not."""
    return re.search(r"/comments/\w+(?:/[^/]*)?/?(?:[?#]|$)", page.url) is not None


register_platforms = registering(Reddit)
